"""What is open in a text, however it comes."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bioql_lsp.analysis.brackets import BracketScanner, openness, string_end

ALPHABET = "ab,()[]{}\"'#\n\r\\ "
WORDS = ('"""', "'''", "\\\r\n", '"', "'", "f(", "[1, ", "# x", "\n", "\\", ")", "]", ",", "é")
texts = st.one_of(
    st.text(ALPHABET, max_size=40), st.lists(st.sampled_from(WORDS), max_size=14).map("".join)
)
CLOSERS = {"(": ")", "[": "]", "{": "}"}


def naive(text: str) -> tuple[list[tuple[str, int]], str, int | None, bool]:
    """Open brackets, the open string's quote and start, and whether a comment goes on."""
    stack: list[tuple[str, int]] = []
    quote, start, comment, place = "", 0, False, 0
    while place < len(text):
        character = text[place]
        width = 1
        if comment:
            comment = character not in "\r\n"
        elif quote and character == "\\":
            width = 3 if len(quote) == 1 and text[place + 1 : place + 3] == "\r\n" else 2
        elif quote and text.startswith(quote, place):
            quote, width = "", len(quote)
        elif quote:
            quote = "" if len(quote) == 1 and character in "\r\n" else quote
        elif character in "\"'":
            quote = character * 3 if text.startswith(character * 3, place) else character
            start, width = place, len(quote)
        elif character in CLOSERS:
            stack.append((character, place))
        elif stack and character == CLOSERS[stack[-1][0]]:
            stack.pop()
        else:
            comment = character == "#"
        place += width
    return stack, quote, start if quote else None, comment


@given(texts)
@settings(max_examples=500, deadline=None)
def test_what_is_open_is_what_reading_each_character_says(text: str) -> None:
    found = openness(text, 0, len(text))
    brackets = [(bracket.character, bracket.offset) for bracket in found.brackets]
    assert (brackets, found.string_quote, found.string_start, found.in_comment) == naive(text)


@given(texts, st.lists(st.integers(0, 60), max_size=8), st.integers(0, 5))
@settings(max_examples=500, deadline=None)
def test_the_pieces_of_a_text_do_not_matter(text: str, cuts: list[int], start: int) -> None:
    before = "(" * start
    scanner = BracketScanner(start)
    borders = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    for begin, end in itertools.pairwise(borders):
        scanner.push(text[begin:end])
        so_far = openness(before + text, start, start + end)
        assert scanner.result() == so_far
        assert (scanner.depth, scanner.string_quote) == (len(so_far.brackets), so_far.string_quote)


def test_commas_are_those_directly_in_a_bracket() -> None:
    found = openness("x, f(1, g(2, 3), [4,", 0, 20)
    assert [bracket.commas for bracket in found.brackets] == [(6, 15), (19,)]


@pytest.mark.parametrize(
    ("text", "quote", "end"),
    [
        ('ab" c', '"', 3),
        ('a\\" c', '"', None),
        ("ab\nc", "'", 2),
        ("ab", "'", None),
        ('a"b""" c', '"""', 6),
        ('a""', '"""', None),
    ],
)
def test_a_string_ends_with_its_quote_or_its_line(text: str, quote: str, end: int | None) -> None:
    assert string_end("(" + text, 1, len(text) + 1, quote) == (None if end is None else end + 1)
