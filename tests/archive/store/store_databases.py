"""Databases of the tests' own PostgreSQL, each empty but for PostGIS."""

from __future__ import annotations

import uuid

from nominatim_postgres import Cluster

TEMPLATE = "with_postgis"


def prepare(cluster: Cluster) -> None:
    """Make the database that the others are copies of."""
    cluster.sql(f"CREATE DATABASE {TEMPLATE}")
    cluster.sql("CREATE EXTENSION postgis", TEMPLATE)


def database(cluster: Cluster) -> str:
    """Make a database; return its address."""
    name = f"archive_{uuid.uuid4().hex}"
    cluster.sql(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    return f"postgresql://postgres@127.0.0.1:{cluster.port}/{name}"
