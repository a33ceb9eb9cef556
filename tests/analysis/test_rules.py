"""The rules by their own examples, and their fixes by what they turn code into."""

import ast

import pytest

from bioql_lsp.analysis.analysis import analyse
from bioql_lsp.analysis.findings import Severity
from bioql_lsp.analysis.fixall import fix_all
from bioql_lsp.analysis.module import Module, load_module
from bioql_lsp.analysis.options import Options
from bioql_lsp.analysis.registry import check, check_module, rules

# That a package is missing is reported only where the installed ones are known.
BARE = Options(distributions=frozenset())
BAD = [pytest.param(r, e, id=f"{r.code}-{i}") for r in rules() for i, e in enumerate(r.bad)]
GOOD = [pytest.param(r, e, id=f"{r.code}-{i}") for r in rules() for i, e in enumerate(r.good)]
KEY = 'api_key=os.environ["BIOQL_API_KEY"]'
HEAD = "import os\nfrom bioql import quantum\n"


def codes(text: str, version: str = "7.0.1") -> list[str]:
    return [finding.code for finding in check(text, version)]


@pytest.mark.parametrize(("rule", "example"), BAD)
def test_a_bad_example_is_reported_by_its_rule(rule, example):
    found = [f for f in check_module(Module(example, BARE)) if f.code == rule.code]
    assert found
    assert rule.severity_varies or {f.severity for f in found} == {rule.severity}
    assert list(rule.check(Module(example, BARE)))


@pytest.mark.parametrize(("rule", "example"), GOOD)
def test_a_good_example_has_no_finding_at_all(rule, example):
    assert check(example) == ()
    assert list(rule.check(load_module(example))) == []


@pytest.mark.parametrize(("rule", "example"), BAD)
def test_fixing_a_bad_example_leaves_valid_python_and_nothing_to_fix(rule, example):
    fixed = fix_all(example)
    if rule.code != "BQ000":
        ast.parse(fixed)
    assert [f for f in check(fixed) if f.deterministic_fix] == []


@pytest.mark.parametrize("options", [BARE, Options(warn_above_usd=1.0)])
@pytest.mark.parametrize(("rule", "example"), [*GOOD, *BAD])
def test_an_example_cut_into_parts_shows_what_the_whole_text_shows(rule, example, options):
    found = check_module(Module(example, options))
    whole = [(f.code, f.severity, f.message, f.span) for f in found]
    parts = [(f.code, f.severity, f.message, f.span) for f in analyse(example, options).findings]
    assert parts == whole


def test_every_rule_explains_itself_and_has_examples():
    for rule in rules():
        assert rule.title and rule.why and rule.fix and rule.good and rule.bad
        assert isinstance(rule.severity, Severity)


