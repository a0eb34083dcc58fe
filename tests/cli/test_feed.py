"""Feeds: only what is new, asked for politely, nothing lost and nothing twice."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from commands import geomap
from hypothesis import given
from hypothesis import strategies as st
from site_with_feed import Site, serving

from geomap.errors import ArticleError
from geomap.reading.feed import entries
from geomap.reading.raw import Raw


@pytest.fixture
def site() -> Iterator[Site]:
    """Run a news site."""
    with serving() as running:
        yield running


@pytest.fixture
def feed(site: Site, tmp_path: Path) -> Callable[..., Any]:
    """Return a function that runs geomap feed on the site, with notes and output of its own."""

    def run(*more: str, address: str = "/rss.xml") -> Any:
        state, output = tmp_path / "state.json", tmp_path / "out.jsonl"
        return geomap("feed", site.base + address, "--state", state, "-o", output, "--pause", "0", *more)

    return run


def lines(folder: Path) -> list[Any]:
    """Return the records written so far."""
    return [json.loads(line) for line in (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()]


def test_only_new_articles_are_read(site: Site, feed: Callable[..., Any], tmp_path: Path) -> None:
    """The first run reads all, the second none and is told so by the server, the third what came since."""
    assert feed().returncode == 0
    assert [one["article"]["title"] for one in lines(tmp_path)] == ["Rockets hit Balad", "Rockets hit Taji"]
    assert lines(tmp_path)[0]["article"]["published_on"] == "2024-02-02"
    assert lines(tmp_path)[0]["article"]["url"] == f"{site.base}/story/Balad"
    site.asked.clear()
    assert "0 new articles" in feed().stderr
    assert site.asked == [("/rss.xml", '"2"')]
    site.towns.append("Mosul")
    assert "1 new articles" in feed().stderr
    assert [one["article"]["title"] for one in lines(tmp_path)][2:] == ["Rockets hit Mosul"]


def test_what_could_not_be_read_is_tried_again(site: Site, feed: Callable[..., Any], tmp_path: Path) -> None:
    """An error record now, the report the next time, although the feed has not changed."""
    site.broken.add("Balad")
    assert feed().returncode == 1
    assert ["error" in one for one in lines(tmp_path)] == [True, False]
    site.broken.clear()
    assert feed().returncode == 0
    assert lines(tmp_path)[2]["article"]["title"] == "Rockets hit Balad"


def test_the_rest_of_a_long_feed_is_read_the_next_time(feed: Callable[..., Any], tmp_path: Path) -> None:
    """--max leaves nothing behind for good; --list reads nothing."""
    assert feed("--max", "1").returncode == 0
    listed = [json.loads(line) for line in feed("--list").stdout.splitlines()]
    assert [one["title"] for one in listed] == ["Rockets hit Taji"]
    feed("--max", "1")
    assert [one["article"]["title"] for one in lines(tmp_path)] == ["Rockets hit Balad", "Rockets hit Taji"]


def test_atom_is_a_feed_too(feed: Callable[..., Any], tmp_path: Path) -> None:
    """And its entries have titles, days and addresses."""
    assert feed(address="/atom.xml").returncode == 0
    assert lines(tmp_path)[0]["article"]["title"] == "Rockets hit Balad"


def test_there_is_a_pause_between_articles(site: Site, tmp_path: Path) -> None:
    """Two articles, one pause."""
    began = time.monotonic()
    geomap("feed", f"{site.base}/rss.xml", "--state", tmp_path / "s", "--pause", "1.5")
    assert time.monotonic() - began > 1.5
    assert len(site.asked) == 3


def test_a_page_is_no_feed(site: Site, tmp_path: Path) -> None:
    """One clear error, and nothing is noted."""
    done = geomap("feed", f"{site.base}/story/Balad", "--state", tmp_path / "s")
    assert done.returncode == 4
    assert "not a feed" in done.stderr
    assert not (tmp_path / "s").exists()


def test_a_feed_cannot_make_us_read_files(site: Site, tmp_path: Path) -> None:
    """An entry that names a local file is left out."""
    secret = tmp_path / "secret.txt"
    secret.write_text("Rockets hit Balad.", encoding="utf-8")
    text = site.rss.replace(f"{site.base}/story/Balad", str(secret))
    text = text.replace(f"{site.base}/story/Taji", secret.as_uri())
    (tmp_path / "feed.xml").write_text(text, encoding="utf-8")
    done = geomap("feed", tmp_path / "feed.xml", "--state", tmp_path / "s")
    assert (done.returncode, done.stdout) == (0, "")


def test_offline_opens_no_connection(site: Site, feed: Callable[..., Any], tmp_path: Path) -> None:
    """Neither for a feed on the web nor for the pages of one in a file, which can still be listed."""
    done = feed("--offline")
    assert (done.returncode, site.asked) == (4, [])
    assert "--offline" in done.stderr
    (tmp_path / "feed.xml").write_text(site.rss, encoding="utf-8")
    done = geomap("feed", tmp_path / "feed.xml", "--state", tmp_path / "s", "--offline")
    assert (done.returncode, done.stdout, site.asked) == (4, "", [])
    listed = geomap("feed", tmp_path / "feed.xml", "--state", tmp_path / "s", "--offline", "--list")
    assert len(listed.stdout.splitlines()) == 2


def test_online_asks_the_configured_server_and_says_so(site: Site, feed: Callable[..., Any], tmp_path: Path) -> None:
    """With none configured it is an error before any page is read; with one, what was sent to it is told."""
    done = feed("--online")
    assert (done.returncode, site.asked) == (2, [("/rss.xml", None)])
    assert "nominatim.domain" in done.stderr
    site.towns[:] = ["Qarahzumurrud"]  # no gazetteer knows it; the news site is no geocoder
    domain = site.base.removeprefix("http://")
    settings = {"domain": domain, "scheme": "http", "user_agent": "Example Desk geomap (maps@example.org)",
                "min_interval_s": 0.0, "cache_file": str(tmp_path / "memory.sqlite")}  # fmt: skip
    lines = [f"  {name}: {json.dumps(value)}" for name, value in settings.items()]
    own = tmp_path / "own.yaml"
    own.write_text("\n".join(["schema: geomap.config/1", "nominatim:", *lines]), encoding="utf-8")
    done = feed("--online", "--config", own)
    assert done.returncode == 0, done.stderr
    assert f"of {domain}" in done.stderr
    assert any(path.startswith("/search") for path, _ in site.asked)
    site.towns.append("Taji")
    site.asked.clear()
    assert feed("--online", "--offline", "--config", own).returncode == 4
    assert site.asked == []


def test_notes_that_are_something_else_are_not_overwritten(site: Site, tmp_path: Path) -> None:
    """A file of the user's stays."""
    (tmp_path / "s").write_text("my own", encoding="utf-8")
    assert geomap("feed", f"{site.base}/rss.xml", "--state", tmp_path / "s").returncode == 1
    assert (tmp_path / "s").read_text(encoding="utf-8") == "my own"


@given(st.binary(max_size=200))
def test_any_bytes_are_entries_or_an_error(data: bytes) -> None:
    """Nothing else comes out of the parser."""
    try:
        assert entries(Raw(name="x", data=data)) == []
    except ArticleError as error:
        assert "feed" in error.message  # noqa: PT017  # either is right
