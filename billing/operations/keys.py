"""Add, list and revoke API keys."""

from __future__ import annotations

from billing.database import Session
from billing.keys import hash_of, start_of
from billing.model import KeyInfo, RejectedInputError

_COLUMNS = (
    "k.id, u.email, k.key_start, k.is_test, k.cap_nano_usd, k.spent_nano_usd, k.held_nano_usd,"
    " k.created_us, k.expires_us, k.revoked_us"
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
    row = session.row(
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
    row = session.row(
        f"SELECT {_COLUMNS} FROM api_keys k JOIN users u ON u.id = k.user_id WHERE k.id = ?",  # noqa: S608
        key_id,
    )
    if row is None:
        raise RejectedInputError(f"there is no key {key_id}: `key list` shows the ids")
    return KeyInfo(*row)


def list_keys(session: Session, user_id: int | None) -> list[KeyInfo]:
    """The keys of one user, or all of them, oldest first."""
    condition = "" if user_id is None else " WHERE k.user_id = ?"
    rows = session.rows(
        f"SELECT {_COLUMNS} FROM api_keys k JOIN users u ON u.id = k.user_id{condition}"  # noqa: S608
        " ORDER BY k.id",
        *(() if user_id is None else (user_id,)),
    )
    return [KeyInfo(*row) for row in rows]


def revoke_key(session: Session, now_us: int, key_id: int) -> KeyInfo:
    """Refuse a key from now on; doing it again changes nothing. Raises RejectedInputError."""
    session.change(
        "UPDATE api_keys SET revoked_us = ? WHERE id = ? AND revoked_us IS NULL", now_us, key_id
    )
    return key_info(session, key_id)


def key_id_of(session: Session, text: str) -> int:
    """The id of the key named by its id, its display start or itself. Raises RejectedInputError."""
    text = text if text.isascii() else ""
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
