"""How long an editor waits for an inline completion."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks.samples import percentile


@dataclass(frozen=True)
class EditorFigure:
    """Times from the last key to the answer, in ms, of the answers that suggest something.

    ``requests``: how often was typed and waited; ``suggested``: how often text came back.
    """

    what: str
    requests: int
    suggested: int
    p50_ms: float
    p95_ms: float

    @classmethod
    def of(cls, what: str, requests: int, suggested_ms: Sequence[float]) -> EditorFigure:
        """The figure of one kind of session. Raises RuntimeError where nothing was suggested."""
        if not suggested_ms:
            raise RuntimeError(f"{what}: no request of {requests} was given a suggestion")
        times = list(suggested_ms)
        p50_ms, p95_ms = statistics.median(times), percentile(times, 0.95)
        return cls(what, requests, len(times), round(p50_ms, 1), round(p95_ms, 1))
