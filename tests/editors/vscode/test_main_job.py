"""The main job in VS Code: a squiggle and its fix, generated code, grey text, and the cost."""

from __future__ import annotations

import ast
import json
import re
import subprocess

import pytest

from tests.editors.support import DEMO_EMAIL, SCRIPTS, DemoWorker
from tests.editors.vscode.conftest import ARTIFACTS, Start

pytestmark = [pytest.mark.editors, pytest.mark.timeout(300)]

JOB = {
    "problem": "BQ012",
    "fixTitle": "Write ibm_torino",
    "fixedText": 'backend="ibm_torino", shots=100',
    "instruction": "predict ADME of caffeine",
    "typed": 'ghz = quantum("Create a GHZ state on 3 qubits", api_key=KEY, ',
    "image": str(ARTIFACTS / "vscode.png"),
}


def cut(amount_usd: str) -> str:
    """An amount as the editor shows it: six decimals, never rounded up."""
    return amount_usd[: amount_usd.index(".") + 7]


def amount(name: str, line: str) -> str:
    found = re.search(rf"{name}\s+\$([\d.]+)", line)
    assert found is not None, line
    return found[1]


def test_fix_generate_complete_and_see_the_cost(vscode: Start, scripted_worker: DemoWorker) -> None:
    seen = vscode({}, scripted_worker.environment()).play("main_job", **JOB)

    assert 'backend="IBM_Torino"' not in seen["fixed"]
    assert seen["generated"].startswith(seen["fixed"])
    assert "quantum(" in seen["generated"].removeprefix(seen["fixed"])
    ast.parse(seen["generated"])
    typed = seen["typed"].rstrip().rstrip(")")
    assert seen["completed"].startswith(typed)
    accepted = seen["completed"].removeprefix(typed).strip().removesuffix(")")
    assert accepted and accepted in seen["drawn"]
    ast.parse(seen["completed"])

    # What the editor showed is what the ledger booked.
    booked = [
        (cut(line["amount_usd"].lstrip("-")), cut(line["balance_usd"]))
        for line in statement(scripted_worker)
    ]
    for line in (seen["generateLine"], seen["completeLine"]):
        assert (amount("stop", line), amount("balance", line)) in booked


def statement(worker: DemoWorker) -> list[dict[str, str]]:
    """What is booked on the demo account."""
    billing = [str(SCRIPTS / "bioql-billing"), "--ledger", worker.ledger_url]
    command = [*billing, "statement", DEMO_EMAIL, "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines: list[dict[str, str]] = json.loads(done.stdout)["lines"]
    return lines
