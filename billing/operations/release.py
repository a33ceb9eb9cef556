"""End a request that costs its user nothing."""

from __future__ import annotations

from billing.database import Session
from billing.model import Charge, EngineUsage
from billing.operations.journal import post
from billing.operations.price_list import PriceBook
from billing.operations.resolve import Cost, give_back, note_usage, resolve
from billing.schema import ENGINE_COST_ACCOUNT, OPERATOR_LOSS_ACCOUNT


def release(
    session: Session, now_us: int, prices: PriceBook, hold_id: int, usage: EngineUsage
) -> Charge:
    """Give the whole hold back; what the engine cost is the operator's loss.

    Raises HoldResolvedError, RejectedInputError.
    """
    resolved, terms = resolve(session, now_us, prices, hold_id, usage, status="released")
    base, _ = terms.price.settle(usage)
    _, funds = give_back(session, now_us, resolved, spent_nano_usd=0, is_counted=False)
    note_usage(session, now_us, resolved, usage, Cost(base, 0, 0))
    post(
        session,
        now_us,
        user_id=resolved.user_id,
        transaction_type="free_usage",
        amount_nano_usd=0,
        entries={OPERATOR_LOSS_ACCOUNT: -base, ENGINE_COST_ACCOUNT: base},
        hold_id=hold_id,
    )
    return Charge(terms.request_id, "released", usage, base, 0, terms.price.version, funds)
