"""Give back a charge whose answer the user's side had to refuse."""

from __future__ import annotations

from billing.database import Session
from billing.model import Charge, NotVoidableError
from billing.operations.charges import charge_of
from billing.operations.journal import post
from billing.operations.low_balance import note_balance
from billing.operations.resolve import Resolved
from billing.schema import MARGIN_ACCOUNT, OPERATOR_LOSS_ACCOUNT

VOID_WINDOW_US = 600_000_000


def void(session: Session, now_us: int, user_id: int, request_id: str) -> Charge:
    """Void a settled request once, within ten minutes. Raises NotVoidableError."""
    row = session.changed_row(
        "UPDATE holds SET status = 'voided' WHERE user_id = ? AND request_id = ?"
        " AND status = 'settled' AND resolved_us >= ? RETURNING id, api_key_id, month_us",
        user_id,
        request_id,
        now_us - VOID_WINDOW_US,
    )
    if row is None:
        raise NotVoidableError(
            "there is no charge with this id that can be voided: a charge is voided once, within"
            " ten minutes"
        )
    hold_id, key_id, month_us = row
    usage = session.row(
        "SELECT base_cost_nano_usd, user_cost_nano_usd, overrun_nano_usd FROM inference_usage"
        " WHERE hold_id = ?",
        hold_id,
    )
    assert usage is not None
    base, user, overrun = usage
    account_id = _give_back(session, now_us, Resolved(hold_id, user_id, key_id, user, month_us))
    # The engine has been paid for all the same: only the margin is taken back.
    post(
        session,
        now_us,
        user_id=user_id,
        transaction_type="void",
        amount_nano_usd=user,
        entries={
            account_id: user,
            OPERATOR_LOSS_ACCOUNT: overrun - base,
            MARGIN_ACCOUNT: base - user - overrun,
        },
        hold_id=hold_id,
    )
    return charge_of(session, hold_id)


def _give_back(session: Session, now_us: int, charged: Resolved) -> int:
    account = session.changed_row(
        "UPDATE accounts SET posted_nano_usd = posted_nano_usd + ?,"
        " month_spent_nano_usd = month_spent_nano_usd - CASE WHEN month_us = ? THEN ? ELSE 0 END"
        " WHERE user_id = ? RETURNING id, posted_nano_usd, low_balance_nano_usd, is_low",
        charged.amount_nano_usd,
        charged.month_us,
        charged.amount_nano_usd,
        charged.user_id,
    )
    assert account is not None
    session.change(
        "UPDATE api_keys SET spent_nano_usd = spent_nano_usd - ?"
        " WHERE id = (SELECT COALESCE(root_id, id) FROM api_keys WHERE id = ?)",
        charged.amount_nano_usd,
        charged.key_id,
    )
    account_id, posted, low_balance, is_low = account
    note_balance(session, now_us, charged.user_id, posted, low_balance, is_low=is_low == 1)
    return int(account_id)
