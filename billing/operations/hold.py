"""Set money aside for a request before any engine works for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from billing.database import Session
from billing.model import (
    Charge,
    Hold,
    IdempotencyConflictError,
    InsufficientFundsError,
    KeyRefusedError,
    Principal,
    RejectedInputError,
    RequestInProgressError,
)
from billing.operations.charges import charge_of
from billing.operations.expire import expire, expire_dead_of_user
from billing.operations.price_list import price_now
from billing.prices import ENGINE_US_MAX

LEASE_US = 60_000_000
"""How long a hold lives without a heartbeat of the worker that took it."""


@dataclass(frozen=True, slots=True)
class HoldRequest:
    """What to hold money for: at most ``engine_us_max`` of an engine, under the client's id."""

    request_id: str
    fingerprint: str
    engine: str
    engine_us_max: int


_REQUEST_ID = re.compile(r"[\x21-\x7e]{1,200}", re.ASCII)


def hold(
    session: Session,
    now_us: int,
    principal: Principal,
    wanted: HoldRequest,
) -> Hold | Charge:
    """Hold the highest price the request can reach, or return how the same request ended before.

    Raises RejectedInputError, IdempotencyConflictError, RequestInProgressError,
    InsufficientFundsError (which leaves no record) and KeyRefusedError.
    """
    _check_arguments(wanted)
    earlier = _earlier(session, now_us, principal, wanted)
    if earlier is not None:
        return earlier
    price = price_now(session, now_us, wanted.engine)
    amount = price.hold_nano_usd(wanted.engine_us_max)
    _reserve(session, now_us, principal, amount)
    row = session.row(
        "INSERT INTO holds (user_id, api_key_id, request_id, fingerprint, engine, price_version,"
        " engine_us_max, amount_nano_usd, status, created_us, lease_until_us)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?) RETURNING id",
        principal.user_id,
        principal.key_id,
        wanted.request_id,
        wanted.fingerprint,
        wanted.engine,
        price.version,
        wanted.engine_us_max,
        amount,
        now_us,
        now_us + LEASE_US,
    )
    assert row is not None
    return Hold(row[0], wanted.request_id, amount, price.version, wanted.engine_us_max)


def _check_arguments(wanted: HoldRequest) -> None:
    if not _REQUEST_ID.fullmatch(wanted.request_id):
        raise RejectedInputError("the request id is not 1 to 200 visible ASCII characters")
    if not 0 <= wanted.engine_us_max <= ENGINE_US_MAX:
        raise RejectedInputError("a request may use at most 24 hours of engine time")


def _earlier(
    session: Session, now_us: int, principal: Principal, wanted: HoldRequest
) -> Charge | None:
    row = session.row(
        "SELECT id, fingerprint, status, lease_until_us FROM holds"
        " WHERE user_id = ? AND request_id = ?",
        principal.user_id,
        wanted.request_id,
    )
    if row is None:
        return None
    hold_id, known_fingerprint, status, lease_until_us = row
    if known_fingerprint != wanted.fingerprint:
        raise IdempotencyConflictError("this request id was used with another body: take a new id")
    if status == "open":
        if lease_until_us >= now_us:
            raise RequestInProgressError("the request with this id still runs")
        expire(session, now_us, hold_id)
    return charge_of(session, hold_id)


def _reserve(session: Session, now_us: int, principal: Principal, amount: int) -> None:
    refusal = _refusal(session, now_us, principal, amount)
    # Holds of a dead worker must not lock a paying user out until somebody sweeps.
    if refusal is not None and expire_dead_of_user(session, now_us, principal.user_id):
        refusal = _refusal(session, now_us, principal, amount)
    if refusal is not None:
        raise refusal
    # The guards decide where another transaction came between: a look is no lock everywhere.
    changed = session.change(
        "UPDATE accounts SET held_nano_usd = held_nano_usd + ?"
        " WHERE user_id = ? AND posted_nano_usd - held_nano_usd >= ?",
        amount,
        principal.user_id,
        amount,
    ) + session.change(
        "UPDATE api_keys SET held_nano_usd = held_nano_usd + ? WHERE id = ? AND revoked_us IS NULL"
        " AND (cap_nano_usd IS NULL OR cap_nano_usd - spent_nano_usd - held_nano_usd >= ?)",
        amount,
        principal.key_id,
        amount,
    )
    if changed != 2:
        raise InsufficientFundsError(0, amount, "account")


def _refusal(
    session: Session, now_us: int, principal: Principal, amount: int
) -> KeyRefusedError | InsufficientFundsError | None:
    row = session.row(
        "SELECT a.posted_nano_usd - a.held_nano_usd,"
        " k.cap_nano_usd - k.spent_nano_usd - k.held_nano_usd, k.revoked_us, k.expires_us"
        " FROM accounts a JOIN api_keys k ON k.user_id = a.user_id"
        " WHERE a.user_id = ? AND k.id = ?",
        principal.user_id,
        principal.key_id,
    )
    if row is None or row[2] is not None or (row[3] is not None and row[3] <= now_us):
        return KeyRefusedError("the API key opens no account: it is revoked or expired")
    available, key_rest = row[:2]
    if available < amount:
        return InsufficientFundsError(available, amount, "account")
    if key_rest is not None and key_rest < amount:
        return InsufficientFundsError(key_rest, amount, "key_cap")
    return None
