"""Many clients for a while, a third of them leaving at random: nothing leaks, all is booked.

``BIOQL_SOAK_SECONDS`` says for how long (40 if nothing does); ``pytest -s`` shows the figures.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import httpx
import pytest

from billing.ledger import Ledger
from tests.benchmarks.samples import percentile
from tests.benchmarks.worker_process import Account, WorkerServer, new_accounts, scrape
from tests.worker.soak_requests import LEFT, Ask, draw
from tests.worker.support import wait_until

SECONDS = float(os.environ.get("BIOQL_SOAK_SECONDS", "40"))
CLIENTS = 16
ACCOUNTS = 4
WARM_UP_SHARE = 0.3
REQUEST_SECONDS_MAX = 30.0
QUEUE_P99_SECONDS_MAX = 2.56
"""A border of the histogram that the worker keeps."""
# A request that ended is remembered for ten minutes, but never more of them than this.
REMEMBERED_MAX = 4096
KB_PER_REMEMBERED = 8.0
NOISE_MB = 12.0
SPARE = 32
"""Files and threads that the process may have more than at its start; requests are hundreds."""


@dataclass
class Seen:
    """What the clients saw, and the process's memory while they did."""

    outcomes: Counter[str] = field(default_factory=Counter)
    unexpected: list[str] = field(default_factory=list)
    first_seconds: list[float] = field(default_factory=list)
    memory: list[tuple[float, float, int]] = field(default_factory=list)
    """Seconds since the start, resident MB, requests so far."""

    @property
    def requests(self) -> int:
        return sum(self.outcomes.values())


@pytest.fixture
def accounts(tmp_path: Path) -> list[Account]:
    return new_accounts(tmp_path, ACCOUNTS)


@pytest.fixture
def worker(tmp_path: Path, accounts: list[Account]) -> Iterator[WorkerServer]:
    worker = WorkerServer(tmp_path, accounts[0].ledger_url)
    try:
        yield worker
    finally:
        worker.server.close()


@pytest.mark.heavy
@pytest.mark.timeout(SECONDS + 120)
def test_many_clients_of_whom_a_third_leave(worker: WorkerServer, accounts: list[Account]) -> None:
    before = files_and_threads(worker)
    seen = Seen()
    asyncio.run(soak(worker, accounts, seen))
    with Ledger.open(accounts[0].ledger_url) as ledger:
        wait_until(lambda: not ledger.open_holds())
        report(worker, ledger, seen)
        assert ledger.audit() == []
        assert {ledger.balance(account.email).held_nano_usd for account in accounts} == {0}
        figures = scrape(worker.url)
        assert engine_seconds(ledger) <= figures["bioql_engine_busy_seconds_total"]
    assert seen.unexpected == []
    assert 0.2 < seen.outcomes[LEFT] / seen.requests < 0.45
    assert seen.outcomes["200"] > SECONDS
    assert figures["bioql_num_requests_running"] == figures["bioql_num_requests_waiting"] == 0
    assert queue_p99_seconds(figures) <= QUEUE_P99_SECONDS_MAX
    assert memory_growth_mb(seen) <= memory_growth_mb_max(seen)
    after = files_and_threads(worker)
    assert max(now - then for now, then in zip(after, before, strict=True)) <= SPARE
    answer = httpx.post(
        f"{worker.url}/v1/generate",
        json={"instruction": "make a bell state on ibm torino"},
        headers=accounts[0].headers,
        timeout=REQUEST_SECONDS_MAX,
    )
    assert (answer.status_code, answer.json()["verified"]) == (200, True)
    assert worker.server.close() == 0


async def soak(worker: WorkerServer, accounts: list[Account], seen: Seen) -> None:
    """Run the clients, and look at the memory once a second."""
    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(SECONDS, stop.set)
    async with asyncio.TaskGroup() as group:
        group.create_task(watch(worker, seen, stop))
        for number in range(CLIENTS):
            account = accounts[number % len(accounts)]
            group.create_task(client(worker.url, account, Random(number), seen, stop))


