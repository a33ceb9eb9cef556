"""Errors as the service answers them: a status, a code for programs, a text for people.

The text is always ours: no exception's own words reach a client, but for those of the ledger that
are written for people.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from billing import model
from billing.limits import LimitsUnavailableError
from billing.prices import format_usd
from bioql_lsp.wire import RefusalSource
from bioql_lsp.worker.engines.base import ModelFormatError, PromptTooLongError, UpstreamError
from bioql_lsp.worker.jobs import QueueFullError, SchedulerError

_LOG = logging.getLogger("bioql.worker")


class ServiceError(Exception):
    """An answer that is not 2xx; ``source`` names the limit or the money that has run out."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        headers: Mapping[str, str] | None = None,
        source: RefusalSource | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})
        self.source = source


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


def limit_reached(error: model.LimitReachedError) -> ServiceError:
    """429 with the time after which a request may pass."""
    limit, wait_seconds = error.limit, error.retry_after_seconds
    code, message = {
        "rate": ("rate_limited", f"more than {limit} requests a minute: wait {wait_seconds} s"),
        "concurrency": (
            "too_many_concurrent_requests",
            f"{limit} requests of this account run already: wait until one ends",
        ),
        "quota": (
            "monthly_quota_reached",
            f"the month's {limit} requests are used up: wait for the next, or change the tier",
        ),
        "voids": (
            "too_many_voids",
            f"more than {limit} charges an hour cannot be given back: wait {wait_seconds} s",
        ),
    }[error.source]
    return ServiceError(429, code, message, {"Retry-After": str(wait_seconds)}, error.source)


def insufficient_funds(error: model.InsufficientFundsError) -> ServiceError:
    """402, naming what has run out: the account's money or the key's cap."""
    available, needed = map(format_usd, (error.available_nano_usd, error.needed_nano_usd))
    if error.source == "key_cap":
        message = f"this key may spend {available} USD more, a request holds up to {needed} USD"
        advice = "use another key or raise its cap"
        return ServiceError(402, "key_cap_reached", f"{message}: {advice}", source="key_cap")
    message = f"{available} USD available, a request holds up to {needed} USD while it runs"
    return no_funds(f"{message}: top up the account")


def no_funds(message: str) -> ServiceError:
    """402 for an account that cannot pay."""
    return ServiceError(402, "insufficient_funds", message, source="account")


def answer_gone() -> ServiceError:
    """409 for a repeated id whose request ended without an answer that could be shown again."""
    return ServiceError(
        409,
        "no_answer",
        "the request with this id was cancelled or lost and has no answer: use a new id",
    )


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


def not_voidable() -> ServiceError:
    """409 for a charge that cannot be given back."""
    return ServiceError(409, "not_voidable", "no charge under this id can be given back")


def limits_unavailable() -> ServiceError:
    """503 while nobody can tell whether a request is within its limits."""
    return unavailable("limits_unavailable", "requests cannot be counted right now: retry later")


_ALWAYS_ALIKE: Mapping[type[model.LedgerError], Callable[[], ServiceError]] = {
    model.KeyRefusedError: key_refused,
    model.IdempotencyConflictError: conflict,
    model.RequestInProgressError: in_progress,
    model.NotVoidableError: not_voidable,
    LimitsUnavailableError: limits_unavailable,
}


def from_ledger(error: model.LedgerError) -> ServiceError:
    """What a client is told about an error of the ledger or the limits."""
    if isinstance(error, model.InsufficientFundsError):
        return insufficient_funds(error)
    if isinstance(error, model.LimitReachedError):
        return limit_reached(error)
    if (told := _ALWAYS_ALIKE.get(type(error))) is not None:
        return told()
    return unavailable("ledger_unavailable", "the account cannot be booked right now: retry later")


def internal(error: Exception) -> ServiceError:
    """500 for a fault of ours; only its type is logged, its text may hold a user's words."""
    _LOG.error("internal error", extra={"error": type(error).__name__, "at": places(error)})
    return ServiceError(500, "internal", "an internal error; nothing was charged")


def turn_too_late() -> ServiceError:
    """503 for a request that waited in vain; it is free, and its id is used up."""
    return unavailable(
        "queue_timeout", "its turn did not come in time; it is free: send it again with a new id"
    )


def no_place(error: SchedulerError, *, is_failed: bool) -> ServiceError:
    """503 for a request that the engine cannot take up now."""
    if isinstance(error, QueueFullError):
        message = "too many requests at once: retry in a moment"
        return unavailable("queue_full", message, error.retry_after_seconds)
    if is_failed:
        return unavailable("engine_unavailable", "the model could not be loaded", 60)
    return unavailable("loading", "the model is loading: retry in a moment")


def engine_failure(cause: Exception) -> ServiceError:
    """What a client is told when the engine could not answer; its own words stay here."""
    if isinstance(cause, PromptTooLongError):
        return ServiceError(413, "prompt_too_long", "too much text for the model: send less of it")
    if isinstance(cause, ModelFormatError):
        return ServiceError(422, "not_supported", "the model that is served cannot fill holes")
    if isinstance(cause, UpstreamError):  # its text is ours, and meant for the operator
        _LOG.error("upstream failed", extra={"detail": str(cause)})
        return ServiceError(
            502, "upstream_failed", "the model's server failed; it is free: send a new request"
        )
    _LOG.error("engine failed", extra={"error": type(cause).__name__, "at": places(cause)})
    return ServiceError(
        500, "engine_failed", "the engine failed on this request; it is free: send a new one"
    )


def places(error: BaseException) -> list[str]:
    """Where an error passed, innermost last, without its text."""
    found = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"{code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return found[-8:]
