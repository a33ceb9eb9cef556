"""The user's own worker: started when first needed, shared by all editor windows.

Whoever holds ``start.lock`` may start or replace it; the worker itself holds ``worker.lock`` while
it lives, and says in ``worker.json`` where it listens. It ends by itself when idle.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import importlib.util
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import httpx
import platformdirs

from bioql_lsp import __version__
from bioql_lsp.server import problems
from bioql_lsp.server.endpoint import UNIX_SCHEME, Endpoint
from bioql_lsp.server.problems import WorkerError

WORKER_MODULE = "bioql_lsp.worker.cli"
NAME = "the local worker"
_MODEL_FILE = "worker.model"
START_SECONDS_MAX = 30.0
LOAD_SECONDS_MAX = 300.0
STOP_SECONDS_MAX = 5.0
_POLL_SECONDS = 0.05
_PROBE_SECONDS = 2.0
_WORKER_PACKAGES = ("fastapi", "uvicorn", "onnxruntime", "tokenizers", "peewee", "apsw", "limits")

Report: TypeAlias = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Running:
    """A worker that answered its health check."""

    pid: int
    version: str
    socket: Path
    key_file: Path

    def endpoint(self) -> Endpoint:
        """How to speak to it. Raises WorkerError when its key cannot be read."""
        try:
            api_key = self.key_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise problems.setup(
                "The local worker's key cannot be read: run the command bioql.restartWorker."
            ) from None
        return Endpoint(f"{UNIX_SCHEME}{self.socket}", api_key, NAME)


class LocalWorker:
    """Finds, starts, replaces and stops the user's worker."""

    def __init__(self, folder: Path | None = None, module: str | None = None) -> None:
        self._folder = folder or runtime_folder()
        self._module = module or WORKER_MODULE

    async def ensure(self, report: Report, model: str | None = None) -> Endpoint:
        """A worker of this version, with this model, that is ready. Raises WorkerError.

        ``report`` is told how far its start is; it is not called when one is ready already.
        """
        running = await self._probe()
        if running is None or not self._is_wanted(running, model):
            _require_extra()
            report(0.0, "Starting the local worker")
            async with self._start_lock():
                running = await self._probe()
                if running is not None and not self._is_wanted(running, model):
                    await self._stop(running.pid)
                    running = None
                if running is None:
                    running = await self._start(model)
        await self._until_ready(running, report)
        return running.endpoint()

    async def stop(self) -> bool:
        """End the worker that runs, if any. Raises WorkerError."""
        if not self._folder.is_dir():
            return False
        async with self._start_lock():
            running = await self._probe()
            if running is not None:
                await self._stop(running.pid)
            return running is not None

    async def _probe(self) -> Running | None:
        """The worker that ``worker.json`` names, if it answers as the one named there."""
        try:
            said = json.loads((self._folder / "worker.json").read_text(encoding="utf-8"))
            socket, key_file, pid = Path(said["socket"]), Path(said["key_file"]), int(said["pid"])
            status, health = await _get(socket, "/healthz")
            if status == 200 and int(health["pid"]) == pid > 1:
                return Running(pid, str(health["version"]), socket, key_file)
        except (OSError, ValueError, KeyError, TypeError, httpx.HTTPError):
            pass
        return None

    @asynccontextmanager
    async def _start_lock(self) -> AsyncIterator[None]:
        _make_private(self._folder)
        with (self._folder / "start.lock").open("a") as file:
            await _poll(
                lambda: _try_lock(file.fileno()),
                START_SECONDS_MAX + STOP_SECONDS_MAX,
                "Another editor has been starting the local worker for too long: "
                "close it or run the command bioql.restartWorker.",
            )
            yield

    def _is_wanted(self, running: Running, model: str | None) -> bool:
        """Whether a worker is of this version and was started with this model."""
        try:
            started_with = (self._folder / _MODEL_FILE).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            started_with = ""
        return running.version == __version__ and started_with == (model or "")

    async def _start(self, model: str | None) -> Running:
        process = await asyncio.to_thread(self._spawn, model)
        deadline = asyncio.get_running_loop().time() + START_SECONDS_MAX
        while asyncio.get_running_loop().time() < deadline:
            running = await self._probe()
            if running is not None:
                return running
            if process.poll() is not None:
                raise problems.setup(
                    f"The local worker stopped at its start (exit status {process.returncode}); "
                    f"the reason is in {self._folder / 'worker.log'}."
                )
            await asyncio.sleep(_POLL_SECONDS)
        process.terminate()
        raise problems.timed_out(NAME, START_SECONDS_MAX)

    def _spawn(self, model: str | None) -> subprocess.Popen[bytes]:
        (self._folder / _MODEL_FILE).write_text(model or "", encoding="utf-8")
        choice = ["--model", model] if model else []
        descriptor = os.open(
            self._folder / "worker.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600
        )
        with os.fdopen(descriptor, "wb") as log:
            return subprocess.Popen(
                [sys.executable, "-P", "-m", self._module, "serve", "--local", *choice],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                env=_environment(self._folder),
                start_new_session=True,
            )

    async def _stop(self, pid: int) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGTERM)
        lock = self._folder / "worker.lock"
        try:
            await _poll(lambda: _is_free(lock), STOP_SECONDS_MAX, "")
        except WorkerError:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
            await _poll(
                lambda: _is_free(lock),
                STOP_SECONDS_MAX,
                f"The local worker (process {pid}) does not stop: end it by hand.",
            )

    async def _until_ready(self, running: Running, report: Report) -> None:
        deadline = asyncio.get_running_loop().time() + LOAD_SECONDS_MAX
        while True:
            try:
                status, said = await _get(running.socket, "/readyz")
            except (httpx.HTTPError, ValueError):
                raise problems.died(NAME) from None
            if status == 200:
                return
            if said.get("status") == "failed" or asyncio.get_running_loop().time() > deadline:
                raise problems.setup(
                    "The local worker could not load its model; "
                    f"the reason is in {self._folder / 'worker.log'}."
                )
            report(*_progress(said))
            await asyncio.sleep(_POLL_SECONDS)


