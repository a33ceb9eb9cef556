"""Tiers: what an account may ask for, what it is given each month, and its volume discounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from billing.database import Session
from billing.model import RejectedInputError
from billing.prices import AMOUNT_NANO_USD_MAX

_COLUMNS = (
    "name, requests_per_minute, concurrent_requests, monthly_requests, monthly_credit_nano_usd"
)
_LIMIT_MAX = 1_000_000_000
_SPENT_NANO_USD_MAX = 1000 * AMOUNT_NANO_USD_MAX


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier. ``monthly_requests`` None: no quota; ``monthly_credit_nano_usd`` 0: no credit."""

    name: str
    requests_per_minute: int
    concurrent_requests: int
    monthly_requests: int | None
    monthly_credit_nano_usd: int


class TierChanges(TypedDict, total=False):
    """What to change of a tier; what is missing stays."""

    requests_per_minute: int
    concurrent_requests: int
    monthly_requests: int | None
    monthly_credit_nano_usd: int


@dataclass(frozen=True, slots=True)
class Discount:
    """Percent off the user's price once the month's spending has reached ``from_nano_usd``."""

    tier: str
    from_nano_usd: int
    percent: int


def tiers(session: Session) -> list[Tier]:
    """Every tier, the smallest first."""
    return [
        Tier(*row)
        for row in session.rows(f"SELECT {_COLUMNS} FROM pricing_tiers ORDER BY id")  # noqa: S608
    ]


def tier_id_of(session: Session, name: str) -> int:
    """The id of a tier. Raises RejectedInputError for a name that is none."""
    row = session.row("SELECT id FROM pricing_tiers WHERE name = ?", name)
    if row is None:
        names = ", ".join(tier.name for tier in tiers(session))
        raise RejectedInputError(f"there is no tier of that name: choose one of {names}")
    return int(row[0])


def set_tier_limits(session: Session, name: str, changes: TierChanges) -> Tier:
    """Change a tier for everybody in it, from the next request on. Raises RejectedInputError."""
    tier_id = tier_id_of(session, name)
    for column, value in changes.items():
        _check(column, value)
        session.change(f"UPDATE pricing_tiers SET {column} = ? WHERE id = ?", value, tier_id)  # noqa: S608
    return next(tier for tier in tiers(session) if tier.name == name)


def discounts(session: Session, tier: str | None = None) -> list[Discount]:
    """The discounts of one tier, or of all. Raises RejectedInputError."""
    rows = session.rows(
        "SELECT t.name, d.from_nano_usd, d.percent FROM volume_discounts d"
        " JOIN pricing_tiers t ON t.id = d.tier_id ORDER BY d.tier_id, d.from_nano_usd"
    )
    if tier is not None:
        tier_id_of(session, tier)
    return [Discount(*row) for row in rows if tier in (None, row[0])]


def set_discount(session: Session, tier: str, from_nano_usd: int, percent: int) -> None:
    """Give a discount from that much monthly spending on. Raises RejectedInputError."""
    tier_id = tier_id_of(session, tier)
    if not 0 < percent <= 100:
        raise RejectedInputError("a discount is 1 to 100 percent")
    if not 0 <= from_nano_usd <= _SPENT_NANO_USD_MAX:
        raise RejectedInputError("a discount begins at 0 USD of monthly spending or above")
    session.change(
        "INSERT INTO volume_discounts (tier_id, from_nano_usd, percent) VALUES (?, ?, ?)"
        " ON CONFLICT (tier_id, from_nano_usd) DO UPDATE SET percent = excluded.percent",
        tier_id,
        from_nano_usd,
        percent,
    )


def remove_discount(session: Session, tier: str, from_nano_usd: int) -> None:
    """Take a discount away. Raises RejectedInputError where there is none."""
    removed = session.change(
        "DELETE FROM volume_discounts WHERE tier_id = ? AND from_nano_usd = ?",
        tier_id_of(session, tier),
        from_nano_usd,
    )
    if not removed:
        raise RejectedInputError("the tier has no discount from that amount: see `tier discount`")


def _check(column: str, value: object) -> None:
    if column == "monthly_credit_nano_usd":
        is_fine = isinstance(value, int) and 0 <= value <= AMOUNT_NANO_USD_MAX
    else:
        is_fine = isinstance(value, int) and 0 < value <= _LIMIT_MAX
    if not is_fine and not (column == "monthly_requests" and value is None):
        raise RejectedInputError(
            "a limit of a tier is 1 to 1000000000, and its monthly credit at most 1000000 USD"
        )
