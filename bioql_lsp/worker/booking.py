"""The ledger and the limits, as an event loop uses them: LedgerError becomes ServiceError.

What each request writes is awaited without a thread; all else blocks and runs on threads.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from billing.ledger import Ledger
from billing.limits import Purpose, RateLimits, Reservation
from billing.model import (
    Charge,
    EngineUsage,
    Hold,
    HoldResolvedError,
    LedgerError,
    LedgerUnusableError,
    Principal,
)
from bioql_lsp.worker.engines.base import Engine
from bioql_lsp.worker.errors import ServiceError, from_ledger
from bioql_lsp.worker.work import Work

_LOG = logging.getLogger("bioql.worker")
THREADS = 16
ArgumentsT = ParamSpec("ArgumentsT")
ResultT = TypeVar("ResultT")


class Booking:
    """Every method raises ServiceError where the ledger or the limits refuse."""

    def __init__(self, ledger: Ledger, limits: RateLimits) -> None:
        self.ledger = ledger
        self._limits = limits
        self._threads = ThreadPoolExecutor(THREADS, "booking")

    async def call(
        self,
        call: Callable[ArgumentsT, ResultT],
        *arguments: ArgumentsT.args,
        **named: ArgumentsT.kwargs,
    ) -> ResultT:
        """Call the ledger or the limits on a thread."""
        work = functools.partial(call, *arguments, **named)
        with _translated():
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def hold(
        self, principal: Principal, work: Work, engine: Engine, prompt_tokens: int
    ) -> Hold | Charge:
        """Set the highest possible price aside, or tell how the same request ended before."""
        most = EngineUsage(prompt_tokens, work.sampling.max_new_tokens, work.engine_us_max)
        wanted = self.ledger.hold_request(
            work.request_id, work.fingerprint, engine.name, engine.model, most
        )
        with _translated():
            return await self.ledger.awaitable.hold(principal, wanted)

    async def settle(self, hold: Hold, usage: EngineUsage) -> Charge:
        """Charge what was used."""
        with _translated():
            try:
                return await self.ledger.awaitable.settle(hold, usage)
            except LedgerUnusableError:
                return await self._settle_again(hold, usage)

    async def _settle_again(self, hold: Hold, usage: EngineUsage) -> Charge:
        """The connection may have broken after the commit: then the charge stands already."""
        try:
            return await self.ledger.awaitable.settle(hold, usage)
        except HoldResolvedError:
            charge = await self.call(self.ledger.charge, hold)
            if charge.status != "settled":
                raise
            return charge

    async def release(self, hold: Hold, usage: EngineUsage) -> Charge:
        """End a request free of charge."""
        with _translated():
            return await self.ledger.awaitable.release(hold, usage)

    async def free(self, hold: Hold, usage: EngineUsage) -> None:
        """Release after a failure; a hold that stays open lapses and is swept, free too."""
        try:
            await self.release(hold, usage)
        except ServiceError as error:
            _LOG.error("hold not released", extra={"error": type(error.__cause__).__name__})

    async def void(self, principal: Principal, request_id: str) -> Charge:
        """Give a charge back."""
        with _translated():
            return await self.ledger.awaitable.void(principal, request_id)

    async def reserve(self, principal: Principal, purpose: Purpose) -> Reservation:
        """Set a place in the key's minute (an answer) or hour (a void) aside."""
        if not self._limits.is_in_memory:
            return await self.call(self._limits.reserve, principal, purpose)
        with _translated():
            return self._limits.reserve(principal, purpose)

    async def resolve(self, turn: Reservation, *, is_used: bool) -> None:
        """Count a reserved place, or give it back."""
        end = turn.use if is_used else turn.give_back
        if self._limits.is_in_memory:
            end()
        else:
            await self.call(end)


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except LedgerError as error:
        refusal = from_ledger(error)
        if refusal.status >= 500:
            extra = {"error": type(error).__name__, "detail": str(error)}
            _LOG.error("ledger failed", extra=extra)
        raise refusal from error
