"""Whatever a server does wrong becomes one typed fault: quickly, after one request, and nothing of it is remembered."""

from __future__ import annotations

import socket
import sqlite3
import time
from contextlib import closing

import pytest
from nominatim_faults import CASES, GOOD, answering, reply

from geomap.resolution.geocoder_answers import Answer, Fault, Question
from geomap.resolution.geocoder_courtesy import ask, ask_status
from geomap.resolution.geocoder_fallback import memory_of
from geomap.resolution.geocoder_memory import LONGEST_PAUSE_S
from geomap.resolution.geocoder_permission import terms_of
from geomap.resolution.nominatim import search

TIMEOUT_S = 0.5
SLACK_S = 2.0  # the machine may be busy with other things
QUESTION = Question(text="Ghayma", countries=("iq",))


def put(config, question=QUESTION):
    """Ask a question; return the outcome, how long it took and the memory."""
    terms = terms_of(config)
    memory = memory_of(terms)
    memory.prepare()
    began = time.monotonic()
    outcome = ask(question, memory=memory, terms=terms, send=lambda q: search(q, terms), held_back=lambda: None)
    return outcome, time.monotonic() - began, memory


@pytest.mark.parametrize("name", list(CASES))
def test_a_fault_is_one_typed_outcome(name, settings):
    """No other exception, no delay beyond the limit, no second request, nothing remembered but a pause asked for."""
    case = CASES[name]
    with answering(case.behaviour) as server:
        outcome, took, memory = put(settings(server.domain, timeout_s=TIMEOUT_S, cool_down_s=7.0))
        assert isinstance(outcome, Fault), outcome
        assert outcome.kind == case.kind, outcome
        assert outcome.detail.startswith(server.domain)
        assert took < TIMEOUT_S + SLACK_S
        assert len(server.requests) == 1
        assert memory.count() == 0
        if case.retry_after_s is None:
            assert outcome.retry_after_s is None
        else:
            assert outcome.retry_after_s == pytest.approx(case.retry_after_s, rel=0.1)
    pause = memory.pause()
    least = {"refused": 3600.0, "rate limit": 7.0}.get(case.kind, 0.0)
    wanted = min(max(least, case.retry_after_s or 0.0), LONGEST_PAUSE_S)
    assert (pause.until - time.time() if pause else 0.0) == pytest.approx(wanted, rel=0.1, abs=2)
    assert bool(pause) == bool(wanted)


def test_there_are_enough_of_them():
    """The list is no token."""
    assert len(CASES) >= 40


def test_the_good_result_that_they_spoil_is_good(settings):
    """The control: the same result whole is an answer, asked for under the operator's name and remembered."""
    import json

    with answering(reply(json.dumps([GOOD]))) as server:
        config = settings(server.domain)
        outcome, _, memory = put(config)
        assert isinstance(outcome, Answer)
        assert [(h.id, h.lat, h.lon) for h in outcome.hits] == [("nominatim:osm:node/7", 33.3, 44.4)]
        assert memory.count() == 1
        assert put(config)[0] == outcome
        (asked,) = server.requests
        assert f"User-Agent: {config.user_agent}".encode() in asked
        assert b"q=Ghayma" in asked
        assert b"countrycodes=iq" in asked
        assert b"dedupe=0" in asked


def refused_port():
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize(
    ("domain", "changes", "kind"),
    [
        ("127.0.0.1:{port}", {}, "unreachable"),
        ("127.0.0.1:99999", {}, "bad answer"),
        ("no-such-host.invalid", {}, "unreachable"),
        ("..", {}, "bad answer"),
    ],
)
def test_nobody_there(domain, changes, kind, settings):
    """A closed port, an impossible one, an unknown host, a host that is none."""
    outcome, took, memory = put(settings(domain.format(port=refused_port()), timeout_s=2.0, **changes))
    assert isinstance(outcome, Fault)
    assert outcome.kind in {kind, "unreachable"}
    assert took < 2.0 + SLACK_S
    assert memory.count() == 0


def test_a_connection_that_is_never_accepted(settings):
    """A full queue of connections costs the limit and no more."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(listener.getsockname())
        outcome, took, _ = put(settings(f"127.0.0.1:{listener.getsockname()[1]}", timeout_s=TIMEOUT_S))
        for one in waiting:
            one.close()
    assert isinstance(outcome, Fault)
    assert outcome.kind == "too slow"
    assert took < TIMEOUT_S + SLACK_S


def test_https_asked_of_a_server_without_it(settings):
    """A failed handshake is a fault like any other."""
    with answering(reply("[]")) as server:
        outcome, _, _ = put(settings(server.domain, scheme="https", timeout_s=2.0))
    assert isinstance(outcome, Fault)
    assert outcome.kind in {"unreachable", "bad answer", "too slow"}


def test_a_proxy_that_is_not_there(settings, monkeypatch):
    """The environment's proxy is used, and NO_PROXY is heeded."""
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{refused_port()}")
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.delenv("NO_PROXY", raising=False)
    with answering(reply("[]")) as server:
        outcome, _, _ = put(settings(server.domain))
        assert isinstance(outcome, Fault)
        assert outcome.kind == "unreachable"
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        outcome, _, _ = put(settings(server.domain))
        assert outcome == Answer(hits=())


def test_nothing_is_sent_to_where_a_server_points(settings):
    """A redirect is a fault: the name is not carried to another host."""
    with answering(reply("[]")) as other:
        away = reply("", "302 Found", Location=f"http://{other.domain}/search?q=Ghayma")
        with answering(away) as server:
            outcome, _, _ = put(settings(server.domain))
        assert isinstance(outcome, Fault)
        assert "redirect" in outcome.detail
        assert other.requests == []


def test_a_memory_that_is_taken_away_is_a_fault(settings):
    """A damaged or unreadable file stops no run and is never half believed."""
    with answering(reply("[]")) as server:
        config = settings(server.domain)
        terms = terms_of(config)
        memory = memory_of(terms)
        memory.prepare()
        memory.file.write_bytes(b"no database at all" * 100)
        for leftover in memory.file.parent.glob("memory.sqlite-*"):
            leftover.unlink()
        outcome = ask(
            QUESTION, memory=memory, terms=terms, send=lambda q: search(q, terms), held_back=lambda: None
        )  # fmt: skip
        assert isinstance(outcome, Fault)
        assert outcome.kind == "memory"
        assert server.requests == []


@pytest.mark.parametrize("text", ["[1]", "no json", '[{"lat": "95"}]'])
def test_a_remembered_answer_that_somebody_spoilt_is_asked_again(text, settings):
    """What is read from the file is checked like what comes from the network."""
    with answering(reply("[]")) as server:
        config = settings(server.domain)
        _, _, memory = put(config)
        with closing(sqlite3.connect(memory.file)) as base, base:
            base.execute("update answer set results = ?", (text,))
        assert put(config)[0] == Answer(hits=())
        assert len(server.requests) == 2


@pytest.mark.parametrize("name", ["silent", "500", "a login page", "an object", "null", "403", "hangs up"])
def test_asking_how_a_server_is_has_the_same_faults(name, settings):
    """The doctor's question leaks nothing either."""
    with answering(CASES[name].behaviour) as server:
        terms = terms_of(settings(server.domain, timeout_s=TIMEOUT_S))
        memory = memory_of(terms)
        memory.prepare()
        assert isinstance(ask_status(memory, terms), Fault)
