"""The page's static frame: a folium map without any text, and empty rooms for the rest.

folium and branca compile whatever text they are given as a template *in Python*, and Leaflet runs what stands in
string popups. So folium only ever sees this frame, which holds no word of an article; everything else is put into the
finished frame as data. As the frame is the same for every page, its rendering is kept in ``shell.html`` and a test
compares it with what folium renders; ``python -m geomap.output.map.shell`` writes it anew.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "shell.html"

_PAGE = """<!DOCTYPE html>
<html lang="@@LANGUAGE@@" dir="@@DIRECTION@@">
<head>@@HEAD@@
{{ this.header.render(**kwargs) }}
</head>
<body>
<a class="skip" href="#@@SKIP_TO@@">@@SKIP@@</a>
<main id="app">
<section id="panel" aria-labelledby="title">
<header id="head"></header>
<div id="tabs"></div>
<div id="filters"></div>
<div id="incidents"></div>
<div id="article" hidden></div>
<footer id="foot"></footer>
</section>
<section id="stage">{{ this.html.render(**kwargs) }}<div id="sheet" hidden></div></section>
<section id="timeline" hidden></section>
<noscript>@@NOSCRIPT@@</noscript>
</main>
<div id="live" role="status" aria-live="polite"></div>
@@DATA@@
<script>{{ this.script.render(**kwargs) }}</script>
<script>@@APP@@</script>
</body>
</html>
"""


def render_shell() -> str:
    """Render the frame with folium."""
    import folium
    from branca.element import Figure
    from jinja2 import Template

    class Page(Figure):  # type: ignore[misc]  # branca has no types
        _template = Template(_PAGE)

    class Map(folium.Map):  # type: ignore[misc]  # folium has no types
        default_js = ()
        default_css = ()

    view = Map(location=[25, 20], zoom_start=3, tiles=None, attributionControl=False, zoom_control=False)
    view.options.update(prefer_canvas=True, max_zoom=16, min_zoom=2, fade_animation=False)
    view._id = "geomap"  # noqa: SLF001  # folium draws ids by lot; the page must be the same every time
    page = Page()
    page.add_child(view)
    return _tidy(page.render())


def _tidy(html: str) -> str:
    """Drop what folium adds to every head and the page says itself: a viewport that forbids zooming."""
    start = html.index('<meta name="viewport"')
    end = html.index(">", start) + 1
    lines = (html[:start] + html[end:]).splitlines()
    return "\n".join(line.rstrip() for line in lines if line.strip()) + "\n"


@cache
def load_shell() -> str:
    """Return the rendered frame that comes with geomap."""
    return FILE.read_text(encoding="utf-8")


if __name__ == "__main__":
    FILE.write_text(render_shell(), encoding="utf-8")
