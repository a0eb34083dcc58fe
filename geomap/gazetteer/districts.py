"""What lies in what: places to their districts, of which a middle and a radius, or a polygon, is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from geomap.gazetteer.containment import Polygons, Units
from geomap.gazetteer.tables import Row

REACH_DEG = 0.5  # no farther than this is a district's middle looked for
KM_PER_DEGREE = 111.195


@dataclass(frozen=True, kw_only=True)
class Districts:
    """The districts of the world.

    Attributes
    ----------
    rows
        Districts with a radius.
    units
        The first-level units.
    polygons
        By id of a district, where one is known.
    """

    rows: Sequence[Row]
    units: Units
    polygons: Polygons

    @cached_property
    def _own_units(self) -> list[int]:
        return self.units.of(self.rows)

    @cached_property
    def _middles(self) -> tuple[Any, Any, Any]:
        """Return a tree of the middles, the middles, and the radii."""
        import numpy as np
        import shapely

        points = np.array([(row.lon, row.lat) for row in self.rows]).reshape(-1, 2)
        return shapely.STRtree(shapely.points(points)), points, np.array([row.radius_km for row in self.rows])

    @cached_property
    def _shapes(self) -> tuple[Any, list[Row]]:
        import shapely

        drawn = [row for row in self.rows if row.id in self.polygons]
        return shapely.STRtree([self.polygons[row.id] for row in drawn]), drawn

    def fill(self, rows: Sequence[Row], units: Sequence[int]) -> list[Row]:
        """Return the rows, with the district where they had none and one is known.

        The polygon around the point decides; else the district relative to whose radius its middle is nearest, if
        the point lies within that radius. Country and unit must agree.
        """
        asking = [
            i
            for i, row in enumerate(rows)
            if units[i] and not row.admin2 and not row.kind.startswith(("ADM", "PCL", "RGN"))
        ]
        found = list(rows)
        if asking and self.rows:
            names = self._nearest(rows, units, asking) | self._around(rows, asking)
            for i, name in names.items():
                found[i] = rows[i]._replace(admin2=name)
        return found

    def _around(self, rows: Sequence[Row], asking: Sequence[int]) -> dict[int, str]:
        import shapely

        tree, drawn = self._shapes
        if not drawn:
            return {}
        points = shapely.points([rows[i].lon for i in asking], [rows[i].lat for i in asking])
        pairs = zip(*tree.query(points, predicate="within"), strict=True)
        return {
            asking[point]: drawn[area].name
            for point, area in pairs
            if drawn[area].country_code == rows[asking[point]].country_code
        }

    def _nearest(self, rows: Sequence[Row], units: Sequence[int], asking: Sequence[int]) -> dict[int, str]:
        import numpy as np
        import shapely

        tree, middles, radii = self._middles
        points = np.array([(rows[i].lon, rows[i].lat) for i in asking])
        point, area = tree.query(shapely.points(points), predicate="dwithin", distance=REACH_DEG)
        offset = (points[point] - middles[area]) * KM_PER_DEGREE
        offset[:, 0] *= np.cos(np.radians(middles[area, 1]))
        share = np.hypot(offset[:, 0], offset[:, 1]) / radii[area]
        inside = share <= 1.0
        point, area, share = point[inside], area[inside], share[inside]
        found: dict[int, str] = {}
        for pair in np.lexsort((share, point)):
            row, district = asking[point[pair]], self.rows[area[pair]]
            same = district.country_code == rows[row].country_code and self._own_units[area[pair]] in {0, units[row]}
            if same and row not in found:
                found[row] = district.name
        return found
