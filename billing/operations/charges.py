"""Read how a request ended, and the funds of its account."""

from __future__ import annotations

from typing import Literal

from billing.calendar import month_start_us
from billing.database import Row, Session
from billing.model import Charge, EngineUsage, Funds

_STATUS: dict[str, Literal["settled", "released", "voided"]] = {
    "settled": "settled",
    "released": "released",
    "expired": "released",
    "voided": "voided",
}


def funds_of(session: Session, user_id: int) -> Funds:
    """What the account has posted and held."""
    row = session.row(
        "SELECT posted_nano_usd, held_nano_usd FROM accounts WHERE user_id = ?", user_id
    )
    assert row is not None
    return Funds(row[0], row[1])


def month(session: Session, now_us: int, user_id: int) -> tuple[int, int]:
    """Requests of the month (UTC) that count against the quota, and their cost to the user."""
    row = session.row(
        "SELECT month_us, month_requests, month_spent_nano_usd FROM accounts WHERE user_id = ?",
        user_id,
    )
    assert row is not None
    return (row[1], row[2]) if row[0] >= month_start_us(now_us) else (0, 0)


def charge_of(session: Session, hold_id: int) -> Charge:
    """The charge of a resolved hold. A voided one costs the user nothing."""
    row = session.row(
        "SELECT h.user_id, h.request_id, h.status, h.price_version, u.prompt_tokens,"
        " u.completion_tokens, u.engine_us, u.base_cost_nano_usd, u.user_cost_nano_usd"
        " FROM holds h LEFT JOIN inference_usage u ON u.hold_id = h.id WHERE h.id = ?",
        hold_id,
    )
    assert row is not None
    return _charge(row, funds_of(session, row[0]))


def _charge(row: Row, funds: Funds) -> Charge:
    _, request_id, status, price_version, prompt, completion, engine_us, base, user = row
    return Charge(
        request_id=request_id,
        status=_STATUS[status],
        usage=EngineUsage(prompt or 0, completion or 0, engine_us or 0),
        base_cost_nano_usd=base or 0,
        user_cost_nano_usd=0 if status == "voided" else user or 0,
        price_version=price_version,
        funds=funds,
    )
