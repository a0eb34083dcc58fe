"""Whole corpora on many processes or machines: articles in from files or object stores, tables of reports out.

>>> from geomap.corpus import run
>>> run("archive/*.jsonl.gz", "reports", existing="resume")  # in this process
>>> run("s3://press/2024/*.warc.gz", "s3://desk/2024", client=Client("tcp://scheduler:8786"))

The input is cut into pieces that do not depend on who works on them; a piece writes its partition of every table under
a name of its own, whole or not at all. So whoever dies, the run ends with one record for every article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geomap.corpus.nouns import Summary as Summary
    from geomap.corpus.running import run as run

__all__ = ["Summary", "run"]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for."""
    if name == "run":
        from geomap.corpus.running import run

        return run
    if name == "Summary":
        from geomap.corpus.nouns import Summary

        return Summary
    raise AttributeError(f"module 'geomap.corpus' has no attribute {name!r}")
