"""A causal model that remembers: the next token follows from every token before it.

A row that was mixed up, a part of a prompt that was not read, or one token too many: each gives
another answer.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from bioql_lsp.worker.engines.model import Logits

UNREAD = -1


class MemoryScores:
    """The scores after some histories; None for one that holds the poisoned token."""

    def __init__(self, histories: list[list[int]], vocabulary: int, poison: int | None) -> None:
        self._histories = histories
        self._vocabulary = vocabulary
        self._poison = poison

    def best(self) -> list[int | None]:
        rows = [self.of(place) for place in range(len(self._histories))]
        return [None if row is None else int(row.argmax()) for row in rows]

    def of(self, place: int) -> Logits | None:
        history = self._histories[place]
        assert UNREAD not in history, "a token was scored whose past was not read"
        if self._poison in history:
            return None
        seed = zlib.crc32(np.array(history, dtype=np.int64).tobytes())
        return np.random.default_rng(seed).normal(size=self._vocabulary).astype(np.float32)


class MemoryModel:
    """See the module's text."""

    def __init__(
        self,
        vocabulary: int,
        *,
        rows_max: int = 4,
        context_tokens_max: int = 64,
        draft_tokens_max: int = 0,
        poison: int | None = None,
    ) -> None:
        self.rows_max = rows_max
        self.context_tokens_max = context_tokens_max
        self.read_tokens_max = 7
        self.draft_tokens_max = draft_tokens_max
        self.tokens_read = 0
        self._vocabulary = vocabulary
        self._poison = poison
        self._rows = [[UNREAD] * context_tokens_max for _ in range(rows_max)]

    def read(self, row: int, start: int, tokens: Sequence[int], scored: int) -> MemoryScores:
        self.tokens_read += len(tokens)
        end = start + len(tokens)
        assert len(tokens) > 0
        assert end <= self.context_tokens_max
        memory = self._rows[row]
        memory[start:] = [*tokens, *[UNREAD] * (self.context_tokens_max - end)]
        return self._scores([memory[: end - n] for n in reversed(range(scored))])

    def step(self, tokens: Sequence[int], starts: Sequence[int]) -> MemoryScores:
        histories = []
        for row, (token, start) in enumerate(zip(tokens, starts, strict=True)):
            self._rows[row][start:] = [token, *[UNREAD] * (self.context_tokens_max - start - 1)]
            histories.append(self._rows[row][: start + 1])
        return self._scores(histories)

    def swap(self, first: int, second: int, length: int) -> None:
        one, other = self._rows[first], self._rows[second]
        one[:length], other[:length] = other[:length], one[:length]
        one[length:] = other[length:] = [UNREAD] * (self.context_tokens_max - length)

    def copy(self, source: int, target: int, length: int) -> None:
        rest = [UNREAD] * (self.context_tokens_max - length)
        self._rows[target] = self._rows[source][:length] + rest

    def _scores(self, histories: list[list[int]]) -> MemoryScores:
        return MemoryScores(histories, self._vocabulary, self._poison)
