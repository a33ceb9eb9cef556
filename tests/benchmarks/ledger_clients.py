"""Clients that book requests as fast as they are answered, or with an engine's time between."""

from __future__ import annotations

import asyncio
import random
import statistics
import threading
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.benchmarks.ledger_load import ACCOUNTS, AwaitedSide, Side


@dataclass(frozen=True)
class Round:
    """What the clients of one round saw; both lists have one time for each request.

    ``cpu_seconds``: of this process, with all its threads.
    """

    seconds: float
    cpu_seconds: float
    hold_us: list[float]
    settle_us: list[float]

    @property
    def pairs_per_second(self) -> float:
        """Requests that were held and settled."""
        return len(self.hold_us) / self.seconds


_Times = list[tuple[float, float]]


def drive(side: Side, clients: int, seconds: float) -> Round:
    """Run clients on threads for a while. No two use the same account."""
    stop = threading.Event()
    everybody = threading.Barrier(clients + 1)
    with ThreadPoolExecutor(clients) as threads:
        running = [
            threads.submit(_client, side, number, clients, everybody, stop)
            for number in range(clients)
        ]
        everybody.wait()
        started = _Clocks()
        stop.wait(seconds)
        stop.set()
        return started.round([each.result() for each in running])


def drive_tasks(
    side: AwaitedSide, clients: int, seconds: float, engine_seconds: float = 0.0
) -> Round:
    """Run clients as tasks of one event loop, as the worker's requests are.

    Between hold and settle an engine works that long on average, from half of it to half as much
    again, as answers differ.
    """
    return asyncio.run(_drive_tasks(side, clients, seconds, engine_seconds))


async def _drive_tasks(
    side: AwaitedSide, clients: int, seconds: float, engine_seconds: float
) -> Round:
    stop = threading.Event()
    started = _Clocks()
    async with asyncio.TaskGroup() as group:
        running = [
            group.create_task(_task(side, number, clients, stop, engine_seconds))
            for number in range(clients)
        ]
        asyncio.get_running_loop().call_later(seconds, stop.set)
    return started.round([each.result() for each in running])


def _client(
    side: Side,
    number: int,
    clients: int,
    everybody: threading.Barrier,
    stop: threading.Event,
) -> _Times:
    times: _Times = []
    choose = random.Random(number)
    accounts = range(number, ACCOUNTS, clients)
    everybody.wait()
    while not stop.is_set():
        account, request_id = choose.choice(accounts), uuid.uuid4().hex
        started = time.perf_counter()
        held = side.hold(account, request_id)
        hold_seconds = time.perf_counter() - started
        started = time.perf_counter()
        side.settle(account, held)
        times.append((hold_seconds, time.perf_counter() - started))
    return times


async def _task(
    side: AwaitedSide, number: int, clients: int, stop: threading.Event, engine_seconds: float
) -> _Times:
    times: _Times = []
    choose = random.Random(number)
    accounts = range(number, ACCOUNTS, clients)
    while not stop.is_set():
        account, request_id = choose.choice(accounts), uuid.uuid4().hex
        started = time.perf_counter()
        held = await side.hold_awaited(account, request_id)
        hold_seconds = time.perf_counter() - started
        if engine_seconds:
            await asyncio.sleep(engine_seconds * choose.uniform(0.5, 1.5))
        started = time.perf_counter()
        await side.settle_awaited(account, held)
        times.append((hold_seconds, time.perf_counter() - started))
    return times


class _Clocks:
    """When a round began."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def round(self, times: list[_Times]) -> Round:
        """What it was, now that it is over."""
        both = [pair for each in times for pair in each]
        return Round(
            time.perf_counter() - self._wall,
            time.process_time() - self._cpu,
            [hold * 1e6 for hold, _ in both],
            [settle * 1e6 for _, settle in both],
        )


def median_rate(rounds: Sequence[Round]) -> float:
    """Requests a second: the median of the rounds."""
    return statistics.median(each.pairs_per_second for each in rounds)
