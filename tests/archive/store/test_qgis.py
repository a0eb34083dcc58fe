"""A store opens in the tools that exist: GDAL's, and QGIS's own library, with layers drawn by kind and grade."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url
from store_samples import everything, put, some

from geomap.archive.store.opening import Store
from geomap.archive.views.features import is_pinned

SYSTEM_PYTHON = Path("/usr/bin/python3")
SCRIPT = Path(__file__).with_name("qgis_look.py")
KINDS = ("strike", "base", "attack")
GRADES = ("several", "single", "contested", "denied")


def look(address: str, provider: str) -> dict[str, Any]:
    """Return what QGIS shows of a layer; the test is skipped where Debian's python3-qgis is not installed."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    asked = subprocess.run([SYSTEM_PYTHON, "-c", "import qgis.core"], capture_output=True, check=False, env=clean)
    if not SYSTEM_PYTHON.exists() or asked.returncode:
        pytest.skip("QGIS is not installed (apt-get install --no-install-recommends python3-qgis)")
    done = subprocess.run(
        [SYSTEM_PYTHON, SCRIPT, address, provider],
        capture_output=True, text=True, check=True, timeout=120, env=clean | {"QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    line = next(one for one in done.stdout.splitlines() if one.startswith("QGIS:"))
    found: dict[str, Any] = json.loads(line.removeprefix("QGIS:"))
    return found


def addressed(location: str, table: str) -> tuple[str, str]:
    """Return a table of a store as QGIS addresses it, and the name of QGIS's provider."""
    if "://" not in location:
        return f"{location}|layername={table}", "ogr"
    url = make_url(location)
    parts = f"dbname='{url.database}' host={url.host} port={url.port} user='{url.username}' key='fid' srid=4326"
    return f'{parts} type=Point table="public"."{table}" (geom)', "postgres"


def test_qgis_draws_a_store_by_kind_and_grade(store: Store, location: str) -> None:
    """File and PostGIS: every event has a symbol of one of twelve categories, and the map is not empty."""
    put(store, some())
    events = everything(store)
    found = look(*addressed(location, "event"))
    assert found["valid"]
    assert found["renderer"] == "categorizedSymbol"
    assert [one for one in found["categories"] if one] == [f"{kind}, {grade}" for kind in KINDS for grade in GRADES]
    assert found["features"] == len(events)
    assert found["without_symbol"] == 0
    assert found["coloured"] > 100
    assert {"title", "grade", "sources", "outlets", "killed_low", "killed_high"} <= set(found["fields"])
    tellings = look(*addressed(location, "telling"))
    assert tellings["valid"]
    assert tellings["features"] == sum(len(one.tellings) for one in events.values())


def test_gdal_lists_the_layers_of_the_file(tmp_path: Path) -> None:
    """``ogrinfo`` sees the points of events and tellings, and the styles."""
    if not (ogrinfo := shutil.which("ogrinfo")):
        pytest.skip("ogrinfo is not installed (apt-get install gdal-bin)")
    from geomap.archive.store.opening import open_store

    path = tmp_path / "archive.gpkg"
    with open_store(str(path), make=True) as store:
        put(store, some())
        pinned = sum(is_pinned(one) for one in everything(store).values())
    told = subprocess.run([ogrinfo, "-so", path], capture_output=True, text=True, check=True).stdout
    assert "event (Point)" in told
    assert "telling (Point)" in told
    assert "layer_styles" in told
    one = subprocess.run(
        [ogrinfo, "-so", path, "event", "-where", "geom IS NOT NULL"], capture_output=True, text=True, check=True
    ).stdout
    assert f"Feature Count: {pinned}" in one
    assert "WGS 84" in one
