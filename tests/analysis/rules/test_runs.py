"""What a run is given: its program, its arguments and how it is called."""

import pytest

from bioql_lsp.analysis.fixall import fix_all
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.options import Options
from bioql_lsp.analysis.registry import check, check_module
from bioql_lsp.text import apply_edits

CODES = {
    *("BQ016", "BQ017", "BQ018", "BQ022", "BQ023", "BQ024", "BQ025", "BQ026", "BQ047", "BQ048"),
    *("BQ049", "BQ050", "BQ060", "BQ061", "BQ062", "BQ063"),
    *("BQ003", "BQ008", "BQ009"),
}
HEAD = "import asyncio\nimport os\nfrom bioql import quantum\n"
KEY = 'api_key=os.environ["BIOQL_API_KEY"]'
BELL = "'Create a Bell state'"
RUN = f"quantum({BELL}, k, 'ibm_torino', 10)"


def found(text: str, version: str = "7.0.1") -> list[str]:
    return [f.code for f in check(text, version) if f.code in CODES]


def bell(rest: str) -> str:
    return f"{HEAD}quantum({BELL}, {rest})\n"


FIXED = {
    "a float that is an integer": (
        bell("k, 'ibm_torino', 1e2"),
        bell("k, 'ibm_torino', 100"),
    ),
    "a bool": (bell("k, 'ibm_torino', shots=True"), bell("k, 'ibm_torino', shots=1")),
    "a fraction of a shot is a choice": (
        bell("k, 'ibm_torino', 10.5"),
        bell("k, 'ibm_torino', 10.5"),
    ),
    "a backend in the place of the key": (
        bell("'ibm_torino'"),
        bell(f"backend='ibm_torino', {KEY}"),
    ),
    "a backend in the place of the key, and shots and debug behind it": (
        bell("'ibm_torino', 100, True"),
        bell(f"backend='ibm_torino', shots=100, debug=True, {KEY}"),
    ),
    "a backend in the place of a key that is given too": (
        bell("'ibm_torino', shots=100, api_key=k"),
        bell("backend='ibm_torino', shots=100, api_key=k"),
    ),
    "a backend in the place of the key and another one": (
        bell("'ibm_torino', backend='ionq_qpu'"),
        bell("'ibm_torino', backend='ionq_qpu'"),
    ),
    "something unknown behind the backend": (
        bell("'ibm_torino', n"),
        bell("'ibm_torino', n"),
    ),
    "a token and an instance": (
        bell("k, 'ibm_torino', 9, False, None, 'a/b/c', 60, True"),
        bell("k, 'ibm_torino', 9, False, instance='a/b/c', timeout=60, auto_select=True"),
    ),
    "a token alone": (
        bell("k, 'ibm_torino', 9, False, ibm_token, visualize=False"),
        bell("k, 'ibm_torino', 9, False, visualize=False"),
    ),
    "a sixth argument that may be either": (
        bell("k, 'ibm_torino', 9, False, ibm"),
        bell("k, 'ibm_torino', 9, False, ibm"),
    ),
    "symmetry among others": (
        bell("k, 'ibm_torino', 9, mitigation=['symmetry', 'zne']"),
        bell("k, 'ibm_torino', 9, mitigation=['zne']"),
    ),
    "symmetry at the end": (
        bell("k, 'ibm_torino', 9, mitigation=['zne', 'symmetry',]"),
        bell("k, 'ibm_torino', 9, mitigation=['zne',]"),
    ),
    "symmetry alone": (
        bell("k, 'ibm_torino', 9, mitigation=['symmetry'], debug=True"),
        bell("k, 'ibm_torino', 9, debug=True"),
    ),
    "a mode in capitals": (
        f"{HEAD}quantum('Score guide GATACCATGATCACGAAGGT', k, 'sim', mode='Crispr')\n",
        f"{HEAD}quantum('Score guide GATACCATGATCACGAAGGT', k, 'sim', mode=\"crispr\")\n",
    ),
    "a mode that does not exist": (
        bell("k, 'ibm_torino', 9, mode='fast'"),
        bell("k, 'ibm_torino', 9"),
    ),
}


@pytest.mark.parametrize(("before", "after"), FIXED.values(), ids=FIXED.keys())
def test_fix_all_gives_exactly(before, after):
    assert fix_all(before) == after
    assert fix_all(after) == after


