"""Fixtures of the tests that drive real editors."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.editors.neovim import Neovim, Open
from tests.editors.support import (
    SCRIPTED_WORKER,
    WORKER,
    DemoWorker,
    local_worker_note,
    short_folder,
)


@pytest.fixture
def home() -> Iterator[Path]:
    """An empty home folder with a short path; a local worker that was started in it is ended."""
    with short_folder() as folder:
        yield folder
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            os.kill(json.loads(local_worker_note(folder).read_text())["pid"], signal.SIGTERM)


@pytest.fixture
def project(home: Path) -> Path:
    """A project folder of the user."""
    folder = home / "project"
    folder.mkdir()
    (folder / "pyproject.toml").write_text('[project]\nname = "sample"\nversion = "1"\n')
    return folder


@pytest.fixture
def open_in_neovim(home: Path, project: Path) -> Iterator[Open]:
    """Opens texts in Neovim windows, and ends all of them."""
    windows: list[Neovim] = []

    def open_text(
        text: str, worker: DemoWorker | None = None, suffix: str = ".py", **environment: str
    ) -> Neovim:
        name = f"nvim{len(windows)}"
        file = project / f"{name}{suffix}"
        file.write_text(text)
        known = {**(worker.environment() if worker else {}), **environment}
        windows.append(Neovim(home, file, name, **known))
        return windows[-1]

    yield open_text
    for window in windows:
        window.close()


@pytest.fixture
def demo_worker() -> Iterator[DemoWorker]:
    """The product's own worker with its embedded model and 10.00 USD on the demo account."""
    yield from _serve(WORKER)


@pytest.fixture
def scripted_worker() -> Iterator[DemoWorker]:
    """The worker with an engine whose behaviour is written into the request."""
    yield from _serve(SCRIPTED_WORKER)


def _serve(command: list[str]) -> Iterator[DemoWorker]:
    with short_folder() as folder:
        worker = DemoWorker(folder, command)
        try:
            yield worker
        finally:
            worker.kill()


@pytest.fixture(autouse=True)
def _tmux_is_there() -> None:
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed: run editors/install.sh")
