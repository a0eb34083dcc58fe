"""Reports go in once, whole, and in any cut; the same on a file and on PostGIS."""

from __future__ import annotations

import threading

import pytest
from store_samples import everything, newer, put, some

from geomap.archive.matching import group
from geomap.archive.store.adding import Written, add, add_reports
from geomap.archive.store.opening import Store, open_store
from geomap.archive.tellings import tellings
from geomap.errors import ArticleError


def test_what_goes_in_comes_out(store: Store) -> None:
    """Every telling is read back as it was, in some event, and each event is what its tellings say together."""
    given = some()
    put(store, given)
    found = everything(store)
    told = {one.key: one for event in found.values() for one in event.tellings}
    assert told == {one.key: one for report in given for one in tellings(report)}
    assert any(len(event.sources) > 1 for event in found.values())


def test_the_store_matches_as_matching_does_in_memory(store: Store) -> None:
    """Taken in the order of publication, reports make the events that matching them at once makes."""
    given = some(40)
    in_memory = group([one for report in given for one in tellings(report)])
    ordered = [report for event in [in_memory] for report in sorted(given, key=_published)]
    put(store, ordered, batch=7)
    assert everything(store) == {one.id: one for one in in_memory}


def _published(report: dict) -> tuple[str, str]:
    from geomap.archive.tellings import article_key

    return report["article"]["published_on"], article_key(report["article"])


def test_adding_again_changes_nothing(store: Store) -> None:
    """Whole or in part, at once or one by one."""
    given = some()
    first = put(store, given)
    before = everything(store)
    assert put(store, given) == Written(unchanged=len(given))
    assert put(store, reversed(given), batch=3) == Written(unchanged=len(given))
    assert everything(store) == before
    assert (first.added, first.founded) == (len(given), len(before))


def test_cuts_into_batches_do_not_matter(store: Store, tmp_path) -> None:
    """One at a time, seven at a time and all at once give the same events, also where articles come again."""
    given = some(40)
    given += [newer(report) for report in given[5:15]] + given[8:10]
    given[43]["incidents"].pop()
    given[44]["places"][0]["lon"] += 3
    put(store, given, batch=1)
    for batch in (7, 1000):
        with open_store(str(tmp_path / f"{batch}.gpkg"), make=True) as other:
            put(other, given, batch=batch)
            assert everything(other) == everything(store)


def test_a_newer_report_replaces_the_older(store: Store) -> None:
    """What an article no longer tells goes, what it tells anew comes, what it tells as before stays where it is."""
    given = some()
    put(store, given)
    before = everything(store)
    again = newer(given[0])
    dropped = again["incidents"].pop()["id"]
    assert put(store, [again]) == Written(replaced=1, founded=len(everything(store)) - len(before))
    left = {one.incident_id for event in everything(store).values() for one in event.tellings}
    assert dropped not in left
    assert {one["id"] for one in again["incidents"]} <= left
    assert put(store, [given[0]]) == Written(outdated=1)


def test_a_place_that_moved_leaves_its_event(store: Store) -> None:
    """A newer report that puts an incident elsewhere takes it out of the event it no longer tells."""
    given = some()
    put(store, given)
    event = max(everything(store).values(), key=lambda one: len(one.tellings))
    moved = event.tellings[-1]
    report = newer(next(one for one in given if one["article"]["id"] == moved.source.article_id))
    for place in report["places"]:
        if place["id"] == moved.place_id:
            place.update(lon=-60.0, lat=-10.0)
    put(store, [report])
    found = everything(store)
    assert moved.key not in {one.key for one in found[event.id].tellings}
    alone = [one for one in found.values() if moved.key in {telling.key for telling in one.tellings}]
    assert [len(one.tellings) for one in alone] == [1]


def test_an_article_without_incidents_is_known_too(store: Store) -> None:
    """It is not added a second time."""
    report = some(1)[0] | {"incidents": []}
    assert put(store, [report]) == Written(added=1)
    assert put(store, [report]) == Written(unchanged=1)


def test_a_damaged_report_names_itself_and_spoils_nothing(store: Store) -> None:
    """Batches before it stay, its own leaves no trace."""
    given = some(6)
    del given[5]["incidents"][0]["kind"]
    with pytest.raises(ArticleError, match="'a5' is damaged"):
        put(store, given, batch=2)
    assert {one.source.article_id for e in everything(store).values() for one in e.tellings} == {"a0", "a1", "a2", "a3"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda one: one | {"schema": "geomap.report/9"}, "line 4.*geomap.report/9"),
        (lambda one: one | {"sentences": [{"start": 0, "end": 9999, "zone": "body"}]}, "line 4: a sentence"),
        (lambda _: ["no report"], "line 4.*list"),
    ],
)
def test_what_is_no_report_is_refused(store: Store, change, said: str) -> None:
    """The message says where it stands."""
    with pytest.raises(ArticleError, match=said):
        list(add_reports(store, [("line 4", change(some(1)[0]))]))
    assert everything(store) == {}


def test_two_writers_at_once_lose_and_double_nothing(location: str, tmp_path) -> None:
    """Two writers with half the reports each, and some twice, leave every article once and every telling once."""
    given = some()
    failed: list[Exception] = []

    def write(part: list) -> None:
        try:
            with open_store(location, make=True) as own:
                list(add(own, part, batch=5))
        except Exception as error:  # noqa: BLE001  # shown below
            failed.append(error)

    threads = [threading.Thread(target=write, args=(part,)) for part in (given[:40], given[20:])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with open_store(location) as store:
        found = [one.key for event in everything(store).values() for one in event.tellings]
        assert sorted(found) == sorted(one.key for report in given for one in tellings(report))
        assert put(store, given) == Written(unchanged=len(given))
