"""What a person reads in VS Code when something is missing, wrong or takes too long."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.editors.support import DEMO_EMAIL, DEMO_KEY, SCRIPTS, DemoWorker
from tests.editors.vscode.conftest import SAMPLE, Start

pytestmark = [pytest.mark.editors, pytest.mark.timeout(300)]

WRONG_KEY = "bioql_test_wrong0000"


def test_a_missing_server_is_told_with_the_command_that_installs_it(vscode: Start) -> None:
    seen = vscode({"bioql.serverPath": "/nowhere/bioql-lsp"}, {}).play("no_server")
    assert 'pipx install "bioql-lsp[worker]"' in seen["message"]
    assert "bioql.serverPath" in seen["message"]
    assert 'pipx install "bioql-lsp[worker]"' in seen["typed"]


def test_a_key_is_asked_for_refused_and_taken(
    vscode: Start, scripted_worker: DemoWorker, home: Path
) -> None:
    settings = {"bioql.workerUrl": scripted_worker.url}
    instruction = "make a bell state on ibm torino"
    keys = {"wrongKey": WRONG_KEY, "rightKey": DEMO_KEY}
    seen = vscode(settings, {}).play("keys", instruction=instruction, **keys)
    assert scripted_worker.url in seen["noKey"]
    assert scripted_worker.url in seen["wrongKey"]
    assert WRONG_KEY not in str(seen)
    assert seen["text"].count("result = quantum(") == 1
    assert files_with(home, DEMO_KEY) == []


def files_with(folder: Path, text: str) -> list[Path]:
    """The files below a folder that hold a text."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return [path for path in files if text.encode() in path.read_bytes()]


def test_a_cancelled_request_changes_nothing_in_spite_of_the_workspaces_settings(
    vscode: Start, scripted_worker: DemoWorker, project: Path
) -> None:
    # A cloned repository brings settings of its own: none may choose a program or a worker.
    hostile = {"bioql.serverPath": "/nowhere/evil", "bioql.workerUrl": "http://127.0.0.1:9"}
    (project / ".vscode").mkdir()
    (project / ".vscode" / "settings.json").write_text(json.dumps(hostile))
    balance = ["--ledger", scripted_worker.ledger_url, "balance", DEMO_EMAIL, "--format", "json"]
    seen = vscode({}, scripted_worker.environment()).play(
        "cancel",
        problem="BQ012",
        instruction="make a bell state [hang]",
        balanceCommand=[str(SCRIPTS / "bioql-billing"), *balance],
    )
    assert DEMO_EMAIL in seen["balance"]
    assert f"balance {scripted_worker.balance_usd():.9f} USD" in seen["balance"]
    assert (project / SAMPLE.name).read_text() == SAMPLE.read_text()
