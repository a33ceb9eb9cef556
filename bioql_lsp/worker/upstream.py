"""Runs an engine that asks another server: one task of the event loop for each request there."""

from __future__ import annotations

import asyncio
import functools
import logging
import time
from contextlib import aclosing

from bioql_lsp.worker.dispatcher import QUEUE_LENGTH_MAX, Dispatcher
from bioql_lsp.worker.engines.base import UpstreamEngine
from bioql_lsp.worker.jobs import Job, JobFailedError, Order, Outcome, QueueWaitError
from bioql_lsp.worker.metering import ClockNs, SharedMeter

_LOG = logging.getLogger("bioql.worker")


class UpstreamScheduler(Dispatcher[UpstreamEngine, SharedMeter]):
    """A dispatcher for an engine elsewhere. But for loading, all runs on the event loop."""

    def __init__(
        self,
        engine: UpstreamEngine,
        clock_ns: ClockNs = time.monotonic_ns,
        queue_length_max: int = QUEUE_LENGTH_MAX,
    ) -> None:
        super().__init__(engine, SharedMeter(clock_ns), queue_length_max)
        self._running: dict[Job, asyncio.Task[Outcome]] = {}
        self._loading: asyncio.Task[None] | None = None
        self._is_stopping = False

    @property
    def rows_max(self) -> int:
        """How many requests the upstream is asked at once."""
        return self.engine.requests_max

    @property
    def running(self) -> int:
        """Requests at the upstream."""
        return len(self._running)

    def start(self) -> None:
        """Look whether the upstream is there."""
        self._loading = asyncio.create_task(asyncio.to_thread(self._load))

    async def stop(self, timeout_seconds: float) -> None:
        """End every request and close the connections."""
        self._is_stopping = True
        if self._loading is not None:
            self._loading.cancel()
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=timeout_seconds)
        await self.engine.close()

    def submit(self, order: Order) -> Job:
        """Put an order on the queue, on a place reserved before."""
        job = Job(order, self)
        self._line.add(job, order.priority, order.owner)
        job.loop.call_later(job.wait_seconds_max, self._refuse_late)
        self._admit()
        return job

    def cancel(self, job: Job) -> None:
        """Stop a job: one that waits ends here, a running one closes the upstream's request."""
        job.is_cancelled = True
        if self._line.remove(job):
            self._over(job, job.ended("cancelled"))
        elif job in self._running:
            self._running[job].cancel()

    def _refuse_late(self) -> None:
        for job in self._take_late():
            self._over(job, QueueWaitError())

    def _admit(self) -> None:
        """Begin what may begin."""
        while not self._is_stopping:
            job = self._take_next(self.rows_max - len(self._running))
            if job is None:
                return
            job.begin()
            self.meter.begin(job.lap)
            task = asyncio.create_task(self._follow(job))
            self._running[job] = task
            task.add_done_callback(functools.partial(self._ended, job))

    def _ended(self, job: Job, task: asyncio.Task[Outcome]) -> None:
        """Not a part of the task itself: one that is cancelled at once never runs."""
        self.meter.end(job.lap)
        del self._running[job]
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception):
            self._over(job, JobFailedError(error, job.lap.engine_us))
        else:
            self._over(job, job.ended("cancelled") if task.cancelled() else task.result())
        self._admit()

    async def _follow(self, job: Job) -> Outcome:
        """Pass on the pieces until the last one, or until the job's time is up."""
        order = job.order
        left_seconds = order.seconds_max - job.seconds
        try:
            async with (
                asyncio.timeout(max(left_seconds, 0.0)),
                aclosing(self.engine.stream(order.prompt, order.task, order.sampling)) as pieces,
            ):
                async for piece in pieces:
                    self.meter.catch_up()
                    job.count(piece)
                    if piece.text:
                        job.receive(piece.text)
                    if piece.finish is not None:
                        return job.ended(piece.finish)
                    if job.is_over:
                        break
        except TimeoutError:
            _LOG.info("answer cut: its time was up")
        self.meter.catch_up()
        return job.ended("length", is_time_up=True)

    def _over(self, job: Job, event: Outcome | Exception) -> None:
        self._free_place(job)
        job.receive(event)
