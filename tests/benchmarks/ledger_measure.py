"""The ledger beside raw sqlite3 and on PostgreSQL: all sides in turns, in one run.

The ledger's files and the peer's are in one folder and equally durable. After a run every side's
file, the peer's too, must pass the ledger's own audit: nobody was fast by leaving something out.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import apsw

from billing.ledger import Ledger
from tests.benchmarks.ledger_clients import Round, drive, drive_tasks
from tests.benchmarks.ledger_figures import (
    SHARE_CLIENTS,
    THROUGHPUT_CLIENTS,
    Figure,
    LedgerFigures,
    Setting,
)
from tests.benchmarks.ledger_fill import fill
from tests.benchmarks.ledger_load import OURS, OURS_FROM_TASKS, OurLedger, found
from tests.benchmarks.ledger_peer import PEER, PEER_FROM_TASKS, RawLedger
from tests.support.postgres import binaries, running_postgres

ON_POSTGRESQL = "our ledger on PostgreSQL"
ROUNDS = 15
ROUND_SECONDS = 0.5
WARM_UP_SECONDS = 0.3
CLIENTS = (1, 16, 64, 256)
ENGINE_SECONDS = 0.1
SIZES = (0, 100_000, 1_000_000)
SIZE_FULL = 5_000_000
SYNCS = 200
PAGE = bytes(4096)


class Runner(NamedTuple):
    """A side, and how its clients are run for a while."""

    name: str
    run: Callable[[Setting, float], Round]


Turn = tuple[Runner, Setting]


def measure(rounds: int = ROUNDS, *, is_full: bool = False) -> LedgerFigures:
    """Measure everything; ``is_full``: with five million transactions too (5 GB of disk)."""
    turns = _Turns(rounds)
    versions = {"SQLite of apsw": apsw.sqlite_lib_version(), "of sqlite3": sqlite3.sqlite_version}
    with tempfile.TemporaryDirectory(prefix="ledger-") as name:
        folder = Path(name)
        sync_p50_us = _sync_p50_us(folder)
        throughput, shares = _empty(folder / "empty", turns, versions)
        growth = _growth(folder, (*SIZES, SIZE_FULL) if is_full else SIZES, turns)
    load = statistics.median(turns.loads)
    return LedgerFigures(versions, sync_p50_us, load, throughput, shares, growth)


class _Turns:
    """Runs sides in turns."""

    def __init__(self, rounds: int) -> None:
        self._rounds = rounds
        self.loads: list[float] = []

    def run(self, turns: Sequence[Turn]) -> list[Figure]:
        """Run all of them once a round; who comes first changes with the round."""
        seen: dict[Turn, list[Round]] = defaultdict(list)
        for runner, setting in turns:
            runner.run(setting, WARM_UP_SECONDS)
        for number in range(self._rounds):
            clients = turns[0][1].clients
            print(f"ledger: {clients} clients, round {number + 1} of {self._rounds}", flush=True)
            start = number % len(turns)
            for turn in (*turns[start:], *turns[:start]):
                runner, setting = turn
                seen[turn].append(runner.run(setting, ROUND_SECONDS))
            self.loads.append(os.getloadavg()[0])
        return [Figure.of(turn[0].name, turn[1], seen[turn]) for turn in turns]


def _empty(
    folder: Path, turns: _Turns, versions: dict[str, str]
) -> tuple[list[Figure], list[Figure]]:
    """Every side with every number of clients, from an empty ledger on; then with an engine."""
    with _files(folder, 0) as (ours, peer), ExitStack() as stack:
        runners = [
            _threads(ours),
            _threads(peer),
            Runner(OURS_FROM_TASKS, partial(_run_tasks, ours)),
            Runner(PEER_FROM_TASKS, partial(_run_tasks, peer)),
        ]
        programs = binaries()
        if programs is not None:
            versions["PostgreSQL"] = programs.parent.name
            runners.append(_threads(stack.enter_context(_postgresql())))
        throughput: list[Figure] = []
        for clients in CLIENTS:
            setting = Setting(clients)
            throughput += turns.run([(runner, setting) for runner in runners])
        share = Setting(SHARE_CLIENTS, engine_seconds=ENGINE_SECONDS)
        shares = turns.run([(runner, share) for runner in runners[2:4]])
    for side in (ours.name, peer.name):
        audit_ledger(f"sqlite:///{folder / side}")
    return throughput, shares


def _growth(folder: Path, sizes: Sequence[int], turns: _Turns) -> list[Figure]:
    """Ledgers of all sizes, and the peer on copies of them."""
    with ExitStack() as stack:
        filled: list[Turn] = []
        for transactions in sizes:
            sides = stack.enter_context(_files(folder / str(transactions), transactions))
            setting = Setting(THROUGHPUT_CLIENTS, transactions)
            filled += [(_threads(side), setting) for side in sides]
        return turns.run(filled)


def _threads(side: OurLedger | RawLedger) -> Runner:
    return Runner(side.name, partial(_run_threads, side))


def _run_threads(side: OurLedger | RawLedger, setting: Setting, seconds: float) -> Round:
    return drive(side, setting.clients, seconds)


def _run_tasks(side: OurLedger | RawLedger, setting: Setting, seconds: float) -> Round:
    return drive_tasks(side, setting.clients, seconds, setting.engine_seconds)


@contextmanager
def _files(folder: Path, transactions: int) -> Iterator[tuple[OurLedger, RawLedger]]:
    """Our ledger and the peer's copy of it, each with that many transactions already."""
    folder.mkdir()
    paths = (folder / OURS, folder / PEER)
    keys, terms = found(f"sqlite:///{paths[0]}")
    if transactions:
        print(f"ledger: filling one with {transactions:,} transactions", flush=True)
        fill(paths[0], transactions)
    shutil.copyfile(*paths)
    os.sync()
    with (
        closing(OurLedger(f"sqlite:///{paths[0]}", keys)) as ours,
        closing(RawLedger(paths[1], terms)) as peer,
    ):
        yield ours, peer


@contextmanager
def _postgresql() -> Iterator[OurLedger]:
    with running_postgres() as server, server.database() as url:
        keys, _ = found(url)
        with closing(OurLedger(url, keys, ON_POSTGRESQL)) as ours:
            yield ours
        audit_ledger(url)


def audit_ledger(url: str) -> None:
    """Raise RuntimeError where what was measured breaks a rule of the ledger."""
    with Ledger.open(url) as ledger:
        findings = ledger.audit()
    if findings:
        raise RuntimeError(f"what was measured breaks the ledger's rules: {findings[:3]}")


def _sync_p50_us(folder: Path) -> float:
    """What a commit costs at least: write a page and have the disk keep it."""
    times: list[float] = []
    with (folder / "synced").open("wb", buffering=0) as file:
        for _ in range(SYNCS):
            file.write(PAGE)
            started = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - started)
    return round(statistics.median(times) * 1e6, 1)
