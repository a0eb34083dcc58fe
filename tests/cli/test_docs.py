"""What the documentation shows is true: its commands run, its Python runs, its reference is the commands' own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import ROOT, STORY
from site_with_feed import Site, serving

ELSEWHERE = {"distributed.md"}  # tests/distributed starts the machines that it needs
PAGES = [ROOT / "README.md", *sorted(p for p in (ROOT / "docs").rglob("*.md") if p.name not in ELSEWHERE)]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
MAKE = ("make ", "pip ", "python ", "git ")  # what other tests and CI run
JQ = """#!{python}
import json, sys
data = json.load(sys.stdin)
path = sys.argv[1] if len(sys.argv) > 1 else "."
for part in filter(None, path.split(".")):
    data = data[part]
print(json.dumps(data))
"""


def commands(page: Path) -> Iterator[str]:
    """Yield the commands of a page's console blocks, without their comments."""
    for language, block in BLOCK.findall(page.read_text(encoding="utf-8")):
        if language == "console":
            for line in block.splitlines():
                if line.startswith("$ ") and not line.startswith(tuple(f"$ {one}" for one in MAKE)):
                    yield line[2:].partition("  #")[0].strip()


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """Run the site that stands in for every address of an example."""
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what the examples name."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "bin").mkdir()
    for name, text in {
        "geomap": f'#!/bin/sh\nexec {sys.executable} -m geomap "$@"\n',
        "jq": JQ.format(python=sys.executable),
        "xdg-open": "#!/bin/sh\n",
    }.items():
        (folder / "bin" / name).write_text(text, encoding="utf-8")
        (folder / "bin" / name).chmod(0o755)
    shutil.copytree(ROOT / "examples", folder / "examples")
    for name in ("story.txt", "article.txt"):
        shutil.copy(STORY, folder / name)
    rows = [{"id": f"a{n}", "text": f"Two rockets hit Balad airbase on day {n}, police said."} for n in range(3)]
    (folder / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (folder / "names.jsonl").write_text('{"id": 1, "name": "Qaim"}\n', encoding="utf-8")
    return folder


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_of_the_documentation_runs(page: Path, desk: Path, site: Site) -> None:
    """In their order, in one folder a page; addresses go to the loopback interface."""
    folder = desk / page.stem
    shutil.copytree(desk, folder, ignore=lambda _, names: [n for n in names if (desk / n / "bin").is_dir()])
    environment = {
        **os.environ, "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}", "HOME": str(folder),
        "XDG_STATE_HOME": str(folder / "state"), "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    for command in commands(page):
        local = re.sub(r"https://example\.(org|com)", site.base, command)
        done = subprocess.run(
            ["/bin/bash", "-o", "pipefail", "-c", local], cwd=folder, env=environment, capture_output=True, text=True,
            check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        assert done.stdout or done.stderr or ">" in command or "-q" in command, f"{command} says nothing"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_python_block_of_the_documentation_runs(page: Path, desk: Path) -> None:
    """Each page's blocks one after the other, as a reader would paste them."""
    blocks = [block for language, block in BLOCK.findall(page.read_text(encoding="utf-8")) if language == "python"]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(blocks)], cwd=desk, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_documentation_has_commands() -> None:
    """The test above would pass on pages without any."""
    assert len(list(commands(ROOT / "docs" / "exports.md"))) >= 8
    assert len(list(commands(ROOT / "README.md"))) >= 4


def test_the_reference_is_the_commands_own() -> None:
    """docs/cli.md is what ``python -m geomap.cli.reference`` prints now."""
    done = subprocess.run(
        [sys.executable, "-m", "geomap.cli.reference"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    written = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert written == done.stdout, "run: python -m geomap.cli.reference > docs/cli.md"


def test_every_verb_has_an_example_that_parses() -> None:
    """Help without an example is half a help."""
    from geomap.cli.main import VERBS

    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for verb in VERBS:
        assert f"## geomap {verb}\n" in text
