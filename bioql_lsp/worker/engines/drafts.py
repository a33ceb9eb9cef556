"""Guesses of what comes next, from what stood after the same tokens before.

Code repeats itself: a repair copies most of what it repairs. A guess costs nothing to make and the
model checks all of it in one call, so the answer is the same and only comes sooner.
"""

from __future__ import annotations

from collections.abc import Sequence

GRAM_TOKENS = 3


class DraftBook:
    """The tokens of a prompt and its answer so far, indexed by runs of three."""

    def __init__(self, tokens: Sequence[int]) -> None:
        self._tokens: list[int] = []
        self._next_after: dict[tuple[int, ...], int] = {}
        self.extend(tokens)

    def extend(self, tokens: Sequence[int]) -> None:
        """More tokens were chosen."""
        for token in tokens:
            place = len(self._tokens)
            if place >= GRAM_TOKENS:
                self._next_after[tuple(self._tokens[place - GRAM_TOKENS :])] = place
            self._tokens.append(token)

    def guess(self, count_max: int) -> list[int]:
        """Up to ``count_max`` tokens that may come next; none where nothing is repeated."""
        place = self._next_after.get(tuple(self._tokens[-GRAM_TOKENS:]))
        return [] if place is None else self._tokens[place : place + count_max]
