"""Fixtures: editors that start the real server, and remote workers, in scratch folders."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.server_ai.editor import ROOT, Editor

StartEditor = Callable[..., Awaitable[Editor]]


@pytest.fixture(autouse=True)
def scripted_engine_is_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The local worker is started without its current folder on the module path."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.fixture
def folder() -> Any:
    """A scratch folder with a path short enough for a Unix socket."""
    with tempfile.TemporaryDirectory(prefix="bioql") as name:
        yield Path(name)


@pytest.fixture
async def start_editor(folder: Path) -> AsyncIterator[StartEditor]:
    """Start an editor; at the end all are stopped, and the local worker with them."""
    editors: list[Editor] = []

    async def start(
        settings: dict[str, Any] | None = None,
        environment: dict[str, str] | None = None,
        capabilities: Any = None,
    ) -> Editor:
        editor = Editor(folder, settings)
        await editor.start(environment, capabilities)
        editors.append(editor)
        return editor

    yield start
    for editor in editors:
        await editor.stop()
    pid = worker_pid(folder)
    if pid is not None:
        kill(pid, signal.SIGKILL)


def worker_pid(folder: Path) -> int | None:
    """The process id of the folder's local worker, if it says that it runs."""
    try:
        return int(json.loads((folder / "run" / "worker.json").read_text())["pid"])
    except FileNotFoundError:
        return None


def kill(pid: int, number: int) -> None:
    """Send a signal to a worker of ours; one that is gone already is fine."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


@dataclass
class RemoteWorker:
    """A worker on loopback with a ledger of its own."""

    url: str
    ledger_url: str

    def environment(self, api_key: str) -> dict[str, str]:
        return {"BIOQL_WORKER_URL": self.url, "BIOQL_API_KEY": api_key}

    def billing(self, *arguments: str) -> Any:
        """Run bioql-billing and give back its JSON."""
        return billing(self.ledger_url, *arguments)

    def new_key(self, email: str, credit_usd: str | None = None) -> str:
        """The key of a new account, with credit or without."""
        self.billing("account", "add", email, "--tier", "pro")
        if credit_usd is not None:
            self.billing("topup", email, credit_usd, "--id", "first." + email.partition("@")[0])
        return str(self.billing("key", "add", email)["key"])


def billing(ledger_url: str, *arguments: str) -> Any:
    command = [sys.executable, "-c", "from billing.cli import main; main()"]
    command += ["--ledger", ledger_url, *arguments, "--format", "json"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteWorker]:
    """A worker with the scripted engine and an empty ledger, shared by a module's tests."""
    folder = tmp_path_factory.mktemp("remote")
    ledger_url = f"sqlite:///{folder / 'ledger.sqlite3'}"
    billing(ledger_url, "init")
    command = [sys.executable, "-m", "tests.support.fake_worker", "serve"]
    command += ["--host", "127.0.0.1", "--port", "0", "--ledger", ledger_url]
    with (folder / "worker.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log)
    assert process.stdout is not None
    with process:
        yield RemoteWorker(json.loads(process.stdout.readline())["url"], ledger_url)
        process.terminate()
