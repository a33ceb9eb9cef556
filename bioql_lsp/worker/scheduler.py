"""One thread that owns the engine, a bounded queue before it, and pieces of text after it.

SchedulerError
├── QueueFullError     every place in the queue is taken
├── NotReadyError      the model is loading, or could not be loaded
└── QueueWaitError     the request waited too long for its turn; nothing was computed
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import logging
import threading
import time
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from bioql_lsp.worker.engines.base import Engine, EngineError, Piece, Sampling, Task
from bioql_lsp.worker.metering import ClockNs, Lap, Meter

QUEUE_LENGTH_MAX = 64
QUEUE_WAIT_SECONDS_MAX = 60.0

_LOG = logging.getLogger("bioql.worker")


class SchedulerError(Exception):
    """Root of what the scheduler refuses; none of it has used the engine."""


class QueueFullError(SchedulerError):
    """Every place in the queue is taken."""


class NotReadyError(SchedulerError):
    """The model is not loaded."""


class QueueWaitError(SchedulerError):
    """The request's turn did not come in time."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the engine shall do for one request; a lower ``priority`` goes first."""

    task: Task
    sampling: Sampling
    priority: int
    engine_us_max: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended and what it used."""

    finish: Literal["stop", "length", "cancelled"]
    prompt_tokens: int = 0
    completion_tokens: int = 0
    prompt_us: int = 0
    engine_us: int = 0


@dataclass(frozen=True, slots=True)
class LoadState:
    """How far the model is: ``loading``, ``ready`` or ``failed``."""

    status: Literal["loading", "ready", "failed"] = "loading"
    progress: float = 0.0
    message: str = "starting"


class JobFailedError(Exception):
    """The engine raised: ``cause`` is what, ``engine_us`` what it had used by then."""

    def __init__(self, cause: Exception, engine_us: int) -> None:
        super().__init__(type(cause).__name__)
        self.cause = cause
        self.engine_us = engine_us


_Event: TypeAlias = str | Outcome | Exception


class Job:
    """One order in the queue or on the engine. Its methods belong to the event loop's thread."""

    def __init__(self, order: Order, scheduler: _Canceller) -> None:
        self.order = order
        self.queued_at_seconds = time.monotonic()
        self.is_cancelled = False
        self.outcome: Outcome | None = None
        self._loop = asyncio.get_running_loop()
        self._events: asyncio.Queue[_Event] = asyncio.Queue()
        self._scheduler = scheduler

    async def pieces(self) -> AsyncIterator[str]:
        """The text as it comes; ``outcome`` is set at its end.

        Raises JobFailedError and QueueWaitError.
        """
        while True:
            event = await self._events.get()
            if isinstance(event, str):
                yield event
                continue
            if isinstance(event, Exception):
                raise event
            self.outcome = event
            return

    def cancel(self) -> None:
        """Stop before the next token, or leave the queue at once."""
        self._scheduler.cancel(self)

    def send(self, event: _Event) -> None:
        """Hand an event to the loop's thread, from any thread; dropped when the loop is gone."""
        try:
            self._loop.call_soon_threadsafe(self._events.put_nowait, event)
        except RuntimeError:
            _LOG.info("event loop closed before a job ended")


class _Canceller(Protocol):
    def cancel(self, job: Job) -> None: ...


