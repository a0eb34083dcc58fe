"""Matching: which tellings of different articles are about one event.

``blocking_keys`` says which are worth comparing, ``compare`` and ``choose`` which belong together and why,
``summarise`` what they say together; ``group`` does all of it in memory. Everything is pure.
"""

from geomap.archive.matching.blocking import blocking_keys
from geomap.archive.matching.choosing import Choice, choose
from geomap.archive.matching.features import compare
from geomap.archive.matching.grouping import event_id, group, joined
from geomap.archive.matching.summary import summarise

__all__ = ["Choice", "blocking_keys", "choose", "compare", "event_id", "group", "joined", "summarise"]
