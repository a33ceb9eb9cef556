"""What decides whether a request may begin, read at one glance."""

from __future__ import annotations

from typing import NamedTuple

from billing.calendar import month_start_us, next_month_us
from billing.database import Session
from billing.model import InsufficientFundsError, KeyRefusedError, LimitReachedError
from billing.operations.price_list import VERSION_NOW_SQL

UNLIMITED = 2**62
CONCURRENCY_RETRY_SECONDS = 1


class Admission(NamedTuple):
    """The key, the account and the tier of a request, its price, and what has its id already."""

    user_id: int
    root_id: int
    is_test: int
    revoked_us: int | None
    expires_us: int | None
    key_rest_nano_usd: int | None
    disabled_us: int | None
    tier_id: int
    concurrent_requests: int
    monthly_requests: int
    available_nano_usd: int
    open_requests: int
    month_us: int
    month_requests: int
    discount_percent: int
    price_version: str | None
    hold_id: int | None
    hold_fingerprint: str | None
    hold_status: str | None


_SQL = (
    "SELECT u.id, r.id, k.is_test, k.revoked_us, k.expires_us,"  # noqa: S608
    " r.cap_nano_usd - r.spent_nano_usd - r.held_nano_usd, u.disabled_us, t.id,"
    " t.concurrent_requests, COALESCE(t.monthly_requests, ?),"
    " a.posted_nano_usd - a.held_nano_usd, a.open_requests, a.month_us,"
    " CASE WHEN a.month_us < ? THEN 0 ELSE a.month_requests END,"
    " COALESCE((SELECT d.percent FROM volume_discounts d WHERE d.tier_id = t.id"
    " AND d.from_nano_usd <= CASE WHEN a.month_us < ? THEN 0 ELSE a.month_spent_nano_usd END"
    f" ORDER BY d.from_nano_usd DESC LIMIT 1), 0), {VERSION_NOW_SQL},"
    " h.id, h.fingerprint, h.status"
    " FROM api_keys k JOIN api_keys r ON r.id = COALESCE(k.root_id, k.id)"
    " JOIN users u ON u.id = k.user_id JOIN accounts a ON a.user_id = u.id"
    " JOIN pricing_tiers t ON t.id = u.tier_id"
    " LEFT JOIN holds h ON h.user_id = u.id AND h.request_id = ? WHERE k.id = ?"
)


def admission(
    session: Session, now_us: int, key_id: int, request_id: str, engine: str
) -> Admission:
    """How things stand for a request. Raises KeyRefusedError for a key that is gone."""
    month_us = month_start_us(now_us)
    row = session.row(
        _SQL,
        UNLIMITED,
        month_us,
        month_us,
        engine,
        now_us,
        now_us,
        request_id,
        key_id,
    )
    if row is None:
        raise KeyRefusedError("the API key opens no account: it is unknown")
    return Admission(*row)


def refusal(
    now: Admission, now_us: int, amount_nano_usd: int, *, is_limited: bool
) -> KeyRefusedError | InsufficientFundsError | LimitReachedError | None:
    """Why a new request of that amount may not begin, or None."""
    is_expired = now.expires_us is not None and now.expires_us <= now_us
    if now.revoked_us is not None or is_expired or now.disabled_us is not None:
        return KeyRefusedError("the API key opens no account: it is revoked or expired")
    if is_limited and now.open_requests >= now.concurrent_requests:
        return LimitReachedError("concurrency", now.concurrent_requests, CONCURRENCY_RETRY_SECONDS)
    if is_limited and now.month_requests >= now.monthly_requests:
        wait_seconds = -(-(next_month_us(now_us) - now_us) // 1_000_000)
        return LimitReachedError("quota", now.monthly_requests, wait_seconds)
    if now.available_nano_usd < amount_nano_usd:
        return InsufficientFundsError(now.available_nano_usd, amount_nano_usd, "account")
    if now.key_rest_nano_usd is not None and now.key_rest_nano_usd < amount_nano_usd:
        return InsufficientFundsError(now.key_rest_nano_usd, amount_nano_usd, "key_cap")
    return None
