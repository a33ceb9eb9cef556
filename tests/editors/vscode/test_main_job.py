"""The main job in VS Code: a squiggle and its fix, generated code, grey text, and the cost."""

from __future__ import annotations

import ast
import json
import re
import subprocess

import pytest

from bioql_lsp.analysis.unfinished import is_unfinished_python
from tests.editors.support import DEMO_EMAIL, SCRIPTS, DemoWorker
from tests.editors.vscode.conftest import ARTIFACTS, Start

pytestmark = [pytest.mark.editors, pytest.mark.timeout(300)]

JOB = {
    "problem": "BQ012",
    "fixTitle": "Write ibm_torino",
    "fixedText": 'backend="ibm_torino", shots=100',
    "instruction": "predict ADME of caffeine",
    "call": "ghz = quantum(",
    "listed": "error_correction",
    "sentence": '"Create a GHZ state on 3 qubits",',
}


def cut(amount_usd: str) -> str:
    """An amount as the editor shows it: six decimals, never rounded up."""
    return amount_usd[: amount_usd.index(".") + 7]


def amount(name: str, line: str) -> str:
    found = re.search(rf"{name}\s+\$([\d.]+)", line)
    assert found is not None, line
    return found[1]


@pytest.mark.parametrize(
    ("worker_name", "called", "image"),
    [
        ("demo_worker", "predict_adme_local(", "vscode"),
        ("scripted_worker", "quantum(", "vscode-scripted"),
    ],
)
def test_fix_generate_complete_and_see_the_cost(
    vscode: Start, worker_name: str, called: str, image: str, request: pytest.FixtureRequest
) -> None:
    worker: DemoWorker = request.getfixturevalue(worker_name)
    window = vscode({}, worker.environment())
    seen = window.play("main_job", image=str(ARTIFACTS / f"{image}.png"), **JOB)

    assert 'backend="IBM_Torino"' not in seen["fixed"]
    assert seen["generated"].startswith(seen["fixed"])
    assert called in seen["generated"].removeprefix(seen["fixed"])
    ast.parse(seen["generated"])
    before = seen["typed"].split(JOB["sentence"])[0]
    assert seen["completed"].startswith(before + JOB["sentence"])
    accepted = seen["completed"].removeprefix(before + JOB["sentence"]).split("\n")[1].strip()
    assert accepted and accepted == seen["grey"]
    # Whether VS Code has closed the call by itself depends on what it has loaded by then.
    assert is_unfinished_python(seen["completed"])

    # What the editor showed is what the ledger booked.
    booked = [
        (cut(line["amount_usd"].lstrip("-")), cut(line["balance_usd"]))
        for line in statement(worker)
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
