"""Modules, classes and functions of BioQL's that do not do what they are called for."""

import pytest

from bioql_lsp.analysis.analysis import analyse
from bioql_lsp.analysis.findings import Severity
from bioql_lsp.analysis.fixall import fix_all
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.options import Options
from bioql_lsp.analysis.registry import check, check_module

CODES = {
    *("BQ001", "BQ035", "BQ036", "BQ037", "BQ038", "BQ039", "BQ040", "BQ041", "BQ042", "BQ043"),
    *("BQ044", "BQ045", "BQ046", "BQ053", "BQ054", "BQ055", "BQ056", "BQ057", "BQ058", "BQ059"),
    "BQ064",
}
GROVER = "from bioql.circuits import GroverCircuit\n"
INTERPRET = "from bioql import interpret_bio_results, quantum\n"
RUN = 'r = quantum("Create a Bell state", k, "ibm_torino", 100)\nassert r.success\n'
AER = "from bioql import QuantumSimulator\n"


def found(text: str, version: str = "7.0.1") -> list[str]:
    return [f.code for f in check(text, version) if f.code in CODES]


FIXED = {
    "a local simulation is rewritten for Aer": (
        f"{AER}s = QuantumSimulator('aer_simulator')\nr = s.execute_circuit(c, shots=9)\n"
        "print(r.counts, s.execute_circuit(c).counts)\n",
        "from qiskit_aer import AerSimulator\ns = AerSimulator()\n"
        "r = s.run(c, shots=9).result()\nprint(r.get_counts(), s.run(c).result().get_counts())\n",
    ),
    "a simulator that is handed on stays": (
        f"{AER}use(QuantumSimulator())\n",
        f"{AER}use(QuantumSimulator())\n",
    ),
    "the arguments of a template go to build": (
        f"{GROVER}GroverCircuit(num_qubits=3)\n",
        f"{GROVER}GroverCircuit().build(num_qubits=3)\n",
    ),
    "the arguments of a template go to the build that is there": (
        f"{GROVER}g = GroverCircuit(num_qubits=3)\ng.build(num_iterations=2)\n",
        f"{GROVER}g = GroverCircuit()\ng.build(num_iterations=2, num_qubits=3)\n",
    ),
    "arguments that build does not take stay": (
        f"{GROVER}GroverCircuit(num_qubits=3, oracle=f)\n",
        f"{GROVER}GroverCircuit(num_qubits=3, oracle=f)\n",
    ),
    "a removed circuit backend": (
        "import bioql.circuits.templates.base as b\nprint(b.CircuitBackend.SIMULATOR.value)\n",
        "import bioql.circuits.templates.base as b\nprint(b.CircuitBackend.IBM_TORINO.value)\n",
    ),
    "the profiler gets the function": (
        "from bioql.profiler import Profiler\np = Profiler()\n"
        'p.profile_quantum("Create a Bell state", api_key=k)\n',
        "from bioql.profiler import Profiler\nfrom bioql import quantum\np = Profiler()\n"
        'p.profile_quantum(quantum, "Create a Bell state", api_key=k)\n',
    ),
    "the profiler gets the function under its name": (
        "from bioql import quantum as q\nfrom bioql.profiler import Profiler\n"
        'Profiler().profile_quantum("Create a Bell state", api_key=k)\n',
        "from bioql import quantum as q\nfrom bioql.profiler import Profiler\n"
        'Profiler().profile_quantum(q, "Create a Bell state", api_key=k)\n',
    ),
    "a report in a format that cannot be written": (
        "from bioql.profiler import Profiler\nF = 'html'\nProfiler().export_report('x', F)\n",
        "from bioql.profiler import Profiler\nF = \"markdown\"\nProfiler().export_report('x', F)\n",
    ),
    "a runner from its own module": (
        "from bioql.docking import VinaRunner as V, dock\nV()\n",
        "from bioql.docking import dock\nfrom bioql.docking.vina_runner import VinaRunner as V\n"
        "V()\n",
    ),
    "an old interpretation with a third argument": (
        f"{INTERPRET}{RUN}interpret_bio_results(r, 'protein_folding', {{}})\n",
        f"{INTERPRET}{RUN}"
        "interpret_bio_results(r.counts, {\"application\": 'protein_folding'})\n",
    ),
    "an old interpretation with keywords": (
        f"{INTERPRET}{RUN}interpret_bio_results(quantum_results=r, context=c, "
        "additional_params=p)\n",
        f"{INTERPRET}{RUN}interpret_bio_results(counts=r.counts, context=c)\n",
    ),
    "a broken benchmark": (
        "from bioql import quick_benchmark\nquick_benchmark()\n"
        "quick_benchmark(backend='sim')\nquick_benchmark(molecule='LiH', backend='sim')\n",
        'from bioql import run_benchmark\nrun_benchmark("H2")\nrun_benchmark("H2")\n'
        "run_benchmark(molecule_name='LiH')\n",
    ),
    "a broken benchmark of the package": (
        "import bioql as b\nb.quick_benchmark('H2O', 'sim')\n",
        "import bioql as b\nb.run_benchmark('H2O')\n",
    ),
    "a broken benchmark of another molecule stays": (
        "from bioql import quick_benchmark\nquick_benchmark('N2')\n",
        "from bioql import quick_benchmark\nquick_benchmark('N2')\n",
    ),
    "a guide in RNA letters": (
        "from bioql import rank_guides_batch\nG = 'gauaccaugaucacgaaggu'\nrank_guides_batch([G])\n",
        'from bioql import rank_guides_batch\nG = "GATACCATGATCACGAAGGT"\nrank_guides_batch([G])\n',
    ),
    "a name that the star does not bring": (
        "from bioql import *\nSurfaceCodeQEC()\n",
        "from bioql import *\nfrom bioql import SurfaceCodeQEC\nSurfaceCodeQEC()\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), FIXED.values(), ids=FIXED.keys())
def test_fix_all_gives_exactly(before, after):
    assert fix_all(before) == after
    assert fix_all(after) == after


SILENT = {
    "an import that may fail": "try:\n    import bioql.batcher\n    import bioql.fmo_vqe\n"
    "except Exception:\n    pass\n",
    "a module whose needs may be installed": "from bioql.visualization import QECVisualizer\n",
    "a template without arguments": f"{GROVER}GroverCircuit()\n",
    "an interpretation of counts": f"{INTERPRET}{RUN}interpret_bio_results(r.counts, c)\n",
    "unpacked arguments": f"{INTERPRET}interpret_bio_results(*a)\n{GROVER}GroverCircuit(**k)\n",
    "a ligand from a file": "from bioql.docking import dock\ndock('r.pdb', ligand_file='l.sdf')\n"
    "dock('r.pdb', **k)\n",
    "values that are not known": "from bioql import SurfaceCodeQEC, ErrorMitigation\n"
    "SurfaceCodeQEC(code_distance=d, error_rate=e)\nErrorMitigation(techniques=t)\n",
    "capitals where they do not matter": "from bioql import run_benchmark\n"
    "run_benchmark('H2', transformation='Jordan_Wigner')\n",
    "a text that is to be checked": "from bioql.molecular_utils import validate_smiles\n"
    "validate_smiles('no')\n",
    "an empty text that is the default": "import bioql.bio_interpreter as b\n"
    "b.interpret_drug_docking({'0': 1}, smiles='', pdb_id='')\n",
    "smiles in an f-string": "from bioql import predict_adme_local\npredict_adme_local(f'{x}(')\n",
    "a star import of another package": "from bioql import *\nfrom other import *\n"
    "run_benchmark()\n",
    "the version that is shipped": "# pip install bioql==7.0.1\nimport bioql\n",
    "a version that is only mentioned": "# bioql==3.1.2 was the first\nimport bioql\n",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_nothing_is_said_about(text):
    assert found(text) == []


FOUND = {
    "a placeholder's dict that is read as one": (
        f"{GROVER}c = GroverCircuit().build(num_qubits=3)\nc['params']\n",
        ["BQ054"],
    ),
    "an import of several names of a module": (
        "from bioql.fmo_vqe import FMOVQE, FragmentAssembler\n",
        ["BQ038"],
    ),
    "a module from its package": ("from bioql import batcher\n", ["BQ037"]),
    "a circuit that is none": (
        f"{GROVER}GroverCircuit().build(num_qubits=2).depth()\n",
        ["BQ054", "BQ040"],
    ),
    "a wrong word for build": (
        "from bioql.circuits import VQECircuit\nVQECircuit().build(num_qubits=2, ansatz='su2')\n",
        ["BQ054", "BQ046"],
    ),
    "an element of a list": (
        "from bioql import ErrorMitigation\nErrorMitigation(['zne', 'magic'])\n",
        ["BQ046"],
    ),
    "a broken method": (
        "from bioql.ir.validators import ComplianceValidator\n"
        "ComplianceValidator().validate_gxp_compliance(p)\n",
        ["BQ053"],
    ),
    "a placeholder through an alias": (
        "import bioql.genomics as g\ng.call_variants(r, s)\n",
        ["BQ054"],
    ),
    "a name of an import that a star leaves out": (
        "from bioql import *\nrun_benchmark('H2')\nget_logger()\n",
        ["BQ058"],
    ),
    "an install of an old version": (
        "# !pip install -q bioql==5.0.0\nimport bioql\n",
        ["BQ059"],
    ),
}


@pytest.mark.parametrize(("text", "codes"), FOUND.values(), ids=FOUND.keys())
def test_these_are_found(text, codes):
    assert found(text) == codes
    assert [f.code for f in analyse(text).findings if f.code in CODES] == codes


def test_a_module_is_reported_where_its_needs_are_known_to_be_missing():
    text = "from bioql.visualization import QECVisualizer\n"
    for distributions, codes in ((frozenset({"qiskit"}), ["BQ038"]), (frozenset({"plotly"}), [])):
        module = Module(text, Options(distributions=distributions))
        assert [f.code for f in check_module(module)] == codes


def test_the_place_in_a_smiles_is_shown():
    text = "from bioql import predict_adme_local\npredict_adme_local('CC(=O')\n"
    (finding,) = check(text)
    assert text[finding.span.start : finding.span.end] in "CC(=O"


@pytest.mark.parametrize(
    ("text", "version", "severity"),
    [
        ("from bioql import predict_adme_local\n", "5.0.0", Severity.ERROR),
        ("from bioql.qec import SurfaceCodeQEC\n", "3.1.2", Severity.ERROR),
        ("import bioql.genomics\n", "3.1.2", Severity.ERROR),
        ("import bioql\n", "3.1.2", Severity.WARNING),
        ("from bioql import quantum as q\n", "5.0.0", Severity.WARNING),
    ],
)
def test_what_a_version_lacks_or_leaks(text, version, severity):
    (finding,) = check(text, version)
    assert (finding.code, finding.severity) == ("BQ059", severity)
    assert [f.code for f in check(text, "7.0.1")] == []


def test_an_attribute_of_results_that_came_later():
    text = "from bioql import quantum\nr = quantum('Create a Bell state', k)\nr.qec_metrics\n"
    assert found(text, "3.1.2") == ["BQ059", "BQ059"]
    assert found(text, "5.0.0") == ["BQ059"]


def test_the_old_ways_are_right_in_old_versions():
    interpret = f"{INTERPRET}{RUN}interpret_bio_results(r.counts, 'dna', {{}})\n"
    assert found(interpret, "5.0.0") == ["BQ059"]
    simulator = f"{AER}QuantumSimulator().execute_circuit(c, shots=9)\n"
    assert found(simulator, "5.0.0") == []
    backend = "import bioql.circuits.templates.base as b\nb.CircuitBackend.SIMULATOR\n"
    assert found(backend, "5.0.0") == []
    assert found("from bioql.batcher import SmartBatcher\n", "5.0.0") == []


def test_a_removed_name_says_which_version_had_it():
    (finding,) = check("from bioql.bio_interpreter import interpret_dna_analysis\n", "7.0.1")
    assert "5.0.0 had it" in finding.message
