"""The ledger under test beside its model, and what is compared after every step."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from billing.database import Row, Session
from billing.ledger import Ledger
from billing.model import (
    Funds,
    Hold,
    InsufficientFundsError,
    LedgerError,
    LimitReachedError,
    Principal,
)
from tests.billing.machine.model import Model
from tests.billing.machine.places import Place
from tests.billing.machine.values import Promise, Refused, month_of
from tests.billing.support import Clock

PICKS = st.integers(0, 11)


class MismatchError(AssertionError):
    """The ledger did not do what the model says."""


class LedgerMachineBase(RuleBasedStateMachine):
    """Subclasses add the rules."""

    ledger: Ledger
    model: Model

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.clock = Clock()
        self.url = place.fresh(self.clock)
        self.ledger = Ledger.open(self.url, self.clock)
        self.api_keys: dict[str, str] = {}
        self.principals: dict[str, Principal] = {}
        self.user_ids: dict[str, int] = {}
        self.holds: dict[tuple[str, str], Hold] = {}
        self.head: str | None = None

    def teardown(self) -> None:
        try:
            # After a mismatch the end can only repeat it in other words.
            if sys.exc_info()[0] is None:
                self.check_the_end()
        finally:
            self.ledger.close()
            self.place.remove(self.url)

    def check_the_end(self) -> None:
        """What is too slow to be asked after every step."""
        self.expect(self.model.sweep(), self.ledger.sweep)
        self.expect([], self.ledger.audit, self.head)
        same("the operator's accounts", self.model.operator_accounts(), self.operator_accounts())

    def picked_key(self, pick: int) -> str:
        names = list(self.model.keys)
        return names[pick % len(names)]

    # Comparing

    @staticmethod
    def expect(
        expected: object, operation: Callable[..., Any], *arguments: Any, **named: Any
    ) -> Any:
        """Run an operation of the ledger, compare with what the model says, return the reply."""
        reply: Any = None
        try:
            reply = operation(*arguments, **named)
        except LedgerError as error:
            same(f"{operation.__name__} ({error})", expected, refusal_of(error))
        except AssertionError as error:
            raise MismatchError(f"{operation.__name__} failed its own assertion") from error
        else:
            same(operation.__name__, expected, comparable(reply))
        return reply

    @staticmethod
    def must(operation: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """Run an operation that may not be refused, whatever it returns."""
        try:
            return operation(*arguments, **named)
        except (LedgerError, AssertionError) as error:
            raise MismatchError(f"{operation.__name__} was refused: {error}") from error

    @invariant()
    def rows_are_what_the_model_says(self) -> None:
        accounts, keys, events = self.ledger._read(_rows)
        for row in accounts:
            self._check_account(row)
        names = {principal.key_id: name for name, principal in self.principals.items()}
        for key_id, spent, held in keys:
            name = names[key_id]
            is_root = self.model.keys[name].root == name
            expected = self.model.rotation(name) if is_root else (0, 0)
            same(f"spent and held of the key {name}", expected, (spent, held))
        same("events", self.model.events, events)

    def _check_account(self, row: Row) -> None:
        email, posted, held, is_open, month_us, month_requests, month_spent, is_low = row
        model = self.model
        same(f"funds of {email}", model.funds(email), Funds(posted, held))
        same(f"open requests of {email}", model.open_count(email), is_open)
        same(f"low balance of {email}", model.accounts[email].is_low, is_low == 1)
        month = model.month(email)
        counters = (month_requests, month_spent)
        same(f"month's counters of {email}", model.counters(email, month), counters)
        if month:
            same(f"month of {email}", month, month_of(month_us))

    def operator_accounts(self) -> dict[str, int]:
        return dict(self.ledger._read(_operator_rows))


def _rows(session: Session) -> tuple[list[Row], list[Row], list[Row]]:
    accounts = session.rows(
        "SELECT u.email, a.posted_nano_usd, a.held_nano_usd, a.open_requests, a.month_us,"
        " a.month_requests, a.month_spent_nano_usd, a.is_low"
        " FROM accounts a JOIN users u ON u.id = a.user_id"
    )
    keys = session.rows("SELECT id, spent_nano_usd, held_nano_usd FROM api_keys")
    events = session.rows(
        "SELECT u.email, e.balance_nano_usd FROM account_events e"
        " JOIN users u ON u.id = e.user_id ORDER BY e.id"
    )
    return accounts, keys, events


def _operator_rows(session: Session) -> list[Row]:
    return session.rows(
        "SELECT a.name, COALESCE(SUM(e.amount_nano_usd), 0) FROM accounts a"
        " LEFT JOIN entries e ON e.account_id = a.id WHERE a.user_id IS NULL GROUP BY a.id, a.name"
    )


def same(what: str, expected: object, found: object) -> None:
    if expected != found:
        raise MismatchError(f"{what}: expected {expected}, found {found}")


def refusal_of(error: LedgerError) -> Refused:
    if isinstance(error, InsufficientFundsError):
        numbers = (error.available_nano_usd, error.needed_nano_usd)
        return Refused(InsufficientFundsError, error.source, numbers)
    if isinstance(error, LimitReachedError):
        return Refused(LimitReachedError, error.source, (error.limit,))
    return Refused(type(error))


def comparable(reply: object) -> object:
    if isinstance(reply, Hold):
        return Promise(reply.amount_nano_usd, reply.price_version, reply.engine_us_max)
    return reply