def runtime_folder() -> Path:
    """Where the user's worker listens."""
    named = os.environ.get("BIOQL_RUNTIME_DIR")
    return Path(named) if named else Path(platformdirs.user_runtime_path("bioql-lsp"))


def _environment(folder: Path) -> dict[str, str]:
    """Ours without the key of a remote worker, which is none of the local one's business."""
    kept = {name: value for name, value in os.environ.items() if name != "BIOQL_API_KEY"}
    return {**kept, "BIOQL_RUNTIME_DIR": str(folder)}


def _progress(said: dict[str, Any]) -> tuple[float, str]:
    progress = said.get("progress")
    message = said.get("message")
    return (
        min(max(float(progress), 0.0), 1.0) if isinstance(progress, int | float) else 0.0,
        message[:100] if isinstance(message, str) else "Loading the model",
    )


async def _get(socket: Path, path: str) -> tuple[int, dict[str, Any]]:
    transport = httpx.AsyncHTTPTransport(uds=str(socket), verify=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost", timeout=_PROBE_SECONDS, trust_env=False
    ) as client:
        response = await client.get(path)
        said = response.json()
        return response.status_code, said if isinstance(said, dict) else {}


async def _poll(is_done: Callable[[], bool], seconds_max: float, message: str) -> None:
    deadline = asyncio.get_running_loop().time() + seconds_max
    while not is_done():
        if asyncio.get_running_loop().time() > deadline:
            raise problems.setup(message)
        await asyncio.sleep(_POLL_SECONDS)


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_free(lock: Path) -> bool:
    try:
        with lock.open("a") as file:
            return _try_lock(file.fileno())
    except OSError:
        return True


def _make_private(folder: Path) -> None:
    """The folder, for its owner alone. Raises WorkerError for one that others can get into."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid():
            raise PermissionError
        folder.chmod(0o700)
    except OSError:
        raise problems.setup(
            f"The folder {folder} cannot be used for the local worker: "
            "set BIOQL_RUNTIME_DIR to a folder of your own."
        ) from None


def _require_extra() -> None:
    missing = [name for name in _WORKER_PACKAGES if importlib.util.find_spec(name) is None]
    if missing:
        raise problems.setup(
            f"The local worker needs packages that are not installed ({', '.join(missing)}): "
            'run pip install "bioql-lsp[worker]" in the environment of bioql-lsp, or set '
            '"bioql.mode" to "remote" or "off".'
        )
