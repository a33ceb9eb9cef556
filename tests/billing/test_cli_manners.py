"""How the command asks, where it finds its ledger, and what its help teaches."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from billing import cli
from billing.ledger import Ledger
from tests.billing.support import ROOT

ADA = "ada@example.org"


def test_the_environment_names_the_ledger(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Ledger.create(sqlite_url)
    monkeypatch.setenv("BIOQL_LEDGER", sqlite_url)
    assert cli.run(["account", "add", ADA]) == 0
    assert capsys.readouterr().out.startswith(f"Added {ADA}")


def _commands() -> list[list[str]]:
    def below(command: Any, path: list[str]) -> Iterator[list[str]]:
        children = getattr(command, "commands", None)
        if children is None:
            yield path
            return
        for name, child in children.items():
            yield from below(child, [*path, name])

    return list(below(typer.main.get_command(cli.app), []))


@pytest.mark.parametrize("path", _commands(), ids=" ".join)
def test_every_command_says_what_it_does_and_gives_an_example(
    path: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([*path, "--help"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "Example" in text
    assert f"{' '.join(path)} " in text.partition("Example")[2] + " "
    assert "--format" in text


@pytest.mark.parametrize(("answer", "is_revoked"), [(b"y\n", True), (b"n\n", False)])
def test_a_person_is_asked_before_a_key_is_revoked(
    sqlite_url: str, answer: bytes, *, is_revoked: bool
) -> None:
    Ledger.create(sqlite_url)
    with Ledger.open(sqlite_url) as ledger:
        ledger.add_account(ADA)
        _, info = ledger.add_key(ADA)
    ours, theirs = pty.openpty()
    os.write(ours, answer)
    run = subprocess.run(
        [sys.executable, "-m", "billing", "--ledger", sqlite_url, "key", "revoke", str(info.id)],
        cwd=ROOT,
        stdin=theirs,
        capture_output=True,
        text=True,
        check=False,
    )
    os.close(ours)
    os.close(theirs)
    assert "for ever?" in run.stderr
    assert (run.returncode == 0, "is revoked" in run.stdout) == (is_revoked, is_revoked)
    with Ledger.open(sqlite_url) as ledger:
        assert (ledger.list_keys()[0].revoked_us is not None) == is_revoked
