"""The thread that owns a local engine, the line before it, and pieces of text after it."""

from __future__ import annotations

import asyncio
import logging
import threading
import time

from bioql_lsp.worker.dispatcher import QUEUE_LENGTH_MAX, Dispatcher
from bioql_lsp.worker.engines.base import LocalEngine, Progress
from bioql_lsp.worker.jobs import (
    Event,
    Finish,
    Job,
    JobEvent,
    JobFailedError,
    LoadState,
    Order,
    QueueWaitError,
    deliver,
)
from bioql_lsp.worker.metering import ClockNs, Meter

FAILURES_MAX = 3
"""So many failed steps one after the other mean that the engine is lost: a GPU's error sticks."""

_LOG = logging.getLogger("bioql.worker")


class Scheduler(Dispatcher[LocalEngine, Meter]):
    """A dispatcher for an engine in this process."""

    def __init__(
        self,
        engine: LocalEngine,
        clock_ns: ClockNs = time.monotonic_ns,
        queue_length_max: int = QUEUE_LENGTH_MAX,
    ) -> None:
        super().__init__(engine, Meter(clock_ns), queue_length_max)
        self._jobs: dict[int, Job] = {}
        """Those on the engine, by ticket; the engine's thread alone changes it."""
        self._failures = 0
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)

    @property
    def rows_max(self) -> int:
        """How many requests the engine takes at once."""
        return self.engine.rows_max

    @property
    def running(self) -> int:
        """Requests on the engine."""
        return len(self._jobs)

    def start(self) -> None:
        """Start the thread; it loads the model first."""
        self._thread.start()

    async def stop(self, timeout_seconds: float) -> None:
        """Let the thread end after the step that it is in, and wait for it.

        Loading cannot be broken off; its thread ends with the process.
        """
        with self._changed:
            self._is_stopping = True
            self._changed.notify()
        if self.load_state.status != "loading":
            await asyncio.to_thread(self._thread.join, timeout_seconds)

    def submit(self, order: Order) -> Job:
        """Put an order on the queue, on a place reserved before."""
        job = Job(order, self)
        with self._changed:
            self._line.add(job, order.priority, order.owner)
            self._changed.notify()
        return job

    def cancel(self, job: Job) -> None:
        """Stop a job: one that waits ends here, one that runs before its next token."""
        with self._changed:
            job.is_cancelled = True
            is_waiting = self._line.remove(job)
        if is_waiting:
            self._free_place(job)
            job.receive(job.ended("cancelled"))

    def _run(self) -> None:
        self._load()
        while self.load_state.status == "ready" and self._has_work():
            try:
                deliver(self._turn())
            except Exception as error:
                _LOG.error("engine step failed", extra={"error": type(error).__name__})
                deliver(self._fail_all(error))
        if self.load_state.status == "failed":
            deliver(self._refuse_waiting())

    def _has_work(self) -> bool:
        """Wait for something to do; False when the thread shall end."""
        with self._changed:
            self._changed.wait_for(lambda: self._jobs or len(self._line) or self._is_stopping)
            return not self._is_stopping

    def _turn(self) -> list[JobEvent]:
        """Take in, take out, and a step of the engine."""
        events = [self._over(job, QueueWaitError()) for job in self._take_late()]
        events += self._admit()
        events += self._drop_unwanted()
        return events + self._step() if self._jobs else events

    def _admit(self) -> list[JobEvent]:
        """Give the engine's free rows to those whose turn it is."""
        events: list[JobEvent] = []
        while (job := self._take_next(self.rows_max - len(self._jobs))) is not None:
            job.begin()
            order = job.order
            try:
                self._jobs[self.engine.add(order.prompt, order.task, order.sampling)] = job
            except Exception as error:
                events.append(self._over(job, JobFailedError(error, 0)))
        return events

    def _drop_unwanted(self) -> list[JobEvent]:
        events: list[JobEvent] = []
        for ticket, job in list(self._jobs.items()):
            if job.is_cancelled or job.is_over:
                del self._jobs[ticket]
                finish: Finish = "cancelled" if job.is_cancelled else "length"
                is_time_up = not job.is_cancelled
                events.append(self._over(job, job.ended(finish, is_time_up=is_time_up)))
                self.engine.remove(ticket)
        return events

    def _step(self) -> list[JobEvent]:
        started_ns = self.meter.clock_ns()
        done: list[Progress] = []
        try:
            done = self.engine.step()
        finally:
            laps = [self._jobs[progress.ticket].lap for progress in done]
            self.meter.spend(self.meter.clock_ns() - started_ns, laps)
        self._failures = 0
        events: list[JobEvent] = []
        for progress in done:
            events += self._follow(progress)
        return events

    def _follow(self, progress: Progress) -> list[JobEvent]:
        """What an answer's part in a step means for its job."""
        job, piece = self._jobs[progress.ticket], progress.piece
        if progress.error is not None:
            del self._jobs[progress.ticket]
            return [self._over(job, JobFailedError(progress.error, job.lap.engine_us))]
        if piece is None:
            return []
        job.count(piece)
        events: list[JobEvent] = [(job, piece.text)] if piece.text else []
        if piece.finish is not None:
            del self._jobs[progress.ticket]
            events.append(self._over(job, job.ended(piece.finish)))
        return events

    def _fail_all(self, error: Exception) -> list[JobEvent]:
        """The engine lost every answer that it was writing; after a few times it is lost itself."""
        jobs = list(self._jobs.values())
        self._jobs.clear()
        self.engine.reset()
        self._failures += 1
        if self._failures >= FAILURES_MAX:
            _LOG.error("engine lost", extra={"error": type(error).__name__})
            self.load_state = LoadState("failed", 0.0, "the engine failed again and again")
        return [self._over(job, JobFailedError(error, job.lap.engine_us)) for job in jobs]

    def _refuse_waiting(self) -> list[JobEvent]:
        """Nobody will serve those in the line any more."""
        with self._changed:
            waiting = [job for job in self._line.all() if self._line.remove(job)]
        return [self._over(job, QueueWaitError()) for job in waiting]

    def _over(self, job: Job, event: Event) -> JobEvent:
        """The job has ended, and its place is free."""
        self._free_place(job)
        return job, event
