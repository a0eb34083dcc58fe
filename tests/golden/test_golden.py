"""The examples' reports are what they were: any change of a pin, a role or a date shows up as a difference."""

from __future__ import annotations

import json

import pytest

from tests.golden.make_golden import EXAMPLE_MAP, FOLDER, example_files, examples, golden


@pytest.mark.parametrize("path", examples(), ids=lambda p: p.stem)
def test_the_report_is_the_golden_one(path, engine):
    """`make golden` rewrites them; the difference is read before it is committed."""
    expected = json.loads((FOLDER / f"{path.stem}.report.json").read_text(encoding="utf-8"))
    assert json.loads(json.dumps(golden(path, engine))) == expected


@pytest.mark.parametrize("name", ["map.html", "incidents.geojson", "report.json"])
def test_the_example_map_is_made_again_to_the_byte(name, engine):
    """The map in maps/example is what geomap makes of the first example now."""
    assert (EXAMPLE_MAP / name).read_text(encoding="utf-8") == example_files(engine)[name]
