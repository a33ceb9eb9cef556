"""Where the key comes from, where a run goes, and what it costs there."""

import pytest

from bioql_lsp.analysis.findings import Severity
from bioql_lsp.analysis.fixall import fix_all
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.options import Options
from bioql_lsp.analysis.registry import check, check_module
from bioql_lsp.text import apply_edits

CODES = {
    *("BQ002", "BQ003", "BQ004", "BQ005", "BQ006", "BQ007", "BQ008", "BQ009", "BQ010", "BQ011"),
    *("BQ012", "BQ013", "BQ014", "BQ015"),
}
HEAD = "import os\nfrom bioql import quantum\n"
ENVIRONMENT = 'os.environ["BIOQL_API_KEY"]'
AER = (
    "import os\nfrom bioql import quantum\nfrom bioql.compiler import parse_english_to_circuit\n"
    "from qiskit_aer import AerSimulator\n"
)
CIRCUIT = "parse_english_to_circuit('Create a Bell state')"
WITHOUT_IONQ = Options(distributions=frozenset({"bioql", "qiskit"}))
WITH_IONQ = Options(distributions=frozenset({"bioql", "qiskit", "qiskit-ionq"}))


def found(text: str, options: Options | None = None) -> list[str]:
    findings = check_module(Module(text, options or Options()))
    return [f.code for f in findings if f.code in CODES]


def bell(rest: str) -> str:
    return f"{HEAD}quantum('Create a Bell state', {rest})\n"


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("'bioql_1234567'", "BQ003"),
        ("'s3cret'", "BQ003"),
        ("'YOUR_API_KEY'", "BQ004"),
        ("'demo_key'", "BQ004"),
        ("'bioql_...'", "BQ004"),
        ("'xxx'", "BQ004"),
        ("'bioql_your_key_here'", "BQ004"),
        ("''", "BQ005"),
        ("' '", "BQ005"),
        ("None", "BQ005"),
        ("'bioql_dev_me'", "BQ006"),
        ("'bioql_dev_your_key'", "BQ006"),
    ],
)
def test_a_literal_key_is_taken_from_the_environment(key, code):
    text = f"{HEAD}KEY = {key}\nquantum('Create a Bell state', KEY, 'ibm_torino', 100)\n"
    assert found(text) == [code]
    assert fix_all(text) == text.replace(key, ENVIRONMENT)


@pytest.mark.parametrize("key", ["key", "os.getenv('KEY')", f"{ENVIRONMENT}", "'x' + key"])
def test_a_key_that_is_no_literal_is_let_pass(key):
    assert found(bell(f"{key}, 'ibm_torino', 100")) == []


@pytest.mark.parametrize("key", ["''", "None", "'your_key'"])
def test_crispr_mode_needs_no_key(key):
    assert (
        found(f"{HEAD}quantum('guide GATACCATGATCACGAAGGT', {key}, 'sim', mode='crispr')\n") == []
    )


def test_a_missing_key_of_another_function_is_its_default():
    head = "from bioql import analyze_protein_sequence\n"
    assert found(f"{head}analyze_protein_sequence('MKT', api_key=None)\n") == []


def test_a_development_key_is_an_ordinary_one_before_there_were_any():
    text = bell("'bioql_dev_me', 'ibm_eagle', 100")
    assert found(text, Options("3.1.2")) == ["BQ003"]
    assert found(text, Options("5.0.0")) == ["BQ006"]


BACKENDS = {
    "quantinuum_h2": "BQ010",
    "Quantinuum_H2": "BQ010",
    "auto": "BQ011",
    "aer_simulator": "BQ013",
    "qasm_simulator": "BQ013",
    "statevector_simulator": "BQ013",
    "fake_torino": "BQ013",
    "FakeTorino": "BQ013",
    "SV1": "BQ014",
    "dm1": "BQ014",
    "braket_sv1": "BQ014",
    "aws_sv1": "BQ014",
    "Aspen-M-3": "BQ014",
    "Harmony": "BQ014",
    "simulator": "BQ007",
    "torino": "BQ009",
    "quantinuum_h1": "BQ009",
}


@pytest.mark.parametrize(("name", "code"), BACKENDS.items())
def test_a_backend_that_cannot_be_reached_is_reported_once_and_changed_by_nobody(name, code):
    text = bell(f"k, {name!r}")
    assert found(text) == [code]
    assert fix_all(text) == text
    (finding,) = (f for f in check(text) if f.code == code)
    assert finding.severity is Severity.ERROR
    assert finding.fixes


@pytest.mark.parametrize("name", ["quantinuum_h2", "auto", "SV1", "aer_simulator"])
def test_crispr_mode_has_backends_of_its_own(name):
    text = f"{HEAD}quantum('guide GATACCATGATCACGAAGGT', k, {name!r}, mode='crispr')\n"
    assert found(text) == []


