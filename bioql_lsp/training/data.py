"""Examples as rows of tokens with a weight for each token to predict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from bioql_lsp.training.corpus.examples import Example
from bioql_lsp.worker.engines.base import Infill
from bioql_lsp.worker.prompts import FENCE_CLOSE, PromptBuilder
from bioql_lsp.worker.standins import answer_with_standins

INFILL_CONTEXT_WEIGHT: Final = 0.1
POOL: Final = 48
"""So many examples wait for a row that they fit in."""

Encoded: TypeAlias = tuple[list[int], list[float]]


@dataclass(frozen=True, slots=True)
class Batch:
    """``tokens`` (rows, columns + 1) and, for each token but the first, its ``weights``."""

    tokens: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float32]


def encode_example(builder: PromptBuilder, example: Example) -> Encoded:
    """Ids of an example with the weight of each: the answer counts fully.

    Raises PromptTooLongError.
    """
    built = builder.build(example.task, max_new_tokens=0)
    prompt, text = built.ids, answer_with_standins(example.answer, built.copies)
    if isinstance(example.task, Infill):
        assert builder.eot_id is not None
        answer = [*builder.encode_continuation(text), builder.eot_id]
        context = INFILL_CONTEXT_WEIGHT
    else:
        answer = [*builder.encode_continuation(text + FENCE_CLOSE), builder.eos_id]
        context = 0.0
    weights = [0.0, *([context] * (len(prompt) - 1)), *([1.0] * len(answer))]
    return [*prompt, *answer], weights


class Rows:
    """Packs whole examples into rows; an example that is longer than a row is left out."""

    def __init__(self, builder: PromptBuilder, source: Iterator[Example]) -> None:
        self._builder = builder
        self._source = source
        self._pool: list[Encoded] = []
        self.dropped = 0

    def batch(self, rows: int, columns: int) -> Batch:
        """The next ``rows`` rows of ``columns`` predictions each."""
        packed = [self._row(columns + 1) for _ in range(rows)]
        tokens = np.array([ids for ids, _ in packed], dtype=np.int64)
        weights = np.array([counts[1:] for _, counts in packed], dtype=np.float32)
        return Batch(tokens, weights)

    def _row(self, size: int) -> Encoded:
        ids: list[int] = []
        weights: list[float] = []
        while (chosen := self._that_fits(size - len(ids), size)) is not None:
            ids += chosen[0]
            weights += chosen[1]
        rest = size - len(ids)
        return ids + [self._builder.eos_id] * rest, weights + [0.0] * rest

    def _that_fits(self, room: int, size: int) -> Encoded | None:
        """The oldest example that fits; where the row is nearly full, the longest that does."""
        self._fill_pool(size)
        fitting = [i for i, (ids, _) in enumerate(self._pool) if len(ids) <= room]
        if not fitting:
            return None
        if room > size // 2:
            return self._pool.pop(fitting[0])
        return self._pool.pop(max(fitting, key=lambda i: len(self._pool[i][0])))

    def _fill_pool(self, size: int) -> None:
        self._pool = [encoded for encoded in self._pool if len(encoded[0]) <= size]
        while len(self._pool) < POOL:
            encoded = encode_example(self._builder, next(self._source))
            if len(encoded[0]) <= size:
                self._pool.append(encoded)
            else:
                self.dropped += 1
