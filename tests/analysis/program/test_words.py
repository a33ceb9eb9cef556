"""The words of a sentence that BioQL makes something of."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bioql_lsp.analysis.program.words import words

SENTENCES = {
    "Prepare a superposition of 5 qubits": "verb Prepare|term superposition|number 5",
    "h qubit 0. cnot 0 1": "gate h|qubit qubit 0|gate cnot|qubit 0|qubit 1",
    "rotate qubit 2 around x by 1.57 radians": "gate rotate|qubit qubit 2|angle 1.57",
    "x rotation qubit 1 2.5": "gate x rotation|qubit qubit 1|angle 2.5",
    "swap qubits 1 and 2": "gate swap|qubit qubits 1 and 2",
    "controlled controlled not 0 1 2": "gate controlled controlled not|qubit 0|qubit 1|qubit 2",
    "measure qubit 0 into bit 3": "gate measure|qubit qubit 0|number 3",
    "Docking of SMILES CCO to PDB 5IKT on 6 qubits": (
        "term Dock|term SMILES|smiles CCO|term PDB|pdb 5IKT|number 6"
    ),
    "Score CRISPR guide GATACCATGATCACGAAGGT": "term guide|guide GATACCATGATCACGAAGGT",
    "use 3 qubits for grover search": "number 3|term grover search",
    "\u0130\U0001f600 h qubit 3": "gate h|qubit qubit 3",
    "toffoli 0 1 2": "",
    "Bonjour": "",
    "": "",
}


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES.items(), ids=SENTENCES.keys())
def test_each_word_has_the_kind_of_what_bioql_makes_of_it(sentence, expected):
    found = [f"{word.kind} {sentence[word.start : word.end]}" for word in words(sentence)]
    assert "|".join(found) == expected


def test_what_bioql_does_not_extract_is_no_smiles_and_no_id():
    kinds = {word.kind for word in words("Docking of SMILES 'CCO' to PDB ID 5IKT")}
    assert kinds == {"term"}


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [*SENTENCES, "rx qubit 0 0.5", "with qubit 1", "PDB 1EQG", "ccx 0 1 2"]
            ),
            st.text(max_size=20),
        ),
        max_size=5,
    ).map(" ".join)
)
def test_words_are_sorted_inside_the_text_and_do_not_overlap(sentence):
    end = 0
    for word in words(sentence):
        assert end <= word.start < word.end <= len(sentence)
        end = word.end


def test_a_long_text_is_answered_with_a_bounded_number_of_words():
    assert 0 < len(words("h qubit 0. " * 5_000)) <= 2_000
