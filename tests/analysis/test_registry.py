"""The registry: one rule a code, no exception, no word about plain Python."""

import random
import sysconfig
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bioql_lsp.analysis.completion import complete_text
from bioql_lsp.analysis.facts import facts_for
from bioql_lsp.analysis.findings import Severity
from bioql_lsp.analysis.registry import DuplicateRuleError, Registry, Rule, check, rules
from bioql_lsp.analysis.verify import verify
from bioql_lsp.text import Span

PIECES = [
    "from bioql import quantum\n",
    "import bioql as b\n",
    "from bioql import (quantum, search_chembl",
    "quantum(",
    "b.quantum('x'",
    "b.BellState(3)",
    "bioql.",
    "'Create a Bell state'",
    ", api_key='bioql_abcdefg'",
    ", backend='simulator'",
    ", num_shots='10'",
    ", token=t",
    ", *a",
    ", **k",
    ")",
    "(",
    "\n",
    "\r\n",
    "    ",
    "def f(x):\n",
    "# bioql\n",
    '"""',
    "'",
    "\\",
    "😀",
    "\ud800",
    "\0",
    "\f",
    "x = ",
    ":",
    ";",
    "import os\n",
    "lambda quantum: ",
]
TEXT = st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=40)


def run_every_rule(text: str) -> None:
    """``check`` swallows what a rule raises; here nothing is swallowed."""
    from bioql_lsp.analysis.module import load_module

    module = load_module(text)
    for rule in rules():
        for finding in rule.check(module):
            assert 0 <= finding.span.start <= finding.span.end <= len(text)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TEXT, st.integers(0, 80), TEXT)
@example("from bioql import quantum\nquantum(", 0, "")
def test_nothing_raises_for_any_text(text, offset, candidate):
    run_every_rule(text)
    findings = check(text)
    assert list(findings) == sorted(findings, key=lambda f: (f.span, f.code, f.message))
    complete_text(text, offset)
    facts_for(text, offset)
    verify(text, Span(min(offset, 30), offset + 5), candidate)


def test_every_prefix_of_every_example_can_be_checked():
    for rule in rules():
        for text in rule.bad:
            for end in range(0, len(text), 3):
                run_every_rule(text[:end])


def test_a_code_is_registered_once():
    registry = Registry()
    rule = Rule("BQ999", Severity.ERROR, "t", "w", "f", ("g",), ("b",), lambda module: iter(()))
    registry.add(rule)
    with pytest.raises(DuplicateRuleError, match="BQ999"):
        registry.add(rule)


def test_a_rule_that_fails_does_not_silence_the_others(monkeypatch, caplog):
    def fail(module):
        raise KeyError("secret text")

    broken = Rule("BQ998", Severity.ERROR, "t", "w", "f", ("g",), ("b",), fail)
    monkeypatch.setattr("bioql_lsp.analysis.registry.rules", lambda: (broken, *rules()))
    assert check("from bioql import quantum\nquantum('x', k)\n")
    assert "BQ998" in caplog.text
    assert "secret" not in caplog.text


def test_the_standard_library_has_no_findings():
    folder = Path(sysconfig.get_paths()["stdlib"])
    files = sorted(p for p in folder.glob("*.py"))
    for path in random.Random(7).sample(files, 40):
        assert check(path.read_text(encoding="utf-8", errors="replace")) == ()


def test_a_word_in_a_comment_or_string_is_no_import():
    assert check("# import bioql\nx = 'from bioql import nothing'\ny = (\n") == ()


IDIOMATIC = """
'''Runs a program and shows the most frequent outcome.'''
import os
from bioql import QuantumResult, quantum
from bioql.compiler import parse_english_to_circuit
from bioql.qec import SurfaceCodeQEC
import bioql.adme_predictor as adme

SHOTS = 100
BACKEND = "ibm_torino"


def run(program: str, **options) -> QuantumResult:
    result = quantum(program, api_key=os.environ["BIOQL_API_KEY"], backend=BACKEND, shots=SHOTS)
    if not result.success:
        raise SystemExit(result.error_message)
    return result


print(run("Create a Bell state").most_likely_outcome)
print(parse_english_to_circuit("Prepare a superposition of 3 qubits").depth())
print(SurfaceCodeQEC(code_distance=7, error_rate=0.001).get_physical_qubits(4))
print(adme.predict_adme_local(smiles="CCO"))
quantum("Score CRISPR guide GATACCATGATCACGAAGGT", None, mode="crispr")
"""


def test_idiomatic_code_has_no_findings():
    assert check(IDIOMATIC) == ()
