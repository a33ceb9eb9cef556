"""One thread writes for all: the operations that wait share a transaction and its one sync.

An operation is a function of the session and may run again: when one raises after it has written,
the whole transaction is undone and each operation gets a transaction of its own.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from typing import Any, TypeAlias, TypeVar

from billing.database.session import Session
from billing.model import LedgerError, LedgerUnusableError

BATCH_MAX = 64
ATTEMPTS_MAX = 5
STILL_BUSY = "other writers keep the ledger busy: nothing was changed, try again"

Transaction: TypeAlias = Callable[[], AbstractContextManager[Session]]
_Result = TypeVar("_Result")


class TryAgainError(Exception):
    """Another transaction came between: nothing was changed, and the operation may run again.

    ``in_vain`` is what is raised where it came to nothing every time.
    """

    def __init__(self, text: str = "", in_vain: Exception | None = None) -> None:
        super().__init__(text)
        self.in_vain = in_vain


class _UndoneError(Exception):
    """An operation among others must be undone without them."""


class _Waiting:
    """An operation, and who waits for its result: a coroutine (by ``future``) or a thread.

    A bare lock wakes the thread for a tenth of what a Future would cost.
    """

    __slots__ = ("error", "future", "lock", "operation", "order", "result")

    def __init__(self, operation: Callable[[Session], Any], order: int) -> None:
        self.operation = operation
        self.order = order
        self.result: Any = None
        self.error: BaseException | None = None
        self.future: asyncio.Future[Any] | None = None
        self.lock: threading.Lock | None = None

    def attempt(self, session: Session) -> None:
        """Run; a refusal is kept when the operation had not written anything yet."""
        session.has_changed = False
        self.error = None
        try:
            self.result = self.operation(session)
        except LedgerError as error:
            if session.has_changed:
                raise
            self.error = error


class GroupCommit:
    """The only writer of a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_closed = False

    def run(self, operation: Callable[[Session], _Result], order: int) -> _Result:
        """Run an operation and return its result once it is durable.

        Operations of one transaction run by rising ``order`` (the user's id), so that two writers
        take their locks in the same order. Raises what the operation raises, LedgerUnusableError.
        """
        waiting = _Waiting(operation, order)
        lock = waiting.lock = threading.Lock()
        lock.acquire()
        self._put(waiting)
        lock.acquire()
        if waiting.error is not None:
            raise waiting.error
        result: _Result = waiting.result
        return result

    def submit(
        self, operation: Callable[[Session], _Result], order: int
    ) -> asyncio.Future[_Result]:
        """The same for a coroutine of the running event loop, which awaits the result."""
        waiting = _Waiting(operation, order)
        future = waiting.future = asyncio.get_running_loop().create_future()
        self._put(waiting)
        return future

    def close(self) -> None:
        """Write what waits, then end the thread."""
        with self._starting:
            self._is_closed = True
            thread = self._thread
        if thread is not None:
            self._queue.put(None)
            thread.join()
        self._refuse_late()

    def _put(self, waiting: _Waiting) -> None:
        if self._thread is None:
            self._start()
        self._queue.put(waiting)
        if self._is_closed:
            self._refuse_late()

    def _start(self) -> None:
        with self._starting:
            if self._thread is None and not self._is_closed:
                self._thread = threading.Thread(target=self._work, name="ledger", daemon=True)
                self._thread.start()

    def _refuse_late(self) -> None:
        """Answer what came behind the end of the queue."""
        if self._thread is not None and self._thread.is_alive():
            return
        with suppress(queue.Empty):
            while True:
                waiting = self._queue.get_nowait()
                if waiting is not None:
                    waiting.error = LedgerUnusableError("the ledger is closed: open it again")
                    _answer([waiting])

    def _work(self) -> None:
        while (first := self._queue.get()) is not None:
            batch = [first]
            is_last = False
            while len(batch) < BATCH_MAX and not self._queue.empty():
                waiting = self._queue.get()
                if waiting is None:
                    is_last = True
                    break
                batch.append(waiting)
            batch.sort(key=lambda waiting: waiting.order)
            self._write(batch)
            _answer(batch)
            if is_last:
                return

    def _write(self, batch: list[_Waiting]) -> None:
        try:
            with self._transaction() as session:
                self._attempt(session, batch)
        except (_UndoneError, TryAgainError):
            for waiting in batch:
                self._write_alone(waiting)
        except BaseException as error:
            for waiting in batch:
                waiting.error = error

    @staticmethod
    def _attempt(session: Session, batch: list[_Waiting]) -> None:
        try:
            for waiting in batch:
                waiting.attempt(session)
        except Exception as error:
            raise _UndoneError from error

    def _write_alone(self, waiting: _Waiting) -> None:
        in_vain: Exception | None = None
        for _ in range(ATTEMPTS_MAX):
            try:
                with self._transaction() as session:
                    waiting.attempt(session)
            except TryAgainError as error:
                in_vain = error.in_vain
                continue
            except BaseException as error:
                waiting.error = error
            return
        waiting.error = in_vain or LedgerUnusableError(STILL_BUSY)


def _answer(batch: Sequence[_Waiting]) -> None:
    """Threads one by one; all that one event loop waits for, in one call to it."""
    tasks: dict[asyncio.AbstractEventLoop, list[_Waiting]] = {}
    for waiting in batch:
        if waiting.future is not None:
            tasks.setdefault(waiting.future.get_loop(), []).append(waiting)
        elif waiting.lock is not None:
            waiting.lock.release()
    for loop, waiting_tasks in tasks.items():
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(_answer_tasks, waiting_tasks)


def _answer_tasks(tasks: list[_Waiting]) -> None:
    for task in tasks:
        future = task.future
        if future is None or future.cancelled():
            continue
        if task.error is None:
            future.set_result(task.result)
        else:
            future.set_exception(task.error)
