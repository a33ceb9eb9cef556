"""Post transactions of the double-entry journal."""

from __future__ import annotations

import re

from billing.database import Session
from billing.keys import holds_key, masked
from billing.model import IdempotencyConflictError, RejectedInputError
from billing.operations.low_balance import note_balance
from billing.prices import AMOUNT_NANO_USD_MAX, format_usd

_EXTERNAL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}", re.ASCII)
POSTED_MAX_NANO_USD = 1000 * AMOUNT_NANO_USD_MAX

_ENTRIES_SQL = {
    count: "INSERT INTO entries (transaction_id, account_id, amount_nano_usd) VALUES "  # noqa: S608
    + ", ".join(["(?, ?, ?)"] * count)
    for count in range(2, 5)
}
"""One statement for all entries of a transaction, by how many there are."""


def post(
    session: Session,
    now_us: int,
    *,
    user_id: int,
    transaction_type: str,
    amount_nano_usd: int,
    entries: dict[int, int],
    external_id: str | None = None,
    hold_id: int | None = None,
    description: str = "",
) -> None:
    """Write one transaction: ``entries`` maps account ids to amounts and sums to zero.

    ``amount_nano_usd`` is what it does to the customer. Without a non-zero entry nothing happened
    to anybody's money and nothing is written.
    """
    moved = {account: amount for account, amount in entries.items() if amount}
    assert sum(moved.values()) == 0
    if not moved:
        return
    transaction_id = session.inserted_id(
        "INSERT INTO billing_transactions (user_id, transaction_type, amount_nano_usd,"
        " external_id, hold_id, description, created_us) VALUES (?, ?, ?, ?, ?, ?, ?)",
        user_id,
        transaction_type,
        amount_nano_usd,
        external_id,
        hold_id,
        masked(description),
        now_us,
    )
    values: list[int] = []
    for account, amount in moved.items():
        values += [transaction_id, account, amount]
    session.change(_ENTRIES_SQL[len(moved)], *values)


def credit(
    session: Session,
    now_us: int,
    *,
    user_id: int,
    transaction_type: str,
    amount_nano_usd: int,
    external_id: str,
    counter_account: int,
    description: str = "",
) -> bool:
    """Move money between a customer and an account of the operator, once per external id, for ever.

    A negative amount takes from the customer what is not held. False where it was booked before.
    Raises IdempotencyConflictError where the id was used for another amount or account,
    RejectedInputError.
    """
    if not 0 < abs(amount_nano_usd) <= AMOUNT_NANO_USD_MAX:
        raise RejectedInputError("an amount is above 0 and at most 1000000 USD")
    if not _EXTERNAL_ID.fullmatch(external_id):
        raise RejectedInputError(
            "the id is 1 to 128 letters, digits and _ . : - (the payment's number, for example),"
            " starting with a letter or digit"
        )
    if holds_key(external_id):
        raise RejectedInputError("the id is an API key: name the payment instead")
    if _is_repeated(session, user_id, transaction_type, amount_nano_usd, external_id):
        return False
    account_id = change_posted(session, now_us, user_id, amount_nano_usd)
    post(
        session,
        now_us,
        user_id=user_id,
        transaction_type=transaction_type,
        amount_nano_usd=amount_nano_usd,
        entries={account_id: amount_nano_usd, counter_account: -amount_nano_usd},
        external_id=external_id,
        description=description,
    )
    return True


def change_posted(session: Session, now_us: int, user_id: int, amount_nano_usd: int) -> int:
    """Change a balance that is never below what is held; the account's id.

    Raises RejectedInputError.
    """
    account = session.changed_row(
        "UPDATE accounts SET posted_nano_usd = posted_nano_usd + ?"
        " WHERE user_id = ? AND posted_nano_usd + ? BETWEEN held_nano_usd AND ?"
        " RETURNING id, posted_nano_usd, low_balance_nano_usd, is_low",
        amount_nano_usd,
        user_id,
        amount_nano_usd,
        POSTED_MAX_NANO_USD,
    )
    if account is None and amount_nano_usd > 0:
        raise RejectedInputError(f"an account holds at most {format_usd(POSTED_MAX_NANO_USD)} USD")
    if account is None:
        raise RejectedInputError(
            f"the account has less than {format_usd(-amount_nano_usd)} USD available: nothing was"
            " changed; see `balance`"
        )
    account_id, posted, low_balance, is_low = account
    note_balance(session, now_us, user_id, posted, low_balance, is_low=is_low == 1)
    return int(account_id)


def _is_repeated(
    session: Session, user_id: int, transaction_type: str, amount_nano_usd: int, external_id: str
) -> bool:
    row = session.row(
        "SELECT user_id, amount_nano_usd FROM billing_transactions"
        " WHERE transaction_type = ? AND external_id = ?",
        transaction_type,
        external_id,
    )
    if row is None:
        return False
    name = transaction_type.replace("_", " ")
    if row[0] != user_id:
        raise IdempotencyConflictError(
            f"the {name} {external_id} was booked for another account: take a new id"
        )
    if row[1] != amount_nano_usd:
        raise IdempotencyConflictError(
            f"the {name} {external_id} was booked with {format_usd(row[1])} USD: nothing was"
            " changed; take a new id for another one"
        )
    return True
