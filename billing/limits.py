"""Requests a minute (and voids an hour) of each key, in memory or in a Redis that workers share.

A place is reserved first and used only when the request was admitted, so that a refused request
consumes nothing. Reservations are counted in the storage as well, before the window is looked at,
and a used one enters the window before it leaves that count: so every admitted request is seen by
every later one, whatever the order in which workers act, and no more than the limit pass. What a
dead worker has reserved lapses.

One Redis database serves one ledger; keys are told apart by their number in it.
"""

from __future__ import annotations

import contextlib
import logging
import math
import threading
import time
from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter

from billing.model import LedgerError, LimitReachedError, Principal, RejectedInputError

Purpose: TypeAlias = Literal["answer", "void"]

_ITEMS: Mapping[Purpose, type[RateLimitItem]] = {
    "answer": RateLimitItemPerMinute,
    "void": RateLimitItemPerHour,
}
"""Whoever could void every answer would never pay: as many an hour as answers a minute."""
_SOURCES: Mapping[Purpose, Literal["rate", "voids"]] = {"answer": "rate", "void": "voids"}

MEMORY = "memory://"
RESERVED_SECONDS = 120
"""A reservation counts at least that long, and at most twice as long. It outlasts the window, so
that one which could not be used (Redis went away) stands in for the request it was made for."""
REDIS_TIMEOUT_SECONDS = 2.0

_LOG = logging.getLogger("bioql.billing")


class LimitsUnavailableError(LedgerError):
    """The storage of the limits does not answer: nothing can be admitted."""


class RateLimits:
    """A moving window for each key and purpose. Thread-safe; calls block where they ask Redis."""

    def __init__(self, storage_uri: str = MEMORY, *, is_unlimited: bool = False) -> None:
        """Connects to ``memory://``, ``redis://``, ``rediss://`` or ``redis+unix://``.

        ``is_unlimited`` admits everything and counts nothing.
        Raises RejectedInputError for another URI and LimitsUnavailableError.
        """
        self._is_unlimited = is_unlimited
        self._storage = _storage(storage_uri)
        self._limiter = MovingWindowRateLimiter(self._storage)
        self._memory_lock = threading.Lock()
        if not self._storage.check():
            raise LimitsUnavailableError("no Redis answers at the address of the limits")

    @property
    def is_in_memory(self) -> bool:
        """Whether no call blocks."""
        return isinstance(self._storage, MemoryStorage)

    def reserve(self, principal: Principal, purpose: Purpose) -> Reservation:
        """Set a request of the key's aside, to be used or given back.

        Raises LimitReachedError (source 'rate' or 'voids') and LimitsUnavailableError.
        """
        item = _ITEMS[purpose](principal.requests_per_minute)
        reservation = Reservation(self, item, f"{purpose}:{principal.root_id}", _slot_now())
        if self._is_unlimited:
            return reservation
        with self._storage_use():
            reserved = self._reserved_with(reservation)
            window = self._limiter.get_window_stats(item, reservation.name)
            if reserved > window.remaining:
                self._forget(reservation)
                wait_seconds = math.floor(window.reset_time - time.time()) + 1
                raise LimitReachedError(_SOURCES[purpose], item.amount, max(1, wait_seconds))
        return reservation

    def resolve(self, reservation: Reservation, *, is_used: bool) -> None:
        """Count a reserved request, or forget it. What the storage does not take, lapses."""
        if self._is_unlimited:
            return
        try:
            with self._storage_use():
                if is_used:
                    self._limiter.hit(reservation.item, reservation.name)
                self._forget(reservation)
        except LimitsUnavailableError:
            _LOG.warning("a place in the rate limit could not be used or given back: it lapses")

    def _reserved_with(self, reservation: Reservation) -> int:
        """Add a reservation; how many there are with it. A worker's clock may be a slot ahead."""
        slot = reservation.slot
        own = self._storage.incr(reservation.counter(slot), 3 * RESERVED_SECONDS)
        others = (self._storage.get(reservation.counter(near)) for near in (slot - 1, slot + 1))
        return own + sum(others)

    def _forget(self, reservation: Reservation) -> None:
        counter = reservation.counter(reservation.slot)
        if self._storage.incr(counter, 3 * RESERVED_SECONDS, -1) < 0:
            self._storage.incr(counter, 3 * RESERVED_SECONDS)  # it had lapsed, or Redis lost it

    @contextlib.contextmanager
    def _storage_use(self) -> Iterator[None]:
        """The library's memory is no counter for threads; Redis takes one command at a time."""
        with self._memory_lock if self.is_in_memory else contextlib.nullcontext():
            try:
                yield
            except StorageError as error:
                raise LimitsUnavailableError("the limits cannot be counted") from error


class Reservation:
    """One request's place in its key's minute: either used or given back, once."""

    def __init__(self, limits: RateLimits, item: RateLimitItem, name: str, slot: int) -> None:
        self._limits = limits
        self.item = item
        self.name = name
        self.slot = slot

    def counter(self, slot: int) -> str:
        """The name under which the reservations of a slot of time are counted."""
        return f"reserved:{self.name}:{slot}"

    def use(self) -> None:
        """The request was admitted."""
        self._limits.resolve(self, is_used=True)

    def give_back(self) -> None:
        """The request was refused."""
        self._limits.resolve(self, is_used=False)


def _slot_now() -> int:
    return int(time.time()) // RESERVED_SECONDS


def _storage(uri: str) -> MemoryStorage | RedisStorage:
    if uri == MEMORY:
        return MemoryStorage()
    if not uri.startswith(("redis://", "rediss://", "redis+unix://")):
        raise RejectedInputError(
            f"limits: write {MEMORY}, redis://HOST:PORT/0 or redis+unix://PATH"
        )
    try:
        from redis.backoff import NoBackoff  # noqa: PLC0415
        from redis.retry import Retry  # noqa: PLC0415
    except ImportError as error:
        raise RejectedInputError("limits: Redis needs pip install 'bioql-lsp[scale]'") from error
    try:
        return RedisStorage(
            uri,
            wrap_exceptions=True,
            socket_timeout=REDIS_TIMEOUT_SECONDS,
            socket_connect_timeout=REDIS_TIMEOUT_SECONDS,
            # For redis-py. A repeated decrement could count twice.
            retry=Retry(NoBackoff(), 0),  # type: ignore[arg-type]
        )
    except ValueError as error:
        raise RejectedInputError("limits: this is no address of a Redis") from error
