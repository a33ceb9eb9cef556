"""Open brackets and strings before a place, for text that does not parse yet."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<comment>#[^\r\n]*)"
    r"|(?P<prefix>\b[rRbBuUfFtT]{1,2}(?=[\"'])|(?=[\"']))(?P<quote>\"\"\"|'''|\"|')"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<comma>,)"
)
_ENDS = {
    quote: re.compile(rf"(?:[^\\{quote[0]}]|\\.|{quote[0]}(?!{quote[0] * 2}))*{quote}", re.DOTALL)
    for quote in ('"""', "'''")
}
_LINE_ENDS = {
    quote: re.compile(rf"(?:[^\\{quote}\r\n]|\\(?:\r\n|.))*(?P<end>{quote})?", re.DOTALL)
    for quote in ('"', "'")
}
_CLOSERS = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class OpenBracket:
    """A bracket that is still open, and where the commas directly inside it are."""

    character: str
    offset: int
    commas: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Openness:
    """What is open at the end of a text: brackets, outermost first, and perhaps a string."""

    brackets: tuple[OpenBracket, ...]
    string_start: int | None = None
    string_quote: str = ""
    in_comment: bool = False

    @property
    def closers(self) -> str:
        """The text that closes everything."""
        brackets = "".join(_CLOSERS[b.character] for b in reversed(self.brackets))
        return ("\n" if self.in_comment else "") + self.string_quote + brackets


def openness(text: str, start: int, end: int) -> Openness:
    """What is open at ``end``, seen from ``start``, where nothing is open."""
    stack: list[tuple[str, int, list[int]]] = []
    position = start
    while (match := _TOKEN.search(text, position, end)) is not None:
        position = match.end()
        if match["comment"] is not None:
            if position == end:
                return _result(stack, in_comment=True)
        elif match["quote"] is not None:
            quote = match["quote"]
            after = string_end(text, position, end, quote)
            if after is None:
                return _result(stack, position - len(quote), quote)
            position = after
        elif match["open"] is not None:
            stack.append((match["open"], match.start(), []))
        elif match["close"] is not None:
            if stack and _CLOSERS[stack[-1][0]] == match["close"]:
                stack.pop()
        elif stack:
            stack[-1][2].append(match.start())
    return _result(stack)


def segments_after(text: str, start: int, end: int) -> list[str]:
    """The comma-separated pieces from ``start`` to the end of the bracket around it."""
    pieces: list[str] = []
    depth, position, piece_start = 0, start, start
    while (match := _TOKEN.search(text, position, end)) is not None:
        position = match.end()
        if match["quote"] is not None:
            after = string_end(text, position, end, match["quote"])
            if after is None:
                return pieces
            position = after
        elif match["open"] is not None:
            depth += 1
        elif match["close"] is not None:
            depth -= 1
            if depth < 0:
                return [*pieces, text[piece_start : match.start()]]
        elif match["comma"] is not None and depth == 0:
            pieces.append(text[piece_start : match.start()])
            piece_start = position
    return pieces


def _result(
    stack: list[tuple[str, int, list[int]]],
    string_start: int | None = None,
    quote: str = "",
    *,
    in_comment: bool = False,
) -> Openness:
    brackets = tuple(OpenBracket(c, offset, tuple(commas)) for c, offset, commas in stack)
    return Openness(brackets, string_start, quote, in_comment)


def string_end(text: str, start: int, end: int, quote: str) -> int | None:
    """The offset after a string's body that begins at ``start``; None where it is open at ``end``.

    A string in single quotes ends with its line at the latest.
    """
    if quote in _ENDS:
        match = _ENDS[quote].match(text, start, end)
        return match.end() if match else None
    match = _LINE_ENDS[quote].match(text, start, end)
    assert match is not None
    if match["end"] is None and match.end() >= end:
        return None
    return match.end()
