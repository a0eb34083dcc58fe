"""Courtesy and memory: the pace is held across threads and processes, nothing is asked twice, faults leave no trace."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from nominatim_articles import report_on
from nominatim_faults import answering, reply
from nominatim_servers import Front

from geomap.resolution.geocoder_answers import LICENCE, Answer, Question
from geomap.resolution.geocoder_courtesy import ask
from geomap.resolution.geocoder_fallback import memory_of
from geomap.resolution.geocoder_memory import DAY_S, Memory
from geomap.resolution.geocoder_permission import terms_of
from geomap.resolution.nominatim import search

ASKER = Path(__file__).with_name("nominatim_asker.py")
ROOT = Path(__file__).parents[2]


def start_asker(domain, file, names, interval_s=1.1):
    """Start a process that asks for names."""
    return subprocess.Popen(
        [sys.executable, str(ASKER), domain, str(file), str(interval_s), *names],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def test_many_may_prepare_one_memory_at_once(tmp_path):
    """Those that start together all get the file, whoever makes it: nobody is told that it is locked."""

    def prepare(file):
        Memory(file, server="s", user_agent="u", ttl_days=1, negative_ttl_days=1).prepare()

    with ThreadPoolExecutor(6) as pool:
        for number in range(60):
            list(pool.map(prepare, [tmp_path / f"{number}.sqlite"] * 6))


def test_two_processes_at_once_are_never_too_fast(front: Front, tmp_path):
    """Against a limit of one request a second, ten requests of two processes: no 429, none lost."""
    file = tmp_path / "memory.sqlite"
    names = [f"Zzyzzyva {letter * 5}" for letter in "bcdfghjklm"]
    askers = [start_asker(front.domain, file, names[half::2]) for half in (0, 1)]
    said = [asker.communicate(timeout=60)[0].split() for asker in askers]
    assert said == [["0"] * 5, ["0"] * 5]
    assert front.codes() == [200] * 10


def test_a_process_that_is_killed_holds_up_nobody(front: Front, tmp_path):
    """The turn of a process ends with the process; the pace since its request is kept."""
    file = tmp_path / "memory.sqlite"
    victim = start_asker(front.domain, file, [f"Bir {n}" for n in range(50)])
    while not victim.stdout.readline():
        time.sleep(0.01)
    victim.kill()
    victim.wait()
    after = start_asker(front.domain, file, ["Tall Zumurrud", "Umm Khishab"])
    assert after.communicate(timeout=30)[0].split() == ["2", "2"]
    assert 429 not in front.codes()


@pytest.fixture
def together(settings):
    """Return a function that asks questions in threads at once."""

    def run(domain, names, **changes):
        terms = terms_of(settings(domain, **changes))
        memory = memory_of(terms)
        memory.prepare()
        outcomes = {}

        def one(number, name):
            outcomes[number] = ask(
                Question(text=name), memory=memory, terms=terms, send=lambda q: search(q, terms),
                held_back=lambda: None,
            )  # fmt: skip

        threads = [threading.Thread(target=one, args=pair) for pair in enumerate(names)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return [outcomes[i] for i in range(len(names))]

    return run


def test_threads_keep_the_pace(together):
    """The interval lies between the end of a request and the arrival of the next, whoever sends it."""
    arrivals = []

    def note(peer):
        arrivals.append(time.monotonic())
        reply("[]")(peer)

    with answering(note) as server:
        outcomes = together(server.domain, ["One", "Two", "Three", "Four"], min_interval_s=0.3)
    assert outcomes == [Answer(hits=())] * 4
    assert min(b - a for a, b in pairwise(arrivals)) >= 0.3


def test_the_same_question_at_once_is_sent_once(together):
    """Whoever waits for a turn finds the answer of the one before."""
    with answering(reply("[]")) as server:
        assert together(server.domain, ["Same"] * 8) == [Answer(hits=())] * 8
        assert len(server.requests) == 1


def test_waiting_for_others_has_a_limit(settings):
    """Who holds the turn too long costs the others their answer, not their time."""
    with answering(reply("[]")) as server:
        terms = terms_of(settings(server.domain, max_wait_s=0.3))
        memory = memory_of(terms)
        memory.prepare()
        with memory.turn(1.0) as is_ours:
            assert is_ours
            began = time.monotonic()
            outcome = ask(
                Question(text="One"), memory=memory, terms=terms, send=lambda q: search(q, terms),
                held_back=lambda: None,
            )  # fmt: skip
        assert outcome.kind == "pause"
        assert time.monotonic() - began < 5
        assert server.requests == []


def test_a_second_run_of_an_article_sends_nothing(nominatim, asking, tmp_path):
    """Answers and unknown names alike come from memory, even where the server has gone; the report is the same."""
    story = "Jets bombed [Tall Zumurrud] and [Zzyzzyva Qum] in [Iraq]. [Wadi Fayruz] and [Ayn Lawzah] were quiet."
    before = asking(nominatim.domain)
    report = report_on(story, before)
    assert "asked 4 names" in before.geocoder.summary()
    again = asking(nominatim.domain)
    assert report_on(story, again) == report
    assert "asked 0 names" in again.geocoder.summary()


def test_one_name_of_an_article_is_asked_once(nominatim, asking):
    """However often and in whatever spelling it stands there."""
    engine = asking(nominatim.domain)
    report = report_on("[Tall Zumurrud], TALL: [TALL ZUMURRUD] and [Tall-Zumurrud] in [Iraq].", engine)
    assert len({r.place.id for r in report.resolutions[:3]}) == 1
    assert "asked 1 name of" in engine.geocoder.summary()


def aged(memory, days):
    """Make every answer older."""
    with closing(sqlite3.connect(memory.file)) as base, base:
        base.execute("update answer set asked_at = asked_at - ?", (days * DAY_S,))


def test_that_a_name_is_unknown_is_believed_for_a_shorter_time(nominatim, together, settings):
    """Answers live for 30 days, negative ones for 3; what is older is asked again."""
    names = ["Tall Zumurrud", "Zzyzzyva Qum"]
    together(nominatim.domain, names)
    memory = memory_of(terms_of(settings(nominatim.domain)))
    known = [Question(text=name) for name in names]
    assert [memory.recall(q) is not None for q in known] == [True, True]
    aged(memory, 4)
    assert [memory.recall(q) is not None for q in known] == [True, False]
    aged(memory, 27)
    assert [memory.recall(q) is not None for q in known] == [False, False]


def test_what_is_remembered_says_where_it_comes_from(nominatim, together, settings):
    """Server, time and licence beside every answer, as text that anybody can read."""
    together(nominatim.domain, ["Tall Zumurrud"])
    memory = memory_of(terms_of(settings(nominatim.domain)))
    with closing(sqlite3.connect(memory.file)) as base:
        server, results, asked_at, licence = base.execute(
            "select server, results, asked_at, licence from answer"
        ).fetchone()
    assert server == f"http://{nominatim.domain}"
    assert '"osm_id": 104' in results
    assert abs(asked_at - time.time()) < 60
    assert licence == LICENCE


def test_servers_languages_and_countries_are_remembered_apart(nominatim, together, settings):
    """An answer is one server's to one question."""
    together(nominatim.domain, ["Tall Zumurrud"])
    memory = memory_of(terms_of(settings(nominatim.domain)))
    asked = Question(text="Tall Zumurrud")
    assert memory.recall(asked)
    assert memory.recall(Question(text="Tall Zumurrud", language="ar")) is None
    assert memory.recall(Question(text="Tall Zumurrud", countries=("iq",))) is None
    assert memory_of(terms_of(settings("another.example.org"))).recall(asked) is None


def test_a_clock_that_was_set_back_makes_nobody_wait(settings):
    """Times in the future are not believed."""
    memory = memory_of(terms_of(settings("example.org")))
    memory.prepare()
    with closing(sqlite3.connect(memory.file)) as base, base:
        base.execute("insert into turn values (?, ?)", ("http://example.org", time.time() + 9 * DAY_S))
        row = ("http://example.org", settings("example.org").user_agent, time.time() + 900 * DAY_S, "a lie")
        base.execute("insert into pause values (?, ?, ?, ?)", row)
    assert memory.wait_s(1.1) <= 1.1
    assert memory.pause() is None
