"""Positions of LSP clients to code points and back: the only place that knows encodings.

A client counts characters in bytes (utf-8), UTF-16 code units (utf-16) or code points (utf-32).
What a client sends is never refused: a character past the line's end is the line's end, a line
past the text is the text's end, a position inside a character is the character's start.
"""

from __future__ import annotations

from dataclasses import dataclass

from lsprotocol import types

from bioql_lsp import text


def character_units(character: str, encoding: str) -> int:
    """How many units of an encoding one code point takes."""
    code_point = ord(character)
    if encoding == types.PositionEncodingKind.Utf8:
        return 1 + (code_point > 0x7F) + (code_point > 0x7FF) + (code_point > 0xFFFF)
    if encoding == types.PositionEncodingKind.Utf16:
        return 1 + (code_point > 0xFFFF)
    return 1


def units(line: str, encoding: str) -> int:
    """How many units of an encoding a text takes."""
    if encoding == types.PositionEncodingKind.Utf32 or line.isascii():
        return len(line)
    return sum(character_units(character, encoding) for character in line)


def code_points(line: str, unit_count: int, encoding: str) -> int:
    """How many whole code points of a line fit into so many units, at most all of them."""
    if encoding == types.PositionEncodingKind.Utf32 or line.isascii():
        return min(max(unit_count, 0), len(line))
    used = 0
    for index, character in enumerate(line):
        used += character_units(character, encoding)
        if used > unit_count:
            return index
    return len(line)


@dataclass(frozen=True, slots=True)
class Positions:
    """Converts between a document's offsets and a client's positions."""

    document: text.Document
    encoding: str

    def offset(self, position: types.Position) -> int:
        """Code point offset of a client's position."""
        document = self.document
        if position.line >= document.line_count:
            return len(document.text)
        span = document.line_span(position.line)
        line = document.text[span.start : span.end]
        return span.start + code_points(line, position.character, self.encoding)

    def span(self, range_: types.Range) -> text.Span:
        """Span of a client's range; one given backwards is turned around."""
        start, end = sorted((self.offset(range_.start), self.offset(range_.end)))
        return text.Span(start, end)

    def place(self, offset: int) -> dict[str, int]:
        """Client's position of a code point offset, as JSON."""
        place = self.document.position(offset)
        start = self.document.line_starts[place.line]
        before = self.document.text[start : start + place.character]
        return {"line": place.line, "character": units(before, self.encoding)}

    def position(self, offset: int) -> types.Position:
        """Client's position of a code point offset."""
        return types.Position(**self.place(offset))

    def range(self, span: text.Span) -> types.Range:
        """Client's range of a span."""
        return types.Range(start=self.position(span.start), end=self.position(span.end))

    def text_edit(self, edit: text.Edit) -> types.TextEdit:
        """A client's edit of an edit of ours."""
        return types.TextEdit(range=self.range(edit.span), new_text=edit.new_text)
