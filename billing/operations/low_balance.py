"""Tell once when a balance falls below its owner's threshold, and again only after it rose."""

from __future__ import annotations

from billing.database import Session


def note_balance(
    session: Session,
    now_us: int,
    user_id: int,
    posted_nano_usd: int,
    threshold_nano_usd: int,
    *,
    is_low: bool,
) -> None:
    """Write an event where the balance has just crossed the threshold downwards."""
    is_low_now = posted_nano_usd < threshold_nano_usd
    if is_low_now == is_low:
        return
    session.change("UPDATE accounts SET is_low = ? WHERE user_id = ?", int(is_low_now), user_id)
    if is_low_now:
        session.change(
            "INSERT INTO account_events (user_id, kind, balance_nano_usd, created_us)"
            " VALUES (?, 'low_balance', ?, ?)",
            user_id,
            posted_nano_usd,
            now_us,
        )
