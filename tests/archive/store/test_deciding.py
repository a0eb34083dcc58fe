"""What people join and part stays so, says who and why, and can be undone; the same on a file and on PostGIS."""

from __future__ import annotations

import pytest
from store_samples import everything, newer, put, shared, some

from geomap.archive.nouns import Event
from geomap.archive.store.adding import Written
from geomap.archive.store.deciding import Said, decisions, merge, split, undo
from geomap.archive.store.finding import find
from geomap.archive.store.opening import Store
from geomap.errors import OutputError

ANN = Said("Ann", "seen on video")


def keys(event: Event) -> list[str]:
    """Return the keys of an event's tellings."""
    return [one.key for one in event.tellings]


def everywhere(store: Store) -> dict[str, str]:
    """Return the event of every telling."""
    return {one.key: event.id for event in everything(store).values() for one in event.tellings}


def test_merged_events_are_one_and_say_why(store: Store) -> None:
    """The other's tellings come under the first one's id; the other's id leads there."""
    put(store, some())
    a, b = list(everything(store).values())[:2]
    made = merge(store, a.id, b.id, ANN)
    assert set(keys(made)) == {*keys(a), *keys(b)}
    assert find(store, b.id) == find(store, a.id) == made
    links = dict(zip(keys(made), made.links, strict=True))
    assert all(links[key].by == "Ann" and "seen on video" in links[key].reasons for key in keys(b))
    assert all(links[key] == link for key, link in zip(keys(a), a.links, strict=True))
    (noted,) = decisions(store, a.id)
    assert (noted["verb"], noted["who"], noted["why"], noted["undone_at"]) == ("merge", "Ann", "seen on video", None)
    with pytest.raises(OutputError, match="one event already"):
        merge(store, a.id, b.id, ANN)


def test_merged_events_stay_merged_when_their_articles_come_again(store: Store) -> None:
    """Also where a newer report tells them otherwise, and whichever side is replaced first."""
    given = some()
    put(store, given)
    a, b = list(everything(store).values())[:2]
    merge(store, a.id, b.id, ANN)
    again = [newer(report) for report in given]
    for report in again:
        for incident in report["incidents"]:
            incident["weapons"] = ["mortar"]
    assert put(store, again, batch=1).replaced == len(given)
    now = everywhere(store)
    assert {now[key] for key in (*keys(a), *keys(b))} == {a.id}


def renamed(report, number, **changes):
    """Return a report by a newer geomap that gives an incident another id."""
    again = newer(report)
    again["incidents"][number] |= {"id": f"other-{number}", **changes}
    return again


@pytest.mark.parametrize("changes", [{}, {"weapons": ["mortar"]}, {"date_start": None, "date_end": None}])
def test_a_decision_goes_with_a_telling_that_gets_another_id(store: Store, changes: dict[str, object]) -> None:
    """The same sentence and place: what a person took out stays out, on record, and can be put back."""
    given = some()
    put(store, given)
    event = shared(store)
    left, new = split(store, event.id, "2", ANN)
    (out,) = new.tellings
    number, report = next(
        (n, r) for r in given for n, i in enumerate(r["incidents"]) if out.quotes[0] in r["article"]["text"]
        and i["id"] == out.incident_id
    )  # fmt: skip
    written = put(store, [renamed(report, number, **changes)])
    assert (written.replaced, written.lost) == (1, ())
    assert everywhere(store)[f"{out.source.key}/other-{number}"] == new.id
    undo(store, 1, ANN)
    assert everywhere(store)[f"{out.source.key}/other-{number}"] == left.id


def test_a_decision_that_no_longer_applies_is_told(store: Store) -> None:
    """The article is read without the incident that a person took out: the run says which decision that was."""
    given = some()
    put(store, given)
    _, new = split(store, shared(store).id, "2", ANN)
    (out,) = new.tellings
    report = next(r for r in given if any(i["id"] == out.incident_id for i in r["incidents"]))
    again = newer(report)
    again["incidents"] = [one for one in again["incidents"] if one["id"] != out.incident_id]
    (line,) = put(store, [again]).lost
    assert line.startswith("split 1 by Ann no longer applies: ")
    assert out.quotes[0][:40] in line
    assert put(store, [again]) == Written(unchanged=1)


