"""End a request that costs its user nothing."""

from __future__ import annotations

from billing.database import Session
from billing.model import Charge, EngineUsage
from billing.operations.journal import post
from billing.operations.resolve import Cost, give_back, note_usage, resolve
from billing.schema import ENGINE_COST_ACCOUNT, OPERATOR_LOSS_ACCOUNT


def release(session: Session, now_us: int, hold_id: int, usage: EngineUsage) -> Charge:
    """Give the whole hold back; the engine time that was used is the operator's loss.

    Raises HoldResolvedError, RejectedInputError.
    """
    resolved = resolve(session, now_us, hold_id, "released", usage)
    base, _ = resolved.price.settle(usage.engine_us)
    _, funds = give_back(session, resolved, 0)
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
    version = resolved.price.version
    return Charge(resolved.request_id, "released", usage, base, 0, version, funds)
