"""The report's JSON: its format, its fidelity and its speed."""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from output_samples import PROVENANCE, article_of, empty_report, incident, place, sample_report

from geomap.errors import ArticleError, OutputError
from geomap.model import Candidate, Casualties, Evidence, Mention, Report, Resolution, Span
from geomap.output.report import from_dict, to_dict, to_json, to_line

TOP = ["schema", "article", "sentences", "places", "mentions", "incidents", "aggregates", "provenance", "warnings"]
INCIDENT = """id group kind attacked_base sub_event_type status place relation precision radius_km geo_precision
where_prec date_start date_end time_precision date_as_written attribution actors targets weapons killed injured
casualty_scope evidence attributed_to caused_by why_not_located""".split()


def test_keys_stand_in_the_order_of_the_format() -> None:
    """Consumers may rely on names and order of the keys."""
    data = to_dict(sample_report())
    assert list(data) == TOP
    assert list(data["article"]) == ["id", "title", "url", "published_on", "text"]
    assert list(data["places"][0])[:9] == [
        "id",
        "name",
        "lon",
        "lat",
        "feature_code",
        "country_code",
        "admin1",
        "admin2",
        "source",
    ]
    assert list(data["mentions"][0])[:10] == [
        "start",
        "end",
        "text",
        "sentence",
        "role",
        "status",
        "place",
        "score",
        "reasons",
        "alternatives",
    ]
    assert all(list(one) == INCIDENT for one in data["incidents"])


def test_dates_are_bare_iso_days_and_absent_facts_null() -> None:
    """A date is YYYY-MM-DD; what is not known is null, never a made-up value."""
    data = to_dict(sample_report())
    tanf = next(one for one in data["incidents"] if one["id"] == "i-tanf")
    assert data["article"]["published_on"] == "2024-03-06"
    assert (tanf["date_start"], tanf["date_end"], tanf["time_precision"]) == (None, "2024-03-06", None)
    fuel = next(one for one in data["incidents"] if one["id"] == "i-fuel")
    assert fuel["place"] is None
    assert fuel["why_not_located"] == "the sentence names no place"


def test_mentions_not_resolved_have_no_place() -> None:
    """An ambiguous mention keeps its alternatives and has no place."""
    data = to_dict(sample_report())
    tripoli = next(one for one in data["mentions"] if one["text"] == "Tripoli")
    assert tripoli["place"] is None
    assert [one["place"]["country_code"] for one in tripoli["alternatives"]] == ["LY", "LB"]


def test_a_misquoted_mention_is_refused() -> None:
    """A quotation that is not the article's own text never leaves the program."""
    report = sample_report()
    first = report.resolutions[0]
    wrong = dataclasses.replace(first, mention=dataclasses.replace(first.mention, text="Bagdad"))
    with pytest.raises(OutputError, match="Bagdad"):
        to_dict(dataclasses.replace(report, resolutions=(wrong, *report.resolutions[1:])))


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence(sentence=99),
        Evidence(sentence=0, mention=99),
        Evidence(sentence=0, trigger=Span(5, 5)),
        Evidence(sentence=0, trigger=Span(0, 10**6)),
    ],
)
def test_evidence_outside_the_article_is_refused(evidence: Evidence) -> None:
    """Evidence points at sentences, mentions and words that exist."""
    report = dataclasses.replace(sample_report(), incidents=(incident("x", None, (evidence,)),))
    with pytest.raises(OutputError):
        to_dict(report)


def test_numbers_that_are_not_finite_are_refused() -> None:
    """JSON has no NaN."""
    nowhere = incident("x", place("p", "P", 0.0, 0.0, "PPL"), (), radius_km=float("nan"))
    with pytest.raises(OutputError, match="finite"):
        to_json(dataclasses.replace(empty_report(), incidents=(nowhere,)))


NOWHERE = place("p", "P", float("inf"), 0.0, "PPL")
BAD_MENTIONS = [
    {"score": float("nan")},
    {"reasons": {"fame": float("-inf")}},
    {"place": NOWHERE},
    {"alternatives": (Candidate(place=NOWHERE),)},
    {"alternatives": (Candidate(place=place("q", "Q", 0.0, 0.0, "PPL"), score=float("nan")),)},
]
BAD_INCIDENTS = [
    {"radius_km": float("inf")},
    {"killed": Casualties(low=1, best=float("nan"))},  # type: ignore[arg-type]  # what the line must not turn to null
    {"injured": Casualties(low=float("inf"))},  # type: ignore[arg-type]
]


