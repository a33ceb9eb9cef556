"""Servers as child processes: started, waited for, stopped for a while, measured, ended."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from billing.ledger import Ledger
from billing.operations.tiers import TierChanges
from billing.prices import parse_usd

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS_MAX = 180.0
STOP_SECONDS_MAX = 30.0
KIB_PER_MB = 1000 * 1000 / 1024
_POLL_SECONDS = 0.02
_LOG_CHARACTERS = 2000
_CREDIT_USD = "100000"
_TIER = "enterprise"
_UNLIMITED = 1_000_000


class ServerError(Exception):
    """A server ended, or was not ready in time; the text has the end of its log."""


class ServerProcess:
    """A server in a process group of its own; its log goes to a file in ``folder``."""

    def __init__(
        self, command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self._log_path = folder / f"server-{uuid.uuid4().hex[:8]}.log"
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("BIOQL_")}
        self._started_at = time.perf_counter()
        self.ready_seconds = 0.0
        with self._log_path.open("wb") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=log,
                env=inherited | dict(environment or {}),
                text=True,
                start_new_session=True,
            )
        self._lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def first_line(self) -> str:
        """What it prints when it is ready. Raises ServerError."""
        try:
            line = self._lines.get(timeout=START_SECONDS_MAX)
        except queue.Empty:
            line = None
        if line is None:
            raise self._failure()
        self.ready_seconds = time.perf_counter() - self._started_at
        return line

    def wait_ready(self, url: str) -> None:
        """Return when a GET is answered with 200. Raises ServerError."""
        deadline = time.monotonic() + START_SECONDS_MAX
        while not _is_up(url):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise self._failure()
            time.sleep(_POLL_SECONDS)
        self.ready_seconds = time.perf_counter() - self._started_at

    def _failure(self) -> ServerError:
        text = self.log()[-_LOG_CHARACTERS:]
        self.close()
        return ServerError(f"the server did not get ready; its log ends with:\n{text}")

    def log(self) -> str:
        """What it wrote to stderr so far."""
        return self._log_path.read_text(encoding="utf-8", errors="replace")

    def signal(self, number: int) -> None:
        """Send a signal to the process and those that it started; gone ones don't matter."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def resident_mb(self) -> float:
        """Resident memory of the process, which starts no others."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        line = next(line for line in lines if line.startswith("VmRSS"))
        return int(line.split()[1]) / KIB_PER_MB

    def close(self) -> int:
        """End it politely, else by force; its exit code."""
        self.signal(signal.SIGCONT)
        self.process.terminate()
        try:
            code = self.process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            self.signal(signal.SIGKILL)
            code = self.process.wait()
        self.signal(signal.SIGKILL)
        return code


@dataclass(frozen=True)
class Account:
    """An account that is rich, and in a tier without limits that could interfere."""

    ledger_url: str
    email: str
    key: str

    @property
    def headers(self) -> dict[str, str]:
        """Header fields that authenticate."""
        return {"Authorization": f"Bearer {self.key}"}


def new_account(folder: Path) -> Account:
    """Make a ledger in a folder that has none, with one account."""
    return new_accounts(folder, 1)[0]


def new_accounts(folder: Path, count: int) -> list[Account]:
    """Make a ledger in a folder that has none, with some accounts."""
    url = f"sqlite:///{folder / 'ledger.sqlite3'}"
    Ledger.create(url)
    limits = TierChanges(requests_per_minute=_UNLIMITED, concurrent_requests=_UNLIMITED)
    with Ledger.open(url) as ledger:
        ledger.set_tier(_TIER, limits)
        emails = [f"customer-{number}@example.org" for number in range(count)]
        return [Account(url, email, _add(ledger, email)) for email in emails]


def _add(ledger: Ledger, email: str) -> str:
    ledger.add_account(email, _TIER)
    ledger.topup(email, parse_usd(_CREDIT_USD), "credit-of-" + email.partition("@")[0])
    key, _ = ledger.add_key(email)
    return key


class WorkerServer:
    """``bioql-worker serve`` on a free port, with the embedded model unless told otherwise.

    Raises ServerError.
    """

    def __init__(self, folder: Path, ledger_url: str, *arguments: str) -> None:
        options = ("--port", "0", "--ledger", ledger_url, *arguments)
        command = (sys.executable, "-m", "bioql_lsp.worker.cli", "serve", *options)
        self.server = ServerProcess(command, folder)
        self.url: str = json.loads(self.server.first_line())["url"]
        self.port = int(self.url.rpartition(":")[2])


def scrape(url: str) -> dict[str, float]:
    """A worker's metrics: what stands on each line, labels and all, with its value."""
    with urllib.request.urlopen(f"{url}/metrics", timeout=STOP_SECONDS_MAX) as response:
        lines = response.read().decode().splitlines()
    samples = (line.rpartition(" ") for line in lines if not line.startswith("#"))
    return {name: float(value) for name, _, value in samples}


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _is_up(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2.0) as response:
            return bool(response.status == 200)
    except (OSError, urllib.error.HTTPError):
        return False
