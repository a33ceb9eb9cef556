"""Prompts and code, which are kept only while the operator has turned that on."""

from __future__ import annotations

from billing.calendar import US_PER_DAY
from billing.database import Session
from billing.keys import masked
from billing.model import RejectedInputError

DAYS_MAX = 3650
_FACT = "text_retention_days"


def retention_days(session: Session) -> int | None:
    """For how many days texts are kept; None: none are."""
    row = session.row("SELECT value FROM ledger_facts WHERE name = ?", _FACT)
    return None if row is None else int(row[0])


def set_retention(session: Session, days: int | None) -> None:
    """Keep texts for so many days from now on; None deletes them all. Raises RejectedInputError."""
    if days is None:
        session.change("DELETE FROM ledger_facts WHERE name = ?", _FACT)
        session.change("DELETE FROM stored_texts")
        return
    if not 0 < days <= DAYS_MAX:
        raise RejectedInputError(f"texts are kept for 1 to {DAYS_MAX} days, or turn it off")
    session.change(
        "INSERT INTO ledger_facts (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        _FACT,
        str(days),
    )


def store_texts(session: Session, now_us: int, hold_id: int, prompt: str, code: str) -> bool:
    """Keep what was asked and answered, once per request; False where retention is off."""
    if retention_days(session) is None:
        return False
    session.change(
        "INSERT INTO stored_texts (hold_id, prompt, code, created_us) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (hold_id) DO NOTHING",
        hold_id,
        _storable(prompt),
        _storable(code),
        now_us,
    )
    return True


def purge_texts(session: Session, now_us: int) -> int:
    """Delete the texts that are older than the retention; how many there were.

    All of them where it is off: a worker may have been writing one while it was turned off.
    """
    days = retention_days(session)
    if days is None:
        return session.change("DELETE FROM stored_texts")
    return session.change(
        "DELETE FROM stored_texts WHERE created_us < ?", now_us - days * US_PER_DAY
    )


def count_texts(session: Session) -> int:
    """How many requests have stored texts."""
    row = session.row("SELECT COUNT(*) FROM stored_texts")
    assert row is not None
    return int(row[0])


def _storable(text: str) -> str:
    """The text without keys of ours, and without what not every database can store."""
    return masked(text.encode("utf-8", "replace").decode().replace("\0", "\ufffd"))
