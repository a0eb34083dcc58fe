"""What a store needs of the matching, in one place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geomap.archive.matching import Choice, blocking_keys, choose, summarise
from geomap.archive.nouns import Event, Link, Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """The functions of matching; tests put others in their place.

    ``choose`` looks at nothing of an event but its id and its tellings: what they say together is worked out once a
    batch, not once a telling.
    """

    blocking_keys: Callable[[Telling], tuple[str, ...]] = blocking_keys
    choose: Callable[[Telling, Sequence[Event]], Choice] = choose
    summarise: Callable[[str, Sequence[Telling], Sequence[Link]], Event] = summarise


MATCHER = Matcher()
