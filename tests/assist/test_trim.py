"""An answer is cut to what is not there yet."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.assist.context import Place, place_at
from bioql_lsp.assist.trim import trim
from bioql_lsp.text import Document

HEAD = "from bioql import quantum\n"
TEXT = st.text(st.sampled_from("ab1 (),\n\"'=:#\r"), max_size=30)


def trimmed(before: str, answer: str, after: str, place: Place | None = None) -> str:
    document = Document(before + after)
    offset = len(before)
    return trim(answer, document, offset, place or place_at(document, offset, is_explicit=True))


@pytest.mark.parametrize(
    ("before", "answer", "after", "kept"),
    [
        ('r = quantum("', 'Create a Bell state", shots=1)', '")\n', "Create a Bell state"),
        ('r = quantum("Create', " a Bell state", '")\n', " a Bell state"),
        ('r = quantum("Create', " a Bell state and", ' and measure")\n', " a Bell state"),
        ('r = quantum("Create', ' a Bell state", shots=1)', "\n", ' a Bell state", shots=1)'),
        ('r = quantum("it', "'s entangled", '")\n', "'s entangled"),
        ("print(", "f(x))", ")\n", "f(x)"),
        ("print(", "f(x)", ")\n", "f(x)"),
        ("print(g(", "f(x))", "))\n", "f(x)"),
        ('r = quantum("x"', ", shots=100)", ", shots=100)\n", ""),
        ("r = ", "quantum(x)\nprint(r)", "\n", "quantum(x)"),
        ("result = qu", "result = quantum(x)", "\n", "antum(x)"),
        ("", "r = f()\nprint(r)\n", "\nprint(r)\n", "r = f()"),
        ("", "print(r)", "\nprint(r)\n", ""),
        ("x = f(\n    a,\n", "    b,\n)", "\n)\n", "    b,"),
        ("", "a = 1\nb = 2\n\n\n", "\n", "a = 1\nb = 2"),
        ("x = 1 ", "\n\n", "", ""),
    ],
)
def test_what_is_there_already_is_cut(before: str, answer: str, after: str, kept: str) -> None:
    assert trimmed(HEAD + before, answer, after) == kept


def test_the_lines_end_as_the_documents_do() -> None:
    document = Document("x = 0\r\n\r\n")
    assert trim("a = 1\nb = 2\n", document, 7, Place.BLOCK) == "a = 1\r\nb = 2"


@given(TEXT, TEXT, TEXT, st.sampled_from([Place.LINE, Place.BLOCK, Place.SENTENCE]))
def test_what_is_kept_is_a_piece_of_the_answer(
    before: str, answer: str, after: str, place: Place
) -> None:
    kept = trimmed(before, answer, after, place)
    plain = re.sub(r"\r\n|\r", "\n", answer)
    assert re.sub(r"\r\n|\r", "\n", kept) in plain
    assert kept == "" or kept.strip()
    if place.is_one_line:
        assert "\n" not in kept
        assert "\r" not in kept


@given(TEXT, st.text(st.sampled_from("abc_1"), min_size=1, max_size=10))
def test_an_answer_that_repeats_nothing_is_kept(before: str, word: str) -> None:
    assert trimmed(f"{before}\n", word, "", Place.BLOCK) == word
