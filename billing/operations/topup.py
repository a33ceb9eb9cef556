"""Book money that a customer has paid, once per external id, for ever."""

from __future__ import annotations

from billing.database import Session
from billing.model import RejectedInputError
from billing.operations.journal import credit
from billing.schema import FUNDING_ACCOUNT


def topup(
    session: Session, now_us: int, user_id: int, amount_nano_usd: int, external_id: str
) -> bool:
    """Credit an account; False where the same top-up was booked before.

    Raises IdempotencyConflictError where the id was used for another amount or account,
    RejectedInputError.
    """
    if amount_nano_usd <= 0:
        raise RejectedInputError("a top-up is above 0: use `refund` to give money back")
    return credit(
        session,
        now_us,
        user_id=user_id,
        transaction_type="topup",
        amount_nano_usd=amount_nano_usd,
        external_id=external_id,
        counter_account=FUNDING_ACCOUNT,
    )
