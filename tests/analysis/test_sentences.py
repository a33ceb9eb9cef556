"""Sentences found in a text: what BioQL receives, and where each character of it is written."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.analysis.findings import Fix
from bioql_lsp.analysis.module import load_module
from bioql_lsp.analysis.sentences import HOLE
from bioql_lsp.text import Edit, Span, apply_edits

HEAD = "from bioql import quantum\n"
CALL = HEAD + "quantum({}, k)\n"


def sentence_in(text):
    (found,) = load_module(text).sentences
    return found


@pytest.mark.parametrize(
    ("written", "received"),
    [
        ('"h qubit 0"', "h qubit 0"),
        ("'h qubit 0'", "h qubit 0"),
        ('"""h\nqubit 0"""', "h\nqubit 0"),
        ('"""h\r\nqubit 0"""', "h\nqubit 0"),
        ('r"a\\d"', "a\\d"),
        ('"a\\tb\\x41\\u00e9\\N{BULLET}"', "a\tbAé•"),
        ('"a" "b"\n    \'c\'', "abc"),
        ('("a"\n "b")', "ab"),
        ('"a\\\nb"', "ab"),
        ('f"{{x}}"', "{x}"),
        ('"é🧬"', "é🧬"),
        ('""', ""),
    ],
)
def test_a_literal_is_read_as_python_reads_it(written, received):
    found = sentence_in(CALL.replace("{}", written))
    assert found.text == received
    assert found.is_whole


def test_a_known_name_in_an_f_string_is_filled_in_and_an_unknown_one_is_a_hole():
    text = HEAD + 'n = 3\nquantum(f"use {n} qubits", k)\nquantum(f"use {m} qubits", k)\n'
    known, unknown = load_module(text).sentences
    assert (known.text, known.is_whole) == ("use 3 qubits", True)
    assert (unknown.text, unknown.is_whole) == (f"use {HOLE} qubits", False)
    assert text[slice(*_ends(known.place(4, 5)))] == "{n}"


def test_a_sentence_under_a_name_is_placed_where_it_is_written():
    text = HEAD + 'S = "h qubit 0"\nquantum(S, k)\n'
    found = sentence_in(text)
    assert text[slice(*_ends(found.place(2, 7)))] == "qubit"


def test_previews_are_local_and_runs_are_not():
    text = (
        "from bioql import quantum\nfrom bioql.compiler import BioQLCompiler\n"
        'from bioql.compiler import parse_english_to_circuit\nparse_english_to_circuit("a")\n'
        'BioQLCompiler().compile_to_qasm("b")\nquantum("c", k, mode="crispr")\n'
    )
    found = load_module(text).sentences
    assert [(s.text, s.is_local, s.mode) for s in found] == [
        ("a", True, None), ("b", True, None), ("c", False, "crispr"),
    ]  # fmt: skip


@pytest.mark.parametrize("argument", ["name", "b'bytes'", "*parts", "f()", "1", "['a']"])
def test_what_is_no_known_text_is_no_sentence(argument):
    assert load_module(CALL.replace("{}", argument)).sentences == ()


PIECES = st.sampled_from(["a", "h qubit 0", " ", "é", "🧬", "\\n", "\\'", '\\"', "\\\\", "\\x41"])
bodies = st.lists(PIECES, max_size=6).map("".join)
literals = st.lists(
    st.tuples(st.sampled_from(['"', "'", '"""', "'''"]), bodies).map(
        lambda parts: parts[0] + parts[1] + parts[0]
    ),
    min_size=1,
    max_size=3,
).map(" ".join)


@given(literals, st.data())
def test_every_character_is_placed_where_it_is_written_and_found_again(written, data):
    text = CALL.replace("{}", written)
    found = sentence_in(text)
    assert found.text == ast.literal_eval(f"({written})")
    for index, character in enumerate(found.text):
        span = found.place(index, index + 1)
        assert ast.literal_eval(f'"""{text[span.start : span.end]} """') == f"{character} "
        assert found.offset_of(span.start) == index


@given(literals, st.text(st.sampled_from("ab'\"\\ é\n"), max_size=5), st.data())
def test_a_fix_of_the_sentence_written_in_the_source_gives_that_sentence(written, new, data):
    text = CALL.replace("{}", written)
    found = sentence_in(text)
    start = data.draw(st.integers(0, len(found.text)))
    end = data.draw(st.integers(start, len(found.text)))
    fix = found.fix(Fix("t", (Edit(Span(start, end), new),)))
    if fix is None:
        return
    fixed = sentence_in(apply_edits(text, fix.edits))
    assert fixed.text == found.text[:start] + new + found.text[end:]


def _ends(span):
    return span.start, span.end
