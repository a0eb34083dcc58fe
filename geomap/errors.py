"""What can go wrong, one class a cause.

GeomapError
├─ UsageError          the call itself is wrong
├─ ConfigError         a configuration file, key or value is wrong
├─ ArticleError        a source cannot be read as an article
│  └─ NetworkError     a source or service cannot be reached, or must not be
├─ GazetteerError      the gazetteer is missing, stale or damaged
└─ OutputError         a result cannot be written, or would overwrite one

Every error names the thing, the reason and the remedy; ``exit_code`` is the exit status of the command line.
"Nothing found" is never an error: it is a value.
"""

from __future__ import annotations


class GeomapError(Exception):
    """Something geomap can explain.

    Parameters
    ----------
    message
        What is wrong with which thing, in one sentence.
    hint
        What the user can do about it.
    """

    code = "error"
    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(GeomapError, ValueError):
    """An argument or option is wrong."""

    code = "usage"
    exit_code = 2


class ConfigError(GeomapError, ValueError):
    """A configuration file, key or value is wrong."""

    code = "config"
    exit_code = 2


class ArticleError(GeomapError, ValueError):
    """A source cannot be read as an article."""

    code = "article"


class NetworkError(ArticleError, OSError):
    """A source or service cannot be reached, or must not be asked."""

    code = "network"
    exit_code = 4


class GazetteerError(GeomapError):
    """The gazetteer is missing, stale or damaged."""

    code = "gazetteer"


class OutputError(GeomapError, OSError):
    """A result cannot be written, or writing it would replace an older one."""

    code = "output"
