"""A text cut into its top-level statements, cheaply again after every edit.

A part runs from the first line of a top-level statement (or of the comment above it) to the next
one. Cutting needs only brackets, quotes and lines that begin in column 0, so that one edit costs
the scan of the part it lies in; all other parts are taken over from the text before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bioql_lsp.analysis.brackets import string_end

_LONE_RETURN = re.compile(r"\r(?!\n)")
_TOKEN = re.compile(
    r"(?P<comment>#[^\n]*)|(?P<quote>\"\"\"|'''|\"|')|(?P<open>[(\[{])|(?P<close>[)\]}])"
    r"|(?P<line>^[^\s#])|(?P<indented>^[ \t\f]+(?=[^\s#]))",
    re.MULTILINE,
)
_WORD = re.compile(r"@|[A-Za-z_]\w*")
_GOES_ON = frozenset({"else", "elif", "except", "finally"})
# No line inside brackets can begin with one of these: whatever is open there was never closed.
_STATEMENT_ONLY = re.compile(
    r"(?:def|class|import|try|while|with|return|raise|del|global|assert|pass|async[ \t]+def)\b"
    r"|from[ \t]+[\w.]+[ \t]+import\b|@"
)
_STATEMENT_LIKE = re.compile(r"[A-Za-z_][\w.\[\]]*[ \t]*(?:=[^=]|:|\()|(?:for|if|print)\b")
_LOOKAHEAD_CHARS_MAX = 20_000
_RESTARTS_MAX = 50


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of one part. ``is_open`` where it was cut although a bracket is not closed."""

    text: str
    is_open: bool = False


def split(text: str, before: Sequence[Piece] = ()) -> list[Piece]:
    """The parts of a text, which joined give the text; those that ``before`` has are reused."""
    scanned = text if "\r" not in text else _LONE_RETURN.sub("\n", text)
    kept, start = _unchanged_head(text, before)
    tail = _Tail(text, before, kept)
    pieces = list(before[:kept])
    for begin, end, is_open in _Scanner(scanned).cuts(start):
        rest = tail.from_offset(begin)
        if rest is not None:
            return pieces + rest
        pieces.append(Piece(text[begin:end], is_open))
    return pieces


def starts_of(pieces: Sequence[Piece]) -> list[int]:
    """The offset at which each part begins, and the text's length."""
    return [0, *accumulate(len(piece.text) for piece in pieces)]


def _unchanged_head(text: str, before: Sequence[Piece]) -> tuple[int, int]:
    """How many parts at the start stay as they are, and the offset after them.

    The last of them is scanned again, because the line after a part decides where it ends; so is
    everything after an unclosed bracket.
    """
    offset = count = 0
    for piece in before:
        if piece.is_open or not text.startswith(piece.text, offset):
            break
        offset += len(piece.text)
        count += 1
    if count:
        count -= 1
        offset -= len(before[count].text)
    return count, offset


class _Tail:
    """The parts at the end that an edit left as they were."""

    def __init__(self, text: str, before: Sequence[Piece], kept: int) -> None:
        self._before = before
        offset, index = len(text), len(before)
        while index > kept and not before[index - 1].is_open:
            length = len(before[index - 1].text)
            if length > offset or not text.startswith(before[index - 1].text, offset - length):
                break
            offset, index = offset - length, index - 1
        lengths = [len(piece.text) for piece in before[index:]]
        self._starts = list(accumulate(lengths, initial=offset))[:-1] if lengths else []
        self._first = index

    def from_offset(self, offset: int) -> list[Piece] | None:
        """The old parts from an offset on, if one of them begins exactly there."""
        position = bisect_left(self._starts, offset)
        if position < len(self._starts) and self._starts[position] == offset:
            return list(self._before[self._first + position :])
        return None


@dataclass(slots=True)
class _OpenPart:
    """A part whose end is looked for: ``comment`` and ``give_up_at`` are offsets, or -1."""

    depth: int = 0
    has_statement: bool = False
    is_decorated: bool = False
    comment: int = -1
    give_up_at: int = -1


class _Scanner:
    """Finds where parts begin, from a place where nothing is open."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._restarts_left = _RESTARTS_MAX

    def cuts(self, start: int) -> Iterator[tuple[int, int, bool]]:
        """Begin and end of each part, and whether it was cut inside a bracket."""
        begin = start
        while begin < len(self._text):
            end, is_open = self._end_of_part(begin)
            self._restarts_left -= is_open
            yield begin, end, is_open
            begin = end

    def _end_of_part(self, begin: int) -> tuple[int, bool]:
        text, position = self._text, begin
        part = _OpenPart()
        while (match := _TOKEN.search(text, position)) is not None:
            position, at, kind = match.end(), match.start(), match.lastgroup
            if kind == "comment":
                if not part.depth and part.comment < 0 and self._is_column_0(at):
                    part.comment = at
                continue
            if kind == "indented":
                part.comment = -1
                continue
            if self._is_column_0(at) and (cut := self._cut_at_line(part, at)) is not None:
                return cut, part.depth > 0
            if kind == "quote":
                position = string_end(text, position, len(text), match["quote"]) or len(text)
            elif kind == "open":
                part.depth += 1
            elif kind == "close" and part.depth:
                part.depth -= 1
                part.give_up_at = -1 if not part.depth else part.give_up_at
        if part.depth and part.give_up_at >= 0:
            return part.give_up_at, True
        return len(text), part.depth > 0

    def _cut_at_line(self, part: _OpenPart, at: int) -> int | None:
        """Where the part ends, seen from a line in column 0; None where it goes on."""
        if part.depth:
            return self._cut_in_brackets(part, at)
        word = self._word(at)
        if part.has_statement and not part.is_decorated and not self._goes_on(at, word):
            return part.comment if part.comment >= 0 else at
        part.has_statement, part.is_decorated, part.comment = True, word == "@", -1
        return None

    def _cut_in_brackets(self, part: _OpenPart, at: int) -> int | None:
        """Where an open bracket is given up, seen from a line that begins inside it."""
        if _STATEMENT_ONLY.match(self._text, at):
            return part.give_up_at if part.give_up_at >= 0 else at
        if part.give_up_at < 0:
            if not _STATEMENT_LIKE.match(self._text, at):
                return None
            part.give_up_at = at
        is_far = at - part.give_up_at > _LOOKAHEAD_CHARS_MAX
        if not is_far and self._restarts_left > 0:
            return None
        return part.give_up_at

    def _is_column_0(self, at: int) -> bool:
        return at == 0 or self._text[at - 1] == "\n"

    def _word(self, at: int) -> str:
        match = _WORD.match(self._text, at)
        return match.group() if match else ""

    def _goes_on(self, at: int, word: str) -> bool:
        """Whether the line continues the statement before it."""
        if word in _GOES_ON:
            return True
        line_end = at - 2 if self._text.endswith("\r\n", 0, at) else at - 1
        return self._text.endswith("\\", 0, max(line_end, 0))
