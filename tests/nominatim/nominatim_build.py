"""Builds the Nominatim that the tests ask: packages, its environment, the database, the front server.

Run it by ``make nominatim-fixture``. It installs what is missing with apt (as root, or through sudo), makes a virtual
environment of Debian's Python below ``.cache/nominatim`` and imports ``make_osm.py`` into a throw-away PostgreSQL,
whose data it keeps. Each part is kept under the hash of what it is made from, so that a second run has nothing to do.
Only the standard library is used.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from nominatim_postgres import IS_ROOT, Cluster, binaries

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".cache" / "nominatim"
RECIPE = 1  # to be raised when the import is done in another way
ROWS = 74  # named features that must be searchable afterwards: most mistakes of an import are silent


def digest(*names: str) -> str:
    """Return a hash of some files of this folder."""
    whole = hashlib.sha256()
    for name in names:
        whole.update((HERE / name).read_bytes())
    return whole.hexdigest()[:16]


def environment() -> Path:
    """Return the folder of the server's own virtual environment."""
    return CACHE / f"venv-{digest('requirements.txt')}"


def archive() -> Path:
    """Return the file that holds the database; only the version of PostgreSQL that wrote it can read it."""
    made_from = digest("make_osm.py", "requirements.txt", "nominatim_postgres.py")
    return CACHE / f"database-{RECIPE}-{binaries().parent.name}-{made_from}.tar"


def nginx() -> Path:
    """Return the front server's program."""
    return CACHE / "nginx" / "usr" / "sbin" / "nginx"


def is_ready() -> bool:
    """Tell whether everything is there."""
    return not missing_packages() and all(p.exists() for p in (environment() / "ready", archive(), nginx()))


def missing_packages() -> list[str]:
    """Return the Debian packages that are needed and not installed."""
    probes = {
        "postgis": bool(list(Path("/usr/share/postgresql").glob("*/extension/postgis.control"))),
        "osm2pgsql": shutil.which("osm2pgsql") is not None,
        "python3-venv": bool(list(Path("/usr/lib").glob("python3.*/ensurepip/__init__.py"))),
        "python3-icu": bool(list(Path("/usr/lib/python3/dist-packages").glob("icu/__init__.py"))),
        "libpq5": bool(list(Path("/usr/lib").glob("*/libpq.so.5"))),
        "libpcre2-8-0": any(list(Path(base).glob("*/libpcre2-8.so.0")) for base in ("/usr/lib", "/lib")),
    }
    missing = [name for name, there in probes.items() if not there]
    return [_postgis() if name == "postgis" else name for name in missing]


def _postgis() -> str:
    """Return the package of PostGIS for the PostgreSQL that Debian's release carries (15 in bookworm)."""
    shown = subprocess.run(["apt-cache", "depends", "postgresql"], capture_output=True, text=True, check=False).stdout
    versions = [word.rpartition("-")[2] for word in shown.split() if word.startswith("postgresql-")]
    version = next((version for version in versions if version.isdigit()), "15")
    return f"postgresql-{version}-postgis-3"


def install_packages() -> None:
    """Install what is missing. A server started by a package is none of ours: we run our own on other ports."""
    if not missing_packages():
        return
    root = [] if IS_ROOT else ["sudo"]
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    for command in (["update"], ["install", "-y", "--no-install-recommends", *missing_packages()]):
        quietly([*apt, *command])
    if still := missing_packages():
        raise SystemExit(f"apt installed no {', '.join(still)}")


def quietly(command: list[str], folder: Path | None = None) -> None:
    """Run a command whose words only matter where it fails."""
    done = subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout.decode('utf-8', 'replace')[-3000:]}")


def unpack_nginx() -> None:
    """Unpack Debian's nginx without installing it: an installed one would serve port 80 of this machine."""
    if nginx().exists():
        return
    folder = CACHE / "nginx-download"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    apt = ["apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download", "nginx"]
    if subprocess.run(apt, cwd=folder, capture_output=True, check=False).returncode:
        quietly([*([] if IS_ROOT else ["sudo"]), "apt-get", "-qq", "update"])
        quietly(apt, folder)
    (package,) = folder.glob("nginx_*.deb")
    subprocess.run(["dpkg", "-x", str(package), str(folder / "nginx")], check=True)
    shutil.rmtree(CACHE / "nginx", ignore_errors=True)
    (folder / "nginx").rename(CACHE / "nginx")
    shutil.rmtree(folder)


def make_environment() -> None:
    """Make the virtual environment, of Debian's own Python because Debian's PyICU belongs to it."""
    folder = environment()
    if (folder / "ready").exists():
        return
    shutil.rmtree(folder, ignore_errors=True)
    quietly(["/usr/bin/python3", "-m", "venv", "--system-site-packages", str(folder)])
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    quietly([*pip, "-r", str(HERE / "requirements.txt")])
    (folder / "ready").touch()


def build_database() -> None:
    """Import the file into a new database and keep its data."""
    if archive().exists():
        return
    with Cluster() as cluster:
        osm = cluster.folder / "world.osm"
        with osm.open("wb") as file:
            subprocess.run([sys.executable, str(HERE / "make_osm.py")], stdout=file, check=True)
        cluster.create()
        cluster.start()
        cluster.sql('create role "www-data" login')
        project = cluster.folder / "project"
        project.mkdir()
        wanted = {"NOMINATIM_DATABASE_DSN": cluster.dsn, "NOMINATIM_OSM2PGSQL_BINARY": "/usr/bin/osm2pgsql"}
        command = [str(environment() / "bin" / "nominatim"), "import", "--offline", "--no-updates", "-j", "2"]
        settings = [f"{name}={value}" for name, value in wanted.items()]
        quietly(["env", *settings, *command, "--osm-file", str(osm), "--project-dir", str(project)], project)
        rows = int(cluster.sql("select count(*) from placex where name is not null", "nominatim"))
        if rows != ROWS:
            raise SystemExit(f"the import made {rows} rows of names, not {ROWS}: compare make_osm.py")
        cluster.shut_down()
        cluster.save(archive())
    for old in set(CACHE.glob("database-*.tar")) - {archive()}:
        old.unlink()


def main() -> None:
    """Build what is missing and say how long it took."""
    began = time.monotonic()
    CACHE.mkdir(parents=True, exist_ok=True)
    for step in (install_packages, unpack_nginx, make_environment, build_database):
        before = time.monotonic()
        step()
        if time.monotonic() - before > 0.5:
            say(f"{step.__name__.replace('_', ' ')}: {time.monotonic() - before:.0f} s")
    say(f"ready after {time.monotonic() - began:.0f} s")


def say(text: str) -> None:
    """Tell at once how far the work is."""
    sys.stdout.write(f"nominatim: {text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
