"""What was measured: samples by server, metric and file length, and their summaries."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from dataclasses import dataclass

INITIALIZE = "process start to initialize"
OPENED = "open to first diagnostics"
FIRST = "first completion after opening"
WARM = "completion, warm"
EDITED = "key to diagnostics"
RESIDENT = "memory at the end"
PEAK = "memory, peak"
FINDINGS = "diagnostics in the file"
USEFUL = "has what is wanted"
LOAD = "load average"

MACHINE = "machine"
MEGABYTE = 1_000_000
UNITS = {RESIDENT: "MB", PEAK: "MB", FINDINGS: "count", USEFUL: "share", LOAD: "processes"}


@dataclass(frozen=True)
class Metric:
    """One thing measured; ``place`` where a completion is meant, no ``lines`` where any file."""

    name: str
    lines: int | None = None
    place: str | None = None

    @property
    def unit(self) -> str:
        """The unit of the samples."""
        return UNITS.get(self.name, "ms")


@dataclass(frozen=True)
class Summary:
    """A server's samples of one metric."""

    server: str
    name: str
    place: str | None
    lines: int | None
    unit: str
    count: int
    median: float
    p95: float


class Samples:
    """All samples of a run."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, Metric], list[float]] = defaultdict(list)

    def add(self, server: str, metric: Metric, value: float) -> None:
        """Keep one sample, in the metric's unit."""
        self._values[server, metric].append(value)

    def add_seconds(self, server: str, metric: Metric, seconds: float) -> None:
        """Keep one duration, in milliseconds."""
        self.add(server, metric, seconds * 1000)

    def summaries(self) -> list[Summary]:
        """Every metric of every server, in the order in which they were first measured."""
        return [
            Summary(
                server,
                metric.name,
                metric.place,
                metric.lines,
                metric.unit,
                len(values),
                round(statistics.median(values), 3),
                round(percentile(values, 0.95), 3),
            )
            for (server, metric), values in self._values.items()
        ]


def percentile(values: list[float], share: float) -> float:
    """The smallest value that at least this share of the values doesn't exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
