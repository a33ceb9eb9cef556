"""Find whom an API key speaks for."""

from __future__ import annotations

import hmac

from billing.database import Session
from billing.model import KeyRefusedError, Principal


def authenticate(session: Session, now_us: int, key_hash: str, *, is_legacy: bool) -> Principal:
    """The owner of a key that is neither revoked nor expired, of an account that is not disabled.

    ``is_legacy``: the key carries no checksum, which only imported ones may lack. Raises
    KeyRefusedError.
    """
    row = session.row(
        "SELECT k.key_hash, u.id, k.id, COALESCE(k.root_id, k.id), u.email, t.name,"
        " t.requests_per_minute, k.is_test FROM api_keys k JOIN users u ON u.id = k.user_id"
        " JOIN pricing_tiers t ON t.id = u.tier_id WHERE k.key_hash = ? AND k.is_legacy >= ?"
        " AND k.revoked_us IS NULL AND (k.expires_us IS NULL OR k.expires_us > ?)"
        " AND u.disabled_us IS NULL",
        key_hash,
        int(is_legacy),
        now_us,
    )
    if row is None or not hmac.compare_digest(row[0], key_hash):
        raise KeyRefusedError("the API key opens no account: it is unknown, revoked or expired")
    _, user_id, key_id, root_id, email, tier, requests_per_minute, is_test = row
    return Principal(user_id, key_id, root_id, email, tier, requests_per_minute, is_test == 1)
