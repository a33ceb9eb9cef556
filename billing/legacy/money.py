"""Old movements of money become transactions of their own, once each, for ever."""

from __future__ import annotations

from dataclasses import dataclass

from billing.legacy import values
from billing.legacy.old_database import OldDatabase, OldRow
from billing.legacy.people import Customer, Customers
from billing.legacy.report import CustomerSum, row_name
from billing.legacy.run import ImportRun
from billing.legacy.values import RowRefusedError, token
from billing.model import RejectedInputError
from billing.operations.journal import POSTED_MAX_NANO_USD, change_posted, post
from billing.prices import format_usd
from billing.schema import LEGACY_BALANCE_ACCOUNT, OPERATOR_LOSS_ACCOUNT

_TABLE = "billing_transactions"
_COLUMNS = ("id", "user_id", "amount", "transaction_type", "description", "created_at")


@dataclass(frozen=True, slots=True)
class _OldTransaction:
    """One old row that could be read. ``token`` stands for its id."""

    row: OldRow
    name: str
    token: str
    customer: Customer
    amount_nano_usd: int
    is_exact: bool


@dataclass(slots=True)
class _Movement:
    """What one import has posted for a customer, while ``posted`` has yet to follow."""

    customer: Customer
    transactions: int = 0
    amount_nano_usd: int = 0
    last_token: str = ""


def import_transactions(run: ImportRun, customers: Customers) -> None:
    """Post every old row that was not posted before, then change each balance once.

    The old balances went below zero in between, which ``posted`` never may.
    """
    run.report.count(_TABLE)
    repeated = _repeated_tokens(run.old)
    movements: dict[int, _Movement] = {}
    for place, row in enumerate(run.old.rows(_TABLE, *_COLUMNS), start=1):
        name = row_name(row.get("id"), place)
        try:
            old = _read(row, name, customers, repeated)
            is_new = _is_new(run, old)
        except RowRefusedError as error:
            run.report.refuse(_TABLE, name, str(error))
            continue
        if is_new:
            _post(run, old)
            movement = movements.setdefault(old.customer.user_id, _Movement(old.customer))
            movement.transactions += 1
            movement.amount_nano_usd += old.amount_nano_usd
            movement.last_token = old.token
    # By rising user, the order in which every writer takes its locks.
    for _, movement in sorted(movements.items()):
        run.report.customers.append(_change_balance(run, movement))


def _repeated_tokens(old: OldDatabase) -> set[str]:
    """The ids that more than one row has: which of them was posted could not be told later."""
    seen: set[str] = set()
    repeated: set[str] = set()
    for row in old.rows(_TABLE, "id"):
        if row.get("id") is not None:
            row_token = token(row.get("id"))
            (repeated if row_token in seen else seen).add(row_token)
    return repeated


def _read(row: OldRow, name: str, customers: Customers, repeated: set[str]) -> _OldTransaction:
    row_token = token(row.get("id"))
    if row_token in repeated:
        raise RowRefusedError("another row has the same id")
    customer = customers.find(row.get("user_id"))
    amount, is_exact = values.amount_nano_usd(row.get("amount"))
    return _OldTransaction(row, name, row_token, customer, amount, is_exact)


def _is_new(run: ImportRun, old: _OldTransaction) -> bool:
    """Whether there is money to post. Raises RowRefusedError for a row that was another before."""
    amount, user_id = old.amount_nano_usd, old.customer.user_id
    booked = run.session.row(
        "SELECT user_id, amount_nano_usd FROM billing_transactions"
        " WHERE transaction_type = 'legacy' AND external_id = ?",
        _external_id(run, old),
    )
    if booked is not None:
        if tuple(booked) != (user_id, amount):
            raise RowRefusedError(
                f"it was taken before as {format_usd(booked[1])} USD of user {booked[0]} of this"
                f" ledger, and is {format_usd(amount)} USD of user {user_id} by now"
            )
        run.report.count(_TABLE).already_there += 1
        return False
    if not old.is_exact:
        exact = values.shown(old.row.get("amount"))
        run.report.warn(_TABLE, old.name, f"{exact} USD was rounded to {format_usd(amount)}")
    if amount == 0:
        run.report.leave_out(_TABLE, old.name, "moves no money")
        return False
    run.report.count(_TABLE).taken += 1
    return True


def _post(run: ImportRun, old: _OldTransaction) -> None:
    at_us = values.time_us(old.row.get("created_at"), run.now_us)
    if at_us is None:
        text = "has no readable time: it is booked at that of the import"
        run.report.warn(_TABLE, old.name, text)
    account_id, amount = old.customer.account_id, old.amount_nano_usd
    post(
        run.session,
        run.now_us if at_us is None else at_us,
        user_id=old.customer.user_id,
        transaction_type="legacy",
        amount_nano_usd=amount,
        entries={account_id: amount, LEGACY_BALANCE_ACCOUNT: -amount},
        external_id=_external_id(run, old),
        description=values.description(
            old.row.get("description") or old.row.get("transaction_type")
        ),
    )


def _external_id(run: ImportRun, old: _OldTransaction) -> str:
    return f"legacy:{run.report.source}:{old.token}"


def _change_balance(run: ImportRun, movement: _Movement) -> CustomerSum:
    """Let ``posted`` follow; what would leave less than is held is written off by the operator."""
    customer, amount = movement.customer, movement.amount_nano_usd
    # A change of nothing keeps others from holding money until this transaction ends.
    funds = run.session.changed_row(
        "UPDATE accounts SET is_low = is_low WHERE id = ? RETURNING posted_nano_usd, held_nano_usd",
        customer.account_id,
    )
    assert funds is not None
    posted, held = funds
    written_off = max(0, held - posted - amount)
    if max(posted + amount, written_off) > POSTED_MAX_NANO_USD:
        raise RejectedInputError(
            f"the old rows of {customer.email} come to {format_usd(amount)} USD, which no account"
            " can have: nothing was imported; correct a copy of the file"
        )
    if written_off:
        post(
            run.session,
            run.now_us,
            user_id=customer.user_id,
            transaction_type="legacy",
            amount_nano_usd=written_off,
            entries={customer.account_id: written_off, OPERATOR_LOSS_ACCOUNT: -written_off},
            external_id=f"legacy-write-off:{run.report.source}:{movement.last_token}",
            description="overdrawn at the old service",
        )
    change_posted(run.session, run.now_us, customer.user_id, amount + written_off)
    balance = posted + amount + written_off
    return CustomerSum(customer.email, movement.transactions, amount, written_off, balance)
