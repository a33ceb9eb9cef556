"""What was measured of the worker and its peers, and whether it is what it has to be."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tests.benchmarks.bars import Bar
from tests.benchmarks.samples import percentile
from tests.benchmarks.worker_editor_figures import EditorFigure
from tests.benchmarks.worker_limits import Bandwidth, Limits
from tests.benchmarks.worker_load import Seen
from tests.benchmarks.worker_sides import GENERATE, MANY, NEAREST, ONE, OURS, SERVE

FIRST_MS_MAX = 20.0
READY_SECONDS_MAX = 1.5
RESIDENT_MB_MAX = 250.0
THE_LIMIT = "the limit"


@dataclass(frozen=True)
class Figure:
    """What a number of clients saw of one side, each with one request at a time.

    ``tokens_per_second``: of all answers together, the median of the rounds; times to the first
    text: of all requests of all rounds.
    """

    side: str
    precision: str
    clients: int
    requests: int
    tokens_per_second: float
    tokens_per_answer: float
    first_p50_ms: float
    first_p95_ms: float

    @classmethod
    def of(cls, side: str, precision: str, clients: int, rounds: Sequence[list[Seen]]) -> Figure:
        """The figure of some rounds."""
        everything = [seen for each in rounds for seen in each]
        first_ms = [seen.first_seconds * 1000 for seen in everything]
        return cls(
            side,
            precision,
            clients,
            len(everything),
            round(statistics.median(map(rate_of, rounds)), 1),
            round(statistics.fmean(seen.tokens for seen in everything), 1),
            round(statistics.median(first_ms), 2),
            round(percentile(first_ms, 0.95), 2),
        )


@dataclass(frozen=True)
class Process:
    """A side's process: seconds until it was ready, and its resident memory in MB.

    ``starts``: how many starts the median is of; ``loaded_mb`` after all rounds, ``full_mb`` after
    16 answers to prompts that fill the context (ours alone).
    """

    side: str
    starts: int
    ready_seconds: float
    started_mb: float
    loaded_mb: float
    full_mb: float | None = None


@dataclass(frozen=True)
class WorkerFigures:
    """One run; ``load_average`` is the median after each round, with what the run adds to it."""

    versions: dict[str, str]
    load_average: float
    limits: Limits
    figures: list[Figure]
    processes: list[Process]
    editor: list[EditorFigure]

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> WorkerFigures:
        """What ``dataclasses.asdict`` made of one."""
        limits = data["limits"]
        return cls(
            data["versions"],
            data["load_average"],
            Limits(limits["weights_count"], Bandwidth(**limits["bandwidth"])),
            [Figure(**each) for each in data["figures"]],
            [Process(**each) for each in data["processes"]],
            [EditorFigure(**each) for each in data["editor"]],
        )

    def bars(self) -> list[Bar]:
        """Every requirement on the worker as shipped."""
        nearest = NEAREST[self._figure(OURS, ONE).precision]
        return [
            self._factor(ONE, GENERATE, 5.0),
            self._factor(MANY, GENERATE, 8.0),
            self._factor(MANY, SERVE, 3.0),
            self._factor(ONE, self._fastest(ONE, nearest), 0.5),
            self._factor(MANY, self._fastest(MANY, nearest), 0.3),
            *self._limits(),
        ]

    def _figure(self, side: str, clients: int) -> Figure:
        wanted = (side, clients)
        return next(each for each in self.figures if (each.side, each.clients) == wanted)

    def _fastest(self, clients: int, sides: Sequence[str]) -> str:
        return max(sides, key=lambda side: self._figure(side, clients).tokens_per_second)

    def _factor(self, clients: int, peer: str, factor: float) -> Bar:
        ours, theirs = (self._figure(side, clients).tokens_per_second for side in (OURS, peer))
        ratio = ours / theirs
        what = f"tokens a second, {clients} client{'s' if clients > 1 else ''}"
        wanted = f"at least {factor:g}x the peer's"
        return Bar(what, peer, ours, theirs, "tokens/s", round(ratio, 2), wanted, ratio >= factor)

    def _limits(self) -> list[Bar]:
        process = next(each for each in self.processes if each.side == OURS)
        first_ms = self._figure(OURS, ONE).first_p50_ms
        resident_mb = max(process.started_mb, process.loaded_mb)
        return [
            _at_most("time to first token, 1 client, median", first_ms, FIRST_MS_MAX, "ms"),
            _at_most("process start to ready", process.ready_seconds, READY_SECONDS_MAX, "s"),
            replace(
                _at_most("resident memory", resident_mb, RESIDENT_MB_MAX, "MB"),
                note=f"with 16 full contexts {process.full_mb:,.0f} MB" if process.full_mb else "",
            ),
        ]


def rate_of(seen: Sequence[Seen]) -> float:
    """Tokens a second from the first request to the last answer."""
    seconds = max(each.ended_at for each in seen) - min(each.sent_at for each in seen)
    return sum(each.tokens for each in seen) / seconds


def _at_most(what: str, ours: float, limit: float, unit: str) -> Bar:
    wanted = f"at most {limit:g} {unit}"
    return Bar(what, THE_LIMIT, ours, limit, unit, round(limit / ours, 2), wanted, ours <= limit)
