"""``bioql-lsp demo`` with real processes and the embedded model: the main job, end to end."""

import ast
import json
import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest

from bioql_lsp import demo
from bioql_lsp.analysis.findings import Severity
from bioql_lsp.analysis.registry import check


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    command = [sys.executable, "-m", "bioql_lsp.cli", "demo", "--format", "json"]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=110, check=False)
    assert finished.returncode == 0, finished.stderr
    return dict(json.loads(finished.stdout))


def test_the_sample_gets_its_diagnostics(report: dict[str, Any]) -> None:
    assert {"BQ002", "BQ009", "BQ021"} <= {d["code"] for d in report["diagnostics"]}


def test_the_completion_names_backends_and_prices(report: dict[str, Any]) -> None:
    torino = next(item for item in report["completion"] if item["label"] == "ibm_torino")
    assert "3.00 USD" in torino["detail"]


def test_the_quick_fix_resolves_its_finding_and_no_other(report: dict[str, Any]) -> None:
    assert [f.code for f in check(report["fixed"])] == [
        f.code for f in check(demo.SAMPLE) if f.code != "BQ002"
    ]


def test_the_generated_code_is_sound(report: dict[str, Any]) -> None:
    ast.parse(report["generated"])
    assert "predict_adme" in report["generated"]
    assert not [f for f in check(report["generated"]) if f.severity is Severity.ERROR]


def test_the_inline_completion_completes_the_call(report: dict[str, Any]) -> None:
    whole = demo.INLINE_BEFORE + report["inline"] + demo.INLINE_AFTER
    assert report["inline"].strip()
    assert not [f for f in check(whole) if f.severity is Severity.ERROR]


def test_the_balance_falls_by_exactly_what_was_charged(report: dict[str, Any]) -> None:
    costs = [Decimal(cost) for cost in report["costs_usd"]]
    assert len(costs) == 2
    assert min(costs) > 0
    spent = Decimal(report["balance_before_usd"]) - Decimal(report["balance_after_usd"])
    assert spent == sum(costs)
    assert report["balance_before_usd"] == "10.000000000"
