"""A real Redis server for tests: Debian's package, on a Unix socket, empty at each start."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from tests.support.required import missing_server

_START_SECONDS_MAX = 30.0
_STOP_SECONDS_MAX = 10.0
_POLL_SECONDS = 0.02


class RedisServer:
    """One server; what it holds is gone when it stops."""

    def __init__(self, program: str) -> None:
        self._program = program
        self._folder = Path(tempfile.mkdtemp(prefix="bioql-redis-"))
        self._process: subprocess.Popen[bytes] | None = None
        self._socket = self._folder / "redis.sock"

    @property
    def url(self) -> str:
        """The URI as the ``limits`` library takes it."""
        return f"redis+unix://{self._socket}"

    def client(self) -> redis.Redis:
        """A connection, to look into what is stored."""
        return redis.Redis(unix_socket_path=str(self._socket))

    def start(self) -> None:
        """Start the server, and return when it answers."""
        options = ["--port", "0", "--unixsocket", str(self._socket), "--save", ""]
        self._process = subprocess.Popen(
            [self._program, *options, "--dir", str(self._folder), "--appendonly", "no"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + _START_SECONDS_MAX
        while not self._is_up():
            assert self._process.poll() is None, "redis-server ended at its start"
            assert time.monotonic() < deadline, "redis-server did not start"
            time.sleep(_POLL_SECONDS)

    def _is_up(self) -> bool:
        with contextlib.suppress(redis.ConnectionError), self.client() as client:
            return bool(client.ping())
        return False

    def kill(self) -> None:
        """kill -9; ``start`` brings an empty one."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(_STOP_SECONDS_MAX)

    def remove(self) -> None:
        """Stop, and delete what it left."""
        if self._process is not None and self._process.poll() is None:
            self.kill()
        shutil.rmtree(self._folder)


@contextlib.contextmanager
def running_redis() -> Iterator[RedisServer]:
    """A server of its own, started; skips or fails the test where Redis is missing."""
    program = shutil.which("redis-server")
    if program is None:
        missing_server("redis-server")
    server = RedisServer(program)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """The server that the tests of one process share; who kills it starts it again."""
    with running_redis() as server:
        yield server
