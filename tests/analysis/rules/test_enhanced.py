"""enhanced_quantum: what simulates here, what raises TypeError, and what to call instead."""

import pytest

from bioql_lsp.analysis.fixall import fix_all
from bioql_lsp.analysis.registry import check

CODES = {"BQ007", "BQ008", "BQ009", "BQ051", "BQ052", "BQ053"}
ENHANCED = "from bioql import enhanced_quantum\n"
BELL = "'Create a Bell state'"


def found(text: str, version: str = "7.0.1") -> list[str]:
    return [f.code for f in check(text, version) if f.code in CODES]


FIXED = {
    "enhanced_quantum that fails": (
        f"{ENHANCED}enhanced_quantum({BELL}, k, 'ibm_torino', 9, False, None, 'a/b', use_nlp=x)\n",
        f"from bioql import quantum\nquantum({BELL}, k, 'ibm_torino', 9, False, 'a/b')\n",
    ),
    "enhanced_quantum without a backend": (
        f"{ENHANCED}enhanced_quantum({BELL}, k, shots=9)\n",
        f'from bioql import quantum\nquantum({BELL}, k, shots=9, backend="ibm_torino")\n',
    ),
    "enhanced_quantum with several arguments that quantum does not have": (
        f"{ENHANCED}enhanced_quantum({BELL}, k, 'ibm_torino', use_nlp=True, shots=9, token=None)\n",
        f"from bioql import quantum\nquantum({BELL}, k, 'ibm_torino', shots=9)\n",
    ),
    "enhanced_quantum of the package": (
        f"import bioql as b\nb.enhanced_quantum({BELL}, k, 'ibm_torino', 9)\n",
        f"import bioql as b\nb.quantum({BELL}, k, 'ibm_torino', 9)\n",
    ),
    "enhanced_quantum under another name": (
        f"from bioql import enhanced_quantum as run\nrun({BELL}, k, 'ibm_torino', 9)\n",
        f"from bioql import quantum as run\nrun({BELL}, k, 'ibm_torino', 9)\n",
    ),
    "enhanced_quantum twice": (
        f"{ENHANCED}enhanced_quantum({BELL}, k, 'ibm_torino', 9)\n"
        f"enhanced_quantum({BELL}, k, 'ibm_torino', 8)\n",
        f"{ENHANCED}from bioql import quantum\nquantum({BELL}, k, 'ibm_torino', 9)\n"
        f"quantum({BELL}, k, 'ibm_torino', 8)\n",
    ),
    "enhanced_quantum that also returns its plan": (
        f"{ENHANCED}enhanced_quantum({BELL}, k, 'ibm_torino', 9, return_ir=True)\n",
        f"{ENHANCED}enhanced_quantum({BELL}, k, 'ibm_torino', 9, return_ir=True)\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), FIXED.values(), ids=FIXED.keys())
def test_fix_all_gives_exactly(before, after):
    assert fix_all(before) == after
    assert fix_all(after) == after


FOUND = {
    "local hardware": (
        f"{ENHANCED}enhanced_quantum('Align ACGT to ACCT', k, 'ionq_qpu')\n",
        ["BQ051"],
    ),
    "biology that the parser does not know": (
        f"{ENHANCED}enhanced_quantum('Simulate protein folding with 6 qubits', k)\n",
        ["BQ052"],
    ),
    "a backend that is not hardware, whatever the program": (
        f"{ENHANCED}enhanced_quantum(p, k, 'torino')\n",
        ["BQ052"],
    ),
    "an ordinary run": (
        f"{ENHANCED}enhanced_quantum('Dock CCO to 5IKT', k, 'ibm_torino', use_nlp=False)\n",
        ["BQ052"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), FOUND.values(), ids=FOUND.keys())
def test_findings_for(text, expected):
    assert found(text) == expected


SILENT = {
    "enhanced_quantum of unknown things": f"{ENHANCED}enhanced_quantum(p, k, b)\n",
    "enhanced_quantum with more": f"{ENHANCED}enhanced_quantum(*a, **b)\n",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_no_finding_for(text):
    assert found(text) == []


def test_the_call_works_as_long_as_quantum_takes_a_token():
    text = f"{ENHANCED}enhanced_quantum({BELL}, k, 'ibm_eagle')\n"
    assert found(text, "3.1.2") == []
    assert found(text, "5.0.0") == ["BQ052"]


def test_hardware_is_suggested_and_never_used_unasked():
    text = f"{ENHANCED}enhanced_quantum('Docking of SMILES CCO to 5IKT', k, 'ibm_torino')\n"
    (finding,) = (f for f in check(text) if f.code == "BQ051")
    assert [fix.is_deterministic for fix in finding.fixes] == [False]