FIXED = {
    "key and backend are added to a short call": (
        HEAD + 'quantum("bell state")\n',
        HEAD + f'quantum("bell state", {KEY}, backend="ibm_torino")\n',
    ),
    "a trailing comma stays": (
        HEAD + 'quantum("bell state",)\n',
        HEAD + f'quantum("bell state", {KEY}, backend="ibm_torino",)\n',
    ),
    "a call over several lines gets lines of its own": (
        HEAD + 'quantum(\n    "bell state",\n    backend="ibm_torino",\n)\n',
        HEAD + f'quantum(\n    "bell state",\n    backend="ibm_torino",\n    {KEY},\n)\n',
    ),
    "a call over several lines without a trailing comma": (
        HEAD + 'quantum(\n    "bell state",\n    backend="ibm_torino"\n)\n',
        HEAD + f'quantum(\n    "bell state",\n    backend="ibm_torino",\n    {KEY}\n)\n',
    ),
    "CRLF is kept": (
        'import os\r\nfrom bioql import quantum\r\nquantum(\r\n  "bell state",\r\n'
        '  backend="ibm_torino"\r\n)',
        f'import os\r\nfrom bioql import quantum\r\nquantum(\r\n  "bell state",\r\n'
        f'  backend="ibm_torino",\r\n  {KEY}\r\n)',
    ),
    "the import goes after docstring, future and imports": (
        '"""Doc."""\nfrom __future__ import annotations\n\n# c\nfrom bioql import quantum\n\n'
        'quantum("bell state", backend="ibm_torino")\n',
        '"""Doc."""\nfrom __future__ import annotations\n\n# c\nfrom bioql import quantum\n'
        "import os\n\n"
        f'quantum("bell state", backend="ibm_torino", {KEY})\n',
    ),
    "the import stands before code on the line of an import": (
        'from bioql import quantum; quantum("bell state", backend="ibm_torino")\n',
        f"import os\nfrom bioql import quantum; "
        f'quantum("bell state", backend="ibm_torino", {KEY})\n',
    ),
    "an import inside a function is too late for others": (
        "from bioql import quantum\ndef f():\n    import os\n"
        'quantum("bell state", backend="ibm_torino")\n',
        f"from bioql import quantum\nimport os\ndef f():\n    import os\n"
        f'quantum("bell state", backend="ibm_torino", {KEY})\n',
    ),
    "a key in a constant is replaced where it is written": (
        'from bioql import quantum\nKEY = "bioql_1234567"\n'
        'quantum("bell state", KEY, "ibm_torino")\n',
        'from bioql import quantum\nimport os\nKEY = os.environ["BIOQL_API_KEY"]\n'
        'quantum("bell state", KEY, "ibm_torino")\n',
    ),
    "misnamed arguments are renamed once and deleted where they are superfluous": (
        HEAD
        + f'quantum("bell state", {KEY}, device="ibm_torino", nshots=5, num_shots=6, shots=7)\n',
        HEAD + f'quantum("bell state", {KEY}, backend="ibm_torino", shots=7)\n',
    ),
    "the first, the middle and the only argument can be deleted": (
        HEAD + f'quantum(seed=1, program="bell state", token="t", {KEY}, '
        'backend="ibm_torino", verbose=True,)\n',
        HEAD + f'quantum(program="bell state", {KEY}, backend="ibm_torino",)\n',
    ),
    "comments survive a deletion": (
        HEAD
        + f'quantum("bell state", {KEY}, backend="ibm_torino",  # fast\n    seed=1,  # why\n)\n',
        HEAD + f'quantum("bell state", {KEY}, backend="ibm_torino",  # fast\n      # why\n)\n',
    ),
    "a state class becomes a program": (
        "import bioql as bq\nimport os\nbq.Superposition(qubit_count=4)\n",
        'import bioql as bq\nimport os\nbq.quantum("Prepare a superposition of 4 qubits", '
        f'{KEY}, backend="ibm_torino")\n',
    ),
    "a name that is None moves to its own module with its uses": (
        "from bioql import quantum, search_drugbank_local, ADMEResult\n"
        "search_drugbank_local('CCO')\n",
        "from bioql import quantum, ADMEResult\n"
        "from bioql.similarity_search import search_drugbank\n"
        "search_drugbank('CCO')\n",
    ),
    "an alias of a name that is None is kept": (
        "def f():\n    from bioql import compile_bioql as c\n    return c('x')\n",
        "def f():\n    from bioql.compiler import compile_english_to_qasm as c\n"
        "    return c('x')\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), FIXED.values(), ids=FIXED.keys())
def test_fix_all_gives_exactly(before, after):
    assert fix_all(before) == after
    assert fix_all(after) == after


SILENT = {
    "unpacked arguments": HEAD + "quantum(*a)\nquantum('Bell state', **k)\n",
    "a placeholder key in CRISPR mode, which checks none": HEAD
    + "quantum('Score guide GATACCATGATCACGAAGGT', 'YOUR_API_KEY', 'sim', mode='crispr')\n",
    "another package's quantum": "import bioql\nfrom other import quantum\nquantum('Bell state')\n",
    "a parameter of the same name": HEAD + "def f(quantum):\n    return quantum('Bell state')\n",
    "a local function of the same name": HEAD
    + "def f():\n    def quantum(x): ...\n    quantum('Bell state')\n",
    "an import that may fail": "try:\n    from bioql import QuantumSimulator\n"
    "except ImportError:\n    pass\n",
    "a backend that is not known here": HEAD + "quantum('Bell state', k, backend=name)\n",
    "CRISPR mode": HEAD
    + "quantum('Score guide GATACCATGATCACGAAGGT', k, 'simulator', mode='crispr')\n",
    "an attribute of a result": HEAD + "quantum('Bell state', k, 'ionq_qpu', 9).success\n",
    "an attribute of an unreadable module": "try:\n    import bioql.batcher\nexcept SyntaxError:\n"
    "    pass\nbioql.batcher.anything()\n",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_no_finding_for(text):
    assert check(text) == ()


FOUND = {
    "an alias of the package": (
        "import bioql as b\nb.quantum('Bell state', k)\n",
        ["BQ008"],
    ),
    "an alias of the function": (
        "from bioql import quantum as q\nq('Bell state', k)\n",
        ["BQ008"],
    ),
    "a star import": ("from bioql import *\nquantum('Bell state', k)\n", ["BQ008"]),
    "a nested module": (
        "from bioql import quantum_connector as c\nc.quantum('Bell state', k)\n",
        ["BQ008"],
    ),
    "a name that is assigned": (
        "import bioql\nq = bioql.quantum\nq('Bell state', k)\n",
        ["BQ008"],
    ),
    "a guarded import": (
        "try:\n    from bioql import quantum\nexcept ImportError:\n    quantum = None\n"
        "quantum('Bell state', k)\n",
        ["BQ008"],
    ),
    "implicit concatenation": (
        HEAD + "quantum('Bell state', k, backend='simu' 'lator')\n",
        ["BQ007"],
    ),
    "a constant expression": (
        HEAD + "quantum('Bell state', k, 'ionq_qpu', shots=5 - 5)\n",
        ["BQ016"],
    ),
    "a call in an f-string": (HEAD + "print(f'{quantum(p, k)}')\n", ["BQ008"]),
    "a syntax error where bioql is imported": ("import bioql\nx = (\n", ["BQ000"]),
    "too many arguments": ("from bioql import get_logger\nget_logger(1, 2)\n", ["BQ063"]),
    "a missing argument": (
        "from bioql import predict_adme_local\npredict_adme_local()\n",
        ["BQ065"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), FOUND.values(), ids=FOUND.keys())
def test_findings_for(text, expected):
    assert codes(text) == expected


def test_rules_hold_for_the_versions_they_are_about():
    simulator = HEAD + "quantum('Bell state', k, 'simulator')\n"
    assert codes(simulator, "5.0.0") == ["BQ059"]
    assert codes(simulator, "7.0.1") == ["BQ007"]
    token = HEAD + "quantum('Bell state', k, 'ibm_torino', token='t')\n"
    assert codes(token, "3.1.2") == ["BQ059"]
    assert codes(token, "5.0.0") == ["BQ059", "BQ020"]
    assert codes("from bioql import QuantumSimulator\n", "3.1.2") == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [("torino", "ibm_torino"), ("ionq", "ionq_qpu"), ("ibm-torino", "ibm_torino")],
)
def test_an_unknown_backend_gets_the_closest_name(written, meant):
    (finding,) = check(HEAD + f"quantum('Bell state', k, '{written}')\n")
    assert finding.fixes[0].edits[0].new_text == f'"{meant}"'
    assert finding.deterministic_fix is None
