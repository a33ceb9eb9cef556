"""Where a worker listens: a TCP port, or the user's own Unix socket with its lock.

PlaceError      the place cannot be used; its text says why and what to do
└── AnotherWorkerError      another worker of this user holds the lock
"""

from __future__ import annotations

import fcntl
import ipaddress
import json
import os
import resource
import socket
import stat
from dataclasses import dataclass
from pathlib import Path

from bioql_lsp import __version__

BACKLOG = 256
CONNECTIONS_MAX = 1000
FILES_BESIDE = 250
"""For connections that are refused, the ledger, the model and whatever else is open."""
TOKEN_CHARS_MIN = 16
TOKEN_CHARS_MAX = 4096


class PlaceError(Exception):
    """The place cannot be used; the text is fit for a person."""


class AnotherWorkerError(PlaceError):
    """Another worker of this user is running."""


@dataclass(frozen=True, slots=True)
class Place:
    """A bound socket and how clients reach it."""

    socket: socket.socket
    url: str
    is_unix: bool = False


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a worker bound to that name or address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def connections_max() -> int:
    """How many clients may be connected, with as many open files as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS_MAX + FILES_BESIDE
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(min(CONNECTIONS_MAX, soft - FILES_BESIDE), 1)


def read_token(path: str | None) -> str | None:
    """The secret in a file. Raises PlaceError."""
    if path is None:
        return None
    try:
        with Path(path).open("rb") as stream:
            token = stream.read(TOKEN_CHARS_MAX).decode("ascii").strip()
    except (OSError, UnicodeError) as error:
        raise PlaceError(f"cannot read a token from {path} ({error})") from error
    if len(token) < TOKEN_CHARS_MIN or not token.isprintable() or " " in token:
        raise PlaceError(f"{path} holds no token: write {TOKEN_CHARS_MIN} letters or more into it")
    return token


def bind_tcp(host: str, port: int) -> Place:
    """Bind a TCP port; 0 picks a free one. Raises PlaceError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends at once (TCP_NODELAY) only where the socket says that it is TCP: without, each
    # answer waits 40 ms for the client's delayed acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        raise PlaceError(
            f"cannot listen on {host} port {port} ({error}): choose another --host or --port"
        ) from error
    name = f"[{host}]" if family == socket.AF_INET6 else host
    return Place(listener, f"http://{name}:{listener.getsockname()[1]}")


class LocalPlace:
    """The runtime folder of the user's own worker, locked for as long as the process lives."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket_path = folder / "worker.sock"
        self._state_path = folder / "worker.json"
        _make_private(folder)
        self._lock = os.open(folder / "worker.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._lock)
            raise AnotherWorkerError(f"another worker serves {folder} already: use it") from error

    def bind(self, key_file: Path) -> Place:
        """Listen on the 0600 socket and write ``worker.json``. Raises PlaceError."""
        self._socket_path.unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        umask = os.umask(0o177)
        try:
            listener.bind(str(self._socket_path))
            listener.listen(BACKLOG)
        except OSError as error:
            listener.close()
            raise PlaceError(
                f"cannot listen on {self._socket_path} ({error}):"
                " set BIOQL_RUNTIME_DIR to a folder with a short path"
            ) from error
        finally:
            os.umask(umask)
        self._write_state(key_file)
        return Place(listener, f"http+unix:{self._socket_path}", is_unix=True)

    def _write_state(self, key_file: Path) -> None:
        state = {
            "pid": os.getpid(),
            "version": __version__,
            "socket": str(self._socket_path),
            "key_file": str(key_file),
        }
        fresh = self._folder / "worker.json.new"
        fresh.write_text(json.dumps(state) + "\n")
        fresh.chmod(0o600)
        fresh.replace(self._state_path)

    def leave(self) -> None:
        """Take the socket and the state away, then let another worker in."""
        self._state_path.unlink(missing_ok=True)
        self._socket_path.unlink(missing_ok=True)
        os.close(self._lock)


def _make_private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid():
        raise PlaceError(f"{folder} is not a folder of this user: set BIOQL_RUNTIME_DIR to one")
    folder.chmod(0o700)
