"""How likely a mark is missing, or too much, at a place in a text that is no Python."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bioql_lsp.analysis.api.load import load
from bioql_lsp.analysis.brackets import OpenBracket
from bioql_lsp.analysis.syntax import Syntax
from bioql_lsp.text import Span

_CLOSERS: Final = {"(": ")", "[": "]", "{": "}"}
_BRACKETS: Final = frozenset("()[]{}")
_ENDS: Final = frozenset(",)]}:")
_BLOCK: Final = re.compile(
    r"[ \t]*(?:async\s+)?(?:if|for|while|def|class|with|try|else|elif|except|finally|match|case)\b"
)
_LISTING: Final = re.compile(r"[ \t]*(?:for|import|from|return|del|global)\b|.*\bfor\b")
_TARGETS: Final = re.compile(r"[ \t]+\w+(?:, *\w+)*[ \t]*=[^=]")
_TYPES: Final = re.compile(r"[ \t]+(?:str|int|float|bool|dict|list|tuple|set|None|[A-Z]\w*)\b")
_LEAVES: Final = re.compile(r"[ \t]*(?:raise|return|continue|break)\b")
_USUAL: Final = (
    "append count_ops decompose depth draw dump dumps endswith extend format get get_counts items "
    "join keys load loads lower most_common plot pop read_csv read_text replace savefig size sort "
    "split startswith strip title to_csv update upper values write write_text DataFrame Path "
    "Counter"
)
_CALLABLES: Final = {*_USUAL.split(), *(name for name in dir(builtins) if name[0] != "_")}
_OWN_NAMES: Final = re.compile(r"^[ \t]*from [\w.]+ import ([\w, \t]+)|\bdef (\w+)", re.MULTILINE)
_WORD: Final = re.compile(r"\w+")
_LAST_WORD: Final = re.compile(r"\w+$")
_KEYWORD: Final = re.compile(r"[a-z_]\w+=(?!=)")
_AFTER_KEYWORD: Final = re.compile(r"[a-z_]\w+=$")
_CONDITION: Final = re.compile(r" (?:if .+ else|for .+ in) ")
_OPENS_STRING: Final = re.compile(r"(?:[(\[{=]|[,:=] |^[ \t]*|(?:^|\W)[fFrRbBuU]{1,2})$")
_OWN_LINE, _LINE_END, _BEFORE_COMMA, _ELSEWHERE = 0.0, 0.1, 1.0, 3.0
_LONGER: Final = 0.001
"""So much speaks against each character by which a string is longer."""

_FARTHER: Final = 0.0001
"""So much against each character between the mark and what the parser objects to."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A border between two tokens, and the innermost bracket that is open there."""

    at: int
    bracket: OpenBracket | None


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One mark more or less, or another indentation, with what speaks against it."""

    penalty: float
    start: int
    end: int
    new: str

    def applied(self, code: str, start: int, end: int) -> str:
        """The text between two offsets with the change."""
        return code[start : self.start] + self.new + code[self.end : end]


class Places:
    """The window of a text that is looked at, and what its places look like."""

    def __init__(self, syntax: Syntax, window: Span) -> None:
        self._code, self._window = syntax.text, window
        self._error = syntax.errors[0].span.start
        text = syntax.text[window.start : window.end]
        self._quotes = [mark for mark in "\"'" if mark in text]
        self._words = frozenset(_WORD.findall(syntax.text))
        own = (" ".join(names) for names in _OWN_NAMES.findall(syntax.text))
        self._own = frozenset(word for names in own for word in _WORD.findall(names))
        self._callables = _words_to_call() | self._own

    def missing(self, spot: Spot) -> Iterator[Change]:
        """The marks that may be missing at a place, and inside of the word behind it."""
        at = spot.at
        far = 0.1 * _FARTHER * min(abs(at - self._error), 400)
        yield from (Change(penalty + far, at, at, mark) for mark, penalty in self._marks(spot))
        word = _WORD.match(self._code, at, self._window.end)
        if word is None or _WORD.match(self._code, max(at - 1, 0), at):
            return
        yield from self._inside(at, word[0])
        if word[0][:1] in ("f", "r", "b") and word[0][1:2].isupper():
            yield from (Change(0.05, at + 1, at + 1, quote) for quote in self._quotes)

    def _inside(self, at: int, word: str) -> Iterator[Change]:
        """Brackets between two names that have become one."""
        for size in range(2, len(word) - 1):
            name, rest = word[:size], word[size:]
            is_known = rest in self._words or rest.isdigit()
            if name in self._callables:
                yield Change(0.03 if is_known else 0.45, at + size, at + size, "(")
            elif name in self._words and is_known:
                yield Change(0.05, at + size, at + size, "[")

    def _around(self, at: int) -> tuple[str, str]:
        """The line before and behind a place, as far as the window goes."""
        start = max(self._code.rfind("\n", self._window.start, at) + 1, self._window.start)
        end = self._code.find("\n", at, self._window.end)
        rest = self._code[at : end if end >= 0 else self._window.end]
        return self._code[start:at], rest.rstrip("\r")

    def _marks(self, spot: Spot) -> Iterator[tuple[str, float]]:
        line, rest = self._around(spot.at)
        if spot.bracket is not None:
            yield from self._closers(spot.bracket, spot.at, line, rest)
        yield from self._openers(line, rest)
        if line[-1:] not in ("", " ", "\t"):
            yield ",", self._comma(spot, line, rest)
            yield ":", self._colon(spot, line, rest)
        for quote in self._quotes:
            yield quote, self._quote(quote, line, rest)

    def _closers(
        self, bracket: OpenBracket, at: int, line: str, rest: str
    ) -> Iterator[tuple[str, float]]:
        closer = _CLOSERS[bracket.character]
        lead, opened = self._around(bracket.offset + 1)
        indent = lead[: len(lead) - len(lead.lstrip())]
        inside = self._code[bracket.offset + 1 : self._window.end].lstrip("\r\n")
        is_hanging = inside.startswith((f"{indent} ", f"{indent}\t")) and not opened.strip()
        is_far = self._code.find("\n", bracket.offset, at) >= 0
        if not (is_hanging and is_far):
            is_key = (
                closer == "]"
                and line[-1:] in ('"', "'")
                and (rest[:1] in ("[", ".") or rest.startswith((" for ", " if ")))
            )
            yield closer, 0.09 if is_key else self._closing(line, rest) + (0.5 if is_far else 0.0)
            return
        if not line.strip() and not rest.strip():
            yield closer, _OWN_LINE if line == indent else _LINE_END
            return
        if line == indent:
            yield f"{closer}\n{indent}", 0.5
        yield closer, 2.0 + self._closing(line, rest)

    def _closing(self, line: str, rest: str) -> float:
        if not line.strip():
            return _ELSEWHERE
        is_empty_call = line[-1] == "(" and rest[:1] in ("", ".", *_ENDS)
        spaced = 1.0 if line[-1] in " \t,([{" and not is_empty_call else 0.0
        if not rest.strip(" \t,:"):
            return _LINE_END + spaced
        if not rest.strip(" \t,:)]}") or (is_empty_call and rest[0] == "."):
            return 0.2 + spaced
        return spaced + (_BEFORE_COMMA if rest[0] in _ENDS else _ELSEWHERE)

    def _openers(self, line: str, rest: str) -> Iterator[tuple[str, float]]:
        last = line[-1:]
        if last.isalnum() or last in ("_", ")", "]"):
            yield from ((opener, self._calling(opener, line, rest)) for opener in "([")
            return
        is_first = last in ("(", "[", "{", "=") or line.endswith("= ")
        is_value = is_first or line.endswith((", ", ": ")) or not line.strip()
        for opener in "([{":
            penalty = (0.3 if is_first else 0.8 if is_value else 2.5) + 0.3 * rest.startswith(" ")
            yield opener, penalty + (1.0 if opener == "(" and not line.endswith(": ") else 0.0)

    def _calling(self, opener: str, line: str, rest: str) -> float:
        """An opening bracket right behind a word: a call, or a look-up."""
        if opener == "[":
            return 0.4 if rest[:1] in ('"', "'") or rest[:1].isdigit() else 1.5
        word = _LAST_WORD.search(line)
        is_callable = word is not None and word[0] in self._callables
        if rest[:1] == ")":
            before = line[: word.start()] if word is not None else ""
            is_method = before.endswith(".")
            is_own = word is not None and word[0] in self._own and before.endswith("(")
            is_sure = (is_method and not line.endswith(".get")) or is_own
            return (0.04 if is_sure else 0.2) if is_callable else 1.5
        return 0.4 if is_callable else 0.6

    def _comma(self, spot: Spot, line: str, rest: str) -> float:
        if spot.bracket is None and not (_LISTING.match(line) or _TARGETS.match(rest)):
            return 3.0
        return 0.5 if not rest or rest[0] in " \t" else 2.0

    def _colon(self, spot: Spot, line: str, rest: str) -> float:
        if _BLOCK.match(line) and not rest.strip() and spot.bracket is None:
            return 0.0
        if _BLOCK.match(line) and _TYPES.match(rest):
            return 0.3
        is_spaced = 0.0 if rest[:1] in (" ", "\t") else 1.0
        if spot.bracket is not None and spot.bracket.character == "{":
            inside = self._code[spot.bracket.offset + 1 : spot.at]
            return is_spaced + (1.0 if "," in inside and ":" not in inside else 0.4)
        return is_spaced + (1.0 if "lambda" in line else 3.0)

    def _quote(self, quote: str, line: str, rest: str) -> float:
        if line[-1:] == quote and rest[:1] in _ENDS | {""}:
            return 0.35
        if line[-1:] == quote or rest[:1] == quote:
            return 4.0
        is_inside = line.count(quote) % 2 == 1
        if is_inside and _CONDITION.match(rest):
            return 0.12
        if is_inside and rest[:1] in ("", *_ENDS) and line[-1:] not in (" ", "\t"):
            string = line.rpartition(quote)[2]
            is_odd = line[-1] in ",:" and len(string) > 1
            return (2.0 if is_odd else 0.1) + _LONGER * len(string)
        if is_inside or rest[:1] in (" ", "\t") or not _OPENS_STRING.search(line):
            return 2.0
        is_value = line[-1:] == "=" and not _AFTER_KEYWORD.search(line)
        is_odd = is_value or _KEYWORD.match(rest) is not None
        return (0.8 if is_odd else 0.1) + _LONGER * len(line) + _clutter(rest.partition(quote)[0])

    def surplus(self, spot: Spot) -> Iterator[Change]:
        """The change that leaves the mark at a place out."""
        at, code = spot.at, self._code
        mark = code[at : at + 1] if at < self._window.end else ""
        if mark in _BRACKETS:
            far = _FARTHER * min(abs(at - self._error), 400)
            is_double = mark in (code[max(at - 1, 0) : at], code[at + 1 : at + 2])
            yield Change((0.05 if is_double else 0.5) + far, at, at + 1, "")
        elif mark and mark in "\"',:":
            yield Change(3.0, at, at + 1, "")

    def indentations(self) -> Iterator[Change]:
        """One line moved to where its neighbours let it begin."""
        start = self._window.start
        lines = self._code[start : self._window.end].splitlines(keepends=True)
        for row, line in enumerate(lines):
            body = line.lstrip(" \t")
            own = line[: len(line) - len(body)]
            for indent, penalty in _indents(lines, row) if body.strip() else ():
                if indent != own:
                    uneven = 0.1 if len(indent.expandtabs(4)) % 4 else 0.0
                    distance = 0.01 * abs(len(indent) - len(own))
                    yield Change(penalty + uneven + distance, start, start + len(own), indent)
            start += len(line)


def _clutter(content: str) -> float:
    """What speaks against a text being the inside of one string."""
    depth, is_balanced = 0, True
    for character in content:
        depth += (character in "([{") - (character in ")]}")
        is_balanced = is_balanced and depth >= 0
    return 0.2 * content.count(", ") + (0.0 if is_balanced and not depth else 1.0)


def _indents(lines: list[str], row: int) -> Iterator[tuple[str, float]]:
    """Where a line may begin, with what speaks against it."""
    above = next((each for each in reversed(lines[:row]) if each.strip()), "")
    below = next((each for each in lines[row + 1 :] if each.strip()), "")
    indent = above[: len(above) - len(above.lstrip())]
    if above.rstrip().endswith(":"):
        yield indent + ("\t" if indent.startswith("\t") else "    "), 0.2
    leaves = _LEAVES.match(above) is not None
    yield indent, 0.4 if leaves else 0.2
    yield indent[: max(len(indent) - 4, 0)], 0.2 if leaves else 0.4
    yield below[: len(below) - len(below.lstrip())], 0.5
    yield "", 0.6


@lru_cache(maxsize=1)
def _words_to_call() -> frozenset[str]:
    """The functions and methods that are usual in programs like these."""
    found = set(_CALLABLES)
    for module in load().data["modules"].values():
        for name, entry in module.get("names", {}).items():
            if entry.get("k") in {"f", "c"}:
                found |= {name, *entry.get("m", {})}
    return frozenset(found)
