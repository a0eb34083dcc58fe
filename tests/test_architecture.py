"""The house rules that a reader relies on: the folder list, small modules, a true public face, clean files."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import geomap

ROOT = Path(__file__).parents[1]
TOP_LEVEL = set(
    "pyproject.toml geomap gazetteer tests maps config.yaml README.md CHANGELOG.md CONTRIBUTING.md LICENSE Makefile"
    " .ci examples benchmarks training docs constraints.txt .gitignore".split()
)
SOURCES = sorted(
    p for folder in ("geomap", "gazetteer", "training", "benchmarks") for p in (ROOT / folder).rglob("*.py")
)


def tracked() -> list[Path]:
    """Return every file git knows."""
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in names.splitlines()]


def test_the_top_level_is_the_house():
    """Nothing lies at the top level that a newcomer would not expect there."""
    assert {p.relative_to(ROOT).parts[0] for p in tracked()} <= TOP_LEVEL


def test_no_group_is_repeated_possessively():
    """Python 3.11.0 to 3.11.3, Debian's among them, matches nothing or too little where one is: words were lost."""
    for path in SOURCES:
        assert not re.search(r"\)[*+?]\+", path.read_text(encoding="utf-8")), path


def test_modules_and_functions_stay_small():
    """A room holds one idea: no module over 300 lines, no function over 45."""
    too_long = []
    for path in SOURCES:
        source = path.read_text(encoding="utf-8")
        if source.count("\n") > 300:
            too_long.append(str(path.relative_to(ROOT)))
        too_long += [
            f"{path.relative_to(ROOT)}: {node.name}"
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 45
        ]
    assert too_long == []


def test_the_public_face_is_the_whole_truth():
    """Every name in __all__ loads, and what the type checker sees is the same list."""
    assert all(getattr(geomap, name) is not None for name in geomap.__all__)
    tree = ast.parse((ROOT / "geomap" / "__init__.py").read_text(encoding="utf-8"))
    typed = {a.asname for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for a in n.names if a.asname}
    assert typed == set(geomap.__all__)


def test_importing_geomap_is_cheap():
    """``import geomap`` loads none of the stages."""
    code = "import sys, geomap; print(sum(m.startswith('geomap.') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "0\n"


def test_nothing_of_a_machine_or_a_registry_is_committed():
    """No absolute path of a machine, no address of a package registry."""
    homes = "|".join(re.escape(f"{p}/") for p in (str(ROOT.parent), str(Path.home())) if len(p) > 3)
    bad = re.compile(rf"{homes}|https?://[^\s\"'<>]*/simple\b")
    found = []
    for path in tracked():
        if path.suffix in {".xz", ".zip", ".png", ".gpkg"} or not path.is_file():
            continue
        if bad.search(path.read_text(encoding="utf-8", errors="replace")):
            found.append(str(path.relative_to(ROOT)))
    assert found == []


def test_the_makefile_has_the_habits():
    """The targets that the documentation names exist."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(
        re.search(rf"^{name}:", text, re.MULTILINE) for name in ("demo", "test", "bench", "lint", "gazetteer", "train")
    )
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
