"""Pure text values: positions, spans, edits and documents, all counted in code points.

Lines end where the Language Server Protocol says they do (``\\n``, ``\\r\\n``, ``\\r``) and nowhere
else: ``str.splitlines`` also cuts at form feeds and U+2028, which puts edits on the wrong line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

_LINE_END = re.compile(r"\r\n|\n|\r")


class OverlappingEditsError(ValueError):
    """Two edits of one set touch the same characters."""


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place between two characters: zero-based line and character, in code points."""

    line: int
    character: int


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code point offsets into a document: ``start <= end``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    @property
    def length(self) -> int:
        """How many code points the span covers."""
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character, or are insertions at one place."""
        if self.length == 0 and other.length == 0:
            return self.start == other.start
        return self.start < other.end and other.start < self.end

    def touches(self, other: Span) -> bool:
        """Whether the two share a character or a border."""
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace the text under ``span`` by ``new_text``."""

    span: Span
    new_text: str


@dataclass(frozen=True)
class Document:
    """One version of a text."""

    text: str
    version: int | None = None
    path: str = ""

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Offset of the first character of each line; a final line end opens one more line."""
        return (0, *(match.end() for match in _LINE_END.finditer(self.text)))

    @cached_property
    def newline(self) -> str:
        """The line end that the document uses first, or ``\\n``."""
        match = _LINE_END.search(self.text)
        return match.group() if match else "\n"

    @property
    def line_count(self) -> int:
        """Number of lines, at least 1."""
        return len(self.line_starts)

    def line_span(self, line: int) -> Span:
        """Span of a line's text without its line end. Raises IndexError for a line not there."""
        start = self.line_starts[line]
        is_last = line + 1 >= self.line_count
        end = len(self.text) if is_last else self.line_starts[line + 1]
        if not is_last:
            end -= 2 if self.text.startswith("\r\n", end - 2) and end - 2 >= start else 1
        return Span(start, end)

    def line_text(self, line: int) -> str:
        """A line's text without its line end. Raises IndexError for a line not there."""
        span = self.line_span(line)
        return self.text[span.start : span.end]

    def position(self, offset: int) -> Position:
        """Line and character of an offset; one outside the text is moved to its nearest end."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self.line_starts, offset) - 1
        return Position(line, min(offset, self.line_span(line).end) - self.line_starts[line])

    def offset(self, position: Position) -> int:
        """Offset of a position; past a line's end is the line's end, past the text its end."""
        if position.line < 0:
            return 0
        if position.line >= self.line_count:
            return len(self.text)
        span = self.line_span(position.line)
        return min(span.start + max(position.character, 0), span.end)

    def replaced(self, edit: Edit, version: int | None = None) -> Document:
        """The next version: one edit applied. Only the edited lines are looked at again."""
        start, end = edit.span.start, edit.span.end
        text = self.text[:start] + edit.new_text + self.text[end:]
        after = Document(text, version, self.path)
        if "line_starts" in self.__dict__:
            shift = len(edit.new_text) - (end - start)
            starts = self.line_starts
            # One character more on both sides: a line end may be made or split at the seam.
            first = bisect_right(starts, max(start - 1, 0)) - 1
            last = bisect_right(starts, min(end + 1, len(self.text)))
            stop = (starts[last] if last < len(starts) else len(self.text)) + shift
            lines = [match.end() for match in _LINE_END.finditer(text, starts[first], stop)]
            if last < len(starts) and lines:
                lines.pop()
            moved = [place + shift for place in starts[last:]]
            after.__dict__["line_starts"] = (*starts[: first + 1], *lines, *moved)
        return after

    def slice(self, span: Span) -> str:
        """The text under a span."""
        return self.text[span.start : span.end]


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Apply edits that were all computed for ``text``, in any order.

    Raises OverlappingEditsError where two of them touch the same characters.
    """
    ordered = sorted(edits)
    pieces: list[str] = []
    cursor = 0
    previous: Edit | None = None
    for edit in ordered:
        if previous is not None and previous.span.overlaps(edit.span):
            raise OverlappingEditsError(f"{previous} and {edit}")
        pieces += [text[cursor : edit.span.start], edit.new_text]
        cursor = edit.span.end
        previous = edit
    return "".join([*pieces, text[cursor:]])
