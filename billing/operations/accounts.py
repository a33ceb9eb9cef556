"""Accounts of customers: made, found, changed, switched off and on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from billing.calendar import month_start_us
from billing.database import Row, Session
from billing.keys import holds_key
from billing.model import Funds, RejectedInputError
from billing.operations.low_balance import note_balance
from billing.operations.tiers import tier_id_of
from billing.prices import AMOUNT_NANO_USD_MAX

_EMAIL = re.compile(r"[^\s@\x00-\x1f\x7f]{1,64}@[^\s@\x00-\x1f\x7f]{1,189}")
_COLUMNS = (
    "u.email, t.name, a.posted_nano_usd, a.held_nano_usd, a.low_balance_nano_usd, a.is_low,"
    " a.open_requests, CASE WHEN a.month_us >= ? THEN a.month_requests ELSE 0 END,"
    " CASE WHEN a.month_us >= ? THEN a.month_spent_nano_usd ELSE 0 END, u.created_us, u.disabled_us"
    " FROM users u JOIN accounts a ON a.user_id = u.id JOIN pricing_tiers t ON t.id = u.tier_id"
)


@dataclass(frozen=True, slots=True)
class AccountInfo:
    """What is known of an account. ``low_balance_nano_usd`` is 0 where nobody is warned."""

    email: str
    tier: str
    funds: Funds
    low_balance_nano_usd: int
    is_low: bool
    open_requests: int
    month_requests: int
    month_spent_nano_usd: int
    created_us: int
    disabled_us: int | None


def normalised_email(email: str) -> str:
    """The form that an email is stored and found in. Raises RejectedInputError."""
    text = email.strip().lower()
    if not text.isprintable() or not _EMAIL.fullmatch(text) or holds_key(text):
        raise RejectedInputError("this is not an email address: write it like ada@example.org")
    return text


def add_account(session: Session, now_us: int, email: str, tier: str) -> int:
    """Add a user without credit and return the id. Raises RejectedInputError."""
    email = normalised_email(email)
    user = session.changed_row(
        "INSERT INTO users (email, tier_id, created_us) VALUES (?, ?, ?)"
        " ON CONFLICT (email) DO NOTHING RETURNING id",
        email,
        tier_id_of(session, tier),
        now_us,
    )
    if user is None:
        raise RejectedInputError(f"{email} has an account already")
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


def list_accounts(session: Session, now_us: int) -> list[AccountInfo]:
    """Every account, oldest first, with the counters of the month (UTC) of ``now_us``."""
    month_us = month_start_us(now_us)
    rows = session.rows(f"SELECT {_COLUMNS} ORDER BY u.id", month_us, month_us)
    return [_info(row) for row in rows]


def account_info(session: Session, now_us: int, user_id: int) -> AccountInfo:
    """One account, with the counters of the month (UTC) of ``now_us``."""
    month_us = month_start_us(now_us)
    row = session.row(f"SELECT {_COLUMNS} WHERE u.id = ?", month_us, month_us, user_id)
    assert row is not None
    return _info(row)


def set_tier(session: Session, user_id: int, tier: str) -> None:
    """Move an account into another tier, from its next request on. Raises RejectedInputError."""
    session.change("UPDATE users SET tier_id = ? WHERE id = ?", tier_id_of(session, tier), user_id)


def set_low_balance(session: Session, now_us: int, user_id: int, threshold_nano_usd: int) -> None:
    """Warn once whenever the balance falls below the threshold; 0 never warns.

    Raises RejectedInputError.
    """
    if not 0 <= threshold_nano_usd <= AMOUNT_NANO_USD_MAX:
        raise RejectedInputError("the threshold is 0 (no warning) to 1000000 USD")
    row = session.changed_row(
        "UPDATE accounts SET low_balance_nano_usd = ? WHERE user_id = ?"
        " RETURNING posted_nano_usd, is_low",
        threshold_nano_usd,
        user_id,
    )
    assert row is not None
    note_balance(session, now_us, user_id, row[0], threshold_nano_usd, is_low=row[1] == 1)


def set_disabled(session: Session, now_us: int, user_id: int, *, is_disabled: bool) -> None:
    """Refuse every key of an account from now on, or no longer; doing it twice changes nothing.

    Requests that run already are still billed. The money stays.
    """
    if is_disabled:
        session.change(
            "UPDATE users SET disabled_us = ? WHERE id = ? AND disabled_us IS NULL", now_us, user_id
        )
    else:
        session.change("UPDATE users SET disabled_us = NULL WHERE id = ?", user_id)


def _info(row: Row) -> AccountInfo:
    email, tier, posted, held, threshold, is_low, open_requests, requests, spent, made, off = row
    funds = Funds(posted, held)
    return AccountInfo(
        email, tier, funds, threshold, is_low == 1, open_requests, requests, spent, made, off
    )
