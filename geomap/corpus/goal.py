"""The folder of a run: what is in it already, which pieces are whole, and the note that says that all are."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from geomap.corpus.files import HALF_WRITTEN, Folder
from geomap.corpus.nouns import Existing, Piece
from geomap.corpus.planning import NAME, Plan
from geomap.corpus.tables import TABLES
from geomap.corpus.working import note_name
from geomap.errors import OutputError

SUCCESS = "_SUCCESS.json"
_OURS = (*(f"{table}/" for table in TABLES), "_pieces/", NAME, SUCCESS)


def prepare(goal: Folder, existing: Existing) -> bytes | None:
    """Make the folder ready; return the plan of the run that is to be gone on with, None where there is none.

    Raises
    ------
    OutputError
        There is something of a run in it, and nothing is said about that; or something that is not of a run.
    """
    there = goal.sizes()
    ours = [name for name in there if name.startswith(_OURS)]
    if existing == "overwrite":
        goal.remove(sorted(ours, key=lambda name: name != SUCCESS))
    elif ours and existing == "refuse":
        what = "is the output of a run" if SUCCESS in there else "holds what an interrupted run left"
        raise OutputError(f"{goal.url} {what}", hint="use --resume to go on with it, or --overwrite to begin again")
    elif NAME in there:
        return goal.read(NAME)
    return None


def whole_pieces(goal: Folder, pieces: list[Piece]) -> dict[int, dict[str, Any]]:
    """Return the notes of the pieces whose partitions are all there at their full length."""
    there = goal.sizes()
    names = {note_name(piece): piece for piece in pieces}
    notes = goal.read_all([name for name in names if name in there])
    found: dict[int, dict[str, Any]] = {}
    for name, content in notes.items():
        note = json.loads(content)
        if all(there.get(file) == said["bytes"] for file, said in note["files"].items()):
            found[names[name].number] = note
    return found


def finish(goal: Folder, plan: Plan, totals: dict[str, int]) -> None:
    """Say that the run is whole, after everything else."""
    goal.remove([name for name in goal.sizes() if HALF_WRITTEN in name])
    success = {
        "schema": "geomap.corpus.success/1",
        "made_with": asdict(plan.making),
        "files": len(plan.files),
        "pieces": len(plan.pieces),
        "passed_over": plan.passed_over,
        **totals,
    }
    goal.write(SUCCESS, (json.dumps(success, indent=1) + "\n").encode())