def test_automatic_selection_is_reported_where_it_is_on():
    assert found(bell("k, 'ibm_torino', 100, auto_select=True")) == ["BQ011"]
    assert found(bell("k, 'ibm_torino', 100, auto_select=False")) == []
    assert found(bell("k, 'ibm_torino', 100, auto_select=choice")) == []
    assert found(bell("k, 'auto'"), Options("5.0.0")) == []


def test_the_simulator_of_an_older_version_is_suggested_there():
    (finding,) = check_module(Module(bell("k, 'aer_simulator'"), Options("1.0.0")))
    assert [fix.edits[0].new_text for fix in finding.fixes] == ['"simulator"']


def test_ionq_needs_its_package():
    text = bell("k, 'ionq_simulator', 100")
    assert found(text, WITHOUT_IONQ) == ["BQ015"]
    assert found(text, WITH_IONQ) == found(text) == []
    assert found(bell("k, 'ibm_torino', 100"), WITHOUT_IONQ) == []


LOCAL = {
    "a run whose result is not used": ("quantum({}, k, 'sim')\n", f"{AER}{{}}.result()\n"),
    "counts that are read at once": (
        "print(quantum({}, k, 'aer').counts)\n",
        f"{AER}print({{}}.result().get_counts())\n",
    ),
    "a result with a name": (
        "r = quantum({}, k)\nif not r.success:\n    print(r.error_message)\nprint(r.counts)\n",
        f"{AER}r = {{}}.result()\nif not r.success:\n    print(r.status)\nprint(r.get_counts())\n",
    ),
    "another package's simulator": (
        "quantum({}, k, backend='qasm_simulator')\n",
        f"{AER}{{}}.result()\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), LOCAL.values(), ids=LOCAL.keys())
def test_a_run_can_be_made_a_local_simulation(before, after):
    text = HEAD + before.format("'Create a Bell state'")
    (fix,) = local_fixes(text)
    assert apply_edits(text, fix.edits) == after.format(
        f"AerSimulator().run({CIRCUIT}, shots=1024)"
    )
    assert not fix.is_deterministic


def local_fixes(text: str):
    return [fix for f in check(text) if f.code in CODES for fix in f.fixes if "Aer" in fix.title]


@pytest.mark.parametrize(
    "text",
    [
        "use(quantum('Create a Bell state', k, 'sim'))\n",
        "r = quantum('Create a Bell state', k, 'sim')\nprint(r.qec_metrics)\n",
        "r = quantum('Create a Bell state', k, 'sim')\nuse(r)\n",
        "r = quantum('Create a Bell state', k, 'sim')\nr = 1\n",
        "r = quantum('Create a Bell state', k, 'sim')\nr.counts = {}\n",
        "quantum('Create a Bell state', k, 'sim', mitigation=['zne'])\n",
        "quantum('Prepare a superposition of 60 qubits', k, 'sim')\n",
        "def AerSimulator(): ...\nquantum('Create a Bell state', k, 'sim')\n",
    ],
)
def test_no_local_simulation_is_offered_where_it_would_do_something_else(text):
    assert local_fixes(HEAD + text) == []


def test_the_local_simulation_uses_what_is_imported():
    text = f"{AER}quantum('Create a Bell state', k, 'sim', shots=n)\n"
    (fix,) = local_fixes(text)
    assert apply_edits(text, fix.edits) == f"{AER}AerSimulator().run({CIRCUIT}, shots=n).result()\n"


def test_what_is_read_of_the_result_is_there_after_a_local_simulation():
    aer = pytest.importorskip("qiskit_aer")
    circuit = pytest.importorskip("qiskit").QuantumCircuit(1)
    circuit.x(0)
    circuit.measure_all()
    names = ("counts", "success", "error_message", "job_id", "backend_name", "execution_time")
    text = f"{HEAD}r = quantum('Create a Bell state', k)\n" + "".join(f"r.{n}\n" for n in names)
    (fix,) = local_fixes(text)
    lines = apply_edits(text, fix.edits).splitlines()[-len(names) :]
    result = aer.AerSimulator().run(circuit, shots=7).result()
    values = [eval(line, {"r": result}) for line in lines]
    assert values[:2] == [{"1": 7}, True]
    assert None not in values


def test_hardware_comes_first_and_the_default_is_still_added_unasked():
    text = bell("k")
    (finding,) = (f for f in check(text) if f.code == "BQ008")
    assert [fix.is_deterministic for fix in finding.fixes] == [True, False]
    assert fix_all(text) == bell('k, backend="ibm_torino"')
