"""Fills a spatial index of SQLite in one go: sorted into full pages, as the format of its shadow tables has it.

Inserting twelve million points one by one takes minutes; the format is told at https://www.sqlite.org/rtree.html,
section 6. ``rtreecheck`` proves the result.
"""

from __future__ import annotations

import sqlite3
from typing import Any

CELLS = 51  # most cells of a page of 4,096 bytes in two dimensions
BLOCK = 4_000  # pages written at once


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
    database.execute(f"DELETE FROM {table}_node")  # noqa: S608  # the layers are ours
    order = _tiled(np.asarray(lon, dtype=np.float32), np.asarray(lat, dtype=np.float32))
    if count <= CELLS:
        _write_pages(database, table, order + 1, _boxes(lon[order], lat[order]), np.array([1]), depth=0)
        _write_links(database, table, "rowid", np.ones(count, dtype=np.int64))
        return
    pages = -(-count // CELLS)
    boxes: Any = np.empty((pages, 4), dtype=np.float32)
    for page in range(0, pages, BLOCK):
        rows = order[page * CELLS : (page + BLOCK) * CELLS]
        leaves = _boxes(lon[rows], lat[rows])
        numbers = np.arange(2 + page, 2 + min(page + BLOCK, pages))
        boxes[page : page + BLOCK] = _write_pages(database, table, rows + 1, leaves, numbers, depth=0)
    page_of: Any = np.empty(count, dtype=np.int32)
    page_of[order] = np.arange(count) // CELLS + 2
    _write_links(database, table, "rowid", page_of)
    _write_upper(database, table, boxes)


def _tiled(lon: Any, lat: Any) -> Any:
    """Return the order that puts neighbours on one page: by strips of longitude, by latitude in each."""
    import numpy as np

    strips = max(1, int(np.sqrt(len(lon) / CELLS)))
    strip: Any = np.empty(len(lon), dtype=np.int32)
    strip[np.argsort(lon, kind="stable")] = np.arange(len(lon)) * strips // len(lon)
    return np.lexsort((lat, strip))


def _boxes(lon: Any, lat: Any) -> Any:
    """Return the boxes of points: single precision, rounded outwards."""
    import numpy as np

    found: Any = np.empty((len(lon), 4), dtype=np.float32)
    for side, exact in enumerate((lon, lat)):
        rounded = exact.astype(np.float32)
        found[:, 2 * side] = np.where(rounded > exact, np.nextafter(rounded, np.float32(-np.inf)), rounded)
        found[:, 2 * side + 1] = np.where(rounded < exact, np.nextafter(rounded, np.float32(np.inf)), rounded)
    return found


def _write_upper(database: sqlite3.Connection, table: str, boxes: Any) -> None:
    """Write the pages above the leaves; the root is page 1 and holds how many levels lie below it."""
    import numpy as np

    ids, depth = np.arange(2, 2 + len(boxes)), 0
    while len(ids) > 1:
        pages, depth = -(-len(ids) // CELLS), depth + 1
        numbers = np.array([1]) if pages == 1 else np.arange(ids[-1] + 1, ids[-1] + 1 + pages)
        _write_links(database, table, "parent", np.repeat(numbers, CELLS)[: len(ids)], first=int(ids[0]))
        boxes = _write_pages(database, table, ids, boxes, numbers, depth=depth if pages == 1 else 0)
        ids = numbers


def _write_pages(  # a page is all that
    database: sqlite3.Connection, table: str, ids: Any, boxes: Any, numbers: Any, *, depth: int
) -> Any:
    """Write pages of cells; return the boxes around them."""
    import numpy as np

    cells: Any = np.empty(len(ids), dtype=[("id", ">i8"), ("box", ">f4", 4)])
    cells["id"], cells["box"] = ids, boxes
    raw: bytes = cells.tobytes()
    starts = np.arange(0, len(ids), CELLS)

    def page(start: int) -> bytes:
        held = raw[start * _CELL : (start + CELLS) * _CELL]
        return (depth.to_bytes(2, "big") + (len(held) // _CELL).to_bytes(2, "big") + held).ljust(_PAGE, b"\0")

    database.executemany(
        f"INSERT INTO {table}_node VALUES (?,?)",  # noqa: S608  # the layers are ours
        ((int(number), page(int(start))) for number, start in zip(numbers, starts, strict=True)),
    )
    sides = [(np.minimum, np.maximum)[side % 2].reduceat(boxes[:, side], starts) for side in range(4)]
    return np.column_stack(sides)


def _write_links(database: sqlite3.Connection, table: str, place: str, pages: Any, *, first: int = 1) -> None:
    """Note on which page each row lies, or each page; rows and pages are numbered from ``first``."""
    step = BLOCK * CELLS
    for start in range(0, len(pages), step):
        pairs = enumerate(pages[start : start + step].tolist(), first + start)
        database.executemany(f"INSERT INTO {table}_{place} VALUES (?,?)", pairs)  # noqa: S608  # the layers are ours


_CELL = 24
_PAGE = 4 + CELLS * _CELL
