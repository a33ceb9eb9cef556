"""Errors as the service answers them: a status, a code for programs, a text for people.

The text is always ours: no exception's own words reach a client, but for those of the ledger that
are written for people.
"""

from __future__ import annotations

from collections.abc import Mapping

from billing import model
from billing.prices import format_usd


class ServiceError(Exception):
    """An answer that is not 2xx."""

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})


def invalid(message: str) -> ServiceError:
    """422 for a field that no retry will make right."""
    return ServiceError(422, "invalid_request", message)


def unavailable(code: str, message: str, retry_after_seconds: int = 1) -> ServiceError:
    """503 for what may work a little later."""
    return ServiceError(503, code, message, {"Retry-After": str(retry_after_seconds)})


def key_missing() -> ServiceError:
    """401 for a request without a key."""
    return ServiceError(
        401,
        "unauthorized",
        "no API key: send it as 'Authorization: Bearer KEY'",
        {"WWW-Authenticate": "Bearer"},
    )


def key_refused() -> ServiceError:
    """401 for a key that opens no account; why is not told."""
    return ServiceError(
        401,
        "unauthorized",
        "this API key is malformed, unknown, revoked or expired: ask the operator for a new one",
        {"WWW-Authenticate": "Bearer"},
    )


def rate_limited(requests_per_minute: int, retry_after_seconds: int) -> ServiceError:
    """429 with the time after which a request will pass."""
    return ServiceError(
        429,
        "rate_limited",
        f"more than {requests_per_minute} requests a minute: wait {retry_after_seconds} s",
        {"Retry-After": str(retry_after_seconds)},
    )


def insufficient_funds(error: model.InsufficientFundsError) -> ServiceError:
    """402, naming what has run out: the account's money or the key's cap."""
    available, needed = map(format_usd, (error.available_nano_usd, error.needed_nano_usd))
    if error.source == "key_cap":
        message = f"this key may spend {available} USD more, a request holds up to {needed} USD"
        return ServiceError(402, "key_cap_reached", f"{message}: use another key or raise its cap")
    message = f"{available} USD available, a request holds up to {needed} USD while it runs"
    return ServiceError(402, "insufficient_funds", f"{message}: top up the account")


def conflict() -> ServiceError:
    """409 for a request id that came with another body before."""
    return ServiceError(
        409,
        "idempotency_conflict",
        "this Idempotency-Key was used with another request: make a new one",
    )


def in_progress() -> ServiceError:
    """409 for a request id whose first request still runs elsewhere."""
    return ServiceError(
        409,
        "request_in_progress",
        "the request with this id still runs: retry later",
        {"Retry-After": "1"},
    )


def from_ledger(error: model.LedgerError) -> ServiceError:
    """What a client is told about an error of the ledger."""
    if isinstance(error, model.KeyRefusedError):
        return key_refused()
    if isinstance(error, model.InsufficientFundsError):
        return insufficient_funds(error)
    if isinstance(error, model.IdempotencyConflictError):
        return conflict()
    if isinstance(error, model.RequestInProgressError):
        return in_progress()
    if isinstance(error, model.NotVoidableError):
        return ServiceError(409, "not_voidable", "no charge under this id can be given back")
    return unavailable("ledger_unavailable", "the account cannot be booked right now: retry later")
