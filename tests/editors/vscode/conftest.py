"""The packaged extension, and a VS Code that uses it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.editors.support import ROOT, SCRIPTS
from tests.editors.vscode.code_server import VsCode, running

EXTENSION = ROOT / "editors" / "vscode"
ARTIFACTS = ROOT / "artifacts"
SAMPLES = Path(__file__).parent / "sample"
SAMPLE = SAMPLES / "bell_pair.py"

Start = Callable[..., VsCode]


@pytest.fixture(scope="session")
def vsix() -> Path:
    """The extension as users get it, checked and built from this tree."""
    installed = EXTENSION / "node_modules" / ".package-lock.json"
    lock = EXTENSION / "package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        _npm("ci")
    _npm("run", "check")
    _npm("test")
    _npm("run", "package")
    version = json.loads((EXTENSION / "package.json").read_text())["version"]
    return EXTENSION / f"bioql-lsp-{version}.vsix"


def _npm(*arguments: str) -> None:
    done = subprocess.run(
        ["npm", *arguments], cwd=EXTENSION, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def vscode(vsix: Path, home: Path, project: Path) -> Iterator[Start]:
    """Starts VS Code on a copy of a sample: ``vscode(settings, environment, sample=...)``."""
    ARTIFACTS.mkdir(exist_ok=True)
    with ExitStack() as stack:

        def start(
            settings: Mapping[str, object], environment: Mapping[str, str], sample: Path = SAMPLE
        ) -> VsCode:
            file = project / sample.name
            shutil.copy(sample, file)
            found = {"bioql.serverPath": str(SCRIPTS / "bioql-lsp"), **settings}
            return stack.enter_context(running(home, vsix, file, ARTIFACTS, found, environment))

        yield start
