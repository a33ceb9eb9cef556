"""Tokens do not end where somebody stops typing: a hole's answer begins before its hole.

A model has hardly seen ``infer_`` end where it ends in a half-written line, since its tokens run on
over that place. So the line's begun part is taken off the prompt, and the answer is held to write
it again, in whatever tokens; what is shown begins behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from bioql_lsp.worker.engines.model import Logits

LINE_CHARS_MAX: Final = 100
"""Of a longer line only the begun word is written again."""
_WORD_CHARS_MAX: Final = 40
_BEGUN_WORD = re.compile(rf"[A-Za-z_]\w{{0,{_WORD_CHARS_MAX}}}\Z")


def begun(prefix: str) -> str:
    """What of a hole's prefix the answer is to write again."""
    line = prefix[prefix.rfind("\n") + 1 :].lstrip(" \t")
    if len(line) <= LINE_CHARS_MAX:
        return line
    word = _BEGUN_WORD.search(line)
    return word[0] if word else ""


class Healing:
    """Holds the start of an answer to a text. Each token that is chosen is taken at once."""

    def __init__(self, pieces: Sequence[bytes], text: str) -> None:
        """``pieces``: the bytes of each token."""
        self._pieces = pieces
        self._rest = text.encode()

    def choose(self, logits: Logits, pick: Callable[[Logits], int]) -> int:
        """A token that goes on with the text, which is taken; ``logits`` are changed."""
        if self._rest:
            fits = [_after(self._rest, piece) is not None for piece in self._pieces]
            logits[: len(fits)][~np.array(fits)] = -np.inf
        token = pick(logits)
        self.take(token)
        return token

    def take(self, token: int) -> bool:
        """Go on by a token, unless it leaves the text."""
        rest = _after(self._rest, self._pieces[token])
        if rest is None:
            return False
        self._rest = rest
        return True

    def allowed_first(self, tokens: list[int]) -> list[int]:
        """The first of some guessed tokens that may come next."""
        rest = self._rest
        for count, token in enumerate(tokens):
            after = _after(rest, self._pieces[token])
            if after is None:
                return tokens[:count]
            rest = after
        return tokens


def _after(rest: bytes, piece: bytes) -> bytes | None:
    """What of a text is left behind a token; None where the token is another."""
    if not rest:
        return rest
    if piece and rest.startswith(piece):
        return rest[len(piece) :]
    return b"" if piece.startswith(rest) else None
