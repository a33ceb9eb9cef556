"""The script that installs the editors."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.editors.support import EDITORS, ROOT, editor

SCRIPT = ROOT / "editors" / "install.sh"


def install(*arguments: str, path: str = os.environ["PATH"]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", str(SCRIPT), *arguments],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_an_unknown_option_is_refused_before_anything_is_installed() -> None:
    done = install("--nvim")
    assert done.returncode == 2
    assert "unknown option --nvim" in done.stderr


def test_a_failing_step_is_named_with_the_end_of_its_output(
    tmp_path: Path,
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, text in {
        "apt-get": 'case "$*" in *indextargets*) echo "mirror bookworm";; '
        '*) echo "no such suite"; exit 100;; esac',
        "dpkg-query": "echo install ok installed",
    }.items():
        (tools / name).write_text(f"#!/bin/sh\n{text}\n")
        (tools / name).chmod(0o755)
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    done = install(str(tmp_path / "editors"), "nvim", path=path)
    assert done.returncode == 1
    assert "no such suite" in done.stderr
    assert "failed: list of Debian unstable" in done.stderr
    assert "done" not in done.stdout


@pytest.mark.editors
def test_a_second_run_finds_everything_in_place() -> None:
    editor("nvim"), editor("hx")
    done = install(str(EDITORS), "nvim", "helix")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("there already") == 2
