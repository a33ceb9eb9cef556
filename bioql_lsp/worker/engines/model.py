"""What a causal language model must do for ``batch``: read tokens into rows and score the next.

A model owns the keys and values of ``rows_max`` rows of ``context_tokens_max`` tokens. It does not
know what stands in them: positions come with every call, and what a row holds at and behind the
position that is written is forgotten. A row of which a score was NaN or infinite holds nothing that
can be relied on any more; the other rows are unharmed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

Logits: TypeAlias = npt.NDArray[np.float32]


class Scores(Protocol):
    """Scores of the next token at several places; tokens that no answer may hold are out."""

    def best(self) -> list[int | None]:
        """The best token at each place; None where a score of the model is NaN or infinite."""
        ...

    def of(self, place: int) -> Logits | None:
        """Scores (vocabulary,) at one place, -inf for forbidden tokens; None as above."""
        ...


class CausalModel(Protocol):
    """Called by one thread."""

    rows_max: int
    context_tokens_max: int
    read_tokens_max: int
    """How much of a prompt is read in one step, so that others do not wait long."""
    draft_tokens_max: int
    """How many guessed tokens are worth checking in one call; 0 where guessing does not pay."""

    def read(self, row: int, start: int, tokens: Sequence[int], scored: int) -> Scores:
        """Read tokens into a row at ``start`` and behind; scores after the last ``scored``."""
        ...

    def step(self, tokens: Sequence[int], starts: Sequence[int]) -> Scores:
        """Read one token into each of the first ``len(tokens)`` rows; scores after each."""
        ...

    def swap(self, first: int, second: int, length: int) -> None:
        """Exchange what two rows hold at their first ``length`` positions."""
        ...

    def copy(self, source: int, target: int, length: int) -> None:
        """Copy what a row holds at its first ``length`` positions to another row."""
        ...
