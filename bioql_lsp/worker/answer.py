"""The one path of every billed request: hold, generate, verify, settle.

A request runs in a task of its own, so that neither a client that goes away nor a handler that is
cancelled can lose what must be booked.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple

from billing.ledger import Ledger
from billing.limits import RateLimits, Reservation
from billing.model import Charge, EngineUsage, Hold, Principal
from bioql_lsp.wire import Finish
from bioql_lsp.worker.booking import Booking
from bioql_lsp.worker.checking import check
from bioql_lsp.worker.chores import keep_texts
from bioql_lsp.worker.engines.base import PromptTooLongError
from bioql_lsp.worker.errors import (
    ServiceError,
    conflict,
    internal,
    key_missing,
    no_funds,
    unavailable,
)
from bioql_lsp.worker.leases import Leases
from bioql_lsp.worker.running import Replays, Result, Running
from bioql_lsp.worker.scheduler import (
    Job,
    JobFailedError,
    Outcome,
    QueueFullError,
    QueueWaitError,
    Scheduler,
    SchedulerError,
)
from bioql_lsp.worker.work import Work

_LOG = logging.getLogger("bioql.worker")
ANALYSIS_THREADS = 2
DRAIN_SECONDS_MAX = 10.0
_NOTHING_USED = EngineUsage(0, 0, 0)
ResultT = TypeVar("ResultT")
_Ts = TypeVarTuple("_Ts")


class AnswerService:
    """Turns work into results, each booked exactly once."""

    def __init__(self, ledger: Ledger, scheduler: Scheduler, limits: RateLimits) -> None:
        self.ledger = ledger
        self.scheduler = scheduler
        self.leases = Leases(ledger)
        self.booking = Booking(ledger, limits)
        self._replays = Replays()
        self._tasks: dict[asyncio.Task[None], Running] = {}
        self._voids: set[asyncio.Task[Charge]] = set()
        self._analysis = ThreadPoolExecutor(ANALYSIS_THREADS, "analysis")

    async def analysed(self, call: Callable[[*_Ts], ResultT], *arguments: *_Ts) -> ResultT:
        """Call the analysis on a thread of its own: a huge buffer must not delay the ledger."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._analysis, call, *arguments)

    async def authenticate(self, api_key: str | None) -> Principal:
        """Who the key speaks for. Raises ServiceError (401)."""
        if not api_key:
            raise key_missing()
        return await self.booking.call(self.ledger.authenticate, api_key)

    async def begin(
        self, principal: Principal, work: Work, *, is_streamed: bool = False
    ) -> Running:
        """Admit a request and start it, or join the one that its id names.

        The caller must ``leave`` it. Raises ServiceError: 409, 429, 402 or 503, in this order.
        """
        running = self._replays.get(principal, work.request_id)
        if running is None:
            running = Running(work.fingerprint, is_streamed=is_streamed)
            self._replays.add(principal, work.request_id, running)
            task = asyncio.create_task(self._run(running, principal, work))
            self._tasks[task] = running
            task.add_done_callback(self._tasks.pop)
        elif running.fingerprint != work.fingerprint:
            raise conflict()
        running.join()
        try:
            await running.wait_admitted()
        except BaseException:
            running.leave()
            raise
        return running

    async def void(self, principal: Principal, request_id: str) -> Charge:
        """Give a charge back. Raises ServiceError (409, 429, 503)."""
        turn = await self.booking.reserve(principal, "void")
        task = asyncio.create_task(self._void(turn, principal, request_id))
        self._voids.add(task)
        task.add_done_callback(self._voids.discard)
        return await asyncio.shield(task)

    async def _void(self, turn: Reservation, principal: Principal, request_id: str) -> Charge:
        try:
            charge = await self.booking.void(principal, request_id)
        finally:
            await self.booking.resolve(turn, is_used=True)
        self._replays.forget(principal, request_id)
        return charge

    def cancel_all(self) -> None:
        """Stop what runs; each request settles what it used."""
        for running in self._tasks.values():
            running.cancel()

    async def drain(self) -> None:
        """Stop what runs, and return when all of it is booked.

        An engine that does not stop is not waited for: its hold lapses, which is free.
        """
        self.cancel_all()
        if running := {*self._tasks, *self._voids}:
            await asyncio.wait(running, timeout=DRAIN_SECONDS_MAX)

    async def _run(self, running: Running, principal: Principal, work: Work) -> None:
        try:
            hold = await self._admit(principal, work)
        except ServiceError as error:
            self._replays.forget(principal, work.request_id)
            running.end(error)
            return
        except Exception as error:
            self._replays.forget(principal, work.request_id)
            running.end(internal(error))
            return
        running.admit()
        if isinstance(hold, Charge):
            self._replays.forget(principal, work.request_id)
            running.end(_replay(hold))
            return
        outcome = await self._answer(running, work, hold)
        running.end(outcome)
        if isinstance(outcome, Result):
            with contextlib.suppress(ServiceError):  # they are no part of what was booked
                await self.booking.call(
                    keep_texts, self.ledger, hold, work.order.task, outcome.code
                )

    async def _admit(self, principal: Principal, work: Work) -> Hold | Charge:
        turn = await self.booking.reserve(principal, "answer")
        try:
            hold = await self._hold(principal, work)
        except BaseException:
            await self.booking.resolve(turn, is_used=False)
            raise
        await self.booking.resolve(turn, is_used=isinstance(hold, Hold))
        return hold

    async def _hold(self, principal: Principal, work: Work) -> Hold | Charge:
        """Place in the queue first: a hold that is released again would use up the id."""
        try:
            self.scheduler.reserve()
        except SchedulerError as error:
            await self._refuse_poor(principal)
            raise _no_place(error, self.scheduler.load_state.status == "failed") from error
        hold: Hold | Charge | None = None
        try:
            hold = await self.booking.hold(principal, work, self.scheduler.engine)
        finally:
            if not isinstance(hold, Hold):
                self.scheduler.give_back()
        return hold

    async def _refuse_poor(self, principal: Principal) -> None:
        """Who has no money at all is told so, rather than to retry later."""
        funds = await self.booking.call(self.ledger.funds, principal)
        if funds.available_nano_usd <= 0 and self.ledger.kind != "local":
            raise no_funds("nothing is left: top up the account")

    async def _answer(self, running: Running, work: Work, hold: Hold) -> Result | ServiceError:
        self.leases.add(hold)
        job = self.scheduler.submit(work.order)
        running.attach(job)
        try:
            return await self._produce(running, work, hold, job)
        except ServiceError as error:
            return error
        except Exception as error:
            await self.booking.free(hold, _NOTHING_USED)
            return internal(error)
        finally:
            self.leases.remove(hold)

    async def _produce(self, running: Running, work: Work, hold: Hold, job: Job) -> Result:
        parts: list[str] = []
        try:
            async for piece in job.pieces():
                parts.append(piece)
                running.tell(piece)
        except JobFailedError as error:
            await self.booking.free(
                hold, EngineUsage(0, 0, min(error.engine_us, hold.engine_us_max))
            )
            raise _engine_failure(error.cause) from error
        except QueueWaitError as error:
            await self.booking.free(hold, _NOTHING_USED)
            raise unavailable("queue_full", "too many requests before this one") from error
        assert job.outcome is not None
        return await self._settle(work, hold, job.outcome, "".join(parts))

    async def _settle(self, work: Work, hold: Hold, outcome: Outcome, text: str) -> Result:
        usage = EngineUsage(outcome.prompt_tokens, outcome.completion_tokens, outcome.engine_us)
        if outcome.finish == "cancelled":
            charge = await self.booking.settle(hold, usage)
            return Result(work.request_id, "", "cancelled", charge, prompt_us=outcome.prompt_us)
        if work.kind == "raw":
            charge = await self.booking.settle(hold, usage)
            return Result(work.request_id, text, outcome.finish, charge)
        checked = await self.analysed(check, work, text, outcome.finish)
        finish: Finish = outcome.finish if checked.is_accepted else "withheld"
        book = self.booking.settle if checked.is_accepted else self.booking.release
        charge = await book(hold, usage)
        return Result(
            work.request_id,
            checked.code,
            finish,
            charge,
            checked.is_accepted,
            checked.findings,
            checked.repaired,
            outcome.prompt_us,
        )


def _replay(charge: Charge) -> Result:
    """What is known of a request whose answer is no longer in memory."""
    finish: Finish = "stop" if charge.status == "settled" else "withheld"
    return Result(charge.request_id, None, finish, charge, is_replayed=True)


def _no_place(error: SchedulerError, is_failed: bool) -> ServiceError:
    if isinstance(error, QueueFullError):
        return unavailable("queue_full", "too many requests at once: retry in a moment")
    if is_failed:
        return unavailable("engine_unavailable", "the model could not be loaded", 60)
    return unavailable("loading", "the model is loading: retry in a moment")


def _engine_failure(cause: Exception) -> ServiceError:
    if isinstance(cause, PromptTooLongError):
        return ServiceError(413, "prompt_too_long", "too much text for the model: send less of it")
    _LOG.error("engine failed", extra={"error": type(cause).__name__})
    return ServiceError(
        500, "engine_failed", "the engine failed on this request; it is free: send a new one"
    )
