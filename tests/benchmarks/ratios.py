"""Two rates measured in turns, and their ratio."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 5


@dataclass(frozen=True)
class Result:
    """One comparison; ``ratio`` above 1 means that ours is faster."""

    what: str
    peer: str
    ours: float
    theirs: float
    unit: str
    ratio: float


def compare(
    what: str, peer: str, unit: str, ours: Callable[[], float], theirs: Callable[[], float]
) -> Result:
    """Both rates in turns, medians of ``ROUNDS``."""
    ours(), theirs()
    pairs = [(ours(), theirs()) for _ in range(ROUNDS)]
    mine, other = (statistics.median(side) for side in zip(*pairs, strict=True))
    return Result(what, peer, round(mine, 1), round(other, 1), unit, round(mine / other, 3))
