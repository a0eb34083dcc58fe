"""Asking one question with good manners: from memory where possible, in turn, slowly, and not at all when told so."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import Any

from geomap.resolution.geocoder_answers import Answer, Fault, Outcome, Question, read_hits
from geomap.resolution.geocoder_memory import Memory
from geomap.resolution.geocoder_permission import Terms

REFUSED_PAUSE_S = 3600.0  # a server that refuses us is not asked again for an hour by the same user agent
Send = Callable[[Question], "list[Any] | Fault"]


def ask(
    question: Question, *, memory: Memory, terms: Terms, send: Send, held_back: Callable[[], Fault | None]
) -> Outcome:
    """Return the answer to a question, from memory or from the server.

    Parameters
    ----------
    question
        The question.
    memory
        What is remembered of the server.
    terms
        How it may be asked.
    send
        Sends a question and returns its results as received, already checked, or why there are none.
    held_back
        Why nothing may be sent now, None where it may.
    """

    def without_asking() -> Outcome | None:
        return memory.recall(question) or held_back() or _paused(memory, terms)

    try:
        if (known := without_asking()) is not None:
            return known
        with memory.turn(terms.config.max_wait_s) as is_ours:
            if not is_ours:
                return _busy(terms)
            # whoever had the turn before us may have asked the same, or been told to wait
            return without_asking() or _ask_now(question, memory, terms, send)
    except (sqlite3.Error, OSError) as error:
        return _broken(error, memory)


def ask_status(memory: Memory, terms: Terms) -> str | Fault:
    """Return what the server says of itself, or what ails it; that costs a request like any other."""
    from geomap.resolution.nominatim import status

    try:
        if (left_alone := _paused(memory, terms)) is not None:
            return left_alone
        with memory.turn(terms.config.max_wait_s) as is_ours:
            if not is_ours:
                return _busy(terms)
            time.sleep(memory.wait_s(terms.interval_s))
            memory.note_request()
            told = status(terms)
            memory.note_request()
        if isinstance(told, Fault):
            _heed(told, memory, terms)
    except (sqlite3.Error, OSError) as error:
        return _broken(error, memory)
    return told


def _ask_now(question: Question, memory: Memory, terms: Terms, send: Send) -> Outcome:
    """Ask the server while we alone have the turn."""
    time.sleep(memory.wait_s(terms.interval_s))
    memory.note_request()
    got = send(question)
    memory.note_request()  # the pause counts from the end of a request: then the next cannot arrive too early
    if isinstance(got, Fault):
        _heed(got, memory, terms)
        return got
    memory.keep(question, got)
    return Answer(hits=read_hits(got))


def _busy(terms: Terms) -> Fault:
    return Fault(kind="pause", detail=f"others kept {terms.host} busy for {terms.config.max_wait_s:g} s")


def _broken(error: Exception, memory: Memory) -> Fault:
    return Fault(kind="memory", detail=f"its memory {memory.file} failed: {error}")


def _paused(memory: Memory, terms: Terms) -> Fault | None:
    pause = memory.pause()
    if pause is None:
        return None
    until = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(pause.until))
    return Fault(kind="pause", detail=f"{terms.host} is left alone until {until}: {pause.reason}")


def _heed(fault: Fault, memory: Memory, terms: Terms) -> None:
    """Leave a server alone that refused us or asked for it, in this run and in others."""
    asked_for = fault.retry_after_s or 0.0
    least = {"refused": REFUSED_PAUSE_S, "rate limit": terms.cool_down_s}.get(fault.kind, 0.0)
    if max(asked_for, least) > 0:
        memory.rest(max(asked_for, least), fault.detail)