class Scheduler:
    """The engine's thread and its queue. ``reserve`` first, then ``submit`` or ``give_back``."""

    def __init__(
        self,
        engine: Engine,
        clock_ns: ClockNs = time.monotonic_ns,
        queue_length_max: int = QUEUE_LENGTH_MAX,
    ) -> None:
        self.engine = engine
        self.meter = Meter(clock_ns)
        self.load_state = LoadState()
        self._places_max = queue_length_max + 1
        self._places_taken = 0
        self._wakeup = threading.Condition()
        self._queue: list[tuple[int, int, Job]] = []
        self._numbers = itertools.count()
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)

    def start(self) -> None:
        """Start the thread; it loads the model first."""
        self._thread.start()

    def stop(self, timeout_seconds: float) -> None:
        """Let the thread end after the job that it runs, and wait for it."""
        with self._wakeup:
            self._is_stopping = True
            self._wakeup.notify()
        self._thread.join(timeout_seconds)

    def reserve(self) -> None:
        """Take one place, so that a later ``submit`` cannot fail.

        Raises NotReadyError and QueueFullError.
        """
        if self.load_state.status != "ready":
            raise NotReadyError(self.load_state.message)
        with self._wakeup:
            if self._places_taken >= self._places_max:
                raise QueueFullError
            self._places_taken += 1

    def give_back(self) -> None:
        """Return a reserved place that will not be used."""
        with self._wakeup:
            self._places_taken -= 1

    def submit(self, order: Order) -> Job:
        """Put an order on the queue, on a place reserved before."""
        job = Job(order, self)
        with self._wakeup:
            heapq.heappush(self._queue, (order.priority, next(self._numbers), job))
            self._wakeup.notify()
        return job

    def cancel(self, job: Job) -> None:
        """Stop a job: one that waits ends here, one that runs before its next token."""
        with self._wakeup:
            job.is_cancelled = True
            waiting = [entry for entry in self._queue if entry[2] is job]
            if not waiting:
                return
            self._queue.remove(waiting[0])
            heapq.heapify(self._queue)
            self._places_taken -= 1
        job.send(Outcome("cancelled"))

    def _run(self) -> None:
        if not self._load():
            return
        while (job := self._next()) is not None:
            event = self._work(job)
            self.give_back()
            job.send(event)

    def _load(self) -> bool:
        def report(progress: float, message: str) -> None:
            self.load_state = LoadState("loading", progress, message)

        try:
            self.engine.load(report)
        except Exception as error:
            _LOG.error("model not loaded", extra={"error": type(error).__name__})
            text = str(error) if isinstance(error, EngineError) else type(error).__name__
            self.load_state = LoadState("failed", 0.0, text)
            return False
        self.load_state = LoadState("ready", 1.0, "ready")
        return True

    def _next(self) -> Job | None:
        with self._wakeup:
            self._wakeup.wait_for(lambda: self._queue or self._is_stopping)
            return None if self._is_stopping else heapq.heappop(self._queue)[2]

    def _work(self, job: Job) -> _Event:
        if job.is_cancelled:
            return Outcome("cancelled")
        if time.monotonic() - job.queued_at_seconds > QUEUE_WAIT_SECONDS_MAX:
            return QueueWaitError()
        lap = self.meter.begin()
        try:
            return self._generate(job, lap)
        except Exception as error:
            lap.end()
            return JobFailedError(error, lap.engine_us)
        finally:
            self.meter.end(lap)

    def _generate(self, job: Job, lap: Lap) -> Outcome:
        order = job.order

        def is_over() -> bool:
            return job.is_cancelled or lap.engine_us >= order.engine_us_max

        prompt = self.engine.prompt_tokens(order.task, order.sampling.max_new_tokens)
        finish: Literal["stop", "length", "cancelled"] | None = None
        completion_tokens = 0
        generation = self.engine.generate(prompt, order.task, order.sampling, is_over)
        with closing(_closable(generation)):
            for piece in generation:
                lap.mark_prompt_done()
                completion_tokens, finish = piece.completion_tokens, piece.finish
                if piece.text:
                    job.send(piece.text)
                if finish is not None or is_over():
                    break
        lap.end()
        return Outcome(
            _finish(finish, job.is_cancelled),
            len(prompt),
            completion_tokens,
            min(lap.prompt_us, order.engine_us_max),
            min(lap.engine_us, order.engine_us_max),
        )


def _finish(
    of_engine: Literal["stop", "length", "cancelled"] | None, is_cancelled: bool
) -> Literal["stop", "length", "cancelled"]:
    """An engine stopped by its time limit has not been cancelled: its answer was cut."""
    if of_engine in ("stop", "length"):
        return of_engine
    return "cancelled" if is_cancelled else "length"


class _Closable(Protocol):
    def close(self) -> None: ...


class _NothingToClose:
    def close(self) -> None:
        """Plain iterators hold no work that must be stopped."""


def _closable(pieces: Iterator[Piece]) -> _Closable:
    return pieces if isinstance(pieces, Generator) else _NothingToClose()
