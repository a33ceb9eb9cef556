"""The ledger for an event loop: what each request writes is awaited, and no thread waits for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from billing.database import Database, Session
from billing.model import Charge, EngineUsage, Hold, Principal
from billing.operations.extend import extend
from billing.operations.hold import HoldRequest, hold
from billing.operations.price_list import PriceBook
from billing.operations.release import release
from billing.operations.settle import settle
from billing.operations.void import void

_Result = TypeVar("_Result")


class AwaitableRequests:
    """Hold, then settle or release; durable when the await is over. Errors as in ``Requests``.

    A coroutine that is cancelled while it awaits leaves its operation in place: it will be written
    all the same.
    """

    def __init__(self, database: Database, clock: Callable[[], int], prices: PriceBook) -> None:
        self._database = database
        self._clock = clock
        self._prices = prices

    async def hold(self, principal: Principal, wanted: HoldRequest) -> Hold | Charge:
        """Set the highest possible price aside, or tell how the same request ended before."""
        return await self._write(
            lambda session, now_us: hold(session, now_us, self._prices, principal, wanted),
            principal.user_id,
        )

    async def extend(self, hold: Hold, most: EngineUsage) -> Hold:
        """Set more aside for a request that runs."""
        return await self._write(
            lambda session, _: extend(session, self._prices, hold.id, most), hold.user_id
        )

    async def settle(self, hold: Hold, usage: EngineUsage) -> Charge:
        """Charge what was used, at most what was held."""
        return await self._write(
            lambda session, now_us: settle(session, now_us, self._prices, hold.id, usage),
            hold.user_id,
        )

    async def release(self, hold: Hold, usage: EngineUsage) -> Charge:
        """End a request free of charge."""
        return await self._write(
            lambda session, now_us: release(session, now_us, self._prices, hold.id, usage),
            hold.user_id,
        )

    async def void(self, principal: Principal, request_id: str) -> Charge:
        """Give a charge back."""
        return await self._write(
            lambda session, now_us: void(session, now_us, principal.user_id, request_id),
            principal.user_id,
        )

    async def _write(self, operation: Callable[[Session, int], _Result], order: int) -> _Result:
        return await self._database.write_async(
            lambda session: operation(session, self._clock()), order
        )
