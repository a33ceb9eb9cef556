"""Accounts of customers, and the tiers they are in."""

from __future__ import annotations

import re

from billing.database import Session
from billing.model import RejectedInputError

_EMAIL = re.compile(r"[^\s@\x00-\x1f\x7f]{1,64}@[^\s@\x00-\x1f\x7f]{1,189}")


def normalised_email(email: str) -> str:
    """The form that an email is stored and found in. Raises RejectedInputError."""
    text = email.strip().lower()
    if not text.isprintable() or not _EMAIL.fullmatch(text):
        raise RejectedInputError("this is not an email address: write it like ada@example.org")
    return text


def add_account(session: Session, now_us: int, email: str, tier: str) -> int:
    """Add a user without credit and return the id. Raises RejectedInputError."""
    email = normalised_email(email)
    tier_row = session.row("SELECT id FROM pricing_tiers WHERE name = ?", tier)
    if tier_row is None:
        names = ", ".join(name for name, _ in tiers(session))
        raise RejectedInputError(f"there is no tier of that name: choose one of {names}")
    if session.row("SELECT 1 FROM users WHERE email = ?", email):
        raise RejectedInputError(f"{email} has an account already")
    user = session.row(
        "INSERT INTO users (email, tier_id, created_us) VALUES (?, ?, ?) RETURNING id",
        email,
        tier_row[0],
        now_us,
    )
    assert user is not None
    session.change("INSERT INTO accounts (name, user_id) VALUES ('customer', ?)", user[0])
    return int(user[0])


def user_id_of(session: Session, email: str) -> int:
    """The id of a user. Raises RejectedInputError for an email without an account."""
    email = normalised_email(email)
    row = session.row("SELECT id FROM users WHERE email = ?", email)
    if row is None:
        raise RejectedInputError(
            f"{email} has no account: add it with `account add {email}`, or check the spelling"
        )
    return int(row[0])


def tiers(session: Session) -> list[tuple[str, int]]:
    """Names of the tiers with their requests a minute."""
    rows = session.rows("SELECT name, requests_per_minute FROM pricing_tiers ORDER BY id")
    return [(row[0], row[1]) for row in rows]
