"""What is known of a compiled sentence beyond its operations: origins, spans, sizes, bounds."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.program.model import (
    OPERATIONS_MAX,
    GateStatement,
    Operation,
    readable,
)
from bioql_lsp.analysis.program.vocabulary import GROUPS, without_longer_spellings
from bioql_lsp.text import Span
from tests.analysis.program import sentences

LONG_S_MAX = 1.0


def texts_of(text: str, spans) -> list[str]:
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("text", "num_qubits", "source", "read"),
    [
        ("superposition of 5, build it", 5, "digits", "5"),
        ("build superpositions with 2048 shots", 2048, "digits", "2048"),
        ("build superposition", 3, "default", None),
        ("build superposition on two", 2, "word", "two"),
        ("make superposition", 1, "word", "a"),
        ("build 0 superposition", 3, "default", None),
        ("create a bell state on 9", 2, "fixed", None),
        ("use 4 qubits", 4, "phrase", "4"),
        ("use 2 qubits. x qubit 5", 6, "index", "5"),
        ("h qubit 3", 4, "index", "3"),
        ("cnot 0 7", 8, "index", "7"),
        ("hello", 2, "default", None),
        ("create 0 qubits", 1, "default", None),
        ("polypeptide", 8, "default", None),
        ("polypeptide, use 12 qubits", 12, "phrase", "12"),
        ("pharmacophore, use 12 qubits", 12, "phrase", "12"),
    ],
)
def test_the_number_of_qubits_says_where_it_was_read(text, num_qubits, source, read):
    compiled = compile_sentence(text)
    assert (compiled.num_qubits, compiled.count_source) == (num_qubits, source)
    assert (compiled.count_span and texts_of(text, [compiled.count_span])[0]) == read


@pytest.mark.parametrize(
    ("text", "stage", "intent", "context", "words"),
    [
        ("Build a Bell pair", "intent", "bell_state", "general", ["Build", "Bell pair"]),
        ("the bell  state", "special", None, "general", ["bell  state"]),
        ("x qubit 1", "gates", None, "general", []),
        ("Grover Search", "context", None, "dna_analysis", ["Grover Search"]),
        ("drug for a protein", "context", None, "drug_discovery", ["drug", "protein"]),
        ("perform a unitary gate", "intent", "gate_application", "general", ["perform", "gate"]),
    ],
)
def test_the_stage_and_the_words_that_decided_are_told(text, stage, intent, context, words):
    compiled = compile_sentence(text)
    assert (compiled.stage, compiled.intent, compiled.context) == (stage, intent, context)
    assert texts_of(text, compiled.matched_words) == words


def test_statements_come_in_the_order_of_gates_with_their_places():
    text = "CNOT 0 1; measure qubit 0 into bit 4. İ X qubit 2, rotate qubit 1 around x by 0.5 rad"
    compiled = compile_sentence(text)
    assert texts_of(text, [statement.span for statement in compiled.statements]) == [
        "X qubit 2",
        "CNOT 0 1",
        "rotate qubit 1 around x by 0.5 rad",
        "measure qubit 0 into bit 4",
    ]
    assert [statement.operation for statement in compiled.statements] == list(compiled.operations)
    assert compiled.num_classical_bits == 5


def test_the_text_under_a_statement_alone_compiles_to_the_same_operation():
    words = {name: list(spellings) for name, spellings in GROUPS.items()} | {"number": ["two"]}
    num_checked = 0
    for text in sentences.generated(words, seed=1, count=500):
        for sentence in (text, f"İİ {text}"):
            for statement in compile_sentence(sentence).statements:
                under = sentence[statement.span.start : statement.span.end]
                alone = compile_sentence(under).statements
                whole = Span(0, len(under))
                assert GateStatement(statement.gate, whole, statement.operation) in alone
                num_checked += 1
    assert num_checked > 300


def test_a_span_that_cuts_a_letter_that_grows_covers_the_whole_letter():
    text = "İİ set h-gate for İ1İ 7"
    compiled = compile_sentence(text)
    assert texts_of(text, compiled.matched_words) == ["set", "h-gate"]


def test_operations_can_be_indexed_sliced_and_counted_without_listing_them():
    compiled = compile_sentence("analyze dna with 5")
    listed = list(compiled.operations)
    assert [compiled.operations[i] for i in range(len(listed))] == listed
    assert compiled.operations[-3:] == tuple(listed[-3:])
    assert compiled.operations[-1] == Operation("measure", (4,), (), (), (4,))
    with pytest.raises(IndexError):
        compiled.operations[len(listed)]


@given(
    st.sampled_from(["build superposition", "run qft", "analyze dna", "simulate protein fold"]),
    st.integers(1, 60),
)
def test_the_counts_are_those_of_the_listed_operations(words, num_qubits):
    compiled = compile_sentence(f"{words} {num_qubits}")
    assert compiled.operation_count == len(list(compiled.operations))
    assert compiled.gate_counts == Counter(operation.gate for operation in compiled.operations)


def test_a_billion_qubits_are_answered_at_once_and_only_counted():
    started_s = time.process_time()
    compiled = compile_sentence("simulate protein folding 1000000000")
    assert time.process_time() - started_s < LONG_S_MAX
    assert compiled.is_truncated
    assert len(compiled.operations) == 0
    assert compiled.operation_count == 5_499_999_998
    assert compiled.gate_counts["cnot"] == 1_499_999_998


def test_the_largest_circuit_that_is_listed():
    exactly = compile_sentence(f"build superposition {OPERATIONS_MAX // 2}")
    beyond = compile_sentence(f"build superposition {OPERATIONS_MAX // 2 + 1}")
    assert len(exactly.operations) == OPERATIONS_MAX
    assert beyond.is_truncated


@pytest.mark.parametrize(
    "text",
    [
        "build superposition " + "9" * 4_301,
        "run qft on 1025",
        "read all qubits",
    ],
)
def test_a_sentence_that_bioql_refuses_has_its_error_and_nothing_else(text):
    compiled = compile_sentence(text)
    assert compiled.error
    assert compiled.error.startswith("Failed to parse quantum circuit description: ")
    assert (compiled.operation_count, compiled.num_qubits) == (0, 0)


@pytest.mark.parametrize(
    "unit",
    [
        "drug ",
        "1 ",
        "9",
        "9-",
        "h ",
        "apply a ",
        "qubit ",
        "x qubit 1 ",
        "protein x ",
        "1.",
        "\n",
        "İ",
    ],
)
def test_long_texts_take_no_more_than_linear_time(unit):
    text = unit * (100_000 // len(unit))
    started_s = time.process_time()
    compile_sentence(text)
    assert time.process_time() - started_s < LONG_S_MAX


def test_numbers_that_python_cannot_write_are_readable():
    compiled = compile_sentence("x qubit " + "9" * 4_300)
    assert readable(compiled.num_qubits) == "about 10^4300"
    assert readable(1_234) == "1,234"


@pytest.mark.parametrize("words", GROUPS.values(), ids=GROUPS.keys())
def test_dropping_longer_spellings_changes_no_answer(words):
    kept = without_longer_spellings(words)
    assert set(kept) <= set(words)
    assert all(any(word in spelling for word in kept) for spelling in words)
