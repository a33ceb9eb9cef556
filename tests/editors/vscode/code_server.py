"""Starts code-server (VS Code in a browser) with the packaged extension in fresh folders."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest

from tests.editors.support import EDITORS, user_environment

PATIENCE_MS = 30_000

_DRIVER = Path(__file__).parent / "driver" / "run.mjs"
_CODE_SERVER = EDITORS / "cs"
_ENTRY = _CODE_SERVER / "node_modules" / "code-server" / "out" / "node" / "entry.js"
_QUIET_SETTINGS = {
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": False,
    "workbench.colorTheme": "Default Dark Modern",
    "workbench.layoutControl.enabled": False,
    "chat.commandCenter.enabled": False,
    "security.workspace.trust.enabled": False,
    "telemetry.telemetryLevel": "off",
    "extensions.autoCheckUpdates": False,
    "extensions.ignoreRecommendations": True,
    "editor.minimap.enabled": False,
    "editor.lightbulb.enabled": "off",
    "editor.occurrencesHighlight": "off",
    "editor.stickyScroll.enabled": False,
    "editor.parameterHints.enabled": False,
    "editor.fontSize": 14,
    "files.autoSave": "afterDelay",
    "files.autoSaveDelay": 100,
}


@attrs.frozen
class VsCode:
    """A running code-server with one file to open."""

    url: str
    folder: Path
    file: Path
    artifacts: Path

    def play(self, scenario: str, **more: object) -> dict[str, Any]:
        """Run one scenario of ``driver/`` in Chromium; what it saw."""
        job = {
            "url": self.url,
            "folder": str(self.folder),
            "file": str(self.file),
            "firstText": self.file.read_text().splitlines()[0],
            "codeServer": str(_CODE_SERVER),
            "chromium": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            "patienceMs": PATIENCE_MS,
            "failureImage": str(self.artifacts / f"vscode-{scenario}-failed.png"),
            **more,
        }
        done = subprocess.run(
            ["node", str(_DRIVER), scenario],
            input=json.dumps(job),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        seen: dict[str, Any] = json.loads(done.stdout)
        return seen


def _fresh_profile(home: Path, settings: Mapping[str, object]) -> None:
    text = json.dumps({**_QUIET_SETTINGS, **settings})
    for place in ("User", "Machine"):
        folder = home / "data" / place
        folder.mkdir(parents=True)
        (folder / "settings.json").write_text(text)


def _command(home: Path) -> list[str]:
    folders = ["--user-data-dir", str(home / "data"), "--extensions-dir", str(home / "extensions")]
    return ["node", str(_ENTRY), *folders]


@contextlib.contextmanager
def running(
    home: Path,
    vsix: Path,
    file: Path,
    artifacts: Path,
    settings: Mapping[str, object],
    environment: Mapping[str, str],
) -> Iterator[VsCode]:
    """VS Code with the extension installed, its settings and its environment, until the end."""
    if not _ENTRY.exists():
        pytest.skip("code-server is not installed: run editors/install.sh")
    _fresh_profile(home, settings)
    env = user_environment(home, **environment)
    install = [*_command(home), "--install-extension", str(vsix)]
    subprocess.run(install, env=env, check=True, capture_output=True)
    serve = ["--auth", "none", "--bind-addr", "127.0.0.1:0", "--disable-telemetry"]
    log = (home / "code-server.log").open("w")
    process = subprocess.Popen(
        [*_command(home), *serve, "--disable-update-check"],
        env=env,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        start_new_session=True,
    )
    try:
        yield VsCode(_url_of(process), file.parent, file, artifacts)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=30)
        log.close()


def _url_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"server listening on (http://\S+)", line):
            return found[1].rstrip("/") + "/"
    raise AssertionError("code-server ended before it listened")
