"""The main job in VS Code: a squiggle and its fix, generated code, grey text, and the cost."""

from __future__ import annotations

import ast
import re
from decimal import Decimal

import pytest

from tests.editors.support import DemoWorker
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


def amount_usd(name: str, line: str) -> Decimal:
    found = re.search(rf"{name}\s+\$([\d.]+)", line)
    assert found is not None, line
    return Decimal(found[1])


def cut(amount: Decimal) -> Decimal:
    """An amount as the editor shows it: six decimals, never rounded up."""
    return amount.quantize(Decimal("0.000001"), rounding="ROUND_DOWN")


def test_fix_generate_complete_and_see_the_cost(vscode: Start, scripted_worker: DemoWorker) -> None:
    seen = vscode({}, scripted_worker.environment()).play("main_job", **JOB)
    for k,v in seen.items(): print(k,'::',v)
    assert 'backend="IBM_Torino"' not in seen["fixed"]
    assert seen["generated"].startswith(seen["fixed"])
    assert "quantum(" in seen["generated"].removeprefix(seen["fixed"])
    ast.parse(seen["generated"])
    assert seen["completed"].startswith(seen["typed"].rstrip(")\n"))
    ast.parse(seen["completed"])

    session_usd = amount_usd("session", seen["completeLine"])
    assert 0 < amount_usd("session", seen["generateLine"]) < session_usd
    assert amount_usd("balance", seen["completeLine"]) == cut(scripted_worker.balance_usd())
    assert cut(Decimal(10) - scripted_worker.balance_usd()) == session_usd
