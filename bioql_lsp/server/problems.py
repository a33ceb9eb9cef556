"""Why an AI request came to nothing, told so that a person knows what to do.

Every failure on the way to the worker becomes one WorkerError. No text here holds a key, a prompt
or a piece of an answer; a worker's own words are used only where its error has the agreed form.
"""

from __future__ import annotations

import re
import socket
import ssl
from datetime import datetime, timedelta
from enum import StrEnum

_MESSAGE_CHARACTERS_MAX = 300
_LIMIT_CODES = ("rate_limited", "too_many_concurrent_requests", "monthly_quota_reached")
_NOT_PRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class Problem(StrEnum):
    """The kinds of failure that a user can do something different about."""

    NO_KEY = "no_key"
    WRONG_KEY = "wrong_key"
    NO_CREDIT = "no_credit"
    BUDGET = "budget"
    RATE_LIMITED = "rate_limited"
    LOADING = "loading"
    BUSY = "busy"
    OFFLINE = "offline"
    TIMEOUT = "timeout"
    DIED = "died"
    GARBAGE = "garbage"
    REFUSED = "refused"
    SETUP = "setup"


class WorkerError(Exception):
    """An AI request failed; the text says what happened and what to do."""

    def __init__(
        self, problem: Problem, message: str, retry_after_seconds: float | None = None
    ) -> None:
        super().__init__(message)
        self.problem = problem
        self.message = message
        self.retry_after_seconds = retry_after_seconds


_SET_KEY = (
    'run "BioQL: Set API Key" in VS Code; elsewhere set BIOQL_API_KEY or the user setting '
    "bioql.apiKey"
)


def no_key(origin: str) -> WorkerError:
    """No key is set for a worker that wants one."""
    return WorkerError(
        Problem.NO_KEY,
        f"No BioQL API key is set for {origin}: {_SET_KEY}, or use the local worker with "
        '"bioql.mode": "local".',
    )


def wrong_key(origin: str) -> WorkerError:
    """The worker does not know the key."""
    return WorkerError(
        Problem.WRONG_KEY,
        f"{origin} refused the API key (unknown, revoked or expired). For a valid one {_SET_KEY}.",
    )


def key_for_other_origin(origin: str, key_origin: str) -> WorkerError:
    """The key was set while another worker was."""
    return WorkerError(
        Problem.WRONG_KEY,
        f"The API key was set for {key_origin} and is not sent to {origin}: set the key of the "
        "new worker, or run the command bioql.restartWorker if it is the same account.",
    )


def no_credit(origin: str, detail: str) -> WorkerError:
    """The account cannot cover a request."""
    return WorkerError(
        Problem.NO_CREDIT, f"The BioQL account at {origin} is out of credit: {_said(detail)}"
    )


def over_budget(spent_usd: str, budget_usd: str) -> WorkerError:
    """The budget of this session is used up."""
    return WorkerError(
        Problem.BUDGET,
        f"AI requests stopped: this session cost {spent_usd} USD and bioql.budget.sessionUsd is "
        f"{budget_usd} USD. Raise the setting to go on.",
    )


def rate_limited(
    origin: str, retry_after_seconds: float | None, code: str | None = None, detail: str = ""
) -> WorkerError:
    """Too many requests, with the time at which they will pass again."""
    seconds = 60.0 if retry_after_seconds is None else retry_after_seconds
    if code == "monthly_quota_reached":
        return WorkerError(
            Problem.RATE_LIMITED,
            f"{origin} takes no more requests of this account this month: {_said(detail)}",
            seconds,
        )
    until = datetime.now().astimezone() + timedelta(seconds=seconds)
    return WorkerError(
        Problem.RATE_LIMITED,
        f"{origin} takes no more requests of this account until {until:%H:%M:%S} "
        f"({seconds:.0f} s): AI requests pause until then.",
        seconds,
    )


def loading(origin: str, detail: str = "") -> WorkerError:
    """The worker has not loaded its model yet."""
    return WorkerError(
        Problem.LOADING, f"The worker at {origin} is still loading its model: {_said(detail)}", 1.0
    )


