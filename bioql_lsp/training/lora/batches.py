"""The batches of a run: the same for the same seed and step, wherever the run is taken up again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from bioql_lsp.training.corpus.examples import Example
from bioql_lsp.training.corpus.split import Split
from bioql_lsp.training.data import Batch, Rows
from bioql_lsp.training.lora.plan import LoraPlan
from bioql_lsp.training.lora.served import as_served, corpus
from bioql_lsp.worker.prompts import PromptBuilder

Source: TypeAlias = Callable[[int, Split], Iterator[Example]]

STRETCH: Final = 50
"""So many steps draw from one seed; at most their examples are drawn again by ``--resume``."""
VALIDATION_SEED: Final = 990_001
VALIDATION_BATCHES: Final = 4
FRUITLESS_MAX: Final = 3000
"""So many examples more than tokens are drawn for a batch before it is said that none fits."""


class Batches:
    """Rows of whole examples, padded on the right with tokens that count for nothing.

    So attention needs no mask but the causal one, and no position ever sees nothing at all.
    """

    def __init__(
        self, plan: LoraPlan, builder: PromptBuilder, source: Source | None = None
    ) -> None:
        """``source`` makes the examples of a seed, where they are not the corpus's."""
        self._plan = plan
        self._builder = builder
        self._source = source or (lambda seed, split: corpus(seed, split, plan.recipes))
        self._rows: Rows | None = None
        self._next = -1
        self._drawn = 0
        self._validation: list[Batch] = []

    def of(self, step: int) -> list[Batch]:
        """The batches of a step; quick for the step behind the one that was asked for last.

        Raises ValueError where no example fits a row.
        """
        if self._rows is None or step != self._next or step % STRETCH == 0:
            self._rows = self._open(self._plan.seed * 1_000_003 + step // STRETCH, "train")
            for _ in range(step % STRETCH):
                self._take(self._rows, self._plan.accumulate)
        self._next = step + 1
        return self._take(self._rows, self._plan.accumulate)

    def validation(self) -> list[Batch]:
        """Batches of the validation part, the same each time."""
        if not self._validation:
            rows = self._open(VALIDATION_SEED, "validation")
            self._validation = self._take(rows, VALIDATION_BATCHES)
        return self._validation

    def _open(self, seed: int, split: Split) -> Rows:
        return Rows(
            self._builder, self._counted(as_served(self._source(seed, split), self._builder))
        )

    def _counted(self, source: Iterator[Example]) -> Iterator[Example]:
        most = FRUITLESS_MAX + self._plan.rows * self._plan.columns
        for example in source:
            self._drawn += 1
            if self._drawn > most:
                raise ValueError(
                    f"No example fits a row of {self._plan.columns} tokens: take more --columns."
                )
            yield example

    def _take(self, rows: Rows, count: int) -> list[Batch]:
        batches = []
        for _ in range(count):
            self._drawn = 0
            batches.append(rows.batch(self._plan.rows, self._plan.columns))
        return batches
