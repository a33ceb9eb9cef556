"""A request on its way, and the ten minutes for which its result is remembered."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable

from billing.model import Principal
from bioql_lsp.wire import StreamDelta
from bioql_lsp.worker.errors import ServiceError
from bioql_lsp.worker.jobs import Job
from bioql_lsp.worker.results import Result

REMEMBERED_SECONDS = 600.0
REMEMBERED_MAX = 4096
DELTA_SECONDS_MIN = 0.02
"""Between two pieces of a stream: more of them than an eye can see."""


class Running:
    """One request, shared by every connection that asks for its id."""

    def __init__(self, fingerprint: str, *, is_streamed: bool) -> None:
        loop = asyncio.get_running_loop()
        self.fingerprint = fingerprint
        self._admitted: asyncio.Future[None] = loop.create_future()
        self._result: asyncio.Future[Result] = loop.create_future()
        self._is_streamed = is_streamed
        self._told: list[tuple[int, str]] = []
        self._news = asyncio.Event()
        self._over = asyncio.Event()
        self._job: Job | None = None
        self._listeners = 0
        self.is_cancelled = False
        self._is_read = False

    @property
    def is_done(self) -> bool:
        """Whether the result, or the error, is there."""
        return self._result.done()

    def join(self) -> None:
        """One more connection waits for the result."""
        self._listeners += 1

    def leave(self) -> None:
        """A connection is gone or served; the last one takes unfinished work with it."""
        self._listeners -= 1
        if self._listeners == 0 and not self.is_done:
            self.cancel()

    def cancel(self) -> None:
        """Stop the engine before its next token."""
        self.is_cancelled = True
        if self._job is not None:
            self._job.cancel()

    def attach(self, job: Job) -> None:
        """The request has its place in the queue."""
        self._job = job
        if self.is_cancelled:
            job.cancel()

    def admit(self) -> None:
        """The request is paid for, or already resolved."""
        self._admitted.set_result(None)

    def tell(self, text: str, candidate: int) -> None:
        """Pass on a provisional piece of a candidate's text."""
        if self._is_streamed:
            self._told.append((candidate, text))
            self._news.set()

    def end(self, outcome: Result | ServiceError) -> None:
        """The request is over."""
        for future in (self._admitted, self._result):
            if isinstance(outcome, ServiceError) and not future.done():
                future.set_exception(outcome)
                future.exception()  # nobody may be left to look at it
        if isinstance(outcome, Result):
            self._result.set_result(outcome)
        self._job = None  # its events are not worth remembering
        self._news.set()
        self._over.set()
        if not self._listeners:
            self._told.clear()

    async def wait_admitted(self) -> None:
        """Return once the answer can begin. Raises ServiceError when it was refused."""
        await asyncio.shield(self._admitted)

    async def deltas(self) -> AsyncIterator[StreamDelta]:
        """Provisional pieces of text, for the first connection that asks for them.

        The first comes at once; what follows within a moment of another comes in one piece, since
        sending costs as much as writing does.
        """
        if not self._is_streamed or self._is_read:
            return
        self._is_read = True
        while self._told or not self.is_done:
            await self._news.wait()
            self._news.clear()
            told, self._told = self._told, []
            for candidate, texts in itertools.groupby(told, key=lambda pair: pair[0]):
                yield StreamDelta(delta="".join(text for _, text in texts), candidate=candidate)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), DELTA_SECONDS_MIN)

    async def result(self) -> Result:
        """How it ended. Raises ServiceError. Cancelling the waiter leaves the work alone."""
        return await asyncio.shield(self._result)


class Replays:
    """Requests by account and id, while they run and for ten minutes after."""

    def __init__(self, clock_seconds: Callable[[], float] = time.monotonic) -> None:
        self._clock_seconds = clock_seconds
        self._known: OrderedDict[tuple[int, str], tuple[float, Running]] = OrderedDict()

    def get(self, principal: Principal, request_id: str) -> Running | None:
        """The request of that id, if it is remembered."""
        self._drop_old()
        entry = self._known.get((principal.user_id, request_id))
        return None if entry is None else entry[1]

    def add(self, principal: Principal, request_id: str, running: Running) -> None:
        """Remember a request that begins."""
        self._known[principal.user_id, request_id] = (self._clock_seconds(), running)

    def forget(self, principal: Principal, request_id: str) -> None:
        """The request left no trace (it was refused), or must not be shown again."""
        self._known.pop((principal.user_id, request_id), None)

    def _drop_old(self) -> None:
        oldest_kept = self._clock_seconds() - REMEMBERED_SECONDS
        for key, (begun_at, running) in list(self._known.items()):
            is_crowded = len(self._known) > REMEMBERED_MAX
            if not is_crowded and begun_at > oldest_kept:
                break
            if running.is_done:
                del self._known[key]
