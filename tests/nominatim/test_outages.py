"""Real servers that fail in real ways: no answer changes, the report says what happened, later runs recover."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from nominatim_articles import first, report_on
from nominatim_postgres import Cluster
from nominatim_servers import Front, NominatimServer

from geomap.resolution.geocoder_answers import Fault, Question
from geomap.resolution.geocoder_courtesy import ask
from geomap.resolution.geocoder_fallback import memory_of
from geomap.resolution.geocoder_permission import terms_of
from geomap.resolution.nominatim import search

STORY = "Jets bombed [Tall Zumurrud] and [Umm Khishab] in [Iraq], then [Kani Bilur], far from [Ramadi]."
SLACK_S = 3.0


def assert_harmless(report, engine, expected):
    """Nothing changed but the reasons of what stays unplaced; the report warns of every name not looked up."""
    without = report_on(STORY, replace(engine, geocoder=None))
    assert [(r.status, r.place) for r in report.resolutions] == [(r.status, r.place) for r in without.resolutions]
    unknown = [r for r in report.resolutions if r.status == "unresolved"]
    assert len(unknown) == 3
    assert all(r.why_not.startswith("geocoder unavailable: ") for r in unknown)
    assert any(expected in r.why_not for r in unknown)
    assert sum(int(w.rpartition(" ")[2]) for w in report.warnings) == 3
    assert engine.geocoder.terms.host in report.warnings[0]


def assert_recovered(engine):
    """A later run places what this one could not."""
    assert first(STORY, engine).place.id == "nominatim:osm:node/104"


def test_a_server_that_was_killed(own_nominatim, nominatim, asking):
    """Refused connections."""
    own_nominatim.kill()
    engine = asking(own_nominatim.domain)
    assert_harmless(report_on(STORY, engine), engine, "refused")
    assert_recovered(asking(nominatim.domain))


def test_a_server_that_is_frozen_costs_two_limits_at_most(own_nominatim, asking):
    """Time-outs: after two in a row nothing more is asked, so the run is never late by more; then it thaws."""
    engine = asking(own_nominatim.domain, timeout_s=0.5)
    own_nominatim.freeze()
    began = time.monotonic()
    report = report_on(STORY, engine)
    took = time.monotonic() - began
    own_nominatim.thaw()
    assert_harmless(report, engine, "no whole answer within 0.5 s")
    assert took < 2 * 0.5 + SLACK_S
    assert "(2 requests)" in engine.geocoder.summary()
    assert_recovered(asking(own_nominatim.domain))


def test_a_server_that_dies_in_the_middle_of_a_run(own_nominatim, asking):
    """What was answered stays; what was not says so."""
    engine = asking(own_nominatim.domain)
    assert first("Jets bombed [Tall Zumurrud] in [Iraq].", engine).place is not None
    own_nominatim.kill()
    report = report_on(STORY, engine)
    assert [r.place is not None for r in report.resolutions[:2]] == [True, False]
    assert report.warnings


def test_a_database_that_goes_away_and_comes_back(built, tmp_path, asking):
    """PostgreSQL stops under a running server: 500; it comes back: answers, without anybody restarting anything."""
    with Cluster() as cluster:
        cluster.restore(built)
        cluster.start()
        with NominatimServer(cluster.dsn, tmp_path) as server:
            assert_recovered(asking(server.domain, cache_file=str(tmp_path / "before.sqlite")))
            cluster.stop()
            engine = asking(server.domain)
            assert_harmless(report_on(STORY, engine), engine, "answered 500")
            cluster.start()
            assert_recovered(asking(server.domain))


def test_a_server_that_starts_without_its_database(built, tmp_path, settings):
    """Cold start: 503, a fault of the server and no time-out of ours."""
    with Cluster() as cluster:
        cluster.restore(built)
        with NominatimServer(cluster.dsn, tmp_path) as server:
            terms = terms_of(settings(server.domain))
            fault = search(Question(text="Tall Zumurrud"), terms)
            assert isinstance(fault, Fault)
            assert (fault.kind, "answered 503" in fault.detail) == ("server error", True)


@pytest.fixture
def putting(settings):
    """Return a function that asks a server through its own memory."""

    def put(domain, text, **changes):
        terms = terms_of(settings(domain, **changes))
        memory = memory_of(terms)
        memory.prepare()
        question = Question(text=text)
        return ask(question, memory=memory, terms=terms, send=lambda q: search(q, terms), held_back=lambda: None)

    return put


def test_too_many_requests(front: Front, putting):
    """A real 429: the server is left alone as long as it asked, also by the next run; then it is asked again."""
    names = ["Tall Zumurrud", "Umm Khishab", "Kani Bilur"]
    outcomes = [putting(front.domain, name, cool_down_s=0.0) for name in names]
    assert [getattr(o, "kind", "answer") for o in outcomes] == ["answer", "rate limit", "pause"]
    assert outcomes[1].retry_after_s == 2.0
    assert front.codes() == [200, 429]
    time.sleep(2.1)
    assert putting(front.domain, names[1], cool_down_s=0.0).hits
    assert front.codes() == [200, 429, 200]


def test_a_server_that_refuses_us(front: Front, asking):
    """A real 403: one request, then none for an hour by this user agent; another is free to ask."""
    engine = asking(front.domain, user_agent="Barred Desk (maps@example.org)")
    assert_harmless(report_on(STORY, engine), engine, "answered 403")
    again = asking(front.domain, user_agent="Barred Desk (maps@example.org)")
    assert_harmless(report_on(STORY, again), again, "answered 403")
    assert front.codes() == [403]
    assert_recovered(asking(front.domain))
