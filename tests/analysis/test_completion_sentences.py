"""Completion in sentences."""

from __future__ import annotations

import pytest

from bioql_lsp.analysis.analysis import analyse
from bioql_lsp.analysis.bql import analyse_bql
from bioql_lsp.analysis.completion import offer_at
from bioql_lsp.analysis.program.compile import compile_sentence
from tests.analysis.completing import HEAD, labels, offer, proposals, replaced

BELL = "Create a Bell state"
LINE_ENDS = ["\n", "\r\n"]


@pytest.mark.parametrize("newline", LINE_ENDS)
@pytest.mark.parametrize(
    ("text", "after"),
    [
        ('quantum("|")', f'quantum("{BELL}")'),
        ('quantum("|', f'quantum("{BELL}'),
        ('quantum("Create a B|', f'quantum("{BELL}'),
        ("quantum('Create|', shots=5)", f"quantum('{BELL}', shots=5)"),
        ('quantum(program="Crea|")', f'quantum(program="{BELL}")'),
        ('quantum("""Cr|\nx = 1\n', f'quantum("""{BELL}\nx = 1\n'),
        ('def f():\n    return quantum(\n        "Crea|\n', None),
        ('bq.compiler.parse_english_to_circuit("Cr|")', None),
        ('x = "😀"; quantum("Crea|")', f'x = "😀"; quantum("{BELL}")'),
    ],
)
def test_phrases_are_offered_in_sentences_also_while_the_string_is_open(
    text: str, after: str | None, newline: str
) -> None:
    text = (HEAD + text).replace("\n", newline)
    offered = proposals(text)
    assert BELL in offered
    if after is not None:
        assert replaced(text, offered[BELL]) == (HEAD + after).replace("\n", newline)


def test_what_goes_on_depends_on_what_is_written_before() -> None:
    offered = proposals(HEAD + 'quantum("h qubit 0. cnot 0 1. m|")')
    assert next(iter(offered)) == "measure qubits 0, 1"
    assert BELL not in offered


def test_each_sentence_that_is_offered_is_understood() -> None:
    text = HEAD + 'quantum("|")'
    for each in proposals(text).values():
        assert each.detail
        if "CRISPR" not in each.label:
            written = replaced(text, each).partition('quantum("')[2][:-2]
            assert compile_sentence(written).operation_count > 0


def test_crispr_mode_is_offered_guides_only() -> None:
    offered = labels(HEAD + "quantum('|', mode='crispr')")
    assert offered
    assert all("CRISPR" in label for label in offered)


def test_a_sentence_under_a_name_is_completed_where_it_is_written() -> None:
    text = HEAD + "program = 'Create|'\nother = 'Create'\n\nquantum(program)\n"
    found = offer(text)
    assert [each.label for each in found.proposals] == [BELL]
    assert replaced(text, found.proposals[0]) == text.replace("Create|", BELL)


@pytest.mark.parametrize(
    "text",
    [
        "other = 'Create|'\n",
        "print('Create|')",
        "print('Create|",
        "quantum('x', instance='|')",
        "quantum(f('Create|'))",
        "quantum('x', **{'Create|': 1})",
        "# 'Create|",
    ],
)
def test_other_strings_are_left_alone(text: str) -> None:
    assert labels(HEAD + text) == []


def test_letters_that_are_typed_find_the_phrase_in_the_editor() -> None:
    for typed in ("bell", "Create a b", "grover"):
        for each in offer(HEAD + f'quantum("{typed}|")').proposals:
            assert typed.lower() in each.filter_text.lower()


@pytest.mark.parametrize(
    ("line", "is_offered"),
    [("Create|", True), ("   Cr|", True), ("|", True), ("# Create|", False)],
)
def test_a_line_of_a_bql_file_is_a_sentence(line: str, is_offered: bool) -> None:
    text = f"# a comment\r\nh qubit 0\r\n{line}"
    offset = text.index("|")
    found = offer_at(analyse_bql(text.replace("|", "")), offset)
    assert (BELL in [each.label for each in found.proposals]) is is_offered
    for each in found.proposals:
        assert found.span_of(each).end == offset


def test_escapes_before_the_cursor_do_not_move_the_place() -> None:
    text = HEAD + 'quantum("\\x68 qubit 0. cn|")'
    offered = proposals(text)
    assert "cnot 0 1" in offered
    assert replaced(text, offered["cnot 0 1"]) == HEAD + 'quantum("\\x68 qubit 0. cnot 0 1")'


def test_asking_again_after_the_next_letter_gives_the_same_phrase() -> None:
    text = HEAD + 'quantum("Create a Bell sta'
    for length in range(text.index("Create"), len(text) + 1):
        found = offer_at(analyse(text[:length]), length)
        assert BELL in [each.label for each in found.proposals]
        assert found.is_incomplete
