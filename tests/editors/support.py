"""What the tests of real editors share: the editors, a terminal to drive them in, a worker."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import pytest
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parents[2]
EDITORS = Path(os.environ.get("BIOQL_EDITORS", ROOT / ".cache" / "editors"))
ARTIFACTS = ROOT / "artifacts" / "editors"
SCRIPTS = Path(sys.executable).parent
COMMANDS = ("bioql-lsp", "bioql-worker", "bioql-billing")
DEMO_KEY = "bioql_test_870ce7ae"
DEMO_EMAIL = "demo@bioql.com"
DEADLINE_SECONDS = 30.0

# The commands that start a worker: the product's own, and the same with a scripted engine.
WORKER = [str(SCRIPTS / "bioql-worker")]
SCRIPTED_WORKER = [sys.executable, "-m", "tests.support.fake_worker"]

TMUX_SETTINGS = """\
set -g default-terminal tmux-256color
set -g remain-on-exit on
set -g status off
set -s escape-time 0
"""

T = TypeVar("T")


def wait_until(
    probe: Callable[[], T],
    what: str,
    deadline_seconds: float = DEADLINE_SECONDS,
    detail: Callable[[], str] = lambda: "",
) -> T:
    """Ask ``probe`` until it answers something true, and return that; else say what was awaited."""
    give_up_at = time.monotonic() + deadline_seconds
    while not (answer := probe()):
        if time.monotonic() > give_up_at:
            pytest.fail(f"waited {deadline_seconds:.0f} s for: {what}\n{detail()}")
        time.sleep(0.05)
    return answer


def editor(name: str) -> str:
    """The path of an installed editor; the test is skipped without one."""
    program = EDITORS / "bin" / name
    if not program.exists():
        pytest.skip(f"{name} is not installed: run editors/install.sh")
    return str(program)


def _removed(folder: Path) -> bool:
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


@contextlib.contextmanager
def short_folder() -> Iterator[Path]:
    """A scratch folder with a path short enough for Unix sockets."""
    folder = Path(tempfile.mkdtemp(prefix="bql"))
    try:
        yield folder
    finally:
        wait_until(lambda: _removed(folder), f"{folder} to be left by the last process")


def user_environment(home: Path, **extra: str) -> dict[str, str]:
    """The environment of a user with an empty home and the product's commands on the PATH."""
    folders = {
        name: str(home / folder)
        for name, folder in {
            "HOME": "",
            "XDG_CONFIG_HOME": ".config",
            "XDG_DATA_HOME": ".local/share",
            "XDG_STATE_HOME": ".local/state",
            "XDG_CACHE_HOME": ".cache",
            "XDG_RUNTIME_DIR": "run",
            "BIOQL_RUNTIME_DIR": "run/bioql",
            "BIOQL_DATA_DIR": ".local/share/bioql",
        }.items()
    }
    (home / "run").mkdir(mode=0o700, exist_ok=True)
    commands = home / "bin"
    commands.mkdir(exist_ok=True)
    for name in COMMANDS:
        link = commands / name
        if not link.is_symlink():
            link.symlink_to(SCRIPTS / name)
    path = f"{commands}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "LANG": "C.UTF-8", "SHELL": "/bin/sh", **folders, **extra}


def local_worker_note(home: Path) -> Path:
    """Where the local worker of the user of ``home`` says what it is."""
    return home / "run" / "bioql" / "worker.json"


