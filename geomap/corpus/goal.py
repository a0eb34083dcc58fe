"""The folder of a run: what is in it already, which pieces are whole, and the note that says that all are."""

from __future__ import annotations

import json
from collections.abc import Iterable
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


def noted_plan(goal: Folder, existing: Existing) -> bytes | None:
    """Return the plan of the run that is to be gone on with, None where there is none. Nothing is changed yet.

    Raises
    ------
    OutputError
        There is something of a run in the folder, and nothing is said about what to do with it.
    """
    there = goal.sizes()
    if existing == "refuse" and any(name.startswith(_OURS) for name in there):
        what = "is the output of a run" if SUCCESS in there else "holds what an interrupted run left"
        raise OutputError(f"{goal.name} {what}", hint="use --resume to go on with it, or --overwrite to begin again")
    return goal.read(NAME) if existing == "resume" and NAME in there else None


def clear(goal: Folder) -> None:
    """Remove what earlier runs wrote, and nothing else; first the note that says it is whole."""
    ours = [name for name in goal.sizes() if name.startswith(_OURS)]
    goal.remove(sorted(ours, key=lambda name: name != SUCCESS))


def whole_pieces(goal: Folder, pieces: list[Piece]) -> dict[int, dict[str, Any]]:
    """Return the notes of the pieces whose partitions are all there at their full length."""
    there = goal.sizes()
    names = {note_name(piece): piece for piece in pieces}
    notes = goal.read_all([name for name in names if name in there])
    found: dict[int, dict[str, Any]] = {}
    for name, content in notes.items():
        try:
            note = json.loads(content)
            whole = not _missing(note, there)
        except (ValueError, KeyError, TypeError):  # half a note: the piece is done again
            continue
        if whole:
            found[names[name].number] = note
    return found


def _missing(note: dict[str, Any], there: dict[str, int]) -> list[str]:
    """Return the files of a note that are not there at their full length."""
    return [name for name, said in note["files"].items() if there.get(name) != said["bytes"]]


def check_whole(goal: Folder, notes: Iterable[dict[str, Any]]) -> None:
    """Make sure that all that was written is there for this machine, too.

    Raises
    ------
    OutputError
        Something is not: the workers wrote to disks of their own.
    """
    there = goal.sizes()
    missing = [name for note in notes for name in _missing(note, there)]
    if missing:
        raise OutputError(
            f"{goal.name} lacks {len(missing)} files that were written, the first {missing[0]}",
            hint="give a folder that all machines share, or an object store, then use --resume",
        )


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
