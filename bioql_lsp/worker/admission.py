"""Before a request runs: its turn in the key's minute, its prompt, its place, and its hold."""

from __future__ import annotations

from dataclasses import dataclass

from billing.model import Charge, Hold, Principal
from bioql_lsp.worker.analysing import Analysis
from bioql_lsp.worker.booking import Booking
from bioql_lsp.worker.by_rules import RULED_KINDS, answer_by_rules
from bioql_lsp.worker.cache import AnswerCache
from bioql_lsp.worker.checking import Checked
from bioql_lsp.worker.dispatcher import AnyDispatcher
from bioql_lsp.worker.engines.base import Prompt
from bioql_lsp.worker.errors import engine_failure, no_funds, no_place
from bioql_lsp.worker.jobs import SchedulerError
from bioql_lsp.worker.results import Result, replayed
from bioql_lsp.worker.work import Work, prompt_for


@dataclass(frozen=True, slots=True)
class Admitted:
    """What a request was given: its hold, and a place in the queue unless it is answered already.

    ``known`` is how the same request of somebody ended before, or what our own rules say to it.
    """

    owner: int
    hold: Hold
    prompt: Prompt
    known: Result | Checked | None = None


class Admission:
    """Lets requests in; whoever is refused has used nothing."""

    def __init__(
        self,
        booking: Booking,
        dispatcher: AnyDispatcher,
        cache: AnswerCache,
        analysis: Analysis,
    ) -> None:
        self._booking = booking
        self._dispatcher = dispatcher
        self._cache = cache
        self._analysis = analysis

    async def admit(self, principal: Principal, work: Work) -> Admitted | Result:
        """Admit a request, or tell how the same one ended. Raises ServiceError.

        An answer that is known, or that needs no engine, needs no place; what it may use is held
        all the same, so that its id is booked.
        """
        turn = await self._booking.reserve(principal, "answer")
        try:
            known: Result | Checked | None = self._cache.get(work)
            if known is None and work.kind in RULED_KINDS:
                facts_kind = self._dispatcher.engine.facts_kind
                known = await self._analysis.run(
                    principal.user_id, answer_by_rules, work, facts_kind
                )
            if known is None:
                admitted = await self._placed(principal, work)
            else:
                admitted = await self._known(principal, work, known)
        except BaseException:
            await self._booking.resolve(turn, is_used=False)
            raise
        await self._booking.resolve(turn, is_used=isinstance(admitted, Admitted))
        return admitted

    async def _known(
        self, principal: Principal, work: Work, known: Result | Checked
    ) -> Admitted | Result:
        tokens = known.charge.usage.prompt_tokens if isinstance(known, Result) else 0
        hold = await self._booking.hold(principal, work, self._dispatcher.engine, tokens)
        if isinstance(hold, Hold):
            return Admitted(principal.user_id, hold, Prompt(()), known)
        return replayed(hold, known if isinstance(known, Checked) else None)

    async def _placed(self, principal: Principal, work: Work) -> Admitted | Result:
        """Place in the queue first: a hold that is released again would use up the id."""
        try:
            self._dispatcher.reserve()
        except SchedulerError as error:
            await self._refuse_poor(principal)
            raise no_place(
                error, is_failed=self._dispatcher.load_state.status == "failed"
            ) from error
        hold: Hold | Charge | None = None
        try:
            prompt = await self._prompt(principal, work)
            engine = self._dispatcher.engine
            hold = await self._booking.hold(principal, work, engine, len(prompt.ids))
        finally:
            if not isinstance(hold, Hold):
                self._dispatcher.give_back()
        if isinstance(hold, Hold):
            return Admitted(principal.user_id, hold, prompt)
        return replayed(hold)

    async def _prompt(self, principal: Principal, work: Work) -> Prompt:
        try:
            engine = self._dispatcher.engine
            return await self._analysis.run(principal.user_id, prompt_for, work, engine)
        except Exception as error:
            raise engine_failure(error) from error

    async def _refuse_poor(self, principal: Principal) -> None:
        """Who has no money at all is told so, rather than to retry later."""
        funds = await self._booking.call(self._booking.ledger.funds, principal)
        if funds.available_nano_usd <= 0 and self._booking.ledger.kind != "local":
            raise no_funds("nothing is left: top up the account")
