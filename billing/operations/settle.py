"""Charge what a request used: never more than was held for it."""

from __future__ import annotations

from billing.database import Session
from billing.model import Charge, EngineUsage
from billing.operations.journal import post
from billing.operations.price_list import PriceBook
from billing.operations.resolve import Cost, give_back, note_usage, resolve
from billing.schema import ENGINE_COST_ACCOUNT, MARGIN_ACCOUNT, OPERATOR_LOSS_ACCOUNT


def settle(
    session: Session, now_us: int, prices: PriceBook, hold_id: int, usage: EngineUsage
) -> Charge:
    """Bill a hold. What exceeds it is the operator's loss, not the customer's.

    Raises HoldResolvedError, RejectedInputError.
    """
    resolved, terms = resolve(session, now_us, prices, hold_id, usage, status="settled")
    base, full = terms.price.settle(usage, terms.discount_percent)
    user = min(full, resolved.amount_nano_usd)
    account_id, funds = give_back(session, now_us, resolved, spent_nano_usd=user, is_counted=True)
    note_usage(session, now_us, resolved, usage, Cost(base, user, full - user))
    post(
        session,
        now_us,
        user_id=resolved.user_id,
        transaction_type="usage",
        amount_nano_usd=-user,
        entries={
            account_id: -user,
            OPERATOR_LOSS_ACCOUNT: user - full,
            ENGINE_COST_ACCOUNT: base,
            MARGIN_ACCOUNT: full - base,
        },
        hold_id=hold_id,
    )
    return Charge(terms.request_id, "settled", usage, base, user, terms.price.version, funds)
