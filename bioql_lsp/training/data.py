"""Examples as packed token sequences with a weight for each token to predict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bioql_lsp.training.corpus import Example, examples
from bioql_lsp.worker.engines.base import Infill
from bioql_lsp.worker.prompts import FENCE_CLOSE, PromptBuilder

EXAMPLE_TOKENS_MAX = 1024
INFILL_CONTEXT_WEIGHT = 0.2


@dataclass(frozen=True, slots=True)
class Batch:
    """``tokens`` has one column more than ``weights``: targets are the tokens shifted by one."""

    tokens: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float32]


def encode_example(builder: PromptBuilder, example: Example) -> tuple[list[int], list[float]]:
    """Ids of an example with the weight of each: the answer counts fully."""
    prompt = builder.build(example.task, max_new_tokens=0)
    if isinstance(example.task, Infill):
        assert builder.eot_id is not None
        answer = [*builder.encode_continuation(example.answer), builder.eot_id]
        context = INFILL_CONTEXT_WEIGHT
    else:
        answer = [*builder.encode(example.answer + FENCE_CLOSE), builder.eos_id]
        context = 0.0
    weights = [0.0, *([context] * (len(prompt) - 1)), *([1.0] * len(answer))]
    return [*prompt, *answer], weights


def batches(builder: PromptBuilder, seed: int) -> BatchStream:
    """An endless stream of packed batches of fresh examples."""
    return BatchStream(builder, examples(seed))


class BatchStream:
    """Packs examples end to end; the shape may change from batch to batch."""

    def __init__(self, builder: PromptBuilder, source: Iterator[Example]) -> None:
        self._builder = builder
        self._source = source
        self._ids: list[int] = []
        self._weights: list[float] = []

    def next(self, rows: int, columns: int) -> Batch:
        """The next ``rows`` sequences of ``columns`` predictions each."""
        need = rows * columns + 1
        while len(self._ids) < need:
            ids, weights = encode_example(self._builder, next(self._source))
            if len(ids) <= EXAMPLE_TOKENS_MAX:
                self._ids += ids
                self._weights += weights
        flat = np.array(self._ids[:need], dtype=np.int64)
        counts = np.array(self._weights[1:need], dtype=np.float32)
        del self._ids[: need - 1], self._weights[: need - 1]
        starts = np.arange(rows)[:, None] * columns
        tokens = flat[starts + np.arange(columns + 1)[None, :]]
        return Batch(tokens, counts.reshape(rows, columns))
