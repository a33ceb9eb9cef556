"""Positions against a plain model: a text is a list of lines, a line a list of units."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lsprotocol import types

from bioql_lsp.server.convert import Positions
from bioql_lsp.server.documents import Documents
from bioql_lsp.text import Document, Span

ENCODINGS = ("utf-8", "utf-16", "utf-32")
PIECES = (
    "a", "q0", " ", "\t", "é", "e\u0301", "ψ", "漢", "😀", "👩\u200d🔬", "\U0010ffff",
    "\n", "\r", "\r\n", "\f", "\v", "\u2028", "\u2029", "\x85", "\x1c", "\0",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
encodings = st.sampled_from(ENCODINGS)
CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


def model_units(text: str, encoding: str) -> int:
    codec, width = CODECS[encoding]
    return len(text.encode(codec)) // width


def model_lines(text: str) -> list[tuple[int, str]]:
    """Offset and text, without its end, of every line."""
    parts = re.split(r"(\r\n|\r|\n)", text)
    lines, offset = [], 0
    for index in range(0, len(parts), 2):
        lines.append((offset, parts[index]))
        offset += len(parts[index]) + (len(parts[index + 1]) if index + 1 < len(parts) else 0)
    return lines


def model_offset(text: str, line: int, character: int, encoding: str) -> int:
    """By trial: the longest start of the line that is no longer than ``character`` units."""
    lines = model_lines(text)
    if line >= len(lines):
        return len(text)
    start, content = lines[line]
    fitting = [
        n for n in range(len(content) + 1) if model_units(content[:n], encoding) <= character
    ]
    return start + fitting[-1]


def positions(text: str, encoding: str) -> Positions:
    return Positions(Document(text), encoding)


@given(texts, encodings, st.integers(0, 12), st.integers(0, 40))
@example("a😀b", "utf-16", 0, 2)
@example("é", "utf-8", 0, 1)
@example("no line end", "utf-16", 0, 4000)
@example("a\u2028b\fc\nd", "utf-16", 1, 1)
def test_a_clients_position_is_the_offset_that_a_plain_model_says(
    text: str, encoding: str, line: int, character: int
) -> None:
    position = types.Position(line=line, character=character)
    expected = model_offset(text, line, character, encoding)
    assert positions(text, encoding).offset(position) == expected


@given(texts, encodings)
def test_every_offset_between_lines_ends_survives_the_way_there_and_back(
    text: str, encoding: str
) -> None:
    converter = positions(text, encoding)
    for number, (start, content) in enumerate(model_lines(text)):
        for index in range(len(content) + 1):
            position = converter.position(start + index)
            assert position.line == number
            assert position.character == model_units(content[:index], encoding)
            assert converter.offset(position) == start + index


@given(texts, encodings, st.data())
def test_an_incremental_change_does_what_a_replacement_of_offsets_does(
    text: str, encoding: str, data: st.DataObject
) -> None:
    line, end_line = (data.draw(st.integers(0, 12)) for _ in range(2))
    character, end_character = (data.draw(st.integers(0, 40)) for _ in range(2))
    new = data.draw(texts)
    start, end = sorted(
        (
            model_offset(text, line, character, encoding),
            model_offset(text, end_line, end_character, encoding),
        )
    )
    documents = opened(text, encoding)
    range_ = types.Range(
        start=types.Position(line=line, character=character),
        end=types.Position(line=end_line, character=end_character),
    )
    change(documents, types.TextDocumentContentChangePartial(range=range_, text=new))
    assert content(documents) == text[:start] + new + text[end:]


def opened(text: str, encoding: str = "utf-16") -> Documents:
    documents = Documents(encoding)
    documents.open(types.TextDocumentItem("file:///a.py", "python", 1, text))
    return documents


def change(documents: Documents, *changes: types.TextDocumentContentChangeEvent) -> None:
    identifier = types.VersionedTextDocumentIdentifier(version=2, uri="file:///a.py")
    documents.change(types.DidChangeTextDocumentParams(identifier, list(changes)))


def content(documents: Documents) -> str:
    document = documents.get("file:///a.py")
    assert document is not None
    return document.document.text


def insert(line: int, character: int, text: str) -> types.TextDocumentContentChangePartial:
    place = types.Position(line=line, character=character)
    return types.TextDocumentContentChangePartial(range=types.Range(place, place), text=text)


@pytest.mark.parametrize("cut", ["\f", "\u2028", "\u2029", "\x85", "\v", "\x1c"])
def test_only_line_feed_and_carriage_return_end_a_line(cut: str) -> None:
    documents = opened(f"one{cut}still one\ntwo\n")
    change(documents, insert(1, 0, "# "))
    assert content(documents) == f"one{cut}still one\n# two\n"


def test_a_character_past_the_end_of_an_unterminated_last_line_is_its_end() -> None:
    documents = opened("first\nlast")
    change(documents, insert(1, 99, "!"))
    assert content(documents) == "first\nlast!"


def test_a_line_past_the_end_is_the_end_and_several_changes_build_on_each_other() -> None:
    documents = opened("a")
    whole = types.TextDocumentContentChangeWholeDocument("b\r\n")
    change(documents, insert(7, 7, "x"), whole, insert(1, 0, "c"), insert(0, 1, "😀"))
    assert content(documents) == "b😀\r\nc"


def test_half_of_a_surrogate_pair_is_replaced_so_that_the_text_can_be_encoded() -> None:
    documents = opened("a\ud83db")
    assert content(documents) == "a\ufffdb"
    content(documents).encode()


def test_a_range_given_backwards_is_turned_around() -> None:
    range_ = types.Range(start=types.Position(0, 3), end=types.Position(0, 1))
    assert positions("abcd", "utf-8").span(range_) == Span(1, 3)
