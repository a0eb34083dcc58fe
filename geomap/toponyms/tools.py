"""What finding needs besides the article: word lists, demonyms and the fitted weights; loaded once, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from geomap.scoring import Model, parse_model


@dataclass(frozen=True, slots=True, kw_only=True)
class ToponymTools:
    """Word lists in lower case, demonyms with their country codes, and the model of place names."""

    titles: frozenset[str]
    organisations: frozenset[str]
    first_names: frozenset[str]
    common_words: frozenset[str]
    demonyms: Mapping[str, str]
    model: Model


def load_tools(demonyms: Mapping[str, str]) -> ToponymTools:
    """Load the word lists and the model that came with geomap."""
    folder = files("geomap.toponyms")
    return ToponymTools(
        titles=_words("titles.txt"),
        organisations=_words("organisations.txt"),
        first_names=_words("first_names.txt"),
        common_words=_words("common_words.txt"),
        demonyms=demonyms,
        model=parse_model((folder / "model.json").read_text(encoding="utf-8")),
    )


def _words(name: str) -> frozenset[str]:
    lines = (files("geomap.toponyms") / "lexicon" / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
