"""Requests a minute of each key, through the ``limits`` library in memory.

A place is reserved first and used only when the request was admitted, so that a refused request
consumes nothing; all calls come from the event loop's thread.
"""

from __future__ import annotations

import math
import time
from collections import Counter

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from billing.model import Principal
from bioql_lsp.worker.errors import rate_limited


class Rates:
    """A moving window of a minute for each key."""

    def __init__(self, *, is_unlimited: bool = False) -> None:
        self._is_unlimited = is_unlimited
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._reserved: Counter[str] = Counter()

    def reserve(self, principal: Principal, purpose: str) -> Reservation:
        """Set a request aside. Raises ServiceError (429)."""
        name = f"{purpose}:{principal.key_id}"
        item = RateLimitItemPerMinute(principal.requests_per_minute)
        cost = self._reserved[name] + 1
        if not self._is_unlimited and not self._limiter.test(item, name, cost=cost):
            reset_at = self._limiter.get_window_stats(item, name).reset_time
            wait_seconds = max(1, math.ceil(reset_at - time.time()))
            raise rate_limited(principal.requests_per_minute, wait_seconds)
        self._reserved[name] += 1
        return Reservation(self, item, name)

    def resolve(self, item: RateLimitItemPerMinute, name: str, *, is_used: bool) -> None:
        """Count a reserved request, or forget it."""
        self._reserved[name] -= 1
        if not self._reserved[name]:
            del self._reserved[name]
        if is_used and not self._is_unlimited:
            self._limiter.hit(item, name)


class Reservation:
    """One request's place in its key's minute: either used or given back."""

    def __init__(self, rates: Rates, item: RateLimitItemPerMinute, name: str) -> None:
        self._rates = rates
        self._item = item
        self._name = name

    def use(self) -> None:
        """The request was admitted."""
        self._rates.resolve(self._item, self._name, is_used=True)

    def give_back(self) -> None:
        """The request was refused."""
        self._rates.resolve(self._item, self._name, is_used=False)
