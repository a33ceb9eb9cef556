"""A text as runs of letters and runs of digits, and what stands between them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from bioql_lsp.analysis.knowledge.entities import without_accents

_MARKS: Final = "\u0300-\u036f"
_PIECE: Final = re.compile(rf"[^\W\d_][^\W\d_{_MARKS}]*(?:[{_MARKS}]+[^\W\d_]*)*|[0-9]+")
_BETWEEN: Final = re.compile(
    r"[-\u2010\u2011\u2013_/\[\]]"
    r"|[ \t]{1,2}"
    r"|[ \t]?\r?\n[ \t]{0,8}"
    r"|(?<=[0-9]),"
)


class _Fold(dict[int, str]):
    """Every letter as the small one without accents, one for one."""

    def __missing__(self, code: int) -> str:
        letter = unicodedata.normalize("NFD", chr(code))[0].lower()[0]
        self[code] = letter
        return letter


_FOLD: Final = _Fold()


def fold(text: str) -> str:
    """The text in small letters without accents, as long as before."""
    return text.lower() if text.isascii() else text.translate(_FOLD)


class Pieces:
    """The pieces of a text by their places."""

    def __init__(self, text: str) -> None:
        self._text = fold(text)
        self._matches = list(_PIECE.finditer(self._text))
        is_plain = self._text.isascii()
        self.words = [
            match[0] if is_plain else without_accents(match[0]) for match in self._matches
        ]

    def start(self, place: int) -> int:
        """Where a piece begins in the text."""
        return self._matches[place].start()

    def end(self, place: int) -> int:
        """Where a piece ends in the text."""
        return self._matches[place].end()

    def link(self, place: int) -> str | None:
        """What stands before a piece; None where that is more than a hyphen or a space.

        None also before the first piece and after the last.
        """
        if not 0 < place < len(self._matches):
            return None
        start, end = self.end(place - 1), self.start(place)
        if start == end:
            return ""
        is_link = end - start < 12 and _BETWEEN.fullmatch(self._text, start, end) is not None
        return self._text[start:end] if is_link else None

    def linked(self, place: int) -> str:
        """The word at a place where it hangs together with the one before, else empty."""
        return self.words[place] if self.link(place) is not None else ""
