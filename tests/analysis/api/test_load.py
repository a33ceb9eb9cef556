"""The bundled indexes as the rest of the analysis asks them."""

import subprocess
import sys

import pytest

from bioql_lsp.analysis.api.behaviour import every_fact, known_behaviour
from bioql_lsp.analysis.api.load import BUNDLED, Index, Status, forget, load, provide


@pytest.mark.parametrize(
    ("asked", "used", "is_exact"),
    [
        ("7.0.1", "7.0.1", True),
        ("5.0.0", "5.0.0", True),
        ("3.1.2", "3.1.2", True),
        ("1.0.0", "1.0.0", True),
        ("6.4", "5.0.0", False),
        ("7.0.0", "5.0.0", False),
        ("7.0.2", "7.0.1", False),
        ("12.0rc1", "7.0.1", False),
        ("0.9", "1.0.0", False),
        ("nonsense", "1.0.0", False),
        ("", "1.0.0", False),
        ("9" * 5000, "7.0.1", False),
    ],
)
def test_a_version_is_served_by_itself_or_the_nearest_one_below(asked, used, is_exact):
    index = load(asked)
    assert (index.version, index.data_version, index.is_exact) == (asked, used, is_exact)


def test_an_index_that_was_provided_is_used_until_it_is_forgotten():
    built = Index(load("5.0.0").data, "6.0.0", is_exact=True)
    provide(built)
    try:
        assert load("6.0.0") is built
    finally:
        forget("6.0.0")
    assert not load("6.0.0").is_exact


def test_importing_the_loader_reads_no_data():
    code = """
import pathlib, sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
import bioql_lsp.analysis.api.load as loader
assert not [name for name in opened if name.endswith(".gz")], opened
loader.load()
assert len([name for name in opened if name.endswith(".gz")]) == 1, opened
"""
    subprocess.run([sys.executable, "-c", code], check=True)


ALL = BUNDLED
FROM_3, FROM_5, ONLY_7 = BUNDLED[1:], BUNDLED[2:], BUNDLED[3:]


@pytest.mark.parametrize("version", ["1.0.0", "7.0.1"])
@pytest.mark.parametrize(
    ("dotted", "versions", "removed_in"),
    [
        ("bioql", ALL, None),
        ("bioql.quantum", ALL, None),
        ("bioql.QuantumSimulator", BUNDLED[:3], "7.0.1"),
        ("bioql.QuantumResult.counts", ALL, None),
        ("bioql.QuantumResult.qec_metrics", FROM_5, None),
        ("bioql.QuantumResult.shots", ONLY_7, None),
        ("bioql.quantum_connector.BackendNotAllowedError", ONLY_7, None),
        ("bioql.dynamic_call", FROM_3, None),
        ("bioql.enhanced_quantum", FROM_3, None),
        ("bioql.batcher", ("3.1.2", "5.0.0"), "7.0.1"),
        ("bioql.batcher.SmartBatcher.add_job", ("3.1.2", "5.0.0"), "7.0.1"),
        ("bioql.circuits.templates.base.CircuitBackend.SIMULATOR", ("3.1.2", "5.0.0"), "7.0.1"),
        ("bioql.qec.SurfaceCodeQEC", FROM_5, None),
        ("bioql.genomics.call_variants", ONLY_7, None),
        ("bioql.crispr_qai", ONLY_7, None),
        ("bioql.compile_bioql", (), None),
        ("bioql.BellState", (), None),
    ],
)
def test_each_index_knows_which_versions_have_a_name(version, dotted, versions, removed_in):
    index = load(version)
    assert index.versions(dotted) == versions
    assert index.since(dotted) == (versions[0] if versions else None)
    assert index.removed_in(dotted) == removed_in


