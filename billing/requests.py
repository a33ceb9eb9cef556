"""What a worker asks of the ledger for each request."""

from __future__ import annotations

from collections.abc import Sequence

from billing import keys
from billing.awaitable import AwaitableRequests
from billing.database import Database
from billing.founding import Kind
from billing.model import (
    Charge,
    EngineUsage,
    Funds,
    Hold,
    KeyRefusedError,
    Principal,
)
from billing.operations import charges, expire
from billing.operations.authenticate import authenticate
from billing.operations.expire import OpenHold
from billing.operations.extend import extend
from billing.operations.hold import LEASE_US, HoldRequest, hold
from billing.operations.price_list import PriceBook
from billing.operations.release import release
from billing.operations.settle import settle
from billing.operations.void import void
from billing.store import Clock, Store


class Requests(Store):
    """Hold, then settle or release; each of them durable when it returns."""

    def __init__(self, database: Database, kind: Kind, clock: Clock) -> None:
        super().__init__(database, kind, clock)
        self._prices = PriceBook()
        self.awaitable = AwaitableRequests(database, clock, self._prices)

    def authenticate(self, api_key: str) -> Principal:
        """Whom a key speaks for. Raises KeyRefusedError, LedgerUnusableError."""
        is_demo_key = self.is_demo and api_key == keys.DEMO_KEY
        is_checked = is_demo_key or keys.is_well_formed(api_key)
        if not is_checked and not keys.may_be_legacy(api_key):
            raise KeyRefusedError("this is not an API key: it starts with bioql_live_, check it")
        key_hash, now_us = keys.hash_of(api_key), self._clock()
        principal = self._read(
            lambda session: authenticate(session, now_us, key_hash, is_legacy=not is_checked)
        )
        if self.kind == "standard" and keys.is_test(api_key) and not principal.is_test:
            raise KeyRefusedError("a test key opens no account with real money")
        return principal

    def hold(
        self,
        principal: Principal,
        request_id: str,
        fingerprint: str,
        engine: str,
        engine_us_max: int,
        *,
        model: str = "",
        prompt_tokens_max: int = 0,
        completion_tokens_max: int = 0,
    ) -> Hold | Charge:
        """Set the highest possible price aside; a Charge says how the same request ended before.

        Raises InsufficientFundsError, LimitReachedError, IdempotencyConflictError,
        RequestInProgressError, KeyRefusedError, RejectedInputError, LedgerUnusableError.
        """
        most = EngineUsage(prompt_tokens_max, completion_tokens_max, engine_us_max)
        wanted = self.hold_request(request_id, fingerprint, engine, model, most)
        return self._write(
            lambda session, now_us: hold(session, now_us, self._prices, principal, wanted),
            principal.user_id,
        )

    def hold_request(
        self, request_id: str, fingerprint: str, engine: str, model: str, most: EngineUsage
    ) -> HoldRequest:
        """What ``awaitable.hold`` takes."""
        return HoldRequest(
            request_id,
            fingerprint,
            engine,
            model,
            most,
            is_limited=self.kind != "local",
            is_real_money=self.kind == "standard",
        )

    def extend(self, hold: Hold, most: EngineUsage) -> Hold:
        """Set more aside for a request that runs and needs more than it was held for.

        Raises InsufficientFundsError (the hold stays as it is), HoldResolvedError,
        RejectedInputError, LedgerUnusableError.
        """
        return self._write(
            lambda session, _: extend(session, self._prices, hold.id, most), hold.user_id
        )

    def settle(self, hold: Hold, usage: EngineUsage) -> Charge:
        """Charge what was used, at most what was held; durable when this returns.

        Raises HoldResolvedError, RejectedInputError, LedgerUnusableError.
        """
        return self._write(
            lambda session, now_us: settle(session, now_us, self._prices, hold.id, usage),
            hold.user_id,
        )

    def release(self, hold: Hold, usage: EngineUsage) -> Charge:
        """End a request free of charge.

        Raises HoldResolvedError, RejectedInputError, LedgerUnusableError.
        """
        return self._write(
            lambda session, now_us: release(session, now_us, self._prices, hold.id, usage),
            hold.user_id,
        )

    def void(self, principal: Principal, request_id: str) -> Charge:
        """Give a charge back, once and within ten minutes.

        Raises NotVoidableError, LedgerUnusableError.
        """
        return self._write(
            lambda session, now_us: void(session, now_us, principal.user_id, request_id),
            principal.user_id,
        )

    def heartbeat(self, holds: Sequence[Hold]) -> int:
        """Keep holds alive for another lease and sweep dead ones; how many are still open.

        Raises LedgerUnusableError.
        """
        hold_ids = sorted(hold.id for hold in holds)
        alive = 0
        if hold_ids:
            alive = self._write(
                lambda session, now_us: expire.heartbeat(session, now_us + LEASE_US, hold_ids)
            )
        self.sweep()
        return alive

    def sweep(self) -> int:
        """End the holds of dead workers; how many there were. Raises LedgerUnusableError."""
        now_us = self._clock()
        dead = self._read(lambda session: expire.dead_holds(session, now_us))
        return sum(self._end_if_dead(hold_id, user_id) for hold_id, user_id in dead)

    def charge(self, hold: Hold) -> Charge:
        """How a request that is over has ended. Raises LedgerUnusableError."""
        return self._read(lambda session: charges.charge_of(session, hold.id))

    def open_holds(self) -> list[OpenHold]:
        """The holds of requests that run or whose worker is gone. Raises LedgerUnusableError."""
        return self._read(expire.open_holds)

    def end_hold(self, hold_id: int) -> bool:
        """End an open hold free of charge, whatever its lease says; False where it is not open.

        For a hold of a worker that is gone and whose clock was ahead. Raises LedgerUnusableError.
        """
        return self._write(
            lambda session, now_us: expire.expire(session, now_us, hold_id, is_forced=True)
        )

    def _end_if_dead(self, hold_id: int, user_id: int) -> bool:
        return self._write(lambda session, now_us: expire.expire(session, now_us, hold_id), user_id)

    def funds(self, principal: Principal) -> Funds:
        """The money of the account. Raises LedgerUnusableError."""
        return self._read(lambda session: charges.funds_of(session, principal.user_id))

    def month(self, principal: Principal) -> tuple[int, int]:
        """Requests of this month (UTC) and their cost in nano-USD. Raises LedgerUnusableError."""
        now_us = self._clock()
        return self._read(lambda session: charges.month(session, now_us, principal.user_id))
