"""The fallback: names that the gazetteer does not have are asked of a server, where its operator allows it.

A fault changes no answer: the mention stays unresolved and says why, the report carries a warning, and after two
faults in a row nothing more is asked for a while.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from geomap.config import NominatimConfig, ResolutionConfig
from geomap.gazetteer.store import Store
from geomap.model import Resolution
from geomap.reading.tokens import Tokens
from geomap.resolution.geocoder_answers import LICENCE, Answer, Fault, Outcome, Question
from geomap.resolution.geocoder_choice import Decision, bearers, decide, elsewhere, load_model, unplaced
from geomap.resolution.geocoder_courtesy import ask
from geomap.resolution.geocoder_memory import Memory
from geomap.resolution.geocoder_permission import Terms, terms_of
from geomap.resolution.geocoder_questions import (
    Setting,
    Unknown,
    anywhere,
    is_withheld,
    questions,
    setting_of,
    unknown_names,
)
from geomap.resolution.inferred import like_antecedent

FAULTS_IN_A_ROW = 2
REST_S = 60.0  # a run that goes on (a service, a notebook) tries again after this time
WITHHELD = "not in the gazetteer, and on the list of names that are never sent"


class Filled(NamedTuple):
    """The resolutions after the fallback, and what the reader of the report should know."""

    resolutions: list[Resolution]
    warnings: tuple[str, ...]


@dataclass(slots=True)
class _Tally:
    """What a run has sent, and how the server is doing. Guarded by the geocoder's lock."""

    names: set[str]
    requests: int = 0
    faults: int = 0
    stopped: Fault | None = None
    resume_at: float = 0.0


class Geocoder:
    """One server as one run uses it; threads may share it."""

    def __init__(self, terms: Terms, memory: Memory) -> None:
        self.terms = terms
        self._memory = memory
        self._model = load_model()
        self._tally = _Tally(names=set())
        self._lock = threading.Lock()

    def fill(
        self,
        words: Sequence[Tokens],
        resolutions: Sequence[Resolution],
        store: Store,
        config: ResolutionConfig,
    ) -> Filled:
        """Ask about every name of an article that the gazetteer does not have.

        Parameters
        ----------
        words
            The tokens of the article's sentences.
        resolutions
            What its mentions were resolved to; none but the unresolved ones change.
        store
            The gazetteer.
        config
            The least score of a place, and how many alternatives are kept.
        """
        setting = setting_of(resolutions, country=self.terms.config.country)
        filled = list(resolutions)
        troubles: Counter[str] = Counter()
        for unknown in unknown_names(words, resolutions):
            got = self._settle(unknown, setting, store, config)
            if isinstance(got, Fault):
                why = ("geocoder not asked: " if got.kind == "limit" else "geocoder unavailable: ") + got.detail
                troubles[why] += 1
                got = unplaced(why)
            for number in unknown.mentions:
                filled[number] = got.applied(resolutions[number])
        for number, one in enumerate(filled):  # "the base" goes where the name before it went
            if one.mention.kind == "coreference" and one.place is None:
                filled[number] = like_antecedent(one.mention, dict(enumerate(filled[:number])))
        warnings = [f"{why}; names not looked up: {count}" for why, count in troubles.items()]
        return Filled(filled, tuple(warnings))

    def summary(self) -> str:
        """Say how many names were sent in this run, and to whom."""
        with self._lock:
            names, requests = len(self._tally.names), self._tally.requests
        plural = "" if names == 1 else "s"
        return f"asked {names} name{plural} of {self.terms.host} ({requests} request{'' if requests == 1 else 's'})"

    @property
    def attribution(self) -> str:
        """What has to be said wherever places of the server are shown."""
        return f"{self.terms.host}: {LICENCE}"

    def _settle(self, unknown: Unknown, setting: Setting, store: Store, config: ResolutionConfig) -> Decision | Fault:
        """Try one question after the other until the name is known, at last without any country."""
        if is_withheld(unknown.text, self.terms.withheld):
            return unplaced(WITHHELD)
        language = self.terms.config.language
        for asked in questions(unknown, setting, language=language):
            if is_withheld(asked.question.text, self.terms.withheld):
                continue  # its container is
            got = self._ask(asked.question, unknown.text)
            if isinstance(got, Fault):
                return got
            if found := bearers(asked.name, got):
                return decide(unknown, found, setting, store, model=self._model, config=config)
        asked = anywhere(unknown, language=language)
        got = self._ask(asked.question, unknown.text)
        return got if isinstance(got, Fault) else elsewhere(bearers(asked.name, got), setting, store, config)

    def _ask(self, question: Question, name: str) -> Outcome:
        def send(asked: Question) -> list[Any] | Fault:
            from geomap.resolution.nominatim import search

            with self._lock:
                self._tally.requests += 1
                self._tally.names.add(name)
            return search(asked, self.terms)

        outcome = ask(question, memory=self._memory, terms=self.terms, send=send, held_back=self._held_back)
        self._note(outcome)
        return outcome

    def _held_back(self) -> Fault | None:
        """Return why nothing may be sent now: too many requests, or a server that is not well."""
        most = self.terms.config.max_requests
        with self._lock:
            tally = self._tally
            if tally.stopped is not None and time.monotonic() < tally.resume_at:
                return replace(tally.stopped, kind="pause")
            if tally.requests >= most:
                return Fault(kind="limit", detail=f"the {most} requests of this run are used up")
        return None

    def _note(self, outcome: Outcome) -> None:
        """Stop asking after faults in a row; a question that the server merely dislikes is none of its faults."""
        with self._lock:
            tally = self._tally
            if isinstance(outcome, Answer):
                tally.faults = 0
            elif outcome.kind not in ("bad request", "pause", "limit"):
                tally.faults += 1
                if tally.faults >= FAULTS_IN_A_ROW:
                    tally.stopped, tally.resume_at = outcome, time.monotonic() + REST_S


def open_geocoder(config: NominatimConfig) -> Geocoder:
    """Return the configured geocoder.

    Raises
    ------
    ConfigError
        No server or no operator is named, or its memory cannot be used.
    """
    terms = terms_of(config)
    memory = memory_of(terms)
    memory.prepare()
    return Geocoder(terms, memory)


def memory_of(terms: Terms) -> Memory:
    """Return the memory of a server: the configured file, or one in the user's cache folder."""
    config = terms.config
    if config.cache_file:
        file = Path(config.cache_file).expanduser()
    else:
        import platformdirs

        file = Path(platformdirs.user_cache_dir("geomap", appauthor=False)) / "nominatim.sqlite"
    return Memory(
        file,
        server=terms.server,
        user_agent=config.user_agent,
        ttl_days=config.ttl_days,
        negative_ttl_days=config.negative_ttl_days,
    )
