"""What the session has cost and how the worker is, as the editor is told.

Amounts are exact: decimal strings on the wire, `Decimal` here. Every request is counted once by its
id, so that a repeated answer is not added again.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from lsprotocol import types

from bioql_lsp import wire
from bioql_lsp.server import problems
from bioql_lsp.server.guard import log_failure
from bioql_lsp.server.problems import Problem, WorkerError
from bioql_lsp.server.session import Session

USAGE = "bioql/usage"
STATUS = "bioql/status"


class State(StrEnum):
    """How the worker is."""

    READY = "ready"
    LOADING = "loading"
    BUSY = "busy"
    OFFLINE = "offline"
    OUT_OF_CREDIT = "out_of_credit"
    RATE_LIMITED = "rate_limited"


@dataclass(frozen=True, slots=True)
class Action:
    """A command of ours that helps."""

    title: str
    command: str


RESTART = Action("Restart the worker", "bioql.restartWorker")
BALANCE = Action("Show the balance", "bioql.balance")
TRY_AGAIN = Action("Try again", "bioql.balance")

_STATES: dict[Problem, tuple[State, Action | None]] = {
    Problem.NO_KEY: (State.OFFLINE, TRY_AGAIN),
    Problem.WRONG_KEY: (State.OFFLINE, TRY_AGAIN),
    Problem.NO_CREDIT: (State.OUT_OF_CREDIT, BALANCE),
    Problem.BUDGET: (State.OUT_OF_CREDIT, BALANCE),
    Problem.RATE_LIMITED: (State.RATE_LIMITED, BALANCE),
    Problem.LOADING: (State.LOADING, TRY_AGAIN),
    Problem.BUSY: (State.BUSY, TRY_AGAIN),
    Problem.OFFLINE: (State.OFFLINE, RESTART),
    Problem.TIMEOUT: (State.OFFLINE, RESTART),
    Problem.DIED: (State.OFFLINE, RESTART),
    Problem.GARBAGE: (State.OFFLINE, RESTART),
    Problem.SETUP: (State.OFFLINE, RESTART),
    Problem.REFUSED: (State.READY, None),
}


class Meter:
    """The money of a session: what it cost so far, told after every request."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._costs_usd: dict[str, Decimal] = {}
        self._total_usd = Decimal(0)
        self.balance_usd: str | None = None

    @property
    def session_usd(self) -> Decimal:
        """What the session has cost."""
        return self._total_usd

    def check_budget(self) -> None:
        """Raises WorkerError when the session may not cost more."""
        budget_usd = self._session.settings.budget.session_usd
        if budget_usd is not None and self._total_usd >= Decimal(str(budget_usd)):
            raise problems.over_budget(format_usd(self._total_usd), f"{budget_usd:g}")

    def book(self, kind: str, answer: wire.Answer, is_voided: bool = False) -> tuple[str, str]:
        """Count a request and tell the client; a voided one costs nothing.

        Returns its cost and the balance after it.
        """
        cost_usd = Decimal(0) if is_voided else Decimal(answer.cost.user_cost_usd)
        refund_usd = Decimal(answer.cost.user_cost_usd) - cost_usd
        self._total_usd += cost_usd - self._costs_usd.get(answer.id, Decimal(0))
        self._costs_usd[answer.id] = cost_usd
        balance_usd = format_usd(Decimal(answer.account.balance_usd) + refund_usd)
        self._session.server.protocol.notify(
            USAGE,
            {
                "id": answer.id,
                "kind": kind,
                "finish": "withheld" if is_voided else answer.finish,
                "costUsd": format_usd(cost_usd),
                "sessionUsd": format_usd(self._total_usd),
                "balanceUsd": balance_usd,
                "promptTokens": answer.usage.prompt_tokens,
                "completionTokens": answer.usage.completion_tokens,
                "engineSeconds": answer.usage.engine_seconds,
                "cached": answer.usage.cached,
                "model": answer.model,
            },
        )
        self.balance_usd = balance_usd
        return format_usd(cost_usd), balance_usd


class Health:
    """How the worker is: told to the client on change, a problem shown to the user once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._told: object = None
        self._shown: set[str] = set()

    def tell(self, state: State, message: str = "", action: Action | None = None) -> None:
        """Send the state where it differs from what was sent last."""
        if (state, message, action) == self._told:
            return
        self._told = (state, message, action)
        command = None
        if action is not None:
            command = {"title": action.title, "command": action.command, "arguments": []}
        params = {"state": str(state), "message": message, "command": command}
        self._session.server.protocol.notify(STATUS, params)

    def recovered(self) -> None:
        """A request came through: a problem that comes back is shown again."""
        self._shown.clear()
        self.tell(State.READY)

    def note(self, error: WorkerError) -> None:
        """Send the state that a problem puts the worker in."""
        state, action = _STATES[error.problem]
        self.tell(state, error.message, action)

    def failed(self, error: WorkerError, is_explicit: bool) -> None:
        """Show a problem: once until it is over, and whenever the user asked by a command."""
        self.note(error)
        if error.problem not in self._shown or is_explicit:
            self._shown.add(error.problem)
            self.show(error.message, types.MessageType.Warning)

    def show(self, message: str, kind: types.MessageType = types.MessageType.Info) -> None:
        """Show the user a message."""
        self._session.server.window_show_message(
            types.ShowMessageParams(type=kind, message=f"BioQL: {message}")
        )


class WorkProgress:
    """Work-done progress that begins with its first report, in clients that show any."""

    def __init__(self, session: Session, title: str) -> None:
        self._session = session
        self._title = title
        self._token: str | None = None
        self._has_begun = False
        self._is_over = False
        self._last: tuple[int, str] | None = None

    def report(self, fraction: float, message: str) -> None:
        """How far the work is, 0 to 1."""
        self._last = (int(fraction * 100), message)
        if self._token is None and self._session.client.has_work_done_progress:
            self._token = str(uuid.uuid4())
            self._session.start(self._begin(self._token), "showing progress")
        elif self._token is not None and self._has_begun and not self._is_over:
            percentage, text = self._last
            value = types.WorkDoneProgressReport(message=text, percentage=percentage)
            self._session.server.work_done_progress.report(self._token, value)

    def end(self, message: str) -> None:
        """The work is over, well or not."""
        if self._has_begun and not self._is_over and self._token is not None:
            value = types.WorkDoneProgressEnd(message=message)
            self._session.server.work_done_progress.end(self._token, value)
        self._is_over = True

    async def _begin(self, token: str) -> None:
        progress = self._session.server.work_done_progress
        try:
            await progress.create_async(token)
        except Exception as error:
            log_failure(error, "window/workDoneProgress/create")
            return
        if self._is_over:
            return
        self._has_begun = True
        percentage, text = self._last or (0, "")
        progress.begin(
            token,
            types.WorkDoneProgressBegin(title=self._title, message=text, percentage=percentage),
        )


def format_usd(amount_usd: Decimal) -> str:
    """An amount with nine decimals, as the worker writes it."""
    return f"{amount_usd:.9f}"
