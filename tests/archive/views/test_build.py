"""The map of a store in a folder of maps: made from what the store holds, and only when that has changed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import geomap
from geomap.archive.nouns import Query
from geomap.archive.store.adding import add_reports
from geomap.archive.store.deciding import Said, merge, undo
from geomap.archive.store.finding import events
from geomap.archive.store.opening import Store, open_store
from geomap.archive.views.build import Built, Wanted, build
from geomap.archive.views.state import state_of
from geomap.cli.main import cli
from geomap.config import MapConfig
from geomap.output.map.index import stores_in, write_index
from geomap.output.report import to_dict

STORIES = (
    ("https://euphrates.example/1", "A missile struck a depot in Mosul on Monday, killing two people, officials said."),
    ("https://tigris.example/7", "Two people died when a missile hit a weapons depot in Mosul on Monday, police said."),
    ("https://delta.example/3", "Drones struck the port of Hodeidah on Monday, killing five workers, residents said."),
)
LATER = (
    "https://wadi.example/9",
    "Rockets hit Ain al-Asad air base on Tuesday, wounding three soldiers, police said.",
)
Open = Callable[..., Any]


def report(story: tuple[str, str]) -> Mapping[str, Any]:
    """Return the report of a story as plain data."""
    url, text = story
    article = geomap.make_article(text, url=url, title=f"Story of {url[8:]}", published_on=dt.date(2024, 3, 5))
    return to_dict(geomap.geoparse(article))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Store]:
    """Return a store of three articles."""
    with open_store(str(tmp_path / "war.gpkg"), make=True) as opened:
        fill(opened, *STORIES)
        yield opened


def fill(store: Store, *stories: tuple[str, str]) -> None:
    """Add stories to a store."""
    list(add_reports(store, [(url, report((url, text))) for url, text in stories]))


@pytest.fixture
def made(archive: Store, tmp_path: Path, config: Any) -> Callable[..., Built]:
    """Return a function that brings the map up to date."""
    from geomap.gazetteer.locate import open_store as gazetteer

    def make(**query: Any) -> Built:
        wanted = Wanted(query=Query(**query), title="War")
        folder = tmp_path / "maps" / "war"
        return build(archive, folder, wanted, config=MapConfig(), gazetteer=lambda: gazetteer(config.gazetteer))

    return make


def stamps(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Return when each file of a folder was written, and what is in it."""
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.iterdir() if path.is_file()}


def test_a_map_that_is_up_to_date_is_not_touched(made: Callable[..., Built], tmp_path: Path) -> None:
    """The second time no file is written; what stands beside the page says what it holds."""
    first = made()
    assert first.outcome == "written"
    assert first.summary["articles"] == 3
    before = stamps(first.path.parent)
    assert made().outcome == "up to date"
    assert stamps(first.path.parent) == before


def test_what_changes_the_store_changes_the_map(made: Callable[..., Built], archive: Store) -> None:
    """An article more gives another page; an article that is there already gives none."""
    made()
    fill(archive, STORIES[0])
    assert made().outcome == "up to date"
    fill(archive, LATER)
    again = made()
    assert again.outcome == "written"
    assert again.summary["articles"] == 4
    assert "Ain al-Asad" in again.path.read_text(encoding="utf-8")


def test_other_wishes_make_another_page_and_a_lost_one_is_made_again(made: Callable[..., Built]) -> None:
    """A filter, and a page that somebody changed or deleted, are noticed; the same content has the same bytes."""
    whole = made()
    bytes_of = whole.path.read_bytes()
    assert made(country_code="YE").summary["events"] == 1
    assert made().outcome == "written"
    assert whole.path.read_bytes() == bytes_of
    whole.path.write_bytes(bytes_of[:-100])
    assert made().outcome == "written"
    whole.path.unlink()
    assert made().outcome == "written"
    assert whole.path.read_bytes() == bytes_of


def test_content_that_came_out_the_same_is_not_written(made: Callable[..., Built], archive: Store) -> None:
    """An article outside the wanted country changes the store, but not its page."""
    page = made(country_code="YE").path
    before = page.stat().st_mtime_ns
    fill(archive, LATER)
    assert made(country_code="YE").outcome == "unchanged"
    assert page.stat().st_mtime_ns == before
    assert made(country_code="YE").outcome == "up to date"


def test_the_state_follows_articles_and_decisions(archive: Store) -> None:
    """Reading does not change it; a decision and its undoing do."""
    one, other = [event.id for event in events(archive)][:2]
    before = state_of(archive)
    assert state_of(archive) == before
    merge(archive, one, other, Said("Dana", "the same raid"))
    merged = state_of(archive)
    assert merged != before
    undo(archive, 1, Said("Dana"))
    assert state_of(archive) not in {before, merged}


@pytest.mark.browser
def test_the_index_lists_the_map_with_its_counts_and_days(
    made: Callable[..., Built], tmp_path: Path, open_page: Open
) -> None:
    """The archive stands first with its days, articles and events; nothing is written twice."""
    made()
    folder = tmp_path / "maps"
    assert write_index(folder, MapConfig())
    assert not write_index(folder, MapConfig())
    entry = stores_in(folder)[0]
    assert (entry.href, entry.title, entry.articles) == ("war/map.html", "War", 3)
    opened = open_page((folder / "index.html").read_text(encoding="utf-8"))
    cells = opened.page.locator(".stores tbody tr").locator("th, td").all_inner_texts()
    assert cells[0] == "War"
    assert cells[1:] == [f"{entry.first}", "3", f"{entry.events}", f"{entry.located}"]
    opened.assert_quiet()


def test_the_command_says_what_it_did(archive: Store, tmp_path: Path) -> None:
    """Written, then up to date, then nothing to be seen of a country without events; as words and as JSON."""
    call = ["store", "map", "--store", str(tmp_path / "war.gpkg"), "-o", str(tmp_path / "out")]
    first = CliRunner().invoke(cli, call)
    assert first.exit_code == 0, first.output
    assert "3 articles" in first.output
    assert first.output.splitlines()[0].endswith(": written")
    assert (tmp_path / "out" / "index.html").is_file()
    again = CliRunner().invoke(cli, [*call, "--json"])
    assert json.loads(again.stdout)["outcome"] == "up to date"
    empty = CliRunner().invoke(cli, [*call, "--country", "FR", "--name", "france"])
    assert "0 events of 0 articles" in empty.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"war", "france", "index.html"}
