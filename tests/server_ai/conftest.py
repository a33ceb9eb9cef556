"""Fixtures: editors that start the real server, and remote workers, in scratch folders."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.server_ai.editor import ROOT, WAIT_S, Editor

StartEditor = Callable[..., Awaitable[Editor]]


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
    """A worker on loopback with a ledger and accounts of its own."""

    url: str
    ledger_url: str
    process: asyncio.subprocess.Process

    def environment(self, api_key: str) -> dict[str, str]:
        return {"BIOQL_WORKER_URL": self.url, "BIOQL_API_KEY": api_key}


async def billing(ledger_url: str, *arguments: str) -> Any:
    """Run bioql-billing and give back its JSON."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "from billing.cli import main; main()"),
        *("--ledger", ledger_url, *arguments, "--format", "json"),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0, arguments
    return json.loads(output)


@pytest.fixture
async def remote(folder: Path) -> AsyncIterator[RemoteWorker]:
    """A worker with the scripted engine and an empty ledger."""
    ledger_url = f"sqlite:///{folder / 'ledger.sqlite3'}"
    await billing(ledger_url, "init")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.support.fake_worker", "serve"),
        *("--host", "127.0.0.1", "--port", "0", "--ledger", ledger_url),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=(folder / "remote.log").open("wb"),
    )
    assert process.stdout is not None
    async with asyncio.timeout(WAIT_S):
        url = json.loads(await process.stdout.readline())["url"]
    yield RemoteWorker(url, ledger_url, process)
    if process.returncode is None:
        process.terminate()
    await process.wait()


async def new_key(remote: RemoteWorker, credit_usd: str | None) -> str:
    """The key of a new account, with credit or without."""
    await billing(remote.ledger_url, "account", "add", "ada@example.org", "--tier", "pro")
    if credit_usd is not None:
        await billing(
            remote.ledger_url, "topup", "ada@example.org", credit_usd, "--id", "first-topup"
        )
    made = await billing(remote.ledger_url, "key", "add", "ada@example.org")
    return str(made["key"])
