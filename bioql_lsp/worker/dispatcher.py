"""What everything that runs an engine has in common: places, the line, and how far loading is."""

from __future__ import annotations

import logging
import math
import threading
import time
from abc import ABC, abstractmethod
from typing import Any, Generic, TypeAlias, TypeVar

from bioql_lsp.worker.engines.base import Engine, EngineError
from bioql_lsp.worker.jobs import (
    INLINE_PRIORITY,
    Job,
    LoadState,
    NotReadyError,
    Order,
    QueueFullError,
)
from bioql_lsp.worker.metering import Meter
from bioql_lsp.worker.waiting import WaitingLine

QUEUE_LENGTH_MAX = 64
RETRY_SECONDS_MAX = 30
PROGRESS_SECONDS = 2.0

_LOG = logging.getLogger("bioql.worker")
EngineT = TypeVar("EngineT", bound=Engine)
MeterT = TypeVar("MeterT", bound=Meter)


class Pace:
    """How fast requests pass through, to tell those that find no place when to come back."""

    def __init__(self) -> None:
        self._seconds = 0.0

    def note(self, seconds: float) -> None:
        """A request held its place for that long."""
        self._seconds += 0.2 * (seconds - self._seconds)

    def retry_after_seconds(self, waiting: int, at_once: int) -> int:
        """When a place is likely to be free."""
        expected = math.ceil(self._seconds / max(at_once, 1) * max(waiting / 2, 1))
        return min(max(expected, 1), RETRY_SECONDS_MAX)


class Dispatcher(ABC, Generic[EngineT, MeterT]):
    """Runs one engine. ``reserve`` first, then ``submit`` or ``give_back``."""

    def __init__(self, engine: EngineT, meter: MeterT, queue_length_max: int) -> None:
        self.engine = engine
        self.meter = meter
        self.load_state = LoadState()
        self._told_at_seconds, self._told = time.monotonic(), ""
        self._queue_length_max = queue_length_max
        self._places_taken = 0
        self._pace = Pace()
        self._changed = threading.Condition()
        """Guards the line and the places."""
        self._line: WaitingLine[Job] = WaitingLine(time.monotonic)

    @property
    def waiting(self) -> int:
        """Requests in the queue."""
        return len(self._line)

    @property
    @abstractmethod
    def running(self) -> int:
        """Requests on the engine."""

    @property
    @abstractmethod
    def rows_max(self) -> int:
        """How many requests the engine takes at once."""

    @abstractmethod
    def start(self) -> None:
        """Load the engine and begin to work. Called on the event loop's thread."""

    @abstractmethod
    async def stop(self, timeout_seconds: float) -> None:
        """Take up nothing more and end."""

    @abstractmethod
    def submit(self, order: Order) -> Job:
        """Put an order on the queue, on a place reserved before."""

    @abstractmethod
    def cancel(self, job: Job) -> None:
        """Stop a job: one that waits ends at once, one that runs before its next token."""

    def reserve(self) -> None:
        """Take one place, so that a later ``submit`` cannot fail.

        Raises NotReadyError and QueueFullError.
        """
        if self.load_state.status != "ready":
            raise NotReadyError(self.load_state.message)
        with self._changed:
            if self._places_taken >= self._queue_length_max + self.rows_max:
                raise QueueFullError(
                    self._pace.retry_after_seconds(self._queue_length_max, self.rows_max)
                )
            self._places_taken += 1

    def give_back(self) -> None:
        """Return a reserved place that will not be used."""
        with self._changed:
            self._places_taken -= 1

    def _take_late(self) -> list[Job]:
        """Those that have waited too long; they wait no more."""
        with self._changed:
            late = [job for job in self._line.all() if job.has_waited_too_long]
            return [job for job in late if self._line.remove(job)]

    def _take_next(self, rows_free: int) -> Job | None:
        """Whose turn it is, if there is a row for it; the last one is kept for inline requests."""
        if rows_free < 1:
            return None
        is_last = rows_free == 1 and self.rows_max > 1
        with self._changed:
            return self._line.take(INLINE_PRIORITY if is_last else None)

    def _free_place(self, job: Job) -> None:
        """The job is over."""
        self._pace.note(job.running_seconds)
        self.give_back()

    def _load(self) -> None:
        """Load the engine; ``load_state`` tells how far it is, and how it ended."""
        try:
            self.engine.load(self._report)
        except Exception as error:
            _LOG.error("model not loaded", extra={"error": type(error).__name__})
            text = str(error) if isinstance(error, EngineError) else type(error).__name__
            self.load_state = LoadState("failed", 0.0, text)
            return
        self.load_state = LoadState("ready", 1.0, "ready")

    def _report(self, progress: float, message: str) -> None:
        """Also in the log, now and then: who starts a worker in a terminal does not see /readyz."""
        now_seconds = time.monotonic()
        is_due = now_seconds - self._told_at_seconds >= PROGRESS_SECONDS
        if is_due and message != self._told:
            self._told_at_seconds, self._told = now_seconds, message
            _LOG.info("loading", extra={"detail": message})
        self.load_state = LoadState("loading", progress, message)


AnyDispatcher: TypeAlias = Dispatcher[Any, Any]
