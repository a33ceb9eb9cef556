"""Set money aside for a request before any engine works for it."""

from __future__ import annotations

import re
from typing import NamedTuple

from billing.calendar import month_start_us
from billing.database import Session
from billing.database.group_commit import TryAgainError
from billing.keys import holds_key
from billing.model import (
    Charge,
    EngineUsage,
    Hold,
    IdempotencyConflictError,
    LedgerUnusableError,
    Principal,
    RejectedInputError,
    RequestInProgressError,
)
from billing.operations.admission import UNLIMITED, Admission, admission, refusal
from billing.operations.charges import charge_of
from billing.operations.expire import expire, expire_dead_of_user
from billing.operations.price_list import PriceBook
from billing.prices import check_bounds

LEASE_US = 60_000_000
"""How long a hold lives without a heartbeat of the worker that took it."""


class HoldRequest(NamedTuple):
    """What to hold money for: at most ``most`` of an engine, under the client's id.

    ``is_limited``: the tier's limits apply; ``is_real_money``: test keys are free of charge.
    """

    request_id: str
    fingerprint: str
    engine: str
    model: str
    most: EngineUsage
    is_limited: bool
    is_real_money: bool


_REQUEST_ID = re.compile(r"[\x21-\x7e]{1,200}", re.ASCII)


def hold(
    session: Session, now_us: int, prices: PriceBook, principal: Principal, wanted: HoldRequest
) -> Hold | Charge:
    """Hold the highest price the request can reach, or return how the same request ended before.

    Raises RejectedInputError, IdempotencyConflictError, RequestInProgressError,
    InsufficientFundsError and LimitReachedError (which leave no record) and KeyRefusedError.
    """
    if not _REQUEST_ID.fullmatch(wanted.request_id) or holds_key(wanted.request_id):
        raise RejectedInputError(
            "the request id is not 1 to 200 visible ASCII characters, or it is an API key"
        )
    check_bounds(wanted.most)
    now = admission(session, now_us, principal.key_id, wanted.request_id, wanted.engine)
    if now.hold_id is not None:
        return _earlier(session, now_us, now.hold_id, now, wanted)
    offer = _offer(session, prices, now, wanted)
    problem = refusal(now, now_us, offer.amount_nano_usd, is_limited=wanted.is_limited)
    # Holds of a dead worker must not lock a paying user out until somebody sweeps.
    if problem is not None and expire_dead_of_user(session, now_us, principal.user_id):
        now = admission(session, now_us, principal.key_id, wanted.request_id, wanted.engine)
        problem = refusal(now, now_us, offer.amount_nano_usd, is_limited=wanted.is_limited)
    if problem is not None:
        raise problem
    month_us = _reserve(session, now_us, now, offer.amount_nano_usd, is_limited=wanted.is_limited)
    hold_id = session.inserted_id(
        "INSERT INTO holds (user_id, api_key_id, tier_id, request_id, fingerprint, engine, model,"
        " price_version, discount_percent, engine_us_max, prompt_tokens_max,"
        " completion_tokens_max, amount_nano_usd, status, month_us, created_us, lease_until_us)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?)",
        now.user_id,
        principal.key_id,
        now.tier_id,
        wanted.request_id,
        wanted.fingerprint,
        wanted.engine,
        wanted.model,
        offer.price_version,
        offer.discount_percent,
        wanted.most.engine_us,
        wanted.most.prompt_tokens,
        wanted.most.completion_tokens,
        offer.amount_nano_usd,
        month_us,
        now_us,
        now_us + LEASE_US,
    )
    return Hold(
        hold_id,
        now.user_id,
        wanted.request_id,
        offer.amount_nano_usd,
        offer.price_version,
        wanted.most.engine_us,
    )


class _Offer(NamedTuple):
    """The price that the request would be held and charged at."""

    price_version: str
    discount_percent: int
    amount_nano_usd: int


def _offer(session: Session, prices: PriceBook, now: Admission, wanted: HoldRequest) -> _Offer:
    if now.price_version is None:
        raise LedgerUnusableError(f"the ledger has no price for the engine {wanted.engine!r} yet")
    price = prices.of_version(session, now.price_version)
    discount = 100 if now.is_test and wanted.is_real_money else now.discount_percent
    return _Offer(price.version, discount, price.hold_nano_usd(wanted.most, discount))


def _earlier(
    session: Session, now_us: int, hold_id: int, now: Admission, wanted: HoldRequest
) -> Charge:
    if now.hold_fingerprint != wanted.fingerprint:
        raise IdempotencyConflictError("this request id was used with another body: take a new id")
    if now.hold_status == "open" and not expire(session, now_us, hold_id):
        raise RequestInProgressError("the request with this id still runs")
    return charge_of(session, hold_id)


def _reserve(
    session: Session, now_us: int, now: Admission, amount: int, *, is_limited: bool
) -> int:
    """Take the money and the place; the month that the request counts in.

    Raises TryAgainError where another transaction came between: a look is no lock everywhere.
    """
    month_us = max(now.month_us, month_start_us(now_us))
    is_same_month = int(now.month_us == month_us)
    accounts_changed = session.change(
        "UPDATE accounts SET held_nano_usd = held_nano_usd + ?, open_requests = open_requests + 1,"
        " month_us = ?, month_requests = month_requests * ? + 1,"
        " month_spent_nano_usd = month_spent_nano_usd * ?"
        " WHERE user_id = ? AND posted_nano_usd - held_nano_usd >= ? AND open_requests < ?"
        " AND month_us = ? AND month_requests * ? < ?",
        amount,
        month_us,
        is_same_month,
        is_same_month,
        now.user_id,
        amount,
        now.concurrent_requests if is_limited else UNLIMITED,
        now.month_us,
        is_same_month,
        now.monthly_requests if is_limited else UNLIMITED,
    )
    keys_changed = take_from_key(session, now.root_id, amount)
    if accounts_changed + keys_changed != 2:
        raise TryAgainError("the account changed since it was looked at")
    return month_us


def take_from_key(session: Session, root_id: int, amount: int) -> int:
    """Hold an amount under a key's cap; 0 where the cap does not cover it, else 1."""
    return session.change(
        "UPDATE api_keys SET held_nano_usd = held_nano_usd + ? WHERE id = ?"
        " AND (cap_nano_usd IS NULL OR cap_nano_usd - spent_nano_usd - held_nano_usd >= ?)",
        amount,
        root_id,
        amount,
    )
