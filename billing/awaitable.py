"""The ledger for an event loop: what each request writes is awaited, and no thread waits for it."""

from __future__ import annotations

from collections.abc import Callable

from billing.database import Database
from billing.model import Charge, EngineUsage, Hold, Principal
from billing.operations.extend import extend
from billing.operations.hold import HoldRequest, hold
from billing.operations.price_list import PriceBook
from billing.operations.release import release
from billing.operations.settle import settle
from billing.operations.void import void


class AwaitableRequests:
    """Hold, then settle or release; durable when the await is over. Errors as in ``Requests``.

    A coroutine that is cancelled while it awaits leaves its operation in place: it will be written
    all the same.
    """

    def __init__(self, database: Database, clock: Callable[[], int], prices: PriceBook) -> None:
        self._submit = database.submit
        self._clock = clock
        self._prices = prices

    async def hold(self, principal: Principal, wanted: HoldRequest) -> Hold | Charge:
        """Set the highest possible price aside, or tell how the same request ended before."""
        return await self._submit(
            lambda session: hold(session, self._clock(), self._prices, principal, wanted),
            principal.user_id,
        )

    async def extend(self, hold: Hold, most: EngineUsage) -> Hold:
        """Set more aside for a request that runs."""
        return await self._submit(
            lambda session: extend(session, self._prices, hold.id, most), hold.user_id
        )

    async def settle(self, hold: Hold, usage: EngineUsage) -> Charge:
        """Charge what was used, at most what was held."""
        return await self._submit(
            lambda session: settle(session, self._clock(), self._prices, hold.id, usage),
            hold.user_id,
        )

    async def release(self, hold: Hold, usage: EngineUsage) -> Charge:
        """End a request free of charge."""
        return await self._submit(
            lambda session: release(session, self._clock(), self._prices, hold.id, usage),
            hold.user_id,
        )

    async def void(self, principal: Principal, request_id: str) -> Charge:
        """Give a charge back."""
        return await self._submit(
            lambda session: void(session, self._clock(), principal.user_id, request_id),
            principal.user_id,
        )
