"""The real servers of these tests: Nominatim, and nginx in front of it. All listen on the loopback interface alone."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Self

import nominatim_build as build
from nominatim_postgres import IS_ROOT, free_port

PATIENCE_S = 60.0
NGINX = """
daemon off; worker_processes 1; {user} pid nginx.pid; error_log error.log;
events {{ worker_connections 64; }}
http {{
  access_log access.log;
  client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;
  limit_req_zone $binary_remote_addr zone=one:1m rate=1r/s;
  limit_req_status 429;
  map $http_user_agent $is_barred {{ default 0; "~^geopy" 1; "~^python" 1; "~Barred" 1; }}
  server {{
    listen 127.0.0.1:{port};
    if ($is_barred) {{ return 403; }}
    error_page 429 = @slower;
    location @slower {{ add_header Retry-After 2 always; return 429 "slower, please\\n"; }}
    location / {{ limit_req zone=one; proxy_pass http://{behind}; proxy_read_timeout 20s; }}
  }}
}}
"""
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # whatever proxy this machine uses


def get(address: str, *, agent: str = "geomap tests") -> tuple[int, bytes]:
    """Ask without geomap: the status and the body."""
    request = urllib.request.Request(address, headers={"User-Agent": agent})
    try:
        with _DIRECT.open(request, timeout=10) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


class _Process:
    """A server in a process of its own that can be frozen, thawed and killed."""

    process: subprocess.Popen[bytes]
    domain: str

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def freeze(self) -> None:
        """Let it answer nothing more, with its connections open."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End it at once."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)

    def _await(self, path: str) -> None:
        end = time.monotonic() + PATIENCE_S
        while True:
            if self.process.poll() is not None:
                raise RuntimeError(f"{type(self).__name__} ended with {self.process.returncode}")
            try:
                get(f"http://{self.domain}{path}")
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)
            else:
                return


class NominatimServer(_Process):
    """A Nominatim over a database; it comes up even where that is down."""

    def __init__(self, dsn: str, folder: Path) -> None:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen(64)
            self.domain = f"127.0.0.1:{listener.getsockname()[1]}"
            python = str(build.environment() / "bin" / "python")
            command = [python, str(Path(__file__).with_name("serve.py")), dsn, str(listener.fileno())]
            self.process = subprocess.Popen(command, cwd=folder, pass_fds=[listener.fileno()])
        self._await("/status")


class Front(_Process):
    """nginx before a server: one request a second from an address, none from a barred user agent."""

    def __init__(self, behind: str, folder: Path) -> None:
        port = free_port()
        self.domain = f"127.0.0.1:{port}"
        self.folder = folder
        folder.chmod(0o755)
        user = "user root;" if IS_ROOT else ""
        (folder / "nginx.conf").write_text(NGINX.format(port=port, behind=behind, user=user), encoding="utf-8")
        command = [str(build.nginx()), "-p", str(folder), "-e", "error.log", "-c", "nginx.conf"]
        self.process = subprocess.Popen(command)
        self._await_port(port)

    def codes(self) -> list[int]:
        """Return the status of every answer so far."""
        lines = (self.folder / "access.log").read_text(encoding="utf-8").splitlines()
        return [int(line.split('" ')[1].split()[0]) for line in lines]

    def kill(self) -> None:
        """End it with its worker."""
        self.process.terminate()
        self.process.wait(10)

    def _await_port(self, port: int) -> None:
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError("nginx does not listen")