class Terminal:
    """A program in a tmux of its own: keys go in, the screen comes out."""

    def __init__(
        self,
        folder: Path,
        name: str,
        command: list[str],
        environment: Mapping[str, str],
        work_folder: Path,
    ) -> None:
        settings = folder / f"{name}.tmux.conf"
        settings.write_text(TMUX_SETTINGS)
        self._tmux = ["tmux", "-S", str(folder / f"{name}.tmux"), "-f", str(settings)]
        size = ["-x", "150", "-y", "40"]
        where = ["-c", str(work_folder)]
        self._run("new-session", "-d", *size, *where, shlex.join(command), environment=environment)

    def _run(self, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
        done = subprocess.run(
            [*self._tmux, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=DEADLINE_SECONDS,
            check=True,
        )
        return done.stdout

    def press(self, *keys: str) -> None:
        """Press named keys (``Enter``, ``Escape``, ``C-l``)."""
        self._run("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type ``text`` as it stands."""
        self._run("send-keys", "-l", "--", text)

    def screen(self) -> str:
        """The text that a person sees."""
        return self._run("capture-pane", "-p")

    def wait_for(self, *texts: str, deadline_seconds: float = DEADLINE_SECONDS) -> str:
        """Wait until all of ``texts`` are on the screen, and return the screen."""

        def shown() -> str:
            screen = self.screen()
            return screen if all(text in screen for text in texts) else ""

        what = f"{texts} on the screen"
        return wait_until(shown, what, deadline_seconds, detail=self.screen)

    def save(self, name: str) -> None:
        """Keep the screen as text and as a picture, for people, under ``artifacts/editors``."""
        ARTIFACTS.mkdir(parents=True, exist_ok=True)
        (ARTIFACTS / f"{name}.txt").write_text(self.screen())
        picture = Console(record=True, width=150, file=io.StringIO())
        picture.print(Text.from_ansi(self._run("capture-pane", "-p", "-e")))
        picture.save_svg(str(ARTIFACTS / f"{name}.svg"), title=name)

    def close(self) -> None:
        """End the program and its tmux."""
        with contextlib.suppress(subprocess.CalledProcessError):
            self._run("kill-server")


class DemoWorker:
    """A worker on loopback with the demo account, made by the product's own commands."""

    def __init__(self, folder: Path, command: list[str]) -> None:
        self._folder, self._command = folder, command
        self.ledger_url = f"sqlite:///{folder / 'ledger.sqlite3'}"
        self.api_key = DEMO_KEY
        self._billing("init", "--demo")
        self.process = self._start(port=0)
        try:
            self.url = str(json.loads(self._first_line())["url"])
        except BaseException:
            self.kill()
            raise

    def environment(self) -> dict[str, str]:
        """What an editor's environment needs to use this worker."""
        return {"BIOQL_WORKER_URL": self.url, "BIOQL_API_KEY": self.api_key}

    def balance_usd(self) -> Decimal:
        """What is posted to the demo account."""
        return self._account("balance_usd")

    def held_usd(self) -> Decimal:
        """What open requests hold."""
        return self._account("held_usd")

    def kill(self) -> None:
        """End the worker as a crash would."""
        self.process.kill()
        self.process.wait()

    def restart(self) -> None:
        """Start it again under the same address."""
        self.process = self._start(port=int(self.url.rsplit(":", 1)[1]))
        self._first_line()

    def _account(self, amount: str) -> Decimal:
        return Decimal(json.loads(self._billing("balance", DEMO_EMAIL, "--format", "json"))[amount])

    def _start(self, port: int) -> subprocess.Popen[bytes]:
        where = ["--host", "127.0.0.1", "--port", str(port), "--ledger", self.ledger_url]
        command = [*self._command, "serve", *where]
        out, log = self._folder / "worker.out", self._folder / "worker.log"
        with out.open("wb") as stdout, log.open("ab") as stderr:
            return subprocess.Popen(command, stdout=stdout, stderr=stderr, cwd=ROOT)

    def _first_line(self) -> str:
        def line() -> str:
            text = (self._folder / "worker.out").read_text()
            assert self.process.poll() is None, (self._folder / "worker.log").read_text()
            return text if text.endswith("\n") else ""

        log = self._folder / "worker.log"
        return wait_until(line, "the worker's address", 60, detail=log.read_text)

    def _billing(self, *arguments: str) -> str:
        done = subprocess.run(
            [str(SCRIPTS / "bioql-billing"), "--ledger", self.ledger_url, *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            cwd=ROOT,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout
