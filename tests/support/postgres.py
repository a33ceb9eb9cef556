"""A real PostgreSQL server for tests: Debian's package, a cluster of its own in a scratch folder.

It listens on a Unix socket alone, or on a loopback port too, and is as durable as one in service.
PostgreSQL does not run as root, so under root it runs as the user that its package made.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.support.required import missing_server

SUPERUSER = "postgres"
_START_SECONDS_MAX = 60.0
_STOP_SECONDS_MAX = 30.0
_POLL_SECONDS = 0.02
_CONNECTIONS_MAX = 300


def binaries() -> Path | None:
    """The folder of the newest installed version's programs."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    versions = {float(path.parts[-3]): path.parent for path in found}
    if versions:
        return versions[max(versions)]
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


class PostgresServer:
    """One cluster; ``url`` names databases on it."""

    def __init__(self, programs: Path, *, is_tcp: bool = False) -> None:
        self._programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="bioql-pg-"))
        self._password = secrets.token_hex(16)
        self._as_user = _unprivileged()
        self._process: subprocess.Popen[bytes] | None = None
        self.tcp_port = _free_port() if is_tcp else None
        self._initialise()

    @property
    def _port(self) -> int:
        return 5432 if self.tcp_port is None else self.tcp_port

    def _initialise(self) -> None:
        password_file = self._folder / "password"
        password_file.write_text(self._password)
        if "user" in self._as_user:
            for path in (self._folder, password_file):
                os.chown(path, self._as_user["user"], self._as_user["group"])
        options = ["--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={password_file}"]
        options += ["--encoding=UTF8", "--locale=C", "--no-sync", "-U", SUPERUSER]
        self._call("initdb", "-D", str(self._folder / "data"), *options)

    def _call(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._programs / program), *arguments],
            cwd=self._folder,
            check=True,
            capture_output=True,
            timeout=_START_SECONDS_MAX,
            **self._as_user,
        )

    def url(self, database: str = "postgres") -> str:
        """The URL of a database, by the Unix socket."""
        return f"postgresql://{SUPERUSER}@/{database}?host={self._folder}&port={self._port}"

    def tcp_url(self, database: str = "postgres") -> str:
        """The URL of a database by the loopback port, with a password."""
        assert self.tcp_port is not None, "this server was not asked to listen on a port"
        return f"postgresql://{SUPERUSER}:{self._password}@127.0.0.1:{self._port}/{database}"

    def start(self) -> None:
        """Start the server, and return when it takes connections."""
        deadline = time.monotonic() + _START_SECONDS_MAX
        while True:
            if self._process is None or self._process.poll() is not None:
                self._launch()  # again: the last process of a killed server may still hold its lock
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self.url(), connect_timeout=2).close()
                return
            assert time.monotonic() < deadline, f"it did not start: {self.log()[-2000:]}"
            time.sleep(_POLL_SECONDS)

    def _launch(self) -> None:
        address = "" if self.tcp_port is None else "127.0.0.1"
        settings = {
            "listen_addresses": address,
            "unix_socket_directories": str(self._folder),
            "port": str(self._port),
            "max_connections": str(_CONNECTIONS_MAX),
            "shared_buffers": "32MB",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self._folder / "data", *options],
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **self._as_user,
            )

    def log(self) -> str:
        """What the server wrote so far."""
        return (self._folder / "log").read_text(errors="replace")

    def kill(self) -> None:
        """kill -9 for the server and every process of it."""
        assert self._process is not None
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        self._process.kill()
        self._process.wait(_STOP_SECONDS_MAX)
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(child), signal.SIGKILL)

    def stop(self) -> None:
        """Shut down at once but in order: connections are cut, what is committed is kept."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(_STOP_SECONDS_MAX)

    def remove(self) -> None:
        """Stop, and delete the cluster."""
        self.stop()
        shutil.rmtree(self._folder)

    def create_database(self, template: str = "template1") -> str:
        """Make a database, a copy of ``template``; its name."""
        name = f"test_{uuid.uuid4().hex}"
        self._command(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop_database(self, name: str) -> None:
        """Delete a database, whoever is still connected."""
        self._command(f'DROP DATABASE "{name}" WITH (FORCE)')

    @contextlib.contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """The URL of a database that lives as long as the context."""
        name = self.create_database(template)
        try:
            yield self.url(name)
        finally:
            self.drop_database(name)

    def _command(self, sql: str) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(sql.encode())


@contextlib.contextmanager
def running_postgres(*, is_tcp: bool = False) -> Iterator[PostgresServer]:
    """A server of its own, started; skips or fails the test where PostgreSQL is missing."""
    programs = binaries()
    if programs is None:
        missing_server("postgresql")
    server = PostgresServer(programs, is_tcp=is_tcp)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The server that the tests of one process share; who kills it starts it again."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """An empty database."""
    with postgres.database() as url:
        yield url


def _unprivileged() -> dict[str, Any]:
    """Options for subprocess that drop root's rights; none where there are none."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
