"""What is asked of an engine, and how it ends.

SchedulerError
├── QueueFullError     every place in the queue is taken
├── NotReadyError      the model is loading, or could not be loaded
└── QueueWaitError     the request waited too long for its turn; nothing was computed
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from bioql_lsp.worker.engines.base import Piece, Prompt, Sampling, Task
from bioql_lsp.worker.metering import Lap

QUEUE_WAIT_SECONDS_MAX = 60.0

INLINE_PRIORITY = 0
ANSWER_PRIORITY = 1

_LOG = logging.getLogger("bioql.worker")


Finish: TypeAlias = Literal["stop", "length", "cancelled"]


class SchedulerError(Exception):
    """Root of what is refused; none of it has used the engine."""


class QueueFullError(SchedulerError):
    """Every place in the queue is taken; one may be free after ``retry_after_seconds``."""

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(retry_after_seconds)
        self.retry_after_seconds = retry_after_seconds


class NotReadyError(SchedulerError):
    """The model is not loaded."""


class QueueWaitError(SchedulerError):
    """The request's turn did not come in time."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the engine shall do for one request; a lower ``priority`` goes first.

    It is stopped after ``engine_us_max`` of engine time, or ``seconds_max`` after it was ordered.
    """

    task: Task
    prompt: Prompt
    sampling: Sampling
    priority: int
    owner: int
    engine_us_max: int
    seconds_max: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended, what it used, and how long it took from its order on.

    ``first_token_seconds`` is None where there was none, and ``prompt_tokens`` 0: what a prompt
    that was not read to its end has cost is in the engine time. ``is_time_up``: it was cut by the
    clock, so the same order may end otherwise.
    """

    finish: Finish
    is_time_up: bool = False
    prompt_tokens: int = 0
    completion_tokens: int = 0
    prompt_us: int = 0
    engine_us: int = 0
    queue_seconds: float = 0.0
    first_token_seconds: float | None = None
    seconds: float = 0.0


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


Event: TypeAlias = str | Outcome | Exception
JobEvent: TypeAlias = "tuple[Job, Event]"


class Canceller(Protocol):
    """Whoever runs jobs can stop one."""

    def cancel(self, job: Job) -> None:
        """Stop a job: one that waits ends at once, one that runs before its next token."""
        ...


class Job:
    """One order, in the queue or on the engine.

    ``pieces`` and ``cancel`` belong to the event loop's thread, the rest to whoever runs it.
    """

    def __init__(self, order: Order, canceller: Canceller) -> None:
        self.order = order
        self.is_cancelled = False
        self.outcome: Outcome | None = None
        self.loop = asyncio.get_running_loop()
        self.lap = Lap()
        self._prompt_tokens = 0
        self._completion_tokens = 0
        self._events: asyncio.Queue[Event] = asyncio.Queue()
        self._canceller = canceller
        self._ordered_at_seconds = time.monotonic()
        self._begun_after_seconds: float | None = None
        self._first_token_seconds: float | None = None

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
        self._canceller.cancel(self)

    def receive(self, event: Event) -> None:
        """Hand over what happened; call it on the loop's thread."""
        self._events.put_nowait(event)

    @property
    def seconds(self) -> float:
        """Time since it was ordered."""
        return time.monotonic() - self._ordered_at_seconds

    @property
    def wait_seconds_max(self) -> float:
        """How long it may wait for its turn."""
        return min(QUEUE_WAIT_SECONDS_MAX, self.order.seconds_max)

    @property
    def has_waited_too_long(self) -> bool:
        """Whether its turn came too late."""
        return self.seconds >= self.wait_seconds_max

    @property
    def is_over(self) -> bool:
        """Whether its time is up."""
        order = self.order
        return self.lap.engine_us >= order.engine_us_max or self.seconds > order.seconds_max

    def begin(self) -> None:
        """Its turn has come."""
        self._begun_after_seconds = self.seconds

    def count(self, piece: Piece) -> None:
        """A piece has come: the prompt is read, and so many tokens are written by now."""
        if piece.prompt_tokens is not None or not self._prompt_tokens:
            held, told = len(self.order.prompt.ids), piece.prompt_tokens
            self._prompt_tokens = held if told is None else min(told, held)
        self._completion_tokens = piece.completion_tokens
        self.lap.mark_prompt_done()
        if self._first_token_seconds is None:
            self._first_token_seconds = self.seconds

    @property
    def running_seconds(self) -> float:
        """Time since its turn came; 0 before."""
        begun = self._begun_after_seconds
        return 0.0 if begun is None else self.seconds - begun

    def ended(self, finish: Finish, *, is_time_up: bool = False) -> Outcome:
        """How it ended now, with no more engine time than it was allowed."""
        engine_us_max, seconds = self.order.engine_us_max, self.seconds
        return Outcome(
            finish,
            is_time_up,
            self._prompt_tokens,
            self._completion_tokens,
            min(self.lap.prompt_us, engine_us_max),
            min(self.lap.engine_us, engine_us_max),
            seconds if self._begun_after_seconds is None else self._begun_after_seconds,
            self._first_token_seconds,
            seconds,
        )


def deliver(events: Iterable[JobEvent]) -> None:
    """Hand events to their jobs from another thread, waking each event loop once.

    Those of a loop that is closed are dropped: nobody is left to read them.
    """
    by_loop: dict[asyncio.AbstractEventLoop, list[JobEvent]] = {}
    for job, event in events:
        by_loop.setdefault(job.loop, []).append((job, event))
    for loop, of_loop in by_loop.items():
        try:
            loop.call_soon_threadsafe(_receive_all, of_loop)
        except RuntimeError:
            _LOG.info("event loop closed before a job ended")


def _receive_all(events: list[JobEvent]) -> None:
    for job, event in events:
        job.receive(event)
