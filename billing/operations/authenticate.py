"""Find whom an API key speaks for."""

from __future__ import annotations

import hmac

from billing.database import Session
from billing.model import KeyRefusedError, Principal


def authenticate(session: Session, now_us: int, key_hash: str) -> Principal:
    """The owner of a key that is neither revoked nor expired. Raises KeyRefusedError."""
    row = session.row(
        "SELECT k.key_hash, u.id, k.id, u.email, t.name, t.requests_per_minute, k.is_test"
        " FROM api_keys k JOIN users u ON u.id = k.user_id"
        " JOIN pricing_tiers t ON t.id = u.tier_id WHERE k.key_hash = ?"
        " AND k.revoked_us IS NULL AND (k.expires_us IS NULL OR k.expires_us > ?)",
        key_hash,
        now_us,
    )
    if row is None or not hmac.compare_digest(row[0], key_hash):
        raise KeyRefusedError("the API key opens no account: it is unknown, revoked or expired")
    _, user_id, key_id, email, tier, requests_per_minute, is_test = row
    return Principal(user_id, key_id, email, tier, requests_per_minute, is_test == 1)
