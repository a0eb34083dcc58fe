"""Write the golden reports of the examples again: ``make golden``. Read the difference before committing it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from geomap.config import load_config
from geomap.output.report import to_dict
from geomap.pipeline import Engine, geoparse, load_engine
from geomap.reading.source import read

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent


def examples() -> list[Path]:
    """Return the example articles."""
    return sorted((ROOT / "examples").glob("[0-9]*.txt"))


def golden(path: Path, engine: Engine) -> dict[str, Any]:
    """Return the report of an example without what a refit of weights may change: scores, reasons, alternatives."""
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    report = to_dict(geoparse(read(path, published_on=dt.date.fromisoformat(gold["published_on"])), engine))
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


def main() -> None:
    """Write every golden report."""
    with load_engine(load_config()) as engine:
        for path in examples():
            (FOLDER / f"{path.stem}.report.json").write_text(text_of(golden(path, engine)), encoding="utf-8")


if __name__ == "__main__":
    main()
