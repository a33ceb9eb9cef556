"""Our account of a sentence and BioQL's own compiler, side by side on thousands of sentences."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.program.vocabulary import GROUPS, NUMBER_WORDS
from tests.analysis.program import sentences

_PAIR_STRIDE = 5
# Sentences whose number comes from a default that the letter "a" nearly always hides, numbers in
# the middle of words, subjects across every kind of line end, and the largest whole numbers.
RARE = (
    "",
    " \t\n",
    "form superposition",
    "form qft",
    "form the fourier 0",
    "form entanglement 0",
    "build superposition 00",
    "pdb dock",
    "pdb dock 0",
    "seek drug dock",
    "seek protein fold",
    "seek gene",
    "seek gene in h2",
    "form superposition of COX-2",
    "form superposition of 1EQG",
    "form superposition, often",
    "form superposition²",
    "form superposition ٣x ٣",
    *(f"drug{end}binding" for end in ("\n", "\r", "\r\n", "\x0b", "\x1c", "\x85", "\u2028", "")),
    *(f"simulate protein{end} folding" for end in ("\n", "\r", "\u2029")),
    "binding\ndrug\nbinding protein",
    "protein binding drug",
    "grover search, use 0 qubits, read qubit 9",
    "catalyst, need 30 quantum bits",
    "catalyst, 2 qubits system, not qubit 0",
    "polypeptide, setup 1 qubit",
    "nucleotide, use 1 qubit",
    "nucleotide, use 2 qubits",
    "nucleotide, use 3 qubits",
    "read all qubits, superposition",
    "read all qubits, qubit 5",
    "x qubit " + "9" * 4_300,
    "x qubit " + "9" * 4_301,
    "use " + "9" * 4_301 + " qubits, need 3 qubits",
    "read qubit 0 into bit " + "9" * 4_301,
    "rx qubit 0 " + "9" * 4_301,
    "pdb dock " + "9" * 4_301,
    "design drug " + "9" * 4_301,
)


def difference(text: str, expected: dict[str, Any]) -> str | None:
    """What our answer has that the real one has not, or None."""
    ours = compile_sentence(text)
    if too_many := expected.get("num_qubits_too_many"):
        is_same = ours.error is None and ours.num_qubits >= too_many
        return None if is_same else f"{ours.num_qubits} qubits for {too_many}"
    if "error" in expected or ours.error:
        return None if ours.error == expected.get("error") else f"{ours.error!r} for {expected}"
    answer = {
        "num_qubits": ours.num_qubits,
        "num_classical_bits": ours.num_classical_bits,
        "context": ours.context,
        "operations": [_as_json(operation) for operation in ours.operations],
    }
    return None if answer == expected else f"{answer} for {expected}"


def _as_json(operation: tuple[Any, ...]) -> list[Any]:
    return [list(part) if isinstance(part, tuple) else part for part in operation]


def assert_same(real: Any, texts: list[str]) -> None:
    different = [
        (text[:200], said[:1000])
        for text, expected in zip(texts, real.compile_all(texts), strict=True)
        if (said := difference(text, expected))
    ]
    assert not different, f"{len(different)} of {len(texts)} differ, first {different[0]}"


def test_every_verb_with_every_term_compiles_as_in_bioql(real):
    assert_same(real, list(sentences.paired(real.vocabulary))[::_PAIR_STRIDE])


def test_every_phrase_with_every_filler_compiles_as_in_bioql(real):
    assert_same(real, list(sentences.spelled()))


def test_rare_cases_compile_as_in_bioql(real):
    assert_same(real, list(RARE))


@pytest.mark.parametrize("seed", range(5))
def test_generated_and_damaged_sentences_compile_as_in_bioql(real, seed):
    texts = list(sentences.generated(real.vocabulary, seed, 1_000))
    assert_same(real, texts)


@pytest.mark.parametrize("num_qubits", [255, 1025, 1026, 2999])
def test_large_transforms_compile_or_fail_as_in_bioql(real, num_qubits):
    assert_same(real, [f"{num_qubits}-qubit qft", f"run a fourier transform on {num_qubits}"])


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=80))
def test_any_text_compiles_as_in_bioql(real, text):
    assert_same(real, [text])


def test_the_generated_sentences_reach_every_stage_and_outcome(real):
    texts = list(sentences.generated(real.vocabulary, 0, 3_000))
    outcomes = Counter(
        "error" if compiled.error else compiled.intent or f"{compiled.stage} {compiled.context}"
        for compiled in map(compile_sentence, texts)
    )
    assert {
        "error",
        "bell_state",
        "superposition",
        "entanglement",
        "qft",
        "drug_design",
        "drug_docking",
        "protein_folding",
        "dna_analysis",
        "measurement",
        "gate_application",
        "special general",
        "gates general",
        "context protein_folding",
        "context drug_discovery",
        "context dna_analysis",
        "context molecular_simulation",
    } == set(outcomes)
    assert min(outcomes.values()) >= 5


def test_the_word_tables_are_bioqls(real):
    ours = {word for words in GROUPS.values() for word in words}
    unused = {"manipulate", "optimize", "cnot", "qubit", "molecule"}
    for name, words in real.vocabulary.items():
        if name.startswith("number "):
            assert sorted(NUMBER_WORDS[int(name.split()[1])]) == sorted(words)
        elif name not in unused:
            assert set(words) <= ours, name
