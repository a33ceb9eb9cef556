"""Starting the local worker when something is wrong with it."""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path

import pytest

from bioql_lsp.server import local_worker
from bioql_lsp.server.local_worker import LocalWorker
from bioql_lsp.server.problems import Problem, WorkerError
from tests.server_ai.conftest import worker_pid


def unheard(_fraction: float, _message: str) -> None:
    """Progress that nobody looks at."""


async def failure(worker: LocalWorker) -> WorkerError:
    with pytest.raises(WorkerError) as caught:
        await worker.ensure(unheard)
    return caught.value


async def test_missing_packages_are_named_with_the_command_that_installs_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_worker, "_WORKER_PACKAGES", ("json", "no_such_package"))
    error = await failure(LocalWorker(folder / "run"))
    assert error.problem is Problem.SETUP
    assert "(no_such_package)" in error.message
    assert 'pip install "bioql-lsp[worker]"' in error.message
    assert not (folder / "run").exists()


async def test_a_worker_that_ends_at_once_is_said_with_the_place_of_its_reason(
    folder: Path,
) -> None:
    error = await failure(LocalWorker(folder / "run", "tests.server_ai.no_such_module"))
    assert "exit status 1" in error.message
    log = folder / "run" / "worker.log"
    assert str(log) in error.message
    assert "no_such_module" in log.read_text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "run").stat().st_mode) == 0o700


async def test_a_folder_that_is_not_ours_alone_is_refused(folder: Path) -> None:
    (folder / "elsewhere").mkdir()
    (folder / "run").symlink_to(folder / "elsewhere")
    error = await failure(LocalWorker(folder / "run", "tests.support.fake_worker"))
    assert "BIOQL_RUNTIME_DIR" in error.message


@pytest.mark.parametrize("state", ["", "[]", '{"pid": "x"}', '{"pid": 1}', "\0"])
async def test_a_state_file_that_means_nothing_is_like_none(folder: Path, state: str) -> None:
    (folder / "run").mkdir()
    (folder / "run" / "worker.json").write_text(state)
    assert await LocalWorker(folder / "run").stop() is False


async def test_many_windows_at_once_start_one_worker(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BIOQL_DATA_DIR", str(folder / "data"))
    monkeypatch.setenv("BIOQL_API_KEY", "bioql_live_for_another_worker")
    windows = [LocalWorker(folder / "run", "tests.support.fake_worker") for _ in range(8)]
    endpoints = await asyncio.gather(*(window.ensure(unheard) for window in windows))
    assert len(set(endpoints)) == 1
    pid = worker_pid(folder)
    assert pid is not None
    assert b"bioql_live_for_another_worker" not in environment_of(pid)
    assert await windows[0].ensure(unheard, "another-model") == endpoints[0]
    assert worker_pid(folder) not in (None, pid)
    assert await windows[0].stop() is True
    assert worker_pid(folder) is None


def environment_of(pid: int) -> bytes:
    """What a process was given, where the system tells."""
    path = Path(f"/proc/{pid}/environ")
    return path.read_bytes() if path.exists() else b""
