"""The tellings of a page's events, in blocks that the page unpacks when it needs them."""

from __future__ import annotations

from typing import Any

from geomap.archive.nouns import Event
from geomap.archive.views.features import Feature, telling_features
from geomap.output.map.blocks import packed_block
from geomap.output.map.columns import Columns, shortened

BLOCK = 8_000  # tellings: some megabytes of JSON, unpacked in tens of milliseconds
LEAST_WEIGHT = 0.05
# Addresses often repeat the title with hyphens for spaces: written alike and side by side they take half the room.
_SWAPPED = str.maketrans("- ", " -")

KEPT = (
    *("category", "status", "attribution", "attributed_to", "place", "date_start", "date_end"),
    *("killed_low", "killed_high", "injured_low", "injured_high", "casualty_scope"),
    *("source_sentence", "trigger_at", "trigger_length", "mention_at", "mention_length"),
    *("outlet", "link", "published", "joined_by", "joined_score"),
)
_QUOTATION = ("source_sentence", "trigger_at", "trigger_length", "mention_at", "mention_length")
_SAME = (("place", "gazetteer_id"), ("date_start", "date_start"), ("date_end", "date_end"), ("category", "category"))


class ToldBlocks:
    """Tellings that are packed as they come: an event's stand together in one block."""

    def __init__(self, most: int = BLOCK) -> None:
        self.blocks: list[str] = []
        self._most = most
        self._start()

    def _start(self) -> None:
        self._columns = Columns(KEPT)
        self._reasons: list[dict[str, int]] = []

    def add(self, event: Event, whole: Feature) -> tuple[int, int]:
        """Add the tellings of an event whose feature is given; return their block and the first one's row in it."""
        if len(self._reasons) + len(event.tellings) > self._most and self._reasons:
            self._close()
        place = len(self.blocks), len(self._reasons)
        for number, (feature, link) in enumerate(zip(telling_features(event), event.links, strict=True)):
            self._columns.add(None, _differing(feature["properties"], whole["properties"], first=number == 0))
            rounded = {name: round(weight * 10) for name, weight in link.reasons.items() if abs(weight) >= LEAST_WEIGHT}
            self._reasons.append(rounded)
        return place

    def finished(self) -> list[str]:
        """Return all blocks, as elements of the page."""
        if self._reasons:
            self._close()
        return self.blocks

    def _close(self) -> None:
        """Pack what there is. A reason is a column of tenths: most are the same for most tellings."""
        names = dict.fromkeys(name for one in self._reasons for name in one)
        packed = self._columns.packed(range(len(self._reasons)))
        packed["reasons"] = {name: shortened([one.get(name) for one in self._reasons]) for name in names}
        self.blocks.append(packed_block(f"geomap-told-{len(self.blocks)}", packed))
        self._start()


def _differing(row: dict[str, Any], whole: dict[str, Any], *, first: bool) -> dict[str, Any]:
    """Return a telling's columns without what the event's row says already."""
    found = row | {name: None for name, key in _SAME if row[key] == whole[key]}
    address = row["source_url"]
    found["link"] = (row["source_title"], address and address.translate(_SWAPPED))
    found["joined_score"] = round(row["joined_score"], 2)
    if first:
        found |= dict.fromkeys(_QUOTATION)
    return found
