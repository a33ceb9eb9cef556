"""One thread for analyses: off the event loop, in order, and never in the way of the exit.

What somebody waits for while typing goes before what can come a moment later.

`concurrent.futures` joins its threads when the process ends, so that one long analysis would keep
a server alive that its editor has closed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from enum import IntEnum
from itertools import count
from queue import PriorityQueue
from threading import Thread
from typing import Any, TypeAlias, TypeVar

T = TypeVar("T")
_Job: TypeAlias = tuple[asyncio.AbstractEventLoop, asyncio.Future[Any], Callable[[], Any]]


class Urgency(IntEnum):
    """Which job is taken next; of two with the same urgency, the older one."""

    END = 0
    NOW = 1
    SOON = 2


class AnalysisThread:
    """Runs functions one after another; what was cancelled while it waited is not run."""

    def __init__(self) -> None:
        self._jobs: PriorityQueue[tuple[Urgency, int, _Job | None]] = PriorityQueue()
        self._numbers = count()
        Thread(target=self._work, name="analysis", daemon=True).start()

    async def run(self, function: Callable[[], T], urgency: Urgency = Urgency.NOW) -> T:
        """The function's result; raises what it raises."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._jobs.put((urgency, next(self._numbers), (loop, future, function)))
        return await future

    def close(self) -> None:
        """End the thread after what it is doing."""
        self._jobs.put((Urgency.END, next(self._numbers), None))

    def _work(self) -> None:
        while (job := self._jobs.get()[2]) is not None:
            loop, future, function = job
            if future.cancelled():
                continue
            settle: Callable[[asyncio.Future[Any], Any], None] = _succeed
            outcome: Any = None
            try:
                outcome = function()
            except Exception as error:
                settle, outcome = _fail, error
            try:
                loop.call_soon_threadsafe(settle, future, outcome)
            except RuntimeError:
                return  # the loop has ended, and nobody waits any more


def _succeed(future: asyncio.Future[Any], result: Any) -> None:
    if not future.done():
        future.set_result(result)


def _fail(future: asyncio.Future[Any], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
