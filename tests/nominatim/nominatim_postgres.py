"""A throw-away PostgreSQL on the loopback interface, for building the tests' Nominatim and for serving it.

PostgreSQL refuses to run as root, so root hands its processes to the user ``postgres`` that Debian's package makes.
Only the standard library is used.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Self

SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
jit = off
shared_buffers = 32MB
max_connections = 40
"""
IS_ROOT = os.geteuid() == 0


class PostgresError(RuntimeError):
    """A command of PostgreSQL failed; the message is what it said."""


def binaries() -> Path:
    """Return the folder of the newest PostgreSQL that has PostGIS."""
    found = [
        control.parents[1]
        for control in Path("/usr/share/postgresql").glob("*/extension/postgis.control")
        if (Path("/usr/lib/postgresql") / control.parents[1].name / "bin" / "initdb").is_file()
    ]
    if not found:
        raise PostgresError("no PostgreSQL with PostGIS is installed: run `make nominatim-fixture`")
    newest = max(found, key=lambda folder: int(folder.name))
    return Path("/usr/lib/postgresql") / newest.name / "bin"


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Cluster:
    """One PostgreSQL server with its data in a folder of its own below the system's temporary folder.

    Use it as a context manager: what it made is gone afterwards.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="geomap-nominatim-"))
        self.folder.chmod(0o755)  # the user postgres must pass
        self.data = self.folder / "data"
        self.port = free_port()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def dsn(self) -> str:
        """Say to Nominatim where its database is."""
        return f"pgsql:host=127.0.0.1;port={self.port};user=postgres;dbname=nominatim"

    def create(self) -> None:
        """Make an empty database cluster."""
        self._own_data()
        options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--wal-segsize=1"]
        self._run("initdb", "-D", str(self.data), *options)
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as conf:
            conf.write(SETTINGS)

    def save(self, archive: Path) -> None:
        """Keep the data of the stopped server in an archive, which appears only when it is whole."""
        part = archive.with_suffix(".part")
        subprocess.run(["tar", "-C", str(self.folder), "-cf", str(part), "data"], check=True)
        part.replace(archive)

    def restore(self, archive: Path) -> None:
        """Take the data out of an archive."""
        subprocess.run(["tar", "-C", str(self.folder), "-xpf", str(archive)], check=True)
        self._own_data()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        log = str(self.data / "server.log")
        self._run("pg_ctl", "-D", str(self.data), "-l", log, "-o", f"-p {self.port}", "-w", "-t", "60", "start")

    def stop(self) -> None:
        """Stop the server at once, as if its machine had gone; nothing happens where it does not run."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")

    def shut_down(self) -> None:
        """Stop the server in good order, so that its data can be kept."""
        self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop")

    def sql(self, statement: str, database: str = "postgres") -> str:
        """Run one statement and return what it printed."""
        where = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-d", database]
        return self._run("psql", "-qXAt", *where, "-v", "ON_ERROR_STOP=1", "-c", statement).strip()

    def _own_data(self) -> None:
        self.data.mkdir(mode=0o700, exist_ok=True)
        if IS_ROOT:
            subprocess.run(["chown", "-R", "postgres", str(self.data)], check=True)

    def _run(self, name: str, *arguments: str) -> str:
        """Run a program of PostgreSQL.

        Its output goes to a file: the server that ``pg_ctl`` leaves behind would hold a pipe open for ever.
        """
        command = [str(binaries() / name), *arguments]
        if IS_ROOT:
            command = ["runuser", "-u", "postgres", "--", *command]
        with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd=self.folder, check=False
            )
            said.seek(0)
            output = said.read()
        if done.returncode:
            raise PostgresError(f"{name} failed: {output[-2000:]}")
        return output
