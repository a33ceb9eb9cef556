"""Give back the money of holds whose worker is dead, and keep the living ones alive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from billing.calendar import END_OF_TIME_US
from billing.database import Session
from billing.operations.resolve import Resolved, give_back


@dataclass(frozen=True, slots=True)
class OpenHold:
    """Money that is set aside for a request that runs, or whose worker is gone."""

    id: int
    email: str
    request_id: str
    amount_nano_usd: int
    created_us: int
    lease_until_us: int


def open_holds(session: Session) -> list[OpenHold]:
    """Every open hold, oldest first."""
    rows = session.rows(
        "SELECT h.id, u.email, h.request_id, h.amount_nano_usd, h.created_us, h.lease_until_us"
        " FROM holds h JOIN users u ON u.id = h.user_id WHERE h.status = 'open'"
        " AND h.lease_until_us < ?",
        END_OF_TIME_US,
    )
    return sorted((OpenHold(*row) for row in rows), key=lambda hold: hold.id)


def expire(session: Session, now_us: int, hold_id: int, *, is_forced: bool = False) -> bool:
    """End one open hold without a charge when its lease is over; False where it is not.

    ``is_forced``: whatever its lease says.
    """
    row = session.changed_row(
        "UPDATE holds SET status = 'expired', resolved_us = ?"
        " WHERE id = ? AND status = 'open' AND lease_until_us < ?"
        " RETURNING user_id, api_key_id, amount_nano_usd, month_us",
        now_us,
        hold_id,
        END_OF_TIME_US if is_forced else now_us,
    )
    if row is None:
        return False
    give_back(session, now_us, Resolved(hold_id, *row), spent_nano_usd=0, is_counted=False)
    return True


def expire_dead_of_user(session: Session, now_us: int, user_id: int) -> int:
    """End the holds of one user whose lease is over; how many there were."""
    dead = dead_holds(session, now_us)
    return sum(expire(session, now_us, hold_id) for hold_id, owner in dead if owner == user_id)


def dead_holds(session: Session, now_us: int) -> list[tuple[int, int]]:
    """Id and user of each open hold whose lease is over, by rising id.

    With a user or an order in the query, SQLite would walk all holds there ever were, not the index
    of the open ones.
    """
    rows = session.rows(
        "SELECT id, user_id FROM holds WHERE status = 'open' AND lease_until_us < ?", now_us
    )
    return sorted((row[0], row[1]) for row in rows)


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
