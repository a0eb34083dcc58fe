"""Result files are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from geomap.errors import OutputError
from geomap.output.files import write_text


def test_a_file_and_its_folder_are_made(tmp_path: Path) -> None:
    """Folders on the way are made; the text is UTF-8 and nothing else is left behind."""
    target = tmp_path / "maps" / "today" / "map.html"
    write_text(target, "القائم\n")
    assert target.read_bytes() == "القائم\n".encode()
    assert list(target.parent.iterdir()) == [target]


def test_an_existing_file_is_kept_unless_told(tmp_path: Path) -> None:
    """Refuses first, replaces when told, and the remedy is named."""
    target = tmp_path / "map.html"
    write_text(target, "old")
    with pytest.raises(OutputError) as caught:
        write_text(target, "new")
    assert "--overwrite" in caught.value.hint
    assert target.read_text() == "old"
    write_text(target, "new", overwrite=True)
    assert target.read_text() == "new"


def test_a_folder_in_the_way_is_an_error(tmp_path: Path) -> None:
    """A folder is never replaced by a file."""
    with pytest.raises(OutputError, match="folder"):
        write_text(tmp_path, "x", overwrite=True)


def test_a_file_in_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    """The reason and the path are named when the folder cannot be made."""
    (tmp_path / "maps").write_text("a file")
    with pytest.raises(OutputError, match=r"map\.html"):
        write_text(tmp_path / "maps" / "map.html", "x")


def test_nothing_is_left_when_the_last_step_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk fails at the very end the old file stands and no half is left."""
    target = tmp_path / "map.html"
    write_text(target, "old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        write_text(target, "new", overwrite=True)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_half_a_surrogate_pair_is_refused(tmp_path: Path) -> None:
    """Text that is not Unicode is an error, not a file with other characters."""
    with pytest.raises(OutputError, match="surrogate"):
        write_text(tmp_path / "x", "\ud83d")
    assert not list(tmp_path.iterdir())


def test_modes_follow_the_process_and_the_old_file(tmp_path: Path) -> None:
    """A new file is as readable as any other; a replaced one keeps its mode."""
    target = tmp_path / "map.html"
    plain = tmp_path / "plain"
    plain.write_text("x")
    write_text(target, "x")
    assert target.stat().st_mode == plain.stat().st_mode
    target.chmod(0o640)
    write_text(target, "y", overwrite=True)
    assert target.stat().st_mode & 0o777 == 0o640
