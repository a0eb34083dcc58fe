"""How many spellings of conflict places are placed right: ``python benchmarks/gazetteer_spellings.py FILE``.

The file is JSON Lines with name, lat, lon, km (how far off is still right) and, for most, country (an ISO code). Each
name is asked three times: looked up with its country; looked up alone; and as the whole pipeline reads it, the country
withheld but "a strike near NAME in COUNTRY" written around the name.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import geomap
from geomap.gazetteer.lookup import distance_km, lookup
from geomap.gazetteer.store import Store
from geomap.model import LonLat, Place
from geomap.pipeline import Engine
from geomap.reading.article import make_article

DATA = Path(__file__).parents[2] / "shared" / "data" / "names" / "spellings.jsonl"


def looked_up(asked: dict[str, Any], store: Store, *, country: bool) -> Place | None:
    """Return the first answer of a look-up."""
    found = lookup(store, asked["name"], country=asked.get("country") if country else None, limit=1)
    return found[0].place if found else None


def read_in_sentence(asked: dict[str, Any], engine: Engine) -> Place | None:
    """Return the place that the pipeline gives the name in its sentence."""
    name = asked["name"]
    row = engine.store.meta["country_rows"].get(asked.get("country", ""))
    country = f" in {engine.store.name(row)}" if row is not None else ""
    sentence = f"The army reported a strike near {name}{country}."
    start = sentence.index(name)
    report = geomap.geoparse(make_article(sentence), engine)
    placed = [
        r.place for r in report.resolutions if r.place and r.mention.start < start + len(name) and r.mention.end > start
    ]
    return placed[0] if placed else None


def _is_near(place: Place, row: dict[str, Any]) -> bool:
    return distance_km(place.point, LonLat(row["lon"], row["lat"])) <= row["km"]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, default=DATA)
    parser.add_argument("--show", action="store_true", help="print what is not right")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.file.read_text(encoding="utf-8").split("\n") if line.strip()]
    print(f"{'':28}{'asked':>6}{'right':>6}{'wrong':>6}")
    with geomap.load_engine(geomap.load_config()) as engine:
        ways = {
            "look-up, country given": lambda row: looked_up(row, engine.store, country=True),
            "look-up, name alone": lambda row: looked_up(row, engine.store, country=False),
            "pipeline, in a sentence": lambda row: read_in_sentence(row, engine),
        }
        for title, way in ways.items():
            found = [(row, way(row)) for row in rows]
            off = [(row, place, place and _is_near(place, row)) for row, place in found]
            right, wrong = sum(bool(ok) for *_, ok in off), sum(p is not None and not ok for _, p, ok in off)
            print(f"{title:28}{len(rows):6}{right:6}{wrong:6}")
            for row, place, ok in off if options.show else ():
                if not ok:
                    answer = f"{place.id} {place.name}" if place else "-"
                    print(f"    {row['name']} ({row.get('country', '')}): {answer}")


if __name__ == "__main__":
    main()
