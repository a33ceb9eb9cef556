"""What was measured of the ledger, and whether it is what it has to be."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.bars import Bar
from tests.benchmarks.ledger_clients import Round, median_rate
from tests.benchmarks.ledger_load import OURS, OURS_FROM_TASKS
from tests.benchmarks.ledger_peer import PEER, PEER_FROM_TASKS
from tests.benchmarks.samples import percentile

THROUGHPUT_CLIENTS = 64
THROUGHPUT_RATIO_MIN = 0.8
FAN_INS = (("threads", OURS, PEER), ("tasks", OURS_FROM_TASKS, PEER_FROM_TASKS))
SHARE_CLIENTS = 16
SHARE_MS_MAX = 2.0
FLAT_FACTOR_MAX = 1.25


@dataclass(frozen=True)
class Setting:
    """What is measured: ``transactions`` are in the ledger before, engines run for a while."""

    clients: int
    transactions: int = 0
    engine_seconds: float = 0.0


@dataclass(frozen=True)
class Figure:
    """What clients saw of one side; a pair is the hold and the settle of a request.

    ``cpu_us_per_pair`` is this process's: the clients' too, a database server's not.
    """

    side: str
    setting: Setting
    requests: int
    pairs_per_second: float
    cpu_us_per_pair: float
    hold_p50_us: float
    hold_p99_us: float
    settle_p50_us: float
    settle_p99_us: float
    pair_p50_us: float
    pair_p99_us: float

    @classmethod
    def of(cls, side: str, setting: Setting, rounds: Sequence[Round]) -> Figure:
        """The median rate of the rounds, and the percentiles of all their requests."""
        holds = [us for each in rounds for us in each.hold_us]
        settles = [us for each in rounds for us in each.settle_us]
        pairs = [hold + settle for hold, settle in zip(holds, settles, strict=True)]
        percentiles = [
            round(value, 1)
            for values in (holds, settles, pairs)
            for value in (statistics.median(values), percentile(values, 0.99))
        ]
        rate = round(median_rate(rounds), 1)
        cpu_us = round(sum(each.cpu_seconds for each in rounds) / len(pairs) * 1e6, 1)
        return cls(side, setting, len(pairs), rate, cpu_us, *percentiles)

    @property
    def us_per_pair(self) -> float:
        """Time that a pair takes of the whole, however many clients there are."""
        return 1_000_000 / self.pairs_per_second


@dataclass(frozen=True)
class LedgerFigures:
    """One run; ``sync_p50_us`` is a bare fdatasync in the folder of the ledgers, ``load_average``
    the median of what it was after each round (with what the benchmark itself adds to it).

    ``throughput``: requests as fast as they are answered; ``shares``: with an engine's time in
    each; ``growth``: ledgers of several sizes in turns.
    """

    versions: dict[str, str]
    sync_p50_us: float
    load_average: float
    throughput: list[Figure]
    shares: list[Figure]
    growth: list[Figure]

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> LedgerFigures:
        """What ``dataclasses.asdict`` made of one."""
        throughput, shares, growth = (
            [Figure(**{**each, "setting": Setting(**each["setting"])}) for each in data[name]]
            for name in ("throughput", "shares", "growth")
        )
        return cls(
            data["versions"],
            data["sync_p50_us"],
            data["load_average"],
            throughput,
            shares,
            growth,
        )

    def bars(self) -> list[Bar]:
        """Every requirement on the ledger."""
        throughput = [_throughput(self.throughput, *sides) for sides in FAN_INS]
        shares = [_share(each) for each in self.shares if each.side == OURS_FROM_TASKS]
        return [*throughput, *shares, _growth(self.growth)]


def _find(figures: Sequence[Figure], side: str, setting: Setting) -> Figure:
    return next(each for each in figures if (each.side, each.setting) == (side, setting))


def _throughput(figures: Sequence[Figure], clients: str, our_side: str, peer: str) -> Bar:
    busy = Setting(THROUGHPUT_CLIENTS)
    ours, theirs = (_find(figures, side, busy) for side in (our_side, peer))
    ratio = ours.pairs_per_second / theirs.pairs_per_second
    return Bar(
        f"hold and settle, {THROUGHPUT_CLIENTS} {clients}",
        peer,
        ours.pairs_per_second,
        theirs.pairs_per_second,
        "pairs/s",
        round(ratio, 2),
        f"at least {THROUGHPUT_RATIO_MIN:g}x the peer's",
        ratio >= THROUGHPUT_RATIO_MIN,
    )


def _share(figure: Figure) -> Bar:
    ours_ms = figure.pair_p50_us / 1000
    engine_ms = figure.setting.engine_seconds * 1000
    return Bar(
        f"the ledger's share of a request, median, {figure.setting.clients} clients",
        "the limit",
        round(ours_ms, 3),
        SHARE_MS_MAX,
        "ms",
        round(SHARE_MS_MAX / ours_ms, 2),
        f"at most {SHARE_MS_MAX:g} ms",
        ours_ms <= SHARE_MS_MAX,
        f"the engine works {engine_ms:g} ms for each",
    )


def _growth(figures: Sequence[Figure]) -> Bar:
    """Whether a request takes as long in the fullest ledger; the peer's indexes grow too."""
    largest = max(each.setting.transactions for each in figures)
    growth, theirs = (
        _find(figures, side, Setting(THROUGHPUT_CLIENTS, largest)).us_per_pair
        / _find(figures, side, Setting(THROUGHPUT_CLIENTS)).us_per_pair
        for side in (OURS, PEER)
    )
    return Bar(
        f"growth of the time for a request from 0 to {largest:,} transactions",
        "the limit",
        round(growth, 3),
        FLAT_FACTOR_MAX,
        "times",
        round(FLAT_FACTOR_MAX / growth, 2),
        f"at most {FLAT_FACTOR_MAX:g} times",
        growth <= FLAT_FACTOR_MAX,
        f"{PEER}: {theirs:.3g} times",
    )
