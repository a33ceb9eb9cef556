"""What settle and release share: end a hold once, give its money back, note what was used."""

from __future__ import annotations

from dataclasses import dataclass

from billing.database import Session
from billing.model import EngineUsage, Funds, HoldResolvedError, RejectedInputError
from billing.operations.price_list import price_of_version
from billing.prices import ENGINE_US_MAX, Price


@dataclass(frozen=True, slots=True)
class Resolved:
    """A hold that this transaction has ended; ``amount_nano_usd`` was held."""

    hold_id: int
    user_id: int
    key_id: int
    request_id: str
    amount_nano_usd: int
    price: Price


@dataclass(frozen=True, slots=True)
class Cost:
    """What a request costs the operator and the user, and what the user's hold did not cover."""

    base_nano_usd: int
    user_nano_usd: int
    overrun_nano_usd: int


def resolve(
    session: Session, now_us: int, hold_id: int, status: str, usage: EngineUsage
) -> Resolved:
    """Flip an open hold to ``status``. Raises HoldResolvedError, RejectedInputError."""
    if min(usage.prompt_tokens, usage.completion_tokens, usage.engine_us) < 0:
        raise RejectedInputError("usage is never negative")
    if usage.engine_us > ENGINE_US_MAX:
        raise RejectedInputError("a request may use at most 24 hours of engine time")
    row = session.row(
        "UPDATE holds SET status = ?, resolved_us = ? WHERE id = ? AND status = 'open'"
        " RETURNING user_id, api_key_id, request_id, amount_nano_usd, price_version",
        status,
        now_us,
        hold_id,
    )
    if row is None:
        raise HoldResolvedError("the hold is settled, released or expired already")
    user_id, key_id, request_id, amount, version = row
    price = price_of_version(session, version)
    return Resolved(hold_id, user_id, key_id, request_id, amount, price)


def give_back(session: Session, resolved: Resolved, spent_nano_usd: int) -> tuple[int, Funds]:
    """Release the whole hold and take what was spent; the account's id and its funds."""
    row = session.row(
        "UPDATE accounts SET held_nano_usd = held_nano_usd - ?,"
        " posted_nano_usd = posted_nano_usd - ? WHERE user_id = ?"
        " RETURNING id, posted_nano_usd, held_nano_usd",
        resolved.amount_nano_usd,
        spent_nano_usd,
        resolved.user_id,
    )
    session.change(
        "UPDATE api_keys SET held_nano_usd = held_nano_usd - ?,"
        " spent_nano_usd = spent_nano_usd + ? WHERE id = ?",
        resolved.amount_nano_usd,
        spent_nano_usd,
        resolved.key_id,
    )
    assert row is not None
    return row[0], Funds(row[1], row[2])


def note_usage(
    session: Session,
    now_us: int,
    resolved: Resolved,
    usage: EngineUsage,
    cost: Cost,
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
