"""A component for spaCy: ``import geomap.spacy; nlp.add_pipe("geomap")`` puts what geomap finds into ``doc._.geomap``.

spaCy is the extra ``spacy``. The component reads the text alone: it needs no model and stands anywhere in a pipeline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc

from geomap.library import geoparse
from geomap.reading.article import make_article

if TYPE_CHECKING:
    from collections.abc import Callable


@Language.factory("geomap")  # type: ignore[untyped-decorator]  # spaCy is not there when types are checked
def make_component(nlp: Language, name: str) -> Callable[[Any], Any]:  # noqa: ARG001  # spaCy hands them over
    """Return the component: sets ``doc._.geomap`` to the text's ``geomap.Report``, None for a blank text."""
    if not Doc.has_extension("geomap"):
        Doc.set_extension("geomap", default=None)

    def component(doc: Any) -> Any:
        if doc.text.strip():
            doc._.geomap = geoparse(make_article(doc.text))
        return doc

    return component
