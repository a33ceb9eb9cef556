"""The worker beside its peers, over HTTP, in turns, in one run; then the editor's view of it.

All servers run at once, but only the one whose turn it is may work: the others are stopped by
SIGSTOP, since an idle server that polls costs the one that is measured its core. What was billed
must pass the ledger's audit in the end.
"""

from __future__ import annotations

import importlib.metadata
import os
import signal
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import worker_editor, worker_limits
from tests.benchmarks.ledger_measure import audit_ledger
from tests.benchmarks.worker_figures import Figure, Process, WorkerFigures, rate_of
from tests.benchmarks.worker_load import Seen, run
from tests.benchmarks.worker_prompts import LONG_PROMPT_TOKENS, Prompts
from tests.benchmarks.worker_sides import (
    MANY,
    Running,
    Side,
    llama_version,
    our_sides,
    peers,
    prepare,
)

PACKAGES = ("torch", "transformers", "onnxruntime")
PER_CLIENT_MAX = {1: 24, MANY: 8}


@dataclass(frozen=True)
class Plan:
    """How long it takes: ``turn_seconds`` is about what a side answers in one turn."""

    rounds: int
    turn_seconds: float
    starts: int
    editor_requests: int


FULL = Plan(rounds=7, turn_seconds=2.0, starts=7, editor_requests=100)
QUICK = Plan(rounds=2, turn_seconds=0.5, starts=2, editor_requests=60)


class _Entrant:
    """A side that runs, stopped while it is not its turn."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.running: Running = side.start()
        self.server = self.running.server
        self.started_mb = self.loaded_mb = self.server.resident_mb()
        self.per_client: dict[int, int] = {}
        self.server.signal(signal.SIGSTOP)

    @contextmanager
    def turn(self) -> Iterator[None]:
        self.server.signal(signal.SIGCONT)
        try:
            yield
        finally:
            self.server.signal(signal.SIGSTOP)


def measure(*, is_quick: bool = False) -> WorkerFigures:
    """Measure everything; quickly for a look at how it runs, not for figures."""
    plan = QUICK if is_quick else FULL
    # Servers must not outlive a run that is told to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended by a signal"))
    with tempfile.TemporaryDirectory(prefix="worker-") as name:
        folder = Path(name)
        prepare(folder)
        limits = worker_limits.measure()
        with ExitStack() as stack:
            entrants: list[_Entrant] = []
            for side in (*our_sides(folder), *peers(folder)):
                print(f"worker: starting {side.name}", flush=True)
                entrants.append(_Entrant(side))
                stack.callback(entrants[-1].server.close)
            turns = _Turns(plan, entrants)
            figures, loads = turns.run()
            processes = [_process(each, plan.starts, turns.full_mb(each)) for each in entrants]
        for entrant in entrants:
            if entrant.running.ledger_url is not None:
                audit_ledger(entrant.running.ledger_url)
    editor = worker_editor.measure(plan.editor_requests)
    load = statistics.median(loads)
    return WorkerFigures(_versions(), load, limits, figures, processes, editor)


class _Turns:
    """Runs everybody in turns, with the same prompts for all in a round."""

    def __init__(self, plan: Plan, entrants: Sequence[_Entrant]) -> None:
        self._plan = plan
        self._entrants = entrants
        self._prompts = Prompts()
        self._seen: dict[tuple[str, int], list[list[Seen]]] = defaultdict(list)

    def run(self) -> tuple[list[Figure], list[float]]:
        """The figures, and the load averages after the rounds."""
        loads: list[float] = []
        for clients in (1, MANY):
            entrants = [each for each in self._entrants if clients in each.side.clients]
            for entrant in entrants:
                self._calibrate(entrant, clients)
            for number in range(self._plan.rounds):
                rates = self._round(entrants, clients, number)
                where = f"{clients} clients, round {number + 1} of {self._plan.rounds}"
                print(f"worker: {where}, tokens/s: {rates}", flush=True)
                loads.append(os.getloadavg()[0])
        return [
            Figure.of(entrant.side.name, entrant.side.precision, clients, rounds)
            for (name, clients), rounds in self._seen.items()
            for entrant in self._entrants
            if entrant.side.name == name
        ], loads

    def full_mb(self, entrant: _Entrant) -> float | None:
        """Our worker's memory when every row has been filled; None for peers."""
        if entrant.running.ledger_url is None:
            return None
        prompts = [self._prompts.take(1, LONG_PROMPT_TOKENS) for _ in range(MANY)]
        with entrant.turn():
            run(entrant.running.load(prompts))
        return round(entrant.server.resident_mb(), 1)

    def _calibrate(self, entrant: _Entrant, clients: int) -> None:
        """Find out how many answers of each client fill a turn; it warms the side up as well."""
        warm_up = entrant.running.load([self._prompts.take(1)])
        load = entrant.running.load([self._prompts.take(1) for _ in range(clients)])
        with entrant.turn():
            run(warm_up)
            started = time.perf_counter()
            run(load)
            seconds = time.perf_counter() - started
        wanted = round(self._plan.turn_seconds / seconds)
        entrant.per_client[clients] = max(1, min(wanted, PER_CLIENT_MAX[clients]))

    def _round(self, entrants: Sequence[_Entrant], clients: int, number: int) -> str:
        """Give everybody a turn; what came of it, in words."""
        most = max(entrant.per_client[clients] for entrant in entrants)
        prompts = [self._prompts.take(most) for _ in range(clients)]
        start = number % len(entrants)
        for entrant in (*entrants[start:], *entrants[:start]):
            count = entrant.per_client[clients]
            load = entrant.running.load([each[:count] for each in prompts])
            warm_up = entrant.running.load([self._prompts.take(1)])
            with entrant.turn():
                run(warm_up)
                self._seen[entrant.side.name, clients].append(run(load))
            entrant.loaded_mb = entrant.server.resident_mb()
        names = (entrant.side.name for entrant in entrants)
        return ", ".join(f"{name} {rate_of(self._seen[name, clients][-1]):.0f}" for name in names)


def _process(entrant: _Entrant, starts: int, full_mb: float | None) -> Process:
    """Ours is started again some times; of a peer, which is here to compare, one start will do."""
    ready, memory = [entrant.server.ready_seconds], [entrant.started_mb]
    while entrant.running.ledger_url is not None and len(ready) < starts:
        again = _Entrant(entrant.side)
        again.server.close()
        ready.append(again.server.ready_seconds)
        memory.append(again.started_mb)
    return Process(
        entrant.side.name,
        len(ready),
        round(statistics.median(ready), 3),
        round(statistics.median(memory), 1),
        round(entrant.loaded_mb, 1),
        full_mb,
    )


def _versions() -> dict[str, str]:
    packages = {name: importlib.metadata.version(name) for name in PACKAGES}
    return {**packages, "llama.cpp": llama_version()}
