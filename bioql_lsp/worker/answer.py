"""The one path of every billed request: hold, generate, verify, settle.

A request runs in a task of its own, so that neither a client that goes away nor a handler that is
cancelled can lose what must be booked.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import logging
import time

from billing.ledger import Ledger
from billing.limits import RateLimits, Reservation
from billing.model import Charge, EngineUsage, Hold, Principal
from bioql_lsp.worker.admission import Admission, Admitted
from bioql_lsp.worker.analysing import Analysis
from bioql_lsp.worker.booking import Booking
from bioql_lsp.worker.cache import ENTRIES_MAX, AnswerCache
from bioql_lsp.worker.candidates import Candidate, written
from bioql_lsp.worker.checking import Checked, check
from bioql_lsp.worker.chores import keep_texts
from bioql_lsp.worker.dispatcher import AnyDispatcher
from bioql_lsp.worker.errors import (
    ServiceError,
    conflict,
    engine_failure,
    internal,
    key_missing,
    turn_too_late,
)
from bioql_lsp.worker.jobs import JobFailedError, Order, Outcome, QueueWaitError, SchedulerError
from bioql_lsp.worker.leases import Leases
from bioql_lsp.worker.metrics import Metrics
from bioql_lsp.worker.results import Result, with_verdict
from bioql_lsp.worker.running import Replays, Running
from bioql_lsp.worker.work import Work, as_read

_LOG = logging.getLogger("bioql.worker")
DRAIN_SECONDS_MAX = 10.0
_NOTHING_USED = EngineUsage(0, 0, 0)


class AnswerService:
    """Turns work into results, each booked exactly once."""

    def __init__(
        self,
        ledger: Ledger,
        dispatcher: AnyDispatcher,
        limits: RateLimits,
        cache_entries_max: int = ENTRIES_MAX,
    ) -> None:
        self.ledger = ledger
        self.dispatcher = dispatcher
        self.cache = AnswerCache(dispatcher.engine, entries_max=cache_entries_max)
        self.metrics = Metrics()
        self.metrics.watch(dispatcher, self.cache)
        self.leases = Leases(ledger)
        self.booking = Booking(ledger, limits)
        self.analysis = Analysis()
        self._admission = Admission(self.booking, dispatcher, self.cache, self.analysis)
        self._replays = Replays()
        self._tasks: dict[asyncio.Task[None], Running] = {}
        self._voids: set[asyncio.Task[Charge]] = set()

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
        begun_seconds = time.monotonic()
        try:
            if work.kind == "generate":
                engine = self.dispatcher.engine
                work = await self.analysis.run(principal.user_id, as_read, work, engine)
            admitted = await self._admission.admit(principal, work)
        except ServiceError as error:
            self._replays.forget(principal, work.request_id)
            running.end(error)
            return
        except Exception as error:
            self._replays.forget(principal, work.request_id)
            running.end(internal(error))
            return
        running.admit()
        if isinstance(admitted, Result):
            self._replays.forget(principal, work.request_id)
            running.end(admitted)
            return
        outcome = await self._answer(running, work, admitted)
        running.end(outcome)
        if isinstance(outcome, Result):
            self.metrics.observe_answer(work.kind, outcome, time.monotonic() - begun_seconds)
            with contextlib.suppress(ServiceError):  # they are no part of what was booked
                await self.booking.call(
                    keep_texts, self.ledger, admitted.hold, work.task, outcome.code
                )

    async def _answer(
        self, running: Running, work: Work, admitted: Admitted
    ) -> Result | ServiceError:
        hold = admitted.hold
        self.leases.add(hold)
        try:
            if isinstance(admitted.known, Checked):
                return await self._by_rules(work, hold, admitted.known)
            if admitted.known is not None:
                return await self._again(work, hold, admitted.known)
            return await self._produce(running, work, admitted)
        except ServiceError as error:
            return error
        except Exception as error:
            await self.booking.free(hold, _NOTHING_USED)
            return internal(error)
        finally:
            self.leases.remove(hold)

    async def _by_rules(self, work: Work, hold: Hold, checked: Checked) -> Result:
        """What our own rules answer, without the engine and without a charge."""
        charge = await self.booking.release(hold, _NOTHING_USED)
        result = Result(work.request_id, checked.code, "stop", charge)
        return with_verdict(result, checked)

    async def _again(self, work: Work, hold: Hold, known: Result) -> Result:
        """What was answered before, without the engine and without a charge."""
        usage = known.charge.usage
        charge = await self.booking.release(
            hold, EngineUsage(usage.prompt_tokens, usage.completion_tokens, 0)
        )
        return dataclasses.replace(
            known, request_id=work.request_id, charge=charge, prompt_us=0, is_cached=True
        )

    async def _produce(self, running: Running, work: Work, admitted: Admitted) -> Result:
        """Try candidates until one leaves nothing to wish for, within the hold.

        The best of them is shown and charged; the others are free.
        """
        us_left, attempt = admitted.hold.engine_us_max, 0
        best: Candidate | None = None
        seconds_left = work.seconds_max
        ends_at_seconds = time.monotonic() + seconds_left
        while True:
            order = work.order(admitted.prompt, admitted.owner, attempt, us_left, seconds_left)
            try:
                candidate = await self._tried(running, work, order, attempt)
            except (JobFailedError, QueueWaitError) as error:
                return await self._without_the_last(work, admitted, best, error)
            us_left -= candidate.outcome.engine_us
            attempt += 1
            best = candidate if best is None or candidate.rank < best.rank else best
            seconds_left = ends_at_seconds - time.monotonic()
            is_over = us_left <= 0 or seconds_left <= 0 or running.is_cancelled
            is_decided = candidate.is_final or attempt == work.candidates
            if is_decided or is_over or not self._has_place():
                result = await self._book(work, admitted, best)
                if is_decided and attempt == 1 and not candidate.outcome.is_time_up:
                    self.cache.put(work, result)  # the request alone has decided how it ends
                return result

    async def _tried(self, running: Running, work: Work, order: Order, attempt: int) -> Candidate:
        """One more candidate, written and checked. Raises JobFailedError and QueueWaitError."""
        job = self.dispatcher.submit(order)
        running.attach(job)
        text, outcome = await written(running, work, job, attempt)
        self.metrics.observe_generation(outcome)
        checked = await self._checked(running, work, order.owner, text, outcome)
        candidate = Candidate(text, outcome, checked)
        if candidate.is_good or not running.is_cancelled:
            return candidate
        # Nobody waited for the check to end.
        return Candidate(text, dataclasses.replace(outcome, finish="cancelled"), None)

    async def _without_the_last(
        self,
        work: Work,
        admitted: Admitted,
        best: Candidate | None,
        error: JobFailedError | QueueWaitError,
    ) -> Result:
        """What there was before a try that failed. Raises ServiceError where none of it is shown.

        The hold is free then.
        """
        used_us, refusal = 0, turn_too_late()
        if isinstance(error, JobFailedError):
            used_us, refusal = error.engine_us, engine_failure(error.cause)
        if best is not None and best.is_good:
            return await self._book(work, admitted, best)
        hold = admitted.hold
        await self.booking.free(hold, EngineUsage(0, 0, min(used_us, hold.engine_us_max)))
        raise refusal from error

    def _has_place(self) -> bool:
        try:
            self.dispatcher.reserve()
        except SchedulerError:
            return False
        return True

    async def _checked(
        self, running: Running, work: Work, owner: int, text: str, outcome: Outcome
    ) -> Checked | None:
        """What is wrong with a text; None where nothing is there to check it in."""
        if work.kind == "raw" or outcome.finish == "cancelled":
            return None
        finish = outcome.finish

        def is_wanted() -> bool:
            return not running.is_cancelled

        return await self.analysis.run(owner, check, work, text, finish, is_wanted)

    async def _book(self, work: Work, admitted: Admitted, candidate: Candidate) -> Result:
        hold, prompt = admitted.hold, admitted.prompt
        outcome, checked = candidate.outcome, candidate.checked
        usage = EngineUsage(outcome.prompt_tokens, outcome.completion_tokens, outcome.engine_us)
        book = self.booking.settle if candidate.is_good else self.booking.release
        charge = await book(hold, usage)
        result = Result(
            work.request_id,
            "" if outcome.finish == "cancelled" else candidate.text,
            outcome.finish,
            charge,
            prompt_us=outcome.prompt_us,
            is_context_cut=prompt.is_cut,
        )
        return result if checked is None else with_verdict(result, checked)
