"""Serves a Nominatim database on a socket that the caller has opened already, so that no port can be lost to others.

It runs in the environment of the server, never in geomap's. Usage: serve.py DATABASE_DSN FILE_DESCRIPTOR
"""

import sys
from pathlib import Path

import uvicorn
from nominatim_api.server.falcon.server import get_application

application = get_application(Path(), {"NOMINATIM_DATABASE_DSN": sys.argv[1], "NOMINATIM_QUERY_TIMEOUT": "5"})
uvicorn.run(application, fd=int(sys.argv[2]), log_level="critical", access_log=False)
