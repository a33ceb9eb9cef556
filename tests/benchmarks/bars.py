"""What the figures have to be, and whether they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tests.benchmarks.files import SIZES
from tests.benchmarks.peers import BARE, BASEDPYRIGHT, JEDI, OURS, PEERS, PYLSP
from tests.benchmarks.samples import (
    EDITED,
    FIRST,
    INITIALIZE,
    PEAK,
    RESIDENT,
    USEFUL,
    WARM,
    Summary,
)

FACTOR_MIN = 20.0
START_FACTOR_MAX = 1.3
EDIT_MS_MAX = 10.0
EDIT_LINES = 1_000
MEMORY_MB_MAX = 120.0
NOTHING_OFFERED = "the peer offers nothing here"
WARM_FACTORS = {JEDI: FACTOR_MIN, PYLSP: FACTOR_MIN, BASEDPYRIGHT: 1.0}


@dataclass(frozen=True)
class Bar:
    """One requirement with both figures; ``ratio`` above 1 means that ours is the smaller one."""

    what: str
    peer: str
    ours: float
    theirs: float
    unit: str
    ratio: float
    wanted: str
    is_met: bool
    note: str = ""


class _Figures:
    """Summaries by server, metric, length and place."""

    def __init__(self, summaries: Sequence[Summary]) -> None:
        self._known = {(s.server, s.name, s.lines, s.place): s for s in summaries}

    def median(self, server: str, name: str, lines: int | None, place: str | None = None) -> float:
        return self._known[server, name, lines, place].median

    def p95(self, server: str, name: str, lines: int) -> float:
        return self._known[server, name, lines, None].p95

    def places(self) -> list[str]:
        """The places of completion."""
        return list(dict.fromkeys(place for _, name, _, place in self._known if place))


def judge(summaries: Sequence[Summary]) -> list[Bar]:
    """Every requirement, in the order of a session."""
    figures = _Figures(summaries)
    return [
        _at_most(
            "start to initialize",
            BARE,
            figures.median(OURS, INITIALIZE, None),
            figures.median(BARE, INITIALIZE, None),
            START_FACTOR_MAX,
        ),
        *_first_completions(figures),
        *_warm_completions(figures),
        *_edits(figures),
        *_memory(figures),
    ]


def _first_completions(figures: _Figures) -> Iterator[Bar]:
    for lines in SIZES:
        for peer in PEERS:
            ours, theirs = (figures.median(server, FIRST, lines) for server in (OURS, peer))
            yield _at_least(f"first completion, {lines:,} lines", peer, ours, theirs, FACTOR_MIN)


def _warm_completions(figures: _Figures) -> Iterator[Bar]:
    for place in figures.places():
        for lines in SIZES:
            for peer, factor in WARM_FACTORS.items():
                what = f"completion, warm, {place}, {lines:,} lines"
                ours, theirs = (
                    figures.median(server, WARM, lines, place) for server in (OURS, peer)
                )
                bar = _at_least(what, peer, ours, theirs, factor)
                is_useful = figures.median(peer, USEFUL, lines, place) > 0
                yield bar if is_useful else replace(bar, note=NOTHING_OFFERED)


def _edits(figures: _Figures) -> Iterator[Bar]:
    for lines in SIZES:
        for peer in PEERS:
            ours, theirs = (figures.median(server, EDITED, lines) for server in (OURS, peer))
            yield _at_least(f"key to diagnostics, {lines:,} lines", peer, ours, theirs, FACTOR_MIN)
    slowest = figures.p95(OURS, EDITED, EDIT_LINES)
    what = f"key to diagnostics, {EDIT_LINES:,} lines, 95th percentile"
    yield _limit(what, slowest, EDIT_MS_MAX, "ms")
    short, long = EDIT_LINES, SIZES[-1]
    growth = figures.median(OURS, EDITED, long) / figures.median(OURS, EDITED, short)
    what = f"growth of key to diagnostics from {short:,} to {long:,} lines"
    yield _limit(what, growth, long / short, "times")


def _memory(figures: _Figures) -> Iterator[Bar]:
    for name in (RESIDENT, PEAK):
        for lines in SIZES:
            what = f"{name}, {lines:,} lines"
            yield _limit(what, figures.median(OURS, name, lines), MEMORY_MB_MAX, "MB")


def _at_least(what: str, peer: str, ours: float, theirs: float, factor: float) -> Bar:
    words = f"{factor:g}x faster" if factor > 1 else "not slower"
    ratio = theirs / ours
    return Bar(what, peer, ours, theirs, "ms", round(ratio, 2), words, ratio >= factor)


def _at_most(what: str, peer: str, ours: float, theirs: float, factor: float) -> Bar:
    ratio, words = theirs / ours, f"at most {factor:g}x the peer's"
    return Bar(what, peer, ours, theirs, "ms", round(ratio, 2), words, ours <= factor * theirs)


def _limit(what: str, ours: float, limit: float, unit: str) -> Bar:
    ratio = limit / ours
    words = f"below {limit:g} {unit}"
    return Bar(what, "the limit", round(ours, 3), limit, unit, round(ratio, 2), words, ours < limit)
