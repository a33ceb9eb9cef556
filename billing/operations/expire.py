"""Give back the money of holds whose worker is dead, and keep the living ones alive."""

from __future__ import annotations

from collections.abc import Sequence

from billing.database import Session


def expire(session: Session, now_us: int, hold_id: int) -> bool:
    """End one open hold without a charge; False where it was resolved before."""
    row = session.row(
        "UPDATE holds SET status = 'expired', resolved_us = ? WHERE id = ? AND status = 'open'"
        " RETURNING user_id, api_key_id, amount_nano_usd",
        now_us,
        hold_id,
    )
    if row is None:
        return False
    user_id, key_id, amount = row
    session.change(
        "UPDATE accounts SET held_nano_usd = held_nano_usd - ? WHERE user_id = ?", amount, user_id
    )
    session.change(
        "UPDATE api_keys SET held_nano_usd = held_nano_usd - ? WHERE id = ?", amount, key_id
    )
    return True


def expire_dead_of_user(session: Session, now_us: int, user_id: int) -> int:
    """End the holds of one user whose lease is over; how many there were."""
    rows = session.rows(
        "SELECT id FROM holds WHERE status = 'open' AND lease_until_us < ? AND user_id = ?",
        now_us,
        user_id,
    )
    return sum(expire(session, now_us, row[0]) for row in rows)


def dead_holds(session: Session, now_us: int) -> list[int]:
    """The ids of open holds whose lease is over."""
    rows = session.rows(
        "SELECT id FROM holds WHERE status = 'open' AND lease_until_us < ? ORDER BY id", now_us
    )
    return [row[0] for row in rows]


def sweep(session: Session, now_us: int) -> int:
    """End every hold whose lease is over; how many there were."""
    return sum(expire(session, now_us, hold_id) for hold_id in dead_holds(session, now_us))


def heartbeat(session: Session, lease_until_us: int, hold_ids: Sequence[int]) -> int:
    """Move the lease of open holds forward; how many of them are still open."""
    return sum(
        session.change(
            "UPDATE holds SET lease_until_us = ? WHERE id = ? AND status = 'open'",
            lease_until_us,
            hold_id,
        )
        for hold_id in hold_ids
    )
