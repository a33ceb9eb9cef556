"""What the ends of a hold share: it ends once, its money goes back, what was used is noted."""

from __future__ import annotations

from typing import NamedTuple

from billing.database import Session
from billing.model import EngineUsage, Funds, HoldResolvedError, RejectedInputError
from billing.operations.low_balance import note_balance
from billing.operations.price_list import PriceBook
from billing.prices import Price, check_bounds


class Resolved(NamedTuple):
    """What this transaction gives back: ``amount_nano_usd`` was held (charged, for a void)."""

    hold_id: int
    user_id: int
    key_id: int
    amount_nano_usd: int
    month_us: int | None


class Terms(NamedTuple):
    """What was agreed when the hold was taken."""

    request_id: str
    price: Price
    discount_percent: int


class Cost(NamedTuple):
    """What a request costs the operator and the user, and what the user's hold did not cover."""

    base_nano_usd: int
    user_nano_usd: int
    overrun_nano_usd: int


def resolve(
    session: Session,
    now_us: int,
    prices: PriceBook,
    hold_id: int,
    usage: EngineUsage,
    *,
    status: str,
) -> tuple[Resolved, Terms]:
    """Flip an open hold to ``status``. Raises HoldResolvedError, RejectedInputError."""
    if min(usage.prompt_tokens, usage.completion_tokens, usage.engine_us) < 0:
        raise RejectedInputError("usage is never negative")
    check_bounds(usage)
    row = session.changed_row(
        "UPDATE holds SET status = ?, resolved_us = ? WHERE id = ? AND status = 'open'"
        " RETURNING user_id, api_key_id, amount_nano_usd, month_us, request_id, price_version,"
        " discount_percent",
        status,
        now_us,
        hold_id,
    )
    if row is None:
        raise HoldResolvedError("the hold is settled, released or expired already")
    request_id, version, discount_percent = row[4:]
    price = prices.of_version(session, version)
    return Resolved(hold_id, *row[:4]), Terms(request_id, price, discount_percent)


def give_back(
    session: Session, now_us: int, resolved: Resolved, *, spent_nano_usd: int, is_counted: bool
) -> tuple[int, Funds]:
    """Release the whole hold and take what was spent; the account's id and its funds.

    A request that is not counted is given back to the month's quota. A hold that a worker of schema
    1 took after the migration was never counted as open: it must not keep the ledger from opening.
    """
    row = session.changed_row(
        "UPDATE accounts SET held_nano_usd = held_nano_usd - ?,"
        " posted_nano_usd = posted_nano_usd - ?,"
        " open_requests = open_requests - CASE WHEN open_requests > 0 THEN 1 ELSE 0 END,"
        " month_requests = month_requests - CASE WHEN month_us = ? THEN ? ELSE 0 END,"
        " month_spent_nano_usd = month_spent_nano_usd + CASE WHEN month_us = ? THEN ? ELSE 0 END"
        " WHERE user_id = ?"
        " RETURNING id, posted_nano_usd, held_nano_usd, low_balance_nano_usd, is_low",
        resolved.amount_nano_usd,
        spent_nano_usd,
        resolved.month_us,
        0 if is_counted else 1,
        resolved.month_us,
        spent_nano_usd,
        resolved.user_id,
    )
    assert row is not None
    session.change(
        "UPDATE api_keys SET held_nano_usd = held_nano_usd - ?,"
        " spent_nano_usd = spent_nano_usd + ?"
        " WHERE id = (SELECT COALESCE(root_id, id) FROM api_keys WHERE id = ?)",
        resolved.amount_nano_usd,
        spent_nano_usd,
        resolved.key_id,
    )
    account_id, posted, held, low_balance, is_low = row
    note_balance(session, now_us, resolved.user_id, posted, low_balance, is_low=is_low == 1)
    return account_id, Funds(posted, held)


def note_usage(
    session: Session, now_us: int, resolved: Resolved, usage: EngineUsage, cost: Cost
) -> None:
    """Write the one usage row of the request."""
    session.change(
        "INSERT INTO inference_usage (hold_id, user_id, prompt_tokens, completion_tokens,"
        " engine_us, base_cost_nano_usd, user_cost_nano_usd, overrun_nano_usd, created_us)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        resolved.hold_id,
        resolved.user_id,
        usage.prompt_tokens,
        usage.completion_tokens,
        usage.engine_us,
        cost.base_nano_usd,
        cost.user_nano_usd,
        cost.overrun_nano_usd,
        now_us,
    )
