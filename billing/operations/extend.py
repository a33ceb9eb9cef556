"""Set more aside for a request that runs."""

from __future__ import annotations

from billing.database import Session
from billing.database.group_commit import TryAgainError
from billing.model import EngineUsage, Hold, HoldResolvedError, InsufficientFundsError
from billing.operations.hold import take_from_key
from billing.operations.price_list import PriceBook
from billing.prices import check_bounds


def extend(session: Session, prices: PriceBook, hold_id: int, most: EngineUsage) -> Hold:
    """Hold as much as ``most`` costs, never less than is held already.

    Raises HoldResolvedError, InsufficientFundsError (the hold stays as it is), RejectedInputError.
    """
    check_bounds(most)
    row = session.row(
        "SELECT h.user_id, h.request_id, h.amount_nano_usd, h.price_version, h.discount_percent,"
        " h.engine_us_max, h.prompt_tokens_max, h.completion_tokens_max,"
        " a.posted_nano_usd - a.held_nano_usd, r.id,"
        " r.cap_nano_usd - r.spent_nano_usd - r.held_nano_usd"
        " FROM holds h JOIN accounts a ON a.user_id = h.user_id"
        " JOIN api_keys k ON k.id = h.api_key_id"
        " JOIN api_keys r ON r.id = COALESCE(k.root_id, k.id) WHERE h.id = ? AND h.status = 'open'",
        hold_id,
    )
    if row is None:
        raise HoldResolvedError("the hold is settled, released or expired already")
    user_id, request_id, held, version, discount, *maxima, available, root_id, key_rest = row
    engine_us, prompt_tokens, completion_tokens = maxima
    wider = EngineUsage(
        max(most.prompt_tokens, prompt_tokens),
        max(most.completion_tokens, completion_tokens),
        max(most.engine_us, engine_us),
    )
    amount = prices.of_version(session, version).hold_nano_usd(wider, discount)
    more = amount - held
    if available < more:
        raise InsufficientFundsError(available, more, "account")
    if key_rest is not None and key_rest < more:
        raise InsufficientFundsError(key_rest, more, "key_cap")
    _widen(session, hold_id, wider, amount, held)
    _take(session, user_id, root_id, more)
    return Hold(hold_id, user_id, request_id, amount, version, wider.engine_us)


def _widen(session: Session, hold_id: int, most: EngineUsage, amount: int, held: int) -> None:
    changed = session.change(
        "UPDATE holds SET amount_nano_usd = ?, engine_us_max = ?, prompt_tokens_max = ?,"
        " completion_tokens_max = ? WHERE id = ? AND status = 'open' AND amount_nano_usd = ?",
        amount,
        most.engine_us,
        most.prompt_tokens,
        most.completion_tokens,
        hold_id,
        held,
    )
    if changed != 1:
        raise TryAgainError("the hold changed since it was looked at")


def _take(session: Session, user_id: int, root_id: int, more: int) -> None:
    changed = session.change(
        "UPDATE accounts SET held_nano_usd = held_nano_usd + ?"
        " WHERE user_id = ? AND posted_nano_usd - held_nano_usd >= ?",
        more,
        user_id,
        more,
    ) + take_from_key(session, root_id, more)
    if changed != 2:
        raise TryAgainError("the account changed since it was looked at")
