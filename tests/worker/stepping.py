"""Counts every await of an event loop that really waits, to interfere at a chosen one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Generator
from typing import Any


class Steps:
    """Calls ``act`` when the tasks that were begun since have waited ``at`` times in all."""

    def __init__(self, at: int, act: Callable[[], None]) -> None:
        self._left = at
        self._act = act

    @property
    def is_reached(self) -> bool:
        """Whether it has acted."""
        return self._left < 0

    def install(self, loop: asyncio.AbstractEventLoop) -> None:
        """Count in every task that is made from now on."""
        loop.set_task_factory(self._task)

    def _task(
        self, loop: asyncio.AbstractEventLoop, coroutine: Any, **options: Any
    ) -> asyncio.Task[Any]:
        return asyncio.Task(_Counted(coroutine, self), loop=loop, **options)

    def count(self) -> None:
        """One more await waits."""
        self._left -= 1
        if self._left == -1:
            self._act()


class _Counted(Coroutine[Any, Any, Any]):
    """A coroutine as it is, told of each time that it is suspended."""

    def __init__(self, inner: Coroutine[Any, Any, Any], steps: Steps) -> None:
        self._inner = inner
        self._steps = steps

    def send(self, value: Any) -> Any:
        yielded = self._inner.send(value)
        self._steps.count()
        return yielded

    def throw(self, *error: Any) -> Any:
        yielded = self._inner.throw(*error)
        self._steps.count()
        return yielded

    def close(self) -> None:
        self._inner.close()

    def __await__(self) -> Generator[Any, Any, Any]:
        return self._inner.__await__()
