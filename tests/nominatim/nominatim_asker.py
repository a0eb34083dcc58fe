"""A process that asks a server for names, as a second user of the same installation would. For test_courtesy.py.

Usage: nominatim_asker.py DOMAIN CACHE_FILE INTERVAL_S NAME...
"""

import sys

from geomap.config import NominatimConfig
from geomap.resolution.geocoder_answers import Answer, Question
from geomap.resolution.geocoder_courtesy import ask
from geomap.resolution.geocoder_fallback import memory_of
from geomap.resolution.geocoder_permission import terms_of
from geomap.resolution.nominatim import search

domain, cache_file, interval_s, *names = sys.argv[1:]
terms = terms_of(
    NominatimConfig(
        enabled=True, domain=domain, scheme="http", user_agent="Example Desk geomap (maps@example.org)",
        min_interval_s=float(interval_s), cache_file=cache_file,
    )
)  # fmt: skip
memory = memory_of(terms)
memory.prepare()
for name in names:
    outcome = ask(
        Question(text=name), memory=memory, terms=terms, send=lambda q: search(q, terms), held_back=lambda: None
    )
    sys.stdout.write(f"{len(outcome.hits) if isinstance(outcome, Answer) else outcome}\n")
