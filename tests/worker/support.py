"""Real worker processes, ledgers and accounts for the tests beside this file."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from billing.ledger import Ledger
from billing.model import Funds
from billing.prices import parse_usd

REPOSITORY = Path(__file__).parents[2]
WAIT_SECONDS = 30.0
LEDGER_URLS = ("sqlite_url", "postgres_url")
"""The fixtures that name a place for a new ledger, one for each database."""


class WorkerProcess:
    """``bioql-worker serve`` with the fake engine, as a process of its own.

    It keeps no answers unless an argument says so: the same request shall cost the same again.
    """

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        self._log_path = folder / f"worker-{uuid.uuid4().hex}.log"
        with self._log_path.open("wb") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "tests.support.fake_worker",
                    "serve",
                    "--cache=0",
                    *arguments,
                ],
                cwd=REPOSITORY,
                stdout=subprocess.PIPE,
                stderr=log,
                env=os.environ | environment,
                text=True,
            )
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def announcement(self) -> dict[str, str]:
        """The JSON line that it prints."""
        said: dict[str, str] = json.loads(self._lines.get(timeout=WAIT_SECONDS))
        return said

    def log(self) -> str:
        return self._log_path.read_text()

    def wait(self) -> int:
        return self.process.wait(WAIT_SECONDS)

    def stop(self) -> int:
        self.process.terminate()
        return self.wait()


@contextmanager
def running_worker(folder: Path, *arguments: str, **environment: str) -> Iterator[WorkerProcess]:
    worker = WorkerProcess(folder, *arguments, **environment)
    try:
        yield worker
    finally:
        if worker.process.poll() is None:
            worker.process.kill()
            worker.wait()


@dataclass(frozen=True)
class Customer:
    """An account of its own, and a client with its key."""

    email: str
    key: str
    ledger: Ledger
    http: httpx.Client

    def post(self, path: str, body: dict[str, Any], **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.http.post(path, json=body, headers=named)

    def generate(self, instruction: str, request_id: str | None = None, **body: Any) -> Any:
        """Ask for what the fake engine reads of the instruction; the rest makes it one of BioQL."""
        return self.post(
            "/v1/generate",
            {"instruction": f"bell state {instruction}", **body},
            Idempotency_Key=request_id or uuid.uuid4().hex,
        )

    @property
    def funds(self) -> Funds:
        return self.ledger.balance(self.email)

    def spent_nano_usd(self) -> int:
        """What was charged so far; nothing may be held any more."""
        assert self.funds.held_nano_usd == 0
        return parse_usd("10") - self.funds.posted_nano_usd


def new_customer(
    ledger: Ledger, url: str, *, tier: str = "enterprise", topup: str | None = "10", **key: Any
) -> Customer:
    email = f"{uuid.uuid4().hex[:12]}@example.org"
    ledger.add_account(email, tier)
    api_key, _ = ledger.add_key(email, **key)
    if topup is not None:
        ledger.topup(email, parse_usd(topup), uuid.uuid4().hex)
    http = httpx.Client(
        base_url=url, headers={"Authorization": f"Bearer {api_key}"}, timeout=WAIT_SECONDS
    )
    return Customer(email, api_key, ledger, http)


def wait_until(is_true: Callable[[], bool]) -> None:
    """Look again and again; the condition comes from another process."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not is_true():
        assert time.monotonic() < deadline, "it never became true"
        time.sleep(0.01)


def events(lines: Iterator[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and data of each server-sent event."""
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))