@pytest.mark.parametrize(
    ("name", "modules"),
    [
        (
            "VQECircuit",
            "circuits.algorithms circuits.algorithms.vqe circuits.drug_discovery.binding_affinity",
        ),
        (
            "BenchmarkResult",
            "benchmarks.chemistry benchmarks.quantum_advantage.benchmark_suite "
            "molecular_benchmarks",
        ),
        ("NaturalLanguageParser", "compiler parser.nl_parser"),
        ("build_molecular_hamiltonian", "molecular_hamiltonian quantum_chemistry"),
        ("validate_smiles", "chem.ligand_prep molecular_utils"),
        ("quantum", ""),
        ("prepare_ligand", ""),
    ],
)
def test_names_of_several_things_list_all_places(name, modules):
    expected = tuple(f"bioql.{module}.{name}" for module in modules.split())
    assert load("7.0.1").same_name(name) == expected


@pytest.mark.parametrize(
    ("version", "dotted", "status", "words"),
    [
        ("7.0.1", "bioql.predict_adme_local", Status.REAL, "RDKit"),
        ("7.0.1", "bioql.chem.prepare_ligand", Status.REAL, "RDKit"),
        ("7.0.1", "bioql.similarity_search.search_chembl", Status.PLACEHOLDER, "same invented hit"),
        ("7.0.1", "bioql.integrate_omics_layers", Status.PLACEHOLDER, "random"),
        ("7.0.1", "bioql.circuits.VQECircuit.build", Status.PLACEHOLDER, "not a circuit"),
        ("3.1.2", "bioql.circuits.VQECircuit.build", Status.PLACEHOLDER, "not a circuit"),
        ("7.0.1", "bioql.quick_benchmark", Status.BROKEN, "TypeError"),
        ("5.0.0", "bioql.benchmarks.chemistry.quick_benchmark", Status.PLAIN, ""),
        ("7.0.1", "bioql.enhanced_quantum", Status.BROKEN, "token="),
        ("3.1.2", "bioql.enhanced_quantum", Status.PLAIN, ""),
        ("7.0.1", "bioql.docking.VinaRunner", Status.BROKEN, "property"),
        ("7.0.1", "bioql.search_chembl", Status.NONE, "always None"),
        ("7.0.1", "bioql.batcher", Status.BROKEN, "line 771"),
        ("5.0.0", "bioql.batcher", Status.PLAIN, ""),
        ("7.0.1", "bioql.batcher.SmartBatcher", Status.BROKEN, "line 771"),
        ("7.0.1", "bioql.circuits.algorithms.vqe.VQECircuit", Status.BROKEN, "SIMULATOR"),
        ("7.0.1", "bioql.warm_start.FlowVQE", Status.UNKNOWN, "until torch is installed"),
        ("7.0.1", "bioql.QECVisualizer.plot_cost_breakdown", Status.BROKEN, "plotly"),
        ("7.0.1", "bioql.quantum", Status.PLAIN, ""),
        ("5.0.0", "bioql.enhanced_quantum", Status.PLAIN, "token="),
        ("6.0.0", "bioql.enhanced_quantum", Status.PLAIN, "token="),
    ],
)
def test_a_status_and_its_sentence_are_told_for_the_version(version, dotted, status, words):
    symbol = load(version).lookup(dotted)
    assert symbol.status is status
    assert words in symbol.status_note
    assert bool(symbol.status_note) is bool(words)


def test_every_fact_is_about_a_name_that_its_version_and_the_newest_have():
    for since, dotted, status, note in every_fact():
        assert note.endswith("."), dotted
        first, newest = (load(version).lookup(dotted) for version in (since, "7.0.1"))
        for symbol in (first, newest):
            assert symbol is not None and symbol.kind not in {"unknown", "none"}, dotted
            assert symbol.dotted == dotted
        assert note in first.status_note, dotted
        assert first.status is status, dotted


def test_no_definition_has_two_facts_of_one_version():
    keys = [(since, dotted) for since, dotted, _, _ in every_fact()]
    assert len(keys) == len(set(keys))
    assert known_behaviour("bioql.quantum_connector.quantum", "7.0.1") == (Status.PLAIN, "")


def test_every_name_of_every_version_is_looked_up_without_a_gap():
    for version in BUNDLED:
        index = load(version)
        for module in index.module_names:
            for name in index.names(module):
                symbol = index.lookup(f"{module}.{name}")
                assert symbol is not None, (version, module, name)
                for member in index.members(symbol.dotted).values():
                    assert member.kind in {"method", "property", "attribute"}
