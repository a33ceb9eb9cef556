"""Language servers side by side: the same client, file and machine, their sessions in turns.

A round is one session with every server in a process of its own: start, open the file, wait for
its diagnostics, complete at one place (the next one each round). Some rounds go on: completion at
every place again and again, keys, memory. Whoever comes first changes with the round.

A completion is timed from the key that is typed before it. Servers that wait for a pause before
they lint have that pause in their times, as their users have.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice

from tests.benchmarks.files import Place, places, program, sites
from tests.benchmarks.peers import BARE, OURS, Server, prepare, servers
from tests.benchmarks.samples import (
    EDITED,
    FINDINGS,
    FIRST,
    INITIALIZE,
    LOAD,
    MACHINE,
    MEGABYTE,
    OPENED,
    PEAK,
    RESIDENT,
    USEFUL,
    WARM,
    Metric,
    Samples,
)
from tests.benchmarks.session import Session, session

ROUNDS = 30
MAIN_LINES = 1_000
OTHER_LINES = (100, 10_000)
LONG_SESSIONS = 3
# Ours has no pause, so that more keys cost nothing and the 95th percentile stands on more.
KEYS_FACTOR_OURS = 5


@dataclass(frozen=True)
class Plan:
    """How often what is measured with a file of a length."""

    lines: int
    rounds: int
    samples_per_long_session: int

    def is_long(self, number: int) -> bool:
        """Whether a round's sessions go on after the first completion."""
        return number % math.ceil(self.rounds / LONG_SESSIONS) == 0


def plans(rounds: int) -> tuple[Plan, ...]:
    """The main length gets all rounds, the others a third; all get as many warm samples."""
    samples = math.ceil(rounds / LONG_SESSIONS)
    others = max(LONG_SESSIONS, math.ceil(rounds / 3))
    return (
        Plan(MAIN_LINES, max(rounds, LONG_SESSIONS), samples),
        *(Plan(lines, others, samples) for lines in OTHER_LINES),
    )


def measure(rounds: int = ROUNDS) -> Samples:
    """Measure every server; the first session of each only fills caches."""
    prepare()
    everyone = servers()
    warm_up = Plan(OTHER_LINES[0], LONG_SESSIONS, 1)
    for server in everyone.values():
        _run(server, warm_up, 0, Samples())
    samples = Samples()
    for plan in plans(rounds):
        for number in range(plan.rounds):
            print(f"{plan.lines} lines, round {number + 1} of {plan.rounds}", flush=True)
            samples.add(MACHINE, Metric(LOAD), os.getloadavg()[0])
            for server in _in_turn([*everyone.values()], number):
                if plan.lines == MAIN_LINES or server.name != BARE:
                    _run(server, plan, number, samples)
    return samples


def _in_turn(everyone: list[Server], number: int) -> Iterator[Server]:
    start = number % len(everyone)
    return islice(cycle(everyone), start, start + len(everyone))


def _run(server: Server, plan: Plan, number: int, samples: Samples) -> None:
    """One session."""
    text = program(plan.lines)
    with session(server) as opened:
        if plan.lines == MAIN_LINES:
            samples.add_seconds(server.name, Metric(INITIALIZE), opened.initialize_s)
        if server.name == BARE:
            return
        seconds, findings = opened.open(text)
        samples.add_seconds(server.name, Metric(OPENED, plan.lines), seconds)
        samples.add(server.name, Metric(FINDINGS, plan.lines), findings)
        everywhere = places(text)
        place = everywhere[number % len(everywhere)]
        with opened.line(place):
            seconds = _complete(opened, server, plan, place, samples)
        samples.add_seconds(server.name, Metric(FIRST, plan.lines), seconds)
        samples.add_seconds(server.name, Metric(FIRST, plan.lines, place.name), seconds)
        if plan.is_long(number):
            _go_on(opened, server, plan, text, samples)


def _go_on(opened: Session, server: Server, plan: Plan, text: str, samples: Samples) -> None:
    for place in places(text):
        with opened.line(place):
            _complete(opened, server, plan, place, samples)
            for _ in range(plan.samples_per_long_session):
                seconds = _complete(opened, server, plan, place, samples)
                samples.add_seconds(server.name, Metric(WARM, plan.lines, place.name), seconds)
    factor = KEYS_FACTOR_OURS if server.name == OURS else 1
    for site in islice(cycle(sites(text)), factor * plan.samples_per_long_session):
        samples.add_seconds(server.name, Metric(EDITED, plan.lines), opened.press(site))
    memory = opened.client.memory()
    samples.add(server.name, Metric(RESIDENT, plan.lines), memory.resident_bytes / MEGABYTE)
    samples.add(server.name, Metric(PEAK, plan.lines), memory.peak_bytes / MEGABYTE)


def _complete(opened: Session, server: Server, plan: Plan, place: Place, samples: Samples) -> float:
    """Complete once and keep whether the answer has what is wanted; seconds."""
    seconds, labels = opened.complete(place)
    is_useful = any(place.wanted in label for label in labels)
    samples.add(server.name, Metric(USEFUL, plan.lines, place.name), float(is_useful))
    return seconds
