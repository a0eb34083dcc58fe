"""What a frame says of a place."""

from __future__ import annotations

from typing import NamedTuple

from geomap.model import Role


class Verdict(NamedTuple):
    """The part a place plays for a trigger and the rule that says so; no role where no rule decides."""

    role: Role | None
    rule: str
