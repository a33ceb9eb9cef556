"""The credit that a tier includes each month (UTC): booked once per account and month.

The first grant of a month stands: a change of tier brings its credit with the next month.
"""

from __future__ import annotations

from datetime import UTC, datetime

from billing.database import Session
from billing.operations.journal import credit
from billing.schema import PLAN_CREDIT_ACCOUNT

_NEWEST_MONTH = "9999-12"


def due_users(session: Session, now_us: int) -> list[int]:
    """The users whose tier includes credit that they have not had this month, by rising id."""
    rows = session.rows(
        "SELECT u.id FROM users u JOIN pricing_tiers t ON t.id = u.tier_id"
        " WHERE u.disabled_us IS NULL AND t.monthly_credit_nano_usd > 0 AND NOT EXISTS"
        " (SELECT 1 FROM billing_transactions b WHERE b.transaction_type = 'plan_credit'"
        " AND b.external_id = 'plan:' || CAST(u.id AS TEXT) || ':' || ?) ORDER BY u.id",
        _month(now_us),
    )
    return [int(row[0]) for row in rows]


def grant(session: Session, now_us: int, user_id: int) -> bool:
    """Book this month's credit of an active account; False where there is none to book.

    Also false where a later month was booked: a clock that jumps back grants nothing twice. Raises
    RejectedInputError where the account is full.
    """
    row = session.row(
        "SELECT t.monthly_credit_nano_usd, t.name FROM users u"
        " JOIN pricing_tiers t ON t.id = u.tier_id WHERE u.id = ? AND u.disabled_us IS NULL",
        user_id,
    )
    if row is None or row[0] == 0 or _was_granted(session, now_us, user_id):
        return False
    return credit(
        session,
        now_us,
        user_id=user_id,
        transaction_type="plan_credit",
        amount_nano_usd=row[0],
        external_id=_external_id(user_id, _month(now_us)),
        counter_account=PLAN_CREDIT_ACCOUNT,
        description=f"Monthly credit of the tier {row[1]}",
    )


def _was_granted(session: Session, now_us: int, user_id: int) -> bool:
    found = session.row(
        "SELECT 1 FROM billing_transactions WHERE transaction_type = 'plan_credit'"
        " AND external_id BETWEEN ? AND ? AND user_id = ? LIMIT 1",
        _external_id(user_id, _month(now_us)),
        _external_id(user_id, _NEWEST_MONTH),
        user_id,
    )
    return found is not None


def _external_id(user_id: int, month: str) -> str:
    return f"plan:{user_id}:{month}"


def _month(now_us: int) -> str:
    return datetime.fromtimestamp(now_us // 1_000_000, UTC).strftime("%Y-%m")
