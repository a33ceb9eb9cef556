"""Book money that was paid back to a customer, once per external id, for ever."""

from __future__ import annotations

from billing.database import Session
from billing.model import RejectedInputError
from billing.operations.journal import credit
from billing.prices import AMOUNT_NANO_USD_MAX
from billing.schema import FUNDING_ACCOUNT


def refund(
    session: Session, now_us: int, user_id: int, amount_nano_usd: int, external_id: str
) -> bool:
    """Take a refunded payment off an account; False where the same refund was booked before.

    Raises IdempotencyConflictError where the id was used for another amount or account,
    RejectedInputError where the account has less than that available.
    """
    if not 0 < amount_nano_usd <= AMOUNT_NANO_USD_MAX:
        raise RejectedInputError("a refund is above 0 and at most 1000000 USD")
    return credit(
        session,
        now_us,
        user_id=user_id,
        transaction_type="refund",
        amount_nano_usd=-amount_nano_usd,
        external_id=external_id,
        counter_account=FUNDING_ACCOUNT,
    )
