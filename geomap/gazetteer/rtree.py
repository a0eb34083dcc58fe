"""Fills a spatial index of SQLite in one go: sorted into full pages, as the format of its shadow tables has it.

Inserting twelve million points one by one takes minutes; the format is told at https://www.sqlite.org/rtree.html,
section 6. ``rtreecheck`` proves the result.
"""

from __future__ import annotations

import sqlite3
from typing import Any

CELLS = 51  # most cells of a page of 4,096 bytes in two dimensions


def fill(database: sqlite3.Connection, table: str, lon: Any, lat: Any) -> None:
    """Fill the index of a table whose rows are points, numbered from 1.

    Parameters
    ----------
    database
        Open for writing.
    table
        Name of the virtual table, which is still empty.
    lon, lat
        Arrays in degrees.
    """
    import numpy as np

    count = len(lon)
    if not count:
        return
    across = np.float32(lon), np.float32(lat)
    order = _tiled(*across)
    boxes: Any = np.empty((count, 4), dtype=np.float32)
    for side, (rounded, exact) in enumerate(zip(across, (lon, lat), strict=True)):
        low = np.where(rounded > exact, np.nextafter(rounded, np.float32(-np.inf)), rounded)
        high = np.where(rounded < exact, np.nextafter(rounded, np.float32(np.inf)), rounded)
        boxes[:, 2 * side], boxes[:, 2 * side + 1] = low[order], high[order]
    _write_levels(database, table, order.astype(np.int64) + 1, boxes)


def _tiled(lon: Any, lat: Any) -> Any:
    """Return the order that puts neighbours on one page: by strips of longitude, by latitude in each."""
    import numpy as np

    strips = max(1, int(np.sqrt(len(lon) / CELLS)))
    by_lon = np.argsort(lon, kind="stable")
    strip: Any = np.empty(len(lon), dtype=np.int32)
    strip[by_lon] = np.arange(len(lon)) * strips // len(lon)
    return np.lexsort((lat, strip))


def _write_levels(database: sqlite3.Connection, table: str, ids: Any, boxes: Any) -> None:
    """Write the pages from the leaves up; the root is page 1 and holds the depth."""
    import numpy as np

    depth, level_sizes = 0, [len(ids)]
    while level_sizes[-1] > CELLS:
        level_sizes.append(-(-level_sizes[-1] // CELLS))
    database.execute(f"DELETE FROM {table}_node")  # noqa: S608  # the layers are ours
    first = 2
    for depth in range(len(level_sizes)):
        is_root = depth == len(level_sizes) - 1
        starts = np.arange(0, len(ids), CELLS)
        numbers = np.array([1]) if is_root else np.arange(first, first + len(starts))
        _write_pages(database, table, (ids, boxes, starts, numbers), depth if is_root else 0)
        _write_links(database, table, ids, np.repeat(numbers, CELLS)[: len(ids)], is_leaf=depth == 0)
        boxes = np.column_stack([
            (np.minimum, np.maximum)[side % 2].reduceat(boxes[:, side], starts) for side in range(4)
        ]).astype(np.float32)  # fmt: skip
        ids, first = numbers, first + len(starts)


def _write_pages(database: sqlite3.Connection, table: str, level: tuple[Any, Any, Any, Any], depth: int) -> None:
    import numpy as np

    ids, boxes, starts, numbers = level
    cells: Any = np.empty(len(ids), dtype=[("id", ">i8"), ("box", ">f4", 4)])
    cells["id"], cells["box"] = ids, boxes
    raw: bytes = cells.tobytes()
    width: int = cells.itemsize

    def page(start: int) -> bytes:
        held = raw[start * width : (start + CELLS) * width]
        return (depth.to_bytes(2, "big") + (len(held) // width).to_bytes(2, "big") + held).ljust(_PAGE, b"\0")

    database.executemany(
        f"INSERT INTO {table}_node VALUES (?,?)",  # noqa: S608  # the layers are ours
        ((int(number), page(int(start))) for number, start in zip(numbers, starts, strict=True)),
    )


def _write_links(database: sqlite3.Connection, table: str, ids: Any, pages: Any, *, is_leaf: bool) -> None:
    """Note on which page each row lies, or each page."""
    import numpy as np

    order = np.argsort(ids, kind="stable")
    pairs = zip(ids[order].tolist(), pages[order].tolist(), strict=True)
    place = "rowid" if is_leaf else "parent"
    database.executemany(f"INSERT INTO {table}_{place} VALUES (?,?)", pairs)  # noqa: S608  # the layers are ours


_PAGE = 4 + CELLS * 24
