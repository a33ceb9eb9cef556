"""What a run is listed at, and when that is worth a word."""

import pytest

from bioql_lsp.analysis.findings import Severity
from bioql_lsp.analysis.fixall import fix_all
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.options import Options
from bioql_lsp.analysis.registry import check, check_module, rules
from bioql_lsp.text import apply_edits

HEAD = "from bioql import quantum\n"
WITHOUT_IONQ = Options(distributions=frozenset({"bioql", "qiskit"}))
WITH_IONQ = Options(distributions=frozenset({"bioql", "qiskit", "qiskit-ionq"}))
(RULE,) = (each for each in rules() if each.code == "BQ019")


def bell(rest: str) -> str:
    return f"{HEAD}quantum('Create a Bell state', {rest})\n"


def prices(text: str, options: Options | None = None) -> list[tuple[Severity, str]]:
    findings = check_module(Module(HEAD + text, options or Options()))
    return [(f.severity, f.message.split(":")[0]) for f in findings if f.code == "BQ019"]


@pytest.mark.parametrize(
    ("rest", "amount"),
    [
        ("'ibm_torino'", "3,072"),
        ("'ionq_qpu'", "3,072"),
        ("'ionq_aria'", "10.24"),
        ("'ibm_torino', 167", "501"),
        ("'ibm_torino', shots=2 * 500", "3,000"),
        ("'ionq_simulator', 500_000", "500"),
    ],
)
def test_a_price_is_told_from_five_hundred_on_and_for_the_default_shots(rest, amount):
    expected = (Severity.INFORMATION, f"This run is listed at {amount} USD")
    assert prices(f"quantum('Create a Bell state', k, {rest})\n") == [expected]


@pytest.mark.parametrize(
    "rest",
    [
        "'ibm_torino', 166",
        "'ibm_torino', shots=n",
        "'ibm_anything'",
        "'simulator_mps'",
        "name",
        "'simulator'",
        "'quantinuum_h2'",
        "'torino'",
        "'SV1'",
        "'ibm_torino', 0",
        "'ibm_torino', '1024'",
        "'ibm_torino', auto_select=True",
        "'ibm_torino', token='t'",
        "'ibm_torino', **more",
        "'ibm_torino', mode='crispr'",
    ],
)
def test_no_price_is_told_where_it_is_small_or_unknown_or_the_run_fails(rest):
    assert prices(f"quantum('Create a Bell state', k, {rest})\n") == []


@pytest.mark.parametrize("key", ["''", "None", "'your_key'", "'bioql_dev_me'"])
def test_a_run_that_its_key_fails_has_no_price(key):
    assert prices(f"quantum('Create a Bell state', {key}, 'ibm_torino')\n") == []


@pytest.mark.parametrize("program", ["''", "42", "None", "[p]", "'x qubit 0. read all qubits'"])
def test_a_run_that_its_program_fails_has_no_price(program):
    assert prices(f"quantum({program}, k, 'ibm_torino')\n") == []


def test_ionq_without_its_package_has_no_price():
    text = "quantum('Create a Bell state', k, 'ionq_qpu')\n"
    assert prices(text, WITHOUT_IONQ) == []
    assert len(prices(text, WITH_IONQ)) == 1


def test_a_run_above_the_limit_is_a_warning():
    text = "quantum('Create a Bell state', k, 'ibm_torino', {})\n"
    limit = Options(warn_above_usd=10.0)
    assert prices(text.format(3), limit) == []
    assert prices(text.format(4), limit) == [(Severity.WARNING, "This run is listed at 12 USD")]
    assert prices(text.format(167), Options(warn_above_usd=1000.0))[0][0] is Severity.INFORMATION


def test_older_versions_have_other_prices():
    text = "quantum('Create a Bell state', k, 'ibm_eagle')\n"
    assert prices(text, Options("3.1.2")) == []
    assert len(prices(text, Options("5.0.0"))) == 1


def test_fewer_shots_are_offered_and_never_set_unasked():
    text = bell("k, 'ibm_torino'")
    (finding,) = check(text)
    assert apply_edits(text, finding.fixes[0].edits) == bell("k, 'ibm_torino', shots=100")
    assert fix_all(text) == text