def test_a_telling_that_was_taken_out_stays_out(store: Store) -> None:
    """When its article comes again unchanged, and when a newer report tells all anew."""
    given = some()
    put(store, given)
    event = shared(store)
    left, new = split(store, event.id, "2", ANN)
    assert keys(new) == [event.tellings[1].key]
    assert keys(left) == [key for key in keys(event) if key not in keys(new)]
    assert put(store, given) == Written(unchanged=len(given))
    again = [newer(report) for report in given]
    for report in again:
        for incident in report["incidents"]:
            incident["injured"] = {"low": 2, "best": 2, "high": 2}
    put(store, again, batch=7)
    now = everywhere(store)
    assert [now[key] for key in keys(left)] == [left.id] * len(left.tellings)
    assert now[keys(new)[0]] == new.id != left.id


def test_the_founder_may_be_taken_out(store: Store) -> None:
    """The event keeps its id, and the founder gets another."""
    put(store, some())
    event = shared(store)
    left, new = split(store, event.id, event.tellings[0].key, ANN)
    assert (left.id, keys(new)) == (event.id, [event.tellings[0].key])
    assert new.id != event.id


@pytest.mark.parametrize("verb", ["merge", "split"])
def test_undone_is_as_if_nothing_had_been_decided(store: Store, verb: str) -> None:
    """Events, links and order are as before; the decision stays on record."""
    put(store, some())
    before = everything(store)
    event = shared(store)
    if verb == "merge":
        merge(store, event.id, next(name for name in before if name != event.id), ANN)
    else:
        split(store, event.id, "1", ANN)
    assert everything(store) != before
    undo(store, 1, Said("Bob", "a mistake"))
    assert everything(store) == before
    (noted,) = decisions(store)
    assert (noted["undone_by"], noted["undone_why"]) == ("Bob", "a mistake")
    assert put(store, some()).unchanged == len(some())
    with pytest.raises(OutputError, match="undone already"):
        undo(store, 1, ANN)


def test_the_last_decision_is_undone_first(store: Store) -> None:
    """A decision that another builds on cannot be undone before it."""
    put(store, some())
    before = everything(store)
    event = shared(store)
    other = next(name for name in before if name != event.id)
    merge(store, event.id, other, ANN)
    split(store, event.id, "1", ANN)
    with pytest.raises(OutputError, match="decision 2 builds on decision 1"):
        undo(store, 1, ANN)
    undo(store, 2, ANN)
    undo(store, 1, ANN)
    assert everything(store) == before


def test_what_cannot_be_decided_is_said(store: Store) -> None:
    """A telling that is not there, the only one of an event, a decision that is not there."""
    put(store, some())
    alone = next(one for one in everything(store).values() if len(one.tellings) == 1)
    for call, said in (
        (lambda: split(store, alone.id, "1", ANN), "one telling only"),
        (lambda: split(store, alone.id, "7", ANN), "has no telling 7"),
        (lambda: merge(store, alone.id, "zz", ANN), "no event zz"),
        (lambda: undo(store, 9, ANN), "no decision 9"),
    ):
        with pytest.raises(OutputError, match=said):
            call()
    assert decisions(store) == []


def test_new_articles_join_what_people_made(store: Store) -> None:
    """Decisions are about the tellings that were there; what comes later is matched as ever."""
    given = some()
    put(store, given[:40])
    a, b = list(everything(store).values())[:2]
    merge(store, a.id, b.id, ANN)
    put(store, given[40:])
    assert len(everywhere(store)) == sum(len(report["incidents"]) for report in given)
    assert set(keys(find(store, a.id))) >= {*keys(a), *keys(b)}
