"""Give back a charge whose answer the user's side had to refuse."""

from __future__ import annotations

from billing.database import Session
from billing.model import Charge, NotVoidableError
from billing.operations.charges import charge_of
from billing.operations.journal import post
from billing.schema import MARGIN_ACCOUNT, OPERATOR_LOSS_ACCOUNT

VOID_WINDOW_US = 600_000_000


def void(session: Session, now_us: int, user_id: int, request_id: str) -> Charge:
    """Void a settled request once, within ten minutes. Raises NotVoidableError."""
    row = session.row(
        "UPDATE holds SET status = 'voided' WHERE user_id = ? AND request_id = ?"
        " AND status = 'settled' AND resolved_us >= ? RETURNING id, api_key_id",
        user_id,
        request_id,
        now_us - VOID_WINDOW_US,
    )
    if row is None:
        raise NotVoidableError(
            "there is no charge with this id that can be voided: a charge is voided once, within"
            " ten minutes"
        )
    hold_id, key_id = row
    usage = session.row(
        "SELECT base_cost_nano_usd, user_cost_nano_usd, overrun_nano_usd FROM inference_usage"
        " WHERE hold_id = ?",
        hold_id,
    )
    assert usage is not None
    base, user, overrun = usage
    account_id = _give_back(session, user_id, key_id, user)
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


def _give_back(session: Session, user_id: int, key_id: int, amount_nano_usd: int) -> int:
    account = session.row(
        "UPDATE accounts SET posted_nano_usd = posted_nano_usd + ? WHERE user_id = ? RETURNING id",
        amount_nano_usd,
        user_id,
    )
    session.change(
        "UPDATE api_keys SET spent_nano_usd = spent_nano_usd - ? WHERE id = ?",
        amount_nano_usd,
        key_id,
    )
    assert account is not None
    return int(account[0])