@pytest.mark.parametrize("write", [to_json, to_line])
@pytest.mark.parametrize("change", [*BAD_MENTIONS, *BAD_INCIDENTS], ids=lambda change: next(iter(change)))
def test_no_number_that_is_not_finite_is_written(write: Callable[[Report], object], change: dict[str, Any]) -> None:
    """JSON has no NaN, and null would say that a fact is absent."""
    report = sample_report()
    if change in BAD_MENTIONS:
        first = dataclasses.replace(report.resolutions[0], **change)
        report = dataclasses.replace(report, resolutions=(first, *report.resolutions[1:]))
    else:
        first_incident = dataclasses.replace(report.incidents[0], **change)
        report = dataclasses.replace(report, incidents=(first_incident, *report.incidents[1:]))
    with pytest.raises(OutputError, match="finite"):
        write(report)


def test_a_line_keeps_half_a_surrogate_pair_as_its_escape() -> None:
    """An id may hold what UTF-8 cannot say; JSON can."""
    report = sample_report()
    line = to_line(dataclasses.replace(report, article=dataclasses.replace(report.article, id="a\ud83d")))
    assert b'"id":"a\\ud83d"' in line
    assert json.loads(line)["article"]["id"] == "a\ud83d"


@pytest.mark.parametrize("report", [sample_report(), empty_report()], ids=["sample", "empty"])
def test_round_trip(report: Report) -> None:
    """Reading a report back and writing it again gives the same bytes."""
    text = to_json(report)
    again = from_dict(json.loads(text))
    assert to_json(again) == text
    assert again.article == report.article
    assert [one.id for one in again.incidents] == [one.id for one in report.incidents]


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
days = st.none() | st.dates()


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Make reports of arbitrary text with mentions at arbitrary offsets."""
    lines = draw(st.lists(words.filter(bool), min_size=1, max_size=5))
    article = article_of(
        tuple(("body", line) for line in lines),
        title=draw(st.none() | words),
        url=draw(st.none() | words),
        published_on=draw(days),
    )
    resolutions = []
    for number, sentence in enumerate(article.sentences):
        start = draw(st.integers(sentence.start, sentence.end - 1))
        end = draw(st.integers(start + 1, sentence.end))
        where = draw(st.none() | st.builds(place, words, words, st.floats(-180, 180), st.floats(-90, 90), words))
        mention = Mention(start=start, end=end, text=article.text[start:end], sentence=number)
        reasons = draw(st.dictionaries(words, st.floats(-9, 9), max_size=3))
        resolutions.append(
            Resolution(
                mention=mention,
                status="resolved" if where else "unresolved",
                place=where,
                score=draw(st.floats(0, 1)),
                reasons=reasons,
            )
        )
    evidence = tuple(Evidence(sentence=number, mention=number) for number in range(len(lines)))
    people = st.none() | st.builds(Casualties, low=st.integers(0, 99), best=st.none() | st.integers(0, 99))
    found = incident(
        draw(words),
        resolutions[0].place,
        evidence,
        date_start=draw(days),
        date_end=draw(days),
        killed=draw(people),
        actors=tuple(draw(st.lists(words, max_size=3))),
    )
    return Report(
        article=article,
        resolutions=tuple(resolutions),
        roles=("mention",) * len(lines),
        incidents=(found,),
        aggregates=(),
        provenance=PROVENANCE,
    )


@settings(max_examples=60, deadline=None)
@given(reports())
def test_round_trip_of_any_report(report: Report) -> None:
    """Whatever the text and offsets, nothing the JSON holds is lost or changed."""
    data = to_dict(report)
    assert to_dict(from_dict(json.loads(json.dumps(data)))) == data
    line = to_line(report)
    assert line.endswith(b"}\n")
    assert line.count(b"\n") == 1
    assert json.loads(line) == data
    for mention in data["mentions"]:
        assert data["article"]["text"][mention["start"] : mention["end"]] == mention["text"]


@pytest.mark.parametrize(
    "change",
    [{"schema": "geomap.report/9"}, {"places": None}, {"mentions": [{"start": 0}]}, {"article": {}}],
    ids=["schema", "places", "mentions", "article"],
)
def test_a_damaged_report_is_refused(change: dict[str, object]) -> None:
    """What is no report gives one clear error."""
    data = json.loads(to_json(sample_report())) | change
    with pytest.raises(ArticleError):
        from_dict(data)


def test_a_quotation_changed_by_hand_is_refused() -> None:
    """A report whose text was edited no longer proves its quotations."""
    data = to_dict(sample_report())
    data["article"]["text"] = "x" + data["article"]["text"]
    with pytest.raises(ArticleError, match="damaged"):
        from_dict(data)


def test_a_bare_list_is_refused() -> None:
    """A JSON file that is no object is no report."""
    with pytest.raises(ArticleError, match="list"):
        from_dict([])  # type: ignore[arg-type]  # what a wrong file holds


def test_writing_is_fast_enough_for_batches() -> None:
    """A report costs less than a millisecond to write (best of many, so that a busy machine does not decide)."""
    report = sample_report()
    best = min(_timed(report) for _ in range(30))
    assert best < 0.002


def _timed(report: Report) -> float:
    start = time.perf_counter()
    to_json(report)
    return time.perf_counter() - start
