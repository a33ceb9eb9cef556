"""Add, list, rotate and revoke API keys.

Cap, spent and held are those of a rotation's first key, whose id is the ``root_id`` of the others.
"""

from __future__ import annotations

from billing.database import Session
from billing.keys import hash_of, new_key, start_of
from billing.model import KeyInfo, RejectedInputError

OVERLAP_US = 24 * 3_600_000_000
"""How long a rotated key still works unless told otherwise."""
OVERLAP_US_MAX = 90 * 24 * 3_600_000_000

_COLUMNS = (
    "k.id, u.email, k.key_start, k.is_test, r.cap_nano_usd, r.spent_nano_usd, r.held_nano_usd,"
    " k.created_us, k.expires_us, k.revoked_us, r.id, k.is_legacy FROM api_keys k"
    " JOIN users u ON u.id = k.user_id JOIN api_keys r ON r.id = COALESCE(k.root_id, k.id)"
)


def add_key(
    session: Session,
    now_us: int,
    user_id: int,
    key: str,
    *,
    is_test: bool,
    cap_nano_usd: int | None = None,
    expires_us: int | None = None,
) -> KeyInfo:
    """Store the hash of a new key. Raises RejectedInputError for an expiry that has passed."""
    if expires_us is not None and expires_us <= now_us:
        raise RejectedInputError("the expiry has passed already: write a day to come")
    row = session.changed_row(
        "INSERT INTO api_keys (user_id, key_hash, key_start, is_test, cap_nano_usd, created_us,"
        " expires_us) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
        user_id,
        hash_of(key),
        start_of(key),
        int(is_test),
        cap_nano_usd,
        now_us,
        expires_us,
    )
    assert row is not None
    return key_info(session, row[0])


def key_info(session: Session, key_id: int) -> KeyInfo:
    """What is known of one key. Raises RejectedInputError for an id that is none."""
    row = session.row(f"SELECT {_COLUMNS} WHERE k.id = ?", key_id)
    if row is None:
        raise RejectedInputError(f"there is no key {key_id}: `key list` shows the ids")
    return KeyInfo(*row)


def list_keys(session: Session, user_id: int | None) -> list[KeyInfo]:
    """The keys of one user, or all of them, oldest first."""
    condition = "" if user_id is None else " WHERE k.user_id = ?"
    rows = session.rows(
        f"SELECT {_COLUMNS}{condition} ORDER BY k.id",
        *(() if user_id is None else (user_id,)),
    )
    return [KeyInfo(*row) for row in rows]


def revoke_key(session: Session, now_us: int, key_id: int) -> KeyInfo:
    """Refuse a key from now on; doing it again changes nothing. Raises RejectedInputError.

    The other keys of its rotation are left as they are.
    """
    session.change(
        "UPDATE api_keys SET revoked_us = ? WHERE id = ? AND revoked_us IS NULL", now_us, key_id
    )
    return key_info(session, key_id)


def rotate_key(
    session: Session, now_us: int, key_id: int, overlap_us: int = OVERLAP_US
) -> tuple[str, KeyInfo, KeyInfo]:
    """A new key in place of another one, which still works for ``overlap_us``.

    The new key shares the old one's cap and what was spent of it, and expires when the old one
    would have; only a legacy key's expiry is not passed on. Returns the new key, what is known of
    it, and of the old one. Raises RejectedInputError for a key that is revoked, expired or rotated
    already.
    """
    if not 0 <= overlap_us <= OVERLAP_US_MAX:
        raise RejectedInputError("two keys overlap for 90 days at most")
    old = key_info(session, key_id)
    row = session.changed_row(
        "UPDATE api_keys SET expires_us = CASE WHEN expires_us < ? THEN expires_us ELSE ? END"
        " WHERE id = ? AND revoked_us IS NULL AND (expires_us IS NULL OR expires_us > ?)"
        " RETURNING user_id",
        now_us + overlap_us,
        now_us + overlap_us,
        key_id,
        now_us,
    )
    if row is None:
        raise RejectedInputError(
            f"key {key_id} is revoked or has expired: make a new one with `key add`"
        )
    expires_us = _expiry_to_pass_on(session, old)
    key = new_key(is_test=old.is_test)
    new = add_key(session, now_us, row[0], key, is_test=old.is_test, expires_us=expires_us)
    session.change("UPDATE api_keys SET root_id = ? WHERE id = ?", old.root_id, new.id)
    return key, key_info(session, new.id), key_info(session, key_id)


def key_id_of(session: Session, text: str) -> int:
    """The id of the key named by its id, its display start or itself. Raises RejectedInputError."""
    text = text.removesuffix("...") if text.isascii() else ""
    number = int(text) if text.isdigit() and len(text) <= 18 else -1
    rows = session.rows(
        "SELECT id FROM api_keys WHERE id = ? OR key_start = ? OR key_hash = ?",
        number,
        text,
        hash_of(text),
    )
    if len(rows) != 1:
        raise RejectedInputError(
            f"{len(rows) or 'no'} keys have that id or start: `key list` shows the ids"
        )
    return int(rows[0][0])


def _expiry_to_pass_on(session: Session, old: KeyInfo) -> int | None:
    newest = session.row(
        f"SELECT {_COLUMNS} WHERE r.id = ? ORDER BY k.id DESC LIMIT 1",
        old.root_id,
    )
    assert newest is not None
    last = KeyInfo(*newest)
    if last.id == old.id:
        return None if old.is_legacy else old.expires_us
    if last.revoked_us is None:
        raise RejectedInputError(f"key {old.id} was rotated already: rotate key {last.id}")
    # The overlap has shortened the old key's own expiry; the successor had the one meant.
    return last.expires_us
