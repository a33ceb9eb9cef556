"""The bundled indexes against the published wheels and against what is known of them."""

import os
import subprocess
import sys
from collections import Counter

import pytest

from bioql_lsp.analysis.api.build import build, encode, main
from bioql_lsp.analysis.api.load import BUNDLED, Index, load
from bioql_lsp.analysis.api.storage import decompress
from bioql_lsp.analysis.api.versions import DATA_FOLDER
from tests.support.wheels import wheel

NONE_EVERYWHERE = ["QECAnalysisResult", "QuantumErrorCorrection", "RSAModExpResult"]
NONE_EVERYWHERE += ["compile_bioql", "quick_qec_demo", "search_chembl", "search_drugbank_local"]
NONE_EVERYWHERE += ["search_pubchem", "similarity_search_pipeline"]
MISSING_IN_LLM = {"BioinformaticsAgent", "CircuitOptimizerAgent", "ClaudeAdapter", "GPTAdapter"}
MISSING_IN_LLM |= {"OllamaAdapter", "AutoOptimizer"}

SIMULATOR = "AttributeError: SIMULATOR"
IMPORT_FAILURES = {
    "batcher": "SyntaxError, line 771",
    "benchmarks.quantum_advantage.demo_benchmark": "ModuleNotFoundError: benchmark_suite",
    "circuits.algorithms.grover": SIMULATOR,
    "circuits.algorithms.vqe": SIMULATOR,
    "circuits.drug_discovery.docking_circuits": SIMULATOR,
    "fmo_vqe": SIMULATOR,
    "fmo_vqe.example_fmo_vqe": SIMULATOR,
    "fmo_vqe.fragment_assembler": SIMULATOR,
    "fmo_vqe.fragment_vqe": SIMULATOR,
    "fmo_vqe.fragmentor": SIMULATOR,
    "fmo_vqe.test_fmo_vqe": SIMULATOR,
    "parser.llm_parser": "ModuleNotFoundError: httpx",
    "visualization": "ModuleNotFoundError: plotly",
    "visualization.examples": "ModuleNotFoundError: plotly",
    "visualization.examples.example_cost_analysis": "ModuleNotFoundError: plotly",
    "visualization.examples.example_qec_comparison": "ModuleNotFoundError: plotly",
    "visualization.examples.example_surface_code_viz": "ModuleNotFoundError: plotly",
    "visualization.qualtran_viz": "ModuleNotFoundError: plotly",
    "visualization.resource_estimator": "ModuleNotFoundError: plotly",
    "warm_start": "NameError: nn",
    "warm_start.flow_vqe": "NameError: nn",
    "warm_start.parameter_database": "NameError: nn",
    "warm_start.similarity_matching": "NameError: nn",
    "warm_start.test_warm_start": "NameError: nn",
}


@pytest.mark.parametrize("version", BUNDLED)
def test_a_bundled_index_is_what_the_wheel_gives(version):
    bundled = (DATA_FOLDER / f"bioql-{version}.json.gz").read_bytes()
    assert decompress(bundled) == decompress(encode(build(wheel(version))))


def test_one_command_builds_the_same_bytes_of_all_versions_again(tmp_path):
    folders = {wheel(version).parent for version in BUNDLED}
    assert len(folders) == 1
    command = [
        sys.executable,
        "-m",
        "bioql_lsp.analysis.api.build",
        "--all",
        "-o",
        str(tmp_path / "a"),
    ]
    wheels = str(folders.pop())
    fetching = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": wheels, "PYTHONHASHSEED": "7"}
    subprocess.run(command, check=True, env=os.environ | fetching)
    assert main(["--all", "-o", str(tmp_path / "b"), "--wheels", wheels]) == 0
    first, second = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in "ab"
    )
    assert sorted(first) == sorted(path.name for path in DATA_FOLDER.iterdir())
    assert first == second


def test_a_wheel_that_cannot_be_fetched_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    assert main(["--all", "-o", str(tmp_path)]) == 2
    assert "pip could not fetch bioql 1.0.0" in capsys.readouterr().err


def test_the_bundled_data_stay_small():
    assert sum(path.stat().st_size for path in DATA_FOLDER.iterdir()) < 250_000


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("1.0.0", {"modules": 9, "packages": 1, "f": 80, "c": 28, "v": 17, "pr": 4, "n": 1}),
        ("3.1.2", {"modules": 78, "packages": 17, "f": 153, "c": 210, "v": 57, "pr": 10, "n": 16}),
        ("5.0.0", {"modules": 98, "packages": 21, "f": 182, "c": 241, "v": 77, "pr": 18, "n": 20}),
        (
            "7.0.1",
            {"modules": 183, "packages": 32, "f": 335, "c": 344, "v": 178, "pr": 13, "n": 24}
            | {"dataclass": 139, "enum": 30, "pydantic": 13, "syntax errors": 1},
        ),
    ],
)
def test_the_counts_of_a_version_are_those_of_its_source(version, expected):
    found = counts(load(version))
    assert {name: found[name] for name in expected} == expected


