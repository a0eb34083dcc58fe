"""The type of every column, the same in every file, also where a file holds no value in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

Kind = Literal["text", "whole", "decimal", "truth", "day"]

_WHOLE = frozenset(
    "number radius_m geo_precision where_prec time_precision killed_low killed_best killed_high injured_low"
    " injured_best injured_high quote_start quote_end trigger_start trigger_end mention_start mention_end"
    " mention_number start end sentence year fatalities best high low date_prec priogrid_gid number_of_sources"
    " sources tellings trigger_at trigger_length mention_at mention_length".split()
)
_DECIMAL = frozenset("score latitude longitude joined_score".split())
_TRUTH = frozenset({"attacked_base", "useAsDefault"})
_DAY = frozenset("date_start date_end published event_date source_date first_published last_published".split())


def kind_of(column: str) -> Kind:
    """Return the type of a column by its name."""
    kinds: tuple[tuple[frozenset[str], Kind], ...] = (
        (_WHOLE, "whole"), (_DECIMAL, "decimal"), (_TRUTH, "truth"), (_DAY, "day"),
    )  # fmt: skip
    return next((kind for names, kind in kinds if column in names), "text")


def by_column(rows: Sequence[dict[str, Any]], names: Iterable[str]) -> dict[str, list[Any]]:
    """Return rows turned into columns."""
    return {name: [row[name] for row in rows] for name in names}
