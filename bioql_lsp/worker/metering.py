"""How engine time is measured: integer microseconds of one monotonic clock, rounded down."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeAlias

ClockNs: TypeAlias = Callable[[], int]


class Lap:
    """One request's time on the engine; begun and ended by the engine's thread."""

    def __init__(self, clock_ns: ClockNs) -> None:
        self._clock_ns = clock_ns
        self._started_ns = clock_ns()
        self._prompt_ns: int | None = None
        self._ended_ns: int | None = None

    def mark_prompt_done(self) -> None:
        """The prompt has been read: what follows is generation. Only the first call counts."""
        if self._prompt_ns is None:
            self._prompt_ns = self._clock_ns() - self._started_ns

    def end(self) -> int:
        """Stop, and return how many nanoseconds the lap took."""
        if self._ended_ns is None:
            self._ended_ns = self._clock_ns()
        return self._ended_ns - self._started_ns

    @property
    def engine_us(self) -> int:
        """Engine time so far."""
        until_ns = self._clock_ns() if self._ended_ns is None else self._ended_ns
        return (until_ns - self._started_ns) // 1000

    @property
    def prompt_us(self) -> int:
        """The part of the time that went into the prompt: all of it before the first piece."""
        return self.engine_us if self._prompt_ns is None else self._prompt_ns // 1000


class Meter:
    """Adds up what the engine was busy.

    Laps never overlap and each is rounded down, so the laps' sum cannot exceed ``busy_us``.
    """

    def __init__(self, clock_ns: ClockNs = time.monotonic_ns) -> None:
        self._clock_ns = clock_ns
        self._busy_ns = 0
        self._lap: Lap | None = None

    @property
    def busy_us(self) -> int:
        """Engine time of every lap that ended."""
        return self._busy_ns // 1000

    def begin(self) -> Lap:
        """Start a lap. Laps share one engine, so the one before must have ended."""
        if self._lap is not None:
            raise RuntimeError("a lap is running already")
        self._lap = Lap(self._clock_ns)
        return self._lap

    def end(self, lap: Lap) -> None:
        """End the running lap and count it."""
        if lap is not self._lap:
            raise RuntimeError("this lap is not the running one")
        self._lap = None
        self._busy_ns += lap.end()