def counts(index: Index) -> Counter[str]:
    """Public definitions by kind, with ``__version__`` and its like among the constants."""
    found: Counter[str] = Counter(modules=len(index.module_names))
    for module in index.data["modules"].values():
        found["packages"] += "package" in module
        found["syntax errors"] += "error" in module
        for name, entry in module.get("names", {}).items():
            if not name.startswith("_") or name == "__version__":
                found[entry["k"]] += 1
                found["pr"] += len(entry.get("pr", ()))
                found[entry.get("t", "")] += 1
    return found


@pytest.mark.parametrize(("version", "exports"), [("1.0.0", 13), ("7.0.1", 89)])
def test_a_star_import_gives_what_a_default_installation_exports(version, exports):
    assert len(load(version).exported("bioql")) == exports


def test_the_names_that_are_none_in_every_environment_are_known():
    index = load("7.0.1")
    names = [n for n in index.names("bioql") if index.lookup(f"bioql.{n}").kind == "none"]
    assert names == NONE_EVERYWHERE
    for name in MISSING_IN_LLM:
        assert index.lookup(f"bioql.llm.{name}").kind == "none", name


def test_the_names_that_are_none_without_plotly_say_so():
    index = load("7.0.1")
    for name in ("QECVisualizer", "ResourceEstimator", "ResourceEstimation"):
        assert index.lookup(f"bioql.{name}").needs == ("plotly",), name
    assert load("5.0.0").lookup("bioql.QECVisualizer").needs == ()


@pytest.mark.parametrize("version", BUNDLED)
def test_the_modules_that_cannot_be_imported_are_found_with_their_reasons(version):
    index = load(version)
    failures = {name: index.import_failure(name) for name in index.module_names}
    found = {name.removeprefix("bioql."): f.error for name, f in failures.items() if f is not None}
    assert found == (IMPORT_FAILURES if version == "7.0.1" else {})


@pytest.mark.parametrize(
    ("module", "needs"),
    [("bioql.warm_start", ("torch",)), ("bioql.visualization", ("plotly",)), ("bioql.fmo_vqe", ())],
)
def test_a_failing_import_names_the_distribution_that_mends_it(module, needs):
    assert load("7.0.1").import_failure(module).needs == needs


QUANTUM_7 = (
    "program api_key backend shots debug instance timeout auto_select num_qubits "
    "num_logical_qubits topology error_correction correction_level error_threshold mitigation "
    "mitigation_strength qec target_fidelity visualize mode"
)


@pytest.mark.parametrize(
    ("version", "dotted", "names"),
    [
        ("7.0.1", "bioql.quantum", QUANTUM_7),
        ("5.0.0", "bioql.quantum", QUANTUM_7.removesuffix(" mode")),
        ("1.0.0", "bioql.interpret_bio_results", "quantum_results context additional_params"),
        ("7.0.1", "bioql.interpret_bio_results", "counts context"),
        ("7.0.1", "bioql.predict_adme_local", "smiles"),
        ("7.0.1", "bioql.chem.prepare_ligand", "smiles output_path output_format add_hydrogens "
         "generate_3d optimize_geometry ph"),
        ("7.0.1", "bioql.circuits.VQECircuit", ""),
        ("5.0.0", "bioql.circuits.algorithms.vqe.VQECircuit",
         "hamiltonian ansatz optimizer num_layers backend"),
    ],
)  # fmt: skip
def test_signatures_are_those_of_the_version(version, dotted, names):
    assert [p.name for p in load(version).lookup(dotted).parameters] == names.split()


def test_the_first_versions_take_a_token_in_sixth_place():
    for version in ("1.0.0", "3.1.2"):
        names = load(version).lookup("bioql.quantum").positional_names
        assert (names[5], names[6]) == ("token", "instance"), version


def test_re_exports_lead_to_definitions():
    index = load("7.0.1")
    assert index.lookup("bioql.run_benchmark").dotted == "bioql.molecular_benchmarks.run_benchmark"
    assert index.lookup("bioql.ir.BioQLProgram").dotted == "bioql.ir.schema.BioQLProgram"
    imported = [e for e in index.data["modules"]["bioql"]["names"].values() if e["k"] in "rn"]
    assert len(imported) == 132
