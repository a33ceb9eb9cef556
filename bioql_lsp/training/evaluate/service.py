"""The service that is measured: started for it with a ledger of its own, or a running one."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_EMAIL: Final = "evaluation@example.org"
_TIER: Final = "enterprise"
_CREDIT_USD: Final = "100000"
_LIMITS: Final = ("--requests-per-minute", "1000000", "--concurrent", "1000")
_LOG_CHARS: Final = 2000
_STOP_SECONDS: Final = 30


class ServiceFailedError(Exception):
    """The service did not start, or does not answer; the text says why."""


@dataclass(frozen=True, slots=True)
class Service:
    """Where to ask, and with which key."""

    url: str
    key: str


@contextlib.contextmanager
def started(flags: Sequence[str]) -> Iterator[Service]:
    """``bioql-worker serve`` with some more flags, as long as the context lasts.

    Raises ServiceFailedError.
    """
    with tempfile.TemporaryDirectory(prefix="bioql-evaluate-") as scratch:
        folder = Path(scratch)
        ledger = f"sqlite:///{folder / 'ledger.sqlite3'}"
        key = _new_customer(ledger)
        command = [sys.executable, "-P", "-m", "bioql_lsp.worker.cli", "serve"]
        with (folder / "worker.log").open("w+") as log:
            worker = subprocess.Popen(
                [*command, "--port", "0", "--ledger", ledger, *flags],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
            try:
                yield Service(_announced(worker, folder / "worker.log"), key)
            finally:
                _stop(worker)


def _announced(worker: subprocess.Popen[str], log: Path) -> str:
    assert worker.stdout is not None
    line = worker.stdout.readline()
    if not line:
        said = log.read_text(errors="replace").strip()[-_LOG_CHARS:]
        raise ServiceFailedError(f"the worker did not start: {said}")
    return str(json.loads(line)["url"])


def _stop(worker: subprocess.Popen[str]) -> None:
    worker.terminate()
    try:
        worker.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def _new_customer(ledger: str) -> str:
    """A ledger with one rich account; its key."""
    _billing(ledger, "init")
    _billing(ledger, "tier", "set", _TIER, *_LIMITS, "--yes")
    _billing(ledger, "account", "add", _EMAIL, "--tier", _TIER)
    _billing(ledger, "topup", _EMAIL, _CREDIT_USD, "--id", "evaluation")
    return str(_billing(ledger, "key", "add", _EMAIL)["key"])


def _billing(ledger: str, *arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-P", "-m", "billing", "--ledger", ledger]
    done = subprocess.run(
        [*command, *arguments, "--format", "json"], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise ServiceFailedError(f"bioql-billing {arguments[0]}: {done.stderr.strip()}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found
