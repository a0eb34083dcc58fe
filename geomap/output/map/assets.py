"""The code of a page: Leaflet, the style, and the application's modules joined into one script."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*? |const |class )(\w+))", re.MULTILINE)
_NOTE = re.compile(r"^ *(?://|/\*\*).*\n", re.MULTILINE)
_STYLE_NOTE = re.compile(r"/\*.*?\*/\n?|^ +|\n(?=\n)", re.DOTALL | re.MULTILINE)
_INDENT = re.compile(r"^ +", re.MULTILINE)

# A browser too old for the page says so instead of showing nothing.
_FAILED = """const note = document.createElement("p");
note.textContent = `This browser cannot show the page: ${error}`;
document.querySelector("main").prepend(note);
throw error;
"""


@cache
def leaflet() -> tuple[str, str]:
    """Return Leaflet's script and style, as the XStatic-Leaflet package carries them, without links to other files."""
    from xstatic.pkg import leaflet as package

    folder = Path(package.BASE_DIR)
    script = re.sub(r"//# sourceMappingURL=\S+", "", (folder / "leaflet.js").read_text(encoding="utf-8"))
    style = re.sub(r"url\([^)]*\)", "none", (folder / "leaflet.css").read_text(encoding="utf-8"))
    return script.strip(), style


@cache
def style(name: str) -> str:
    """Return one of the page's styles, without the notes to its readers."""
    return _STYLE_NOTE.sub("", (_HERE / f"{name}.css").read_text(encoding="utf-8"))


@cache
def application(entry: str = "main") -> str:
    """Return a module and all it imports as one script, in the order in which they need each other.

    Every module becomes a function of its own that returns what it exports, so that names never meet.

    Raises
    ------
    ValueError
        Modules import each other in a circle.
    """
    ordered: dict[str, str] = {}
    _collect(entry, ordered, ())
    parts = [_wrapped(name, source) for name, source in ordered.items() if name != entry]
    body = "\n".join([*parts, _body(ordered[entry])])
    return f'(async () => {{\n"use strict";\n{body}\n}})().catch((error) => {{\n{_FAILED}}});\n'


def _collect(name: str, ordered: dict[str, str], above: tuple[str, ...]) -> None:
    if name in above:
        raise ValueError(f"modules import each other in a circle: {' > '.join((*above, name))}")
    if name in ordered:
        return
    source = (_HERE / "app" / f"{name}.js").read_text(encoding="utf-8")
    for _, other in _IMPORT.findall(source):
        _collect(other, ordered, (*above, name))
    ordered[name] = source


def _wrapped(name: str, source: str) -> str:
    exports = ", ".join(_EXPORT.findall(source))
    return f"const ${name} = (() => {{\n{_body(source)}return {{ {exports} }};\n}})();"


def _body(source: str) -> str:
    """Return a module's code with its imports as plain names and without the notes to its readers."""
    plain = _EXPORT.sub("", _IMPORT.sub(lambda found: f"const {{{found[1]}}} = ${found[2]};\n", source))
    return _INDENT.sub("", _NOTE.sub("", plain))
