"""Every phrase that is offered compiles to what it says."""

import pytest

from bioql_lsp.analysis.chemistry import check_smiles, read_guide
from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.program.lints import lints
from bioql_lsp.analysis.program.molecules import read_molecules
from bioql_lsp.analysis.program.phrases import Phrase, complete

STARTS = (
    "",
    "h qubit 0. ",
    "h qubit 0. cnot 0 1. ",
    "h qubit 0. cnot 0 1. cnot 1 2. measure qubit 0. ",
    "cnot 0 1. rotate qubit 1 around x by 0.5 radians. ",
    "x qubit 3; ",
)


def labels(text: str) -> list[str]:
    return [phrase.label for phrase in complete(text)]


def accepted(text: str, phrase: Phrase) -> str:
    return text[: phrase.replace_from] + phrase.new_text


@pytest.mark.parametrize("text", STARTS)
def test_every_offer_compiles_to_what_its_detail_says(text):
    offers = [p for p in complete(text) if "CRISPR" not in p.label]
    assert len(offers) > 8
    for phrase in offers:
        compiled = compile_sentence(accepted(text, phrase))
        counts = [f"{count} {gate}" for gate, count in compiled.gate_counts.items()]
        number, _, rest = phrase.detail.partition(" ")
        assert int(number) == compiled.num_qubits
        assert rest.rpartition(": ")[2].split(", ") == counts


@pytest.mark.parametrize("text", STARTS)
def test_no_offer_brings_a_lint_but_that_a_measurement_is_missing(text):
    for phrase in complete(text):
        mode = "crispr" if "CRISPR" in phrase.label else None
        found = lints(accepted(text, phrase), mode=mode)
        assert {lint.code for lint in found} <= {"NL010"}, phrase


def test_offers_differ_and_each_adds_an_operation_after_gates():
    before = compile_sentence("h qubit 0. cnot 0 1").operation_count
    offers = complete("h qubit 0. cnot 0 1. ")
    assert len({phrase.label for phrase in offers}) == len(offers)
    for phrase in offers:
        made = compile_sentence(accepted("h qubit 0. cnot 0 1. ", phrase))
        assert made.operation_count > before


def test_the_measurement_of_what_is_used_comes_first():
    (first, *_) = complete("h qubit 0. cnot 0 1. cnot 1 2. measure qubit 1. ")
    assert first.new_text == "measure qubit 0. measure qubit 2"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Prep", "Prepare a superposition of 3 qubits"),
        ("superpos", "Prepare a superposition of 3 qubits"),
        ("Prepare a superposition of 7", "Prepare a superposition of 7 qubits"),
        ("bell", "Create a Bell state"),
        ("ghz", "GHZ state of 3 qubits"),
        ("GHZ state of 5", "GHZ state of 5 qubits"),
        ("grover", "use 3 qubits for grover search"),
        ("cnot 2 ", "cnot 2 3"),
        ("h qubit 4", "h qubit 4"),
        ("h qubit 0. cno", "cnot 0 1"),
        ("rotate qubit 1 around x by 1.5", "rotate qubit 1 around x by 1.5708 radians"),
    ],
)
def test_what_is_typed_narrows_the_offers(typed, expected):
    assert labels(typed)[0] == expected


def test_an_offer_replaces_the_statement_that_is_being_typed():
    (phrase,) = complete("h qubit 0. cno")
    assert accepted("h qubit 0. cno", phrase) == "h qubit 0. cnot 0 1"


def test_nothing_is_offered_where_bioql_would_drop_it():
    assert complete("Create a Bell state. ") == ()
    assert complete("Prepare a superposition of 3 qubits. h") == ()
    assert "h qubit 0" not in labels("cnot 0 1. h qubit 0")


def test_ligands_are_offered_where_a_smiles_belongs():
    text = "Docking of SMILES "
    offers = complete(text)
    assert {"aspirin", "caffeine"} <= {phrase.label for phrase in offers}
    for phrase in offers:
        found = read_molecules(accepted(text, phrase)).read_smiles
        assert found and found.text == phrase.new_text
        assert check_smiles(phrase.new_text) is None
    assert labels(text + "asp") == ["aspirin"]


def test_structures_are_offered_where_a_pdb_id_belongs():
    text = "Docking of SMILES CCO to PDB "
    for phrase in complete(text):
        found = read_molecules(accepted(text, phrase)).read_pdb
        assert found and found.text == phrase.new_text
    assert [p.new_text for p in complete(text + "eg")] == ["1M17"]
    assert [p.new_text for p in complete(text + "5I")] == ["5IKT"]


def test_receptors_are_offered_that_bioql_looks_up():
    text = "Docking of SMILES CCO to receptor "
    offers = complete(text)
    assert "EGFR" in labels(text) and "COX-2" not in labels(text)
    for phrase in offers:
        found = read_molecules(accepted(text, phrase)).looked_up_pdb_id
        assert found and phrase.detail.endswith(found)


def test_the_crispr_sentence_has_a_guide():
    (phrase,) = complete("Score")
    assert read_guide(phrase.new_text)
    assert 'mode="crispr"' in phrase.detail


def test_a_very_long_text_gets_no_offers():
    assert complete("h qubit 0. " * 1_000) == ()
