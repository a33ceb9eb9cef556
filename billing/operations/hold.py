"""Set money aside for a request before any engine works for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from billing.database import Row, Session
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
    _reserve_or_expire_dead(session, now_us, principal, amount)
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


def _reserve_or_expire_dead(
    session: Session, now_us: int, principal: Principal, amount: int
) -> None:
    try:
        _reserve(session, now_us, principal, amount)
    except InsufficientFundsError:
        # Holds of a dead worker must not lock a paying user out until somebody sweeps.
        if not expire_dead_of_user(session, now_us, principal.user_id):
            raise
        _reserve(session, now_us, principal, amount)


def _reserve(session: Session, now_us: int, principal: Principal, amount: int) -> None:
    account = session.row(
        "SELECT posted_nano_usd - held_nano_usd FROM accounts WHERE user_id = ?", principal.user_id
    )
    key = session.row(
        "SELECT cap_nano_usd - spent_nano_usd - held_nano_usd,"
        " revoked_us IS NOT NULL OR expires_us <= ? FROM api_keys WHERE id = ?",
        now_us,
        principal.key_id,
    )
    _refuse(account, key, amount)
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


def _refuse(account: Row | None, key: Row | None, amount: int) -> None:
    if account is None or key is None or key[1]:
        raise KeyRefusedError("the API key opens no account: it is revoked or expired")
    if account[0] < amount:
        raise InsufficientFundsError(account[0], amount, "account")
    if key[0] is not None and key[0] < amount:
        raise InsufficientFundsError(key[0], amount, "key_cap")
