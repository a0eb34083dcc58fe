"""Write the golden reports of the examples again: ``make golden``. Read the difference before committing it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from geomap.config import load_config
from geomap.mapping import map_page
from geomap.model import Article
from geomap.output.geojson import to_geojson
from geomap.output.report import to_dict, to_json
from geomap.pipeline import Engine, geoparse, load_engine
from geomap.reading.source import read

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent
EXAMPLE_MAP = ROOT / "maps" / "example"


def examples() -> list[Path]:
    """Return the example articles."""
    return sorted((ROOT / "examples").glob("[0-9]*.txt"))


def _read(path: Path) -> Article:
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    return read(path, published_on=dt.date.fromisoformat(gold["published_on"]))


def golden(path: Path, engine: Engine) -> dict[str, Any]:
    """Return the report of an example without what a refit of weights may change: scores, reasons, alternatives."""
    report = to_dict(geoparse(_read(path), engine))
    del report["provenance"], report["sentences"]
    report["article"] = {key: value for key, value in report["article"].items() if key != "text"}
    report["mentions"] = [
        {key: m[key] for key in ("start", "end", "text", "role", "status", "place")} for m in report["mentions"]
    ]
    return report


def text_of(report: dict[str, Any]) -> str:
    """Return a golden report as it is kept: readable, one mention a line."""
    text = json.dumps(report, ensure_ascii=False, indent=1)
    return text + "\n"


def example_files(engine: Engine) -> dict[str, str]:
    """Return the files of the example map by name: what ``geomap map`` writes for the first example."""
    report = geoparse(_read(examples()[0]), engine)
    return {
        "map.html": map_page(report, engine.store, engine.config.map),
        "incidents.geojson": to_geojson(report),
        "report.json": to_json(report, indent=1) + "\n",
    }


def main() -> None:
    """Write every golden report and the example map."""
    with load_engine(load_config()) as engine:
        for path in examples():
            (FOLDER / f"{path.stem}.report.json").write_text(text_of(golden(path, engine)), encoding="utf-8")
        EXAMPLE_MAP.mkdir(exist_ok=True)
        for name, text in example_files(engine).items():
            (EXAMPLE_MAP / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
