"""Correct a balance by hand, with the reason, once per external id, for ever."""

from __future__ import annotations

from billing.database import Session
from billing.keys import masked
from billing.model import RejectedInputError
from billing.operations.journal import credit
from billing.prices import AMOUNT_NANO_USD_MAX
from billing.schema import ADJUSTMENTS_ACCOUNT

_REASON_LENGTH_MAX = 200


def adjust(
    session: Session,
    now_us: int,
    user_id: int,
    amount_nano_usd: int,
    *,
    external_id: str,
    reason: str,
) -> bool:
    """Add to an account or take from it; False where the same adjustment was booked before.

    Raises IdempotencyConflictError where the id was used for another amount or account,
    RejectedInputError where the account has less than that available.
    """
    if not 0 < abs(amount_nano_usd) <= AMOUNT_NANO_USD_MAX:
        raise RejectedInputError("an adjustment is at most 1000000 USD either way, and not 0")
    reason = masked(reason.strip())
    if not (0 < len(reason) <= _REASON_LENGTH_MAX and reason.isprintable()):
        raise RejectedInputError(
            f"the reason is one line of 1 to {_REASON_LENGTH_MAX} characters: it stays in the books"
        )
    return credit(
        session,
        now_us,
        user_id=user_id,
        transaction_type="adjustment",
        amount_nano_usd=amount_nano_usd,
        external_id=external_id,
        counter_account=ADJUSTMENTS_ACCOUNT,
        description=reason,
    )
