"""Where the names of an article are taken to lie, and how many of the others lie where a candidate does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence

from geomap.resolution.candidates import CELLS, Site
from geomap.resolution.ladders import UNKNOWN, Weights

Near = Mapping[int, Sequence[int]]  # cells to those beside them that matter
Located = Sequence[tuple[Site, float]]  # what a name is taken to mean, in weights that sum to one at most
_STEPS = (1, CELLS - 1, CELLS, CELLS + 1)  # from a cell to half of those beside it; it is beside the other half


class Sums:
    """Weights summed by country, by unit and by cell, and by row for the rows that more than one name may mean.

    Parameters
    ----------
    located
        What is summed.
    shared
        Those rows.
    """

    __slots__ = ("cells", "countries", "rows", "units")

    def __init__(self, located: Iterable[tuple[Site, float]], shared: Container[int]) -> None:
        self.countries: dict[int, float] = {}
        self.units: dict[int, float] = {}
        self.cells: dict[int, float] = {}
        self.rows: dict[int, float] = {}
        countries, units, cells, rows = self.countries, self.units, self.cells, self.rows
        for (row, country, unit, cell), weight in located:
            countries[country] = countries.get(country, 0.0) + weight
            units[unit] = units.get(unit, 0.0) + weight
            cells[cell] = cells.get(cell, 0.0) + weight
            if row in shared:
                rows[row] = rows.get(row, 0.0) + weight


def others(every: Sums, own: Sums, sites: Iterable[Site], near: Near) -> list[Weights]:
    """Return how many of the other names lie where the candidates of a name do; ``own`` is where it lies itself.

    Another name of the very row of a candidate supports it no more than its own does.
    """
    countries, units, cells, rows = every.countries.get, every.units.get, every.cells.get, every.rows
    own_countries, own_units, own_cells = own.countries.get, own.units.get, own.cells.get
    found = []
    for row, country, unit, cell in sites:
        same = rows[row] - own.rows.get(row, 0.0) if row in rows else 0.0
        nearby = cells(cell, 0.0) - own_cells(cell, 0.0) - same
        for other in near.get(cell, ()):
            nearby += cells(other, 0.0) - own_cells(other, 0.0)
        in_unit = units(unit, 0.0) - own_units(unit, 0.0) - same if unit >= 0 else UNKNOWN
        found.append((countries(country, 0.0) - own_countries(country, 0.0) - same, nearby, in_unit))
    return found


def shared(rows: Sequence[int]) -> frozenset[int]:
    """Return the rows that come more than once."""
    if len(set(rows)) == len(rows):
        return frozenset()
    return frozenset(row for row, times in Counter(rows).items() if times > 1)


def cells_beside(cells: Iterable[int]) -> Near:
    """Return which of some cells lie beside each of them, where there are any."""
    present = set(cells)
    found: dict[int, list[int]] = {}
    for step in _STEPS:
        for cell in present.intersection([cell - step for cell in present]):
            found.setdefault(cell, []).append(cell + step)
            found.setdefault(cell + step, []).append(cell)
    return found
