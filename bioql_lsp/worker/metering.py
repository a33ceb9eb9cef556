"""How engine time is measured: one monotonic clock, shared out, rounded down.

What is shared out never exceeds what the engine was busy: every span of time is divided between
those that it was spent on, in whole nanoseconds, and each one's sum is rounded down once more when
it is billed in microseconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from typing import TypeAlias

ClockNs: TypeAlias = Callable[[], int]


class Lap:
    """One request's share of the engine's time."""

    def __init__(self) -> None:
        self._used_ns = 0
        self._prompt_ns: int | None = None

    def add(self, duration_ns: int) -> None:
        """The request's part of a span of time."""
        self._used_ns += duration_ns

    def mark_prompt_done(self) -> None:
        """The prompt has been read: what follows is generation. Only the first call counts."""
        if self._prompt_ns is None:
            self._prompt_ns = self._used_ns

    @property
    def engine_us(self) -> int:
        """Engine time so far."""
        return self._used_ns // 1000

    @property
    def prompt_us(self) -> int:
        """The part of the time that went into the prompt: all of it before the first piece."""
        return self.engine_us if self._prompt_ns is None else self._prompt_ns // 1000


class Meter:
    """Adds up what an engine was busy, and shares it out."""

    def __init__(self, clock_ns: ClockNs = time.monotonic_ns) -> None:
        self.clock_ns = clock_ns
        self._busy_ns = 0

    @property
    def busy_us(self) -> int:
        """Time that the engine has worked."""
        return self._busy_ns // 1000

    def spend(self, duration_ns: int, laps: Collection[Lap]) -> None:
        """The engine has worked for that long, for these requests alike."""
        self._busy_ns += duration_ns
        for lap in laps:
            lap.add(duration_ns // len(laps))


class SharedMeter(Meter):
    """For an engine that works for several requests at once, each beginning and ending by itself.

    At every moment the time is shared between all that are under way.
    """

    def __init__(self, clock_ns: ClockNs = time.monotonic_ns) -> None:
        super().__init__(clock_ns)
        self._under_way: list[Lap] = []
        self._since_ns = 0

    def begin(self, lap: Lap) -> None:
        """A request is under way."""
        self.catch_up()
        self._under_way.append(lap)

    def end(self, lap: Lap) -> None:
        """A request is over."""
        self.catch_up()
        self._under_way.remove(lap)

    def catch_up(self) -> None:
        """Share out the time until now."""
        now_ns = self.clock_ns()
        if self._under_way:
            self.spend(now_ns - self._since_ns, self._under_way)
        self._since_ns = now_ns