FOUND = {
    "a backend in the place of the key": (bell("'simulator', 100, True"), ["BQ022"]),
    "a backend and a key": (bell("'ibm_torino', api_key=k"), ["BQ022"]),
    "a backend with a hyphen": (bell("'Aspen-M-3'"), ["BQ022"]),
    "another repeated argument": (bell("k, 'ibm_torino', 9, api_key=k"), ["BQ063"]),
    "no shots in floats": (bell("k, 'ibm_torino', -0.5"), ["BQ016"]),
    "no shots in a bool": (bell("k, 'ibm_torino', False"), ["BQ016"]),
    "code": (f"{HEAD}quantum('OPENQASM 3; qubit[2] q;', k, 'ibm_torino', 9)\n", ["BQ024"]),
    "code that is only compiled": (
        "from bioql.compiler import parse_english_to_circuit as p\np('qreg q[2];')\n",
        ["BQ024"],
    ),
    "a list": (f"{HEAD}quantum([{BELL}], k, 'ibm_torino', 9)\n", ["BQ025"]),
    "a comprehension": (f"{HEAD}quantum([p for p in ps], k, 'ibm_torino', 9)\n", ["BQ025"]),
    "a circuit of a function": (
        f"{HEAD}def f():\n    c = qiskit.QuantumCircuit(2)\n    quantum(c, k, 'ibm_torino', 9)\n",
        ["BQ025"],
    ),
    "a compiled circuit": (
        f"{HEAD}from bioql.compiler import parse_english_to_circuit\n"
        f"quantum(parse_english_to_circuit({BELL}), k, 'ibm_torino', 9)\n",
        ["BQ025"],
    ),
    "a result": (f"{HEAD}r = {RUN}\nquantum(r, k, 'ibm_torino', 9)\n", ["BQ025"]),
    "a blank program in a constant": (
        f"{HEAD}P = ' '\nquantum(P, k, 'ibm_torino', 9)\n",
        ["BQ026"],
    ),
    "a level in capitals": (bell("k, 'ibm_torino', 9, correction_level='High'"), ["BQ047"]),
    "an estimate": (bell("k, 'ibm_torino', 9, error_correction='Steane'"), ["BQ048"]),
    "an object for the estimate": (bell("k, 'ibm_torino', 9, qec=config"), ["BQ048"]),
    "symmetry in a GHZ state": (
        f"{HEAD}quantum('GHZ: h qubit 0. cnot 0 1. cnot 1 2', k, 'ibm_torino', 9, "
        "mitigation=['symmetry'])\n",
        ["BQ049"],
    ),
    "a task": (f"{HEAD}async def f(g):\n    g.create_task({RUN})\n", ["BQ060"]),
    "a task of a name that is imported": (
        f"from asyncio import gather\n{HEAD}async def f():\n    await gather(*[{RUN}, x])\n",
        ["BQ060"],
    ),
    "an endless loop": (f"{HEAD}while True:\n    if x:\n        {RUN}\n", ["BQ060"]),
    "a command through a shell": (
        "import bioql, subprocess\nsubprocess.run('bioql-compiler a.bql', shell=True)\n",
        ["BQ061"],
    ),
    "a command by its path": (
        "import bioql, subprocess\nsubprocess.Popen(['/usr/bin/bioql', 'run', name])\n",
        ["BQ061"],
    ),
    "an estimate of more qubits than there are": (
        "from bioql.quantum_connector import select_optimal_backend as s\nN = 200\ns(N)\n",
        ["BQ062"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), FOUND.values(), ids=FOUND.keys())
def test_findings_for(text, expected):
    assert found(text) == expected


SILENT = {
    "a program that is a variable": f"{HEAD}quantum(program, k, 'ibm_torino', 9)\n",
    "a program that is chosen": f"{HEAD}quantum(a or b, k, 'ibm_torino', 9)\n",
    "a program from a function": f"{HEAD}quantum(read(), k, 'ibm_torino', 9)\n",
    "a program from a dictionary": f"{HEAD}quantum(programs['x'], k, 'ibm_torino', 9)\n",
    "an f-string": f"{HEAD}quantum(f'Prepare a superposition of {{n}} qubits', k, 'ibm_torino')\n",
    "a program in pieces": f"{HEAD}quantum('h qubit 0; ' 'measure qubit 0', k, 'ibm_torino', 9)\n",
    "a key that is like no backend": bell("'ibm', 'ibm_torino', 9").replace("'ibm'", "key"),
    "the present order": bell("k, 'ibm_torino', 9, False, 'a/b/c', 60, False"),
    "the present order by its names": bell("k, 'ibm_torino', 9, False, crn, 60.0"),
    "nothing in the sixth place": bell("k, 'ibm_torino', 9, False, None"),
    "values that are known": bell(
        "k, 'ibm_torino', 9, topology='all-to-all', correction_level='low', mitigation=['pec']"
    ),
    "a list that is a variable": bell("k, 'ibm_torino', 9, mitigation=methods"),
    "an estimate that is off": bell("k, 'ibm_torino', 9, error_correction=None, visualize=v"),
    "a loop with a pause": f"{HEAD}for p in ps:\n    {RUN}\n    time.sleep(5)\n",
    "a function in a loop": f"{HEAD}for p in ps:\n    def f():\n        return {RUN}\n",
    "what the loop goes over": f"{HEAD}for state in {RUN}.probabilities():\n    pass\n",
    "what comes after the loop": f"{HEAD}for p in ps:\n    pass\nelse:\n    {RUN}\n",
    "a loop that costs nothing": f"{HEAD}for g in gs:\n    quantum(g, k, 'sim', mode='crispr')\n",
    "a run in a thread": f"{HEAD}async def f():\n    await asyncio.to_thread(quantum, 'x', k)\n",
    "a function that awaits": f"{HEAD}async def f():\n    await save({RUN})\n",
    "another run": f"{HEAD}import subprocess\nsubprocess.run({RUN})\n",
    "a command that works": "import bioql, os\nos.system('bioql version')\n",
    "a command that only asks": "import bioql, os\nos.system('bioql-quantum --list-backends')\n",
    "another program": "import bioql, os\nos.system('run bioql compile')\nlog.run('x')\n",
    "a selection": "from bioql.quantum_connector import select_best_backend as s\n"
    "s(5)\ns(5, False)\ns(n, prefer_simulator=p)\n",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_no_finding_for(text):
    assert found(text) == []


VERSIONS = [
    (bell("k, 'ibm_eagle', 9, False, None, 'a/b/c'"), "BQ023", "3.1.2", "5.0.0"),
    (bell("k, 'ibm_eagle', 9, mitigation=['symmetry']"), "BQ049", "3.1.2", "5.0.0"),
    (bell("k, 'ibm_eagle', 9, mode='fast'"), "BQ050", "5.0.0", "7.0.1"),
    ("import bioql, os\nos.system('bioql run x')\n", "BQ061", "5.0.0", "7.0.1"),
    (
        "from bioql.quantum_connector import select_best_backend as s\n"
        "s(5, prefer_simulator=True)\n",
        "BQ062",
        "5.0.0",
        "7.0.1",
    ),
]


@pytest.mark.parametrize(("text", "code", "before", "since"), VERSIONS)
def test_a_rule_holds_from_the_version_on_that_it_is_about(text, code, before, since):
    assert code not in found(text, before)
    assert code in found(text, since)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("error_correction='Surface-Code'", 'error_correction="surface_code"'),
        ("topology='all_to_all'", 'topology="all-to-all"'),
        ("correction_level='HIGH'", 'correction_level="high"'),
        ("mitigation=['zero', 'readot']", "mitigation=['zero', \"readout\"]"),
    ],
)
def test_the_nearest_value_is_suggested(written, meant):
    text = bell(f"k, 'ibm_torino', 9, {written}")
    fixes = [fix for f in check(text) if f.code == "BQ047" for fix in f.fixes]
    assert apply_edits(text, fixes[-1].edits) == bell(f"k, 'ibm_torino', 9, {meant}")
    assert not any(fix.is_deterministic for fix in fixes)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"await {RUN}", f"await asyncio.to_thread(quantum, {BELL}, k, 'ibm_torino', 10)"),
        (
            f"await asyncio.gather(*({RUN} for _ in x))",
            f"await asyncio.gather(*(asyncio.to_thread(quantum, {BELL}, k, 'ibm_torino', 10) "
            "for _ in x))",
        ),
    ],
)
def test_an_awaited_run_is_moved_to_a_thread_on_request(before, after):
    text = f"{HEAD}async def f():\n    {before}\n"
    (fix,) = (fix for f in check(text) if f.code == "BQ060" for fix in f.fixes)
    assert apply_edits(text, fix.edits) == f"{HEAD}async def f():\n    {after}\n"
    assert fix_all(text) == text


def test_a_missing_package_for_the_estimate_is_named():
    text = bell("k, 'ibm_torino', 9, error_correction='shor'")
    bare = check_module(Module(text, Options(distributions=frozenset())))
    assert "qualtran" in bare[0].message
    assert "qualtran" not in check(text)[0].message
