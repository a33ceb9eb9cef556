"""Open brackets and strings before a place, for text that does not parse yet."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<comment>#[^\r\n]*+)"
    r"|(?P<quote>\"\"\"|'''|\"|')"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<comma>,)"
)
_LINE_END = re.compile(r"[\r\n]")
# As much of a string's inside as is certain to be inside, whatever follows the text's end.
_BODIES = {
    quote: re.compile(
        rf"(?:[^\\{quote[0]}]++|\\.|{quote[0]}(?!{quote[0] * 2}|{quote[0]}?\Z))*+", re.DOTALL
    )
    for quote in ('"""', "'''")
} | {
    quote: re.compile(rf"(?:[^\\{quote}\r\n]++|\\(?:\r\n|[^\r]|\r(?!\Z)))*+", re.DOTALL)
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


class BracketScanner:
    """Reads a text piece by piece and knows what is open after it.

    Each character is looked at once. However the text is cut, what comes out is the same.
    """

    def __init__(self, start: int = 0) -> None:
        self._offset = start
        """Where ``_held`` begins, counted as the offsets of the result are."""
        self._held = ""
        """The last one or two characters, where the next one decides how they are read."""
        self._brackets: list[tuple[str, int, list[int]]] = []
        self._quote = ""
        self._string_start = 0
        self._in_comment = False

    @property
    def depth(self) -> int:
        """How many brackets are open."""
        return len(self._brackets)

    @property
    def string_quote(self) -> str:
        """The quote of the string that is open; empty where none is."""
        return self._held if self._is_quote_held else self._quote

    @property
    def _is_quote_held(self) -> bool:
        # One quote opens a string, two are an empty one, and the third makes it a long string.
        return not self._quote and len(self._held) == 1

    def push(self, text: str) -> None:
        """Go on by a piece of text."""
        text, self._held = self._held + text, ""
        place = 0
        while place < len(text):
            if self._quote:
                place = self._pass_string(text, place)
            elif self._in_comment:
                place = self._pass_comment(text, place)
            else:
                place = self._pass_code(text, place)
        self._offset += len(text) - len(self._held)

    def result(self) -> Openness:
        """What is open now."""
        brackets = tuple(
            OpenBracket(character, offset, tuple(commas))
            for character, offset, commas in self._brackets
        )
        if not self.string_quote:
            return Openness(brackets, in_comment=self._in_comment)
        start = self._offset if self._is_quote_held else self._string_start
        return Openness(brackets, start, self.string_quote)

    def _hold(self, text: str, place: int) -> int:
        self._held = text[place:]
        return len(text)

    def _pass_string(self, text: str, place: int) -> int:
        place = _body_end(text, place, len(text), self._quote)
        after = _after_string(text, place, len(text), self._quote)
        if after is None:
            return self._hold(text, place)
        self._quote = ""
        return after

    def _pass_comment(self, text: str, place: int) -> int:
        line_end = _LINE_END.search(text, place)
        self._in_comment = line_end is None
        return len(text) if line_end is None else line_end.start()

    def _pass_code(self, text: str, place: int) -> int:
        """Go on to the end or into a string."""
        while (match := _TOKEN.search(text, place)) is not None:
            place = match.end()
            character = match[0]
            if match.lastgroup == "quote":
                left = len(text) - match.start()
                if left <= 2 and text.endswith(character * left):
                    return self._hold(text, match.start())
                self._quote, self._string_start = character, self._offset + match.start()
                return place
            if match.lastgroup == "open":
                self._brackets.append((character, self._offset + match.start(), []))
            elif match.lastgroup == "close":
                if self._brackets and _CLOSERS[self._brackets[-1][0]] == character:
                    self._brackets.pop()
            elif match.lastgroup == "comment":
                self._in_comment = place == len(text)
            elif self._brackets:
                self._brackets[-1][2].append(self._offset + match.start())
        return len(text)


def openness(text: str, start: int, end: int) -> Openness:
    """What is open at ``end``, seen from ``start``, where nothing is open."""
    scanner = BracketScanner(start)
    scanner.push(text[start:end])
    return scanner.result()


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


def string_end(text: str, start: int, end: int, quote: str) -> int | None:
    """The offset after a string's body that begins at ``start``; None where it is open at ``end``.

    A string in single quotes ends with its line at the latest.
    """
    return _after_string(text, _body_end(text, start, end, quote), end, quote)


def _body_end(text: str, start: int, end: int, quote: str) -> int:
    match = _BODIES[quote].match(text, start, end)
    assert match is not None
    return match.end()


def _after_string(text: str, body_end: int, end: int, quote: str) -> int | None:
    if text.startswith(quote, body_end, end):
        return body_end + len(quote)
    is_line_end = len(quote) == 1 and _LINE_END.match(text, body_end, end) is not None
    return body_end if is_line_end else None
