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
        Arrays in degrees, single precision: the boxes are a little larger than the points for that.
    """
    import numpy as np

    count = len(lon)
    if not count:
        return
    database.execute(f"DELETE FROM {table}_node")  # noqa: S608  # the layers are ours
    order = _tiled(lon, lat)
    pages = -(-count // CELLS)
    boxes: Any = np.empty((pages, 4), dtype=np.float32)
    page_of: Any = np.empty(count, dtype=np.int32)
    for page in range(0, pages, BLOCK):
        rows = order[page * CELLS : (page + BLOCK) * CELLS]
        numbers: Any = np.arange(page, min(page + BLOCK, pages)) + (1 if pages == 1 else 2)
        boxes[page : page + BLOCK] = _write_pages(database, table, rows + 1, _boxes(lon[rows], lat[rows]), numbers)
        page_of[rows] = np.repeat(numbers, CELLS)[: len(rows)]
    _write_links(database, table, "rowid", page_of)
    if pages > 1:
        _write_upper(database, table, boxes)


def _tiled(lon: Any, lat: Any) -> Any:
    """Return the order that puts neighbours on one page: by strips of longitude, by latitude in each.

    Strip, latitude and row are packed into one number each, so that sorting needs no memory but theirs.
    """
    import numpy as np

    count = len(lon)
    strips = max(1, int(np.sqrt(count / CELLS)))
    bounds = np.quantile(lon[:: max(1, count // 100_000)], np.linspace(0, 1, strips + 1)[1:-1]).astype(np.float32)
    low, row_bits = float(lat.min()), max(1, int(count).bit_length())
    lat_bits = 63 - row_bits - max(1, strips.bit_length())
    scale = (2**lat_bits - 1) / max(1e-9, float(lat.max()) - low)
    packed: Any = np.empty(count, dtype=np.uint64)
    for at in range(0, count, BLOCK * CELLS):
        part = slice(at, min(count, at + BLOCK * CELLS))
        strip: Any = np.searchsorted(bounds, lon[part]).astype(np.uint64)
        height = ((lat[part].astype(np.float64) - low) * scale).astype(np.uint64)
        packed[part] = (
            (strip << (lat_bits + row_bits)) | (height << row_bits) | np.arange(part.start, part.stop, dtype=np.uint64)
        )
    packed.sort()
    packed &= np.uint64(2**row_bits - 1)
    return packed.astype(np.uint32)


def _boxes(lon: Any, lat: Any) -> Any:
    """Return the boxes of points, one step of single precision larger on every side."""
    import numpy as np

    out = np.float32(np.inf)
    return np.column_stack(
        [np.nextafter(lon, -out), np.nextafter(lon, out), np.nextafter(lat, -out), np.nextafter(lat, out)]
    )


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
    database: sqlite3.Connection, table: str, ids: Any, boxes: Any, numbers: Any, *, depth: int = 0
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
