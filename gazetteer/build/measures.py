"""A point and a radius for a polygon."""

from __future__ import annotations

import math
from typing import Any

from rows import Point

KM_PER_DEGREE = 111.195


def area_km2(geometry: Any) -> float:
    """Return the area of a geometry in degrees, in square kilometres (equal-area projection onto a sphere)."""
    import numpy as np
    import shapely

    def project(xy: Any) -> Any:
        return np.column_stack((xy[:, 0] * KM_PER_DEGREE, np.sin(np.radians(xy[:, 1])) * KM_PER_DEGREE * 180 / math.pi))

    return float(shapely.area(shapely.transform(geometry, project)))


def radius_km(geometry: Any) -> float:
    """Return the radius of the circle that has the geometry's area."""
    return round(max(0.5, math.sqrt(area_km2(geometry) / math.pi)), 1)


def middle(geometry: Any) -> Point:
    """Return a point inside the geometry: the centroid of its main part, or the nearest thing to it."""
    parts = sorted(getattr(geometry, "geoms", [geometry]), key=area_km2, reverse=True)
    whole, main = geometry.centroid, parts[0]
    for spot in (whole, main.centroid):
        if geometry.contains(spot):
            return Point(round(spot.x, 4), round(spot.y, 4))
    spot = main.representative_point()
    return Point(round(spot.x, 4), round(spot.y, 4))
