"""What happened to accounts that somebody should be told."""

from __future__ import annotations

from dataclasses import dataclass

from billing.database import Session


@dataclass(frozen=True, slots=True)
class AccountEvent:
    """``low_balance``: the balance fell below what the account wants to be warned of."""

    id: int
    email: str
    kind: str
    balance_nano_usd: int
    at_us: int


def events(session: Session, after_id: int) -> list[AccountEvent]:
    """The events after one, oldest first: ask again with the last id for what came since."""
    rows = session.rows(
        "SELECT e.id, u.email, e.kind, e.balance_nano_usd, e.created_us FROM account_events e"
        " JOIN users u ON u.id = e.user_id WHERE e.id > ? ORDER BY e.id",
        after_id,
    )
    return [AccountEvent(*row) for row in rows]
