"""Book money that a customer has paid, once per external id, for ever."""

from __future__ import annotations

import re

from billing.database import Session
from billing.model import IdempotencyConflictError, RejectedInputError
from billing.operations.journal import post
from billing.prices import AMOUNT_NANO_USD_MAX, format_usd
from billing.schema import FUNDING_ACCOUNT

_EXTERNAL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}", re.ASCII)
_POSTED_MAX_NANO_USD = 1000 * AMOUNT_NANO_USD_MAX


def topup(
    session: Session, now_us: int, user_id: int, amount_nano_usd: int, external_id: str
) -> bool:
    """Credit an account; False where the same top-up was booked before.

    Raises IdempotencyConflictError where the id was used for another amount or account,
    RejectedInputError.
    """
    if not 0 < amount_nano_usd <= AMOUNT_NANO_USD_MAX:
        raise RejectedInputError("a top-up is above 0 and at most 1000000 USD")
    if not _EXTERNAL_ID.fullmatch(external_id):
        raise RejectedInputError(
            "the id of a top-up is 1 to 128 letters, digits and _ . : - (the payment's number, for"
            " example), starting with a letter or digit"
        )
    if _is_repeated(session, user_id, amount_nano_usd, external_id):
        return False
    account = session.row(
        "UPDATE accounts SET posted_nano_usd = posted_nano_usd + ?"
        " WHERE user_id = ? AND posted_nano_usd <= ? RETURNING id",
        amount_nano_usd,
        user_id,
        _POSTED_MAX_NANO_USD - amount_nano_usd,
    )
    if account is None:
        raise RejectedInputError(f"an account holds at most {format_usd(_POSTED_MAX_NANO_USD)} USD")
    entries = {account[0]: amount_nano_usd, FUNDING_ACCOUNT: -amount_nano_usd}
    post(
        session,
        now_us,
        user_id=user_id,
        transaction_type="topup",
        amount_nano_usd=amount_nano_usd,
        entries=entries,
        external_id=external_id,
    )
    return True


def _is_repeated(session: Session, user_id: int, amount_nano_usd: int, external_id: str) -> bool:
    row = session.row(
        "SELECT user_id, amount_nano_usd FROM billing_transactions"
        " WHERE transaction_type = 'topup' AND external_id = ?",
        external_id,
    )
    if row is None:
        return False
    if row[0] != user_id:
        raise IdempotencyConflictError(
            f"the top-up {external_id} was booked for another account: take a new id"
        )
    if row[1] != amount_nano_usd:
        raise IdempotencyConflictError(
            f"the top-up {external_id} was booked with {format_usd(row[1])} USD: nothing was"
            " changed; take a new id for another payment"
        )
    return True