async def watch(worker: WorkerServer, seen: Seen, stop: asyncio.Event) -> None:
    started = time.monotonic()
    while not stop.is_set():
        at = time.monotonic() - started
        seen.memory.append((at, worker.server.resident_mb(), seen.requests))
        await asyncio.sleep(1.0)


async def client(url: str, account: Account, rng: Random, seen: Seen, stop: asyncio.Event) -> None:
    async with httpx.AsyncClient(
        base_url=url, headers=account.headers, timeout=REQUEST_SECONDS_MAX
    ) as http:
        while not stop.is_set():
            await note(draw(rng, account.key), http, seen)


async def note(ask: Ask, http: httpx.AsyncClient, seen: Seen) -> None:
    ended = await ask.send(http)
    seen.outcomes[ended.word] += 1
    if ended.problem is not None:
        seen.unexpected.append(f"{ask.path}: {ended.problem}")
    if ended.first_seconds is not None:
        seen.first_seconds.append(ended.first_seconds)


def files_and_threads(worker: WorkerServer) -> tuple[int, int]:
    """How many files and sockets the process has open, and how many threads it runs."""
    process = Path(f"/proc/{worker.server.process.pid}")
    return len(list((process / "fd").iterdir())), len(list((process / "task").iterdir()))


def engine_seconds(ledger: Ledger) -> float:
    """Engine time of all requests that are booked, charged or not."""
    return sum(line.figures.engine_us for line in ledger.usage()) / 1e6


def queue_p99_seconds(figures: dict[str, float]) -> float:
    """The border below which 99 of 100 requests waited."""
    name = "bioql_request_queue_time_seconds"
    wanted = 0.99 * figures[f"{name}_count"]
    borders = {
        float(key.partition('le="')[2].partition('"')[0]): count
        for key, count in figures.items()
        if key.startswith(f"{name}_bucket")
    }
    return min(border for border, count in borders.items() if count >= wanted)


def memory_growth_mb(seen: Seen) -> float:
    """How much the process grew after the warm-up, by a straight line through all readings."""
    after = [each for each in seen.memory if each[0] >= WARM_UP_SHARE * SECONDS]
    line = statistics.linear_regression([each[0] for each in after], [each[1] for each in after])
    return line.slope * (after[-1][0] - after[0][0])


def memory_growth_mb_max(seen: Seen) -> float:
    """What it may have grown: by requests that it remembers, and by noise."""
    first = next(each for each in seen.memory if each[0] >= WARM_UP_SHARE * SECONDS)
    remembered = min(seen.requests, REMEMBERED_MAX) - min(first[2], REMEMBERED_MAX)
    return NOISE_MB + remembered * KB_PER_REMEMBERED / 1000


def report(worker: WorkerServer, ledger: Ledger, seen: Seen) -> None:
    """Print what was seen."""
    figures = scrape(worker.url)
    busy = figures["bioql_engine_busy_seconds_total"]
    charged = figures["bioql_engine_billed_seconds_total"]
    first_ms = [seconds * 1000 for seconds in seen.first_seconds]
    resident = [each[1] for each in seen.memory]
    print(
        f"\nsoak: {SECONDS:g} s, {CLIENTS} clients, {seen.requests} requests: {dict(seen.outcomes)}"
        f"\n  engine: busy {busy:.2f} s, booked {engine_seconds(ledger):.2f} s,"
        f" charged {charged:.2f} s"
        f"\n  queue p99 <= {queue_p99_seconds(figures):g} s; first text p50"
        f" {statistics.median(first_ms):.0f} ms, p99 {percentile(first_ms, 0.99):.0f} ms"
        f"\n  memory {resident[0]:.0f} MB, {max(resident):.0f} MB at most, {resident[-1]:.0f} MB"
        f" at the end; growth {memory_growth_mb(seen):.1f} MB of"
        f" {memory_growth_mb_max(seen):.1f} MB allowed"
    )