def busy(origin: str, detail: str, retry_after_seconds: float | None) -> WorkerError:
    """The worker takes no request right now."""
    return WorkerError(
        Problem.BUSY,
        f"The worker at {origin} takes no request right now: {_said(detail)}",
        retry_after_seconds,
    )


def refused(origin: str, status: int, detail: str) -> WorkerError:
    """The worker finds fault with the request itself."""
    return WorkerError(Problem.REFUSED, f"{origin} refused the request ({status}): {_said(detail)}")


def garbage(origin: str, what: str) -> WorkerError:
    """Something answers that is no BioQL worker."""
    return WorkerError(
        Problem.GARBAGE,
        f"{origin} does not answer like a BioQL worker ({what}): check bioql.workerUrl.",
    )


def timed_out(origin: str, seconds: float) -> WorkerError:
    """No answer in time."""
    return WorkerError(
        Problem.TIMEOUT,
        f"The worker at {origin} gave no answer within {seconds:.0f} s; nothing is shown. "
        "Try again, or run the command bioql.restartWorker.",
    )


def died(origin: str) -> WorkerError:
    """The connection broke after the request was sent."""
    return WorkerError(
        Problem.DIED,
        f"The worker at {origin} went away in the middle of a request; "
        "nothing is charged for it. The next request tries again.",
    )


def offline(origin: str, error: BaseException) -> WorkerError:
    """No connection; the reason is told in words."""
    return WorkerError(
        Problem.OFFLINE,
        f"The worker at {origin} cannot be reached ({_connection_fault(error)}): "
        "check the network and bioql.workerUrl. Diagnostics and fixes go on without it.",
    )


def setup(message: str) -> WorkerError:
    """Something is to be installed or set first."""
    return WorkerError(Problem.SETUP, message)


def is_off() -> WorkerError:
    """The user wants no model."""
    return setup('AI requests are off: set "bioql.mode" to "local" or "remote" to turn them on.')


def from_status(
    origin: str,
    status: int,
    retry_after_seconds: float | None,
    code: str | None = None,
    detail: str = "",
) -> WorkerError:
    """The problem behind an answer that is not 2xx; ``code`` is None where it is not of ours."""
    if status == 401 or code == "unauthorized":
        return wrong_key(origin)
    if status == 402 or code in ("insufficient_funds", "key_cap_reached"):
        return no_credit(origin, detail or "top up the account")
    if status == 429 or code in _LIMIT_CODES:
        return rate_limited(origin, retry_after_seconds, code, detail)
    if code is None:
        return garbage(origin, f"status {status} without a message of ours")
    if status < 500:
        return refused(origin, status, detail)
    is_loading = code in ("loading", "not_ready")
    return loading(origin, detail) if is_loading else busy(origin, detail, retry_after_seconds)


def _said(detail: str) -> str:
    """A worker's own words in one line of bearable length, with a full stop."""
    line = _NOT_PRINTABLE.sub(" ", detail).strip()[:_MESSAGE_CHARACTERS_MAX] or "try again later"
    return line if line.endswith((".", "!", "?")) else f"{line}."


def _connection_fault(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "its TLS certificate is not trusted"
        if isinstance(cause, ssl.SSLError):
            return "the TLS handshake failed"
        if isinstance(cause, socket.gaierror):
            return "its name is unknown"
        if isinstance(cause, ConnectionRefusedError):
            return "connection refused"
        cause = cause.__cause__ or cause.__context__
    text = str(error)
    return _said_in_text(text)


def _said_in_text(text: str) -> str:
    """The reason where the network library keeps nothing but a text of it."""
    for mark, words in (
        ("CERTIFICATE_VERIFY_FAILED", "its TLS certificate is not trusted"),
        ("SSL", "the TLS handshake failed"),
        ("Name or service", "its name is unknown"),
        ("name resolution", "its name is unknown"),
        ("getaddrinfo", "its name is unknown"),
        ("refused", "connection refused"),
        ("All connection attempts failed", "connection refused"),
    ):
        if mark in text:
            return words
    return "no connection"
