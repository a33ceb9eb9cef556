"""The values and errors that the ledger hands out. Money is integer nano-USD, time microseconds.

LedgerError
├── LedgerUnusableError        the database is missing, of another schema, full or locked
├── KeyRefusedError            malformed, unknown, revoked or expired key
├── InsufficientFundsError     the account, or the key's cap, cannot cover the hold
├── LimitReachedError          too many requests a minute, at once or in the month
├── IdempotencyConflictError   the request id was used with another body
├── RequestInProgressError     the request id has an open hold
├── HoldResolvedError          the hold is settled, released or expired already
├── NotVoidableError           unknown charge, voided already, or too late
└── RejectedInputError         an argument that no retry will make right (with what to do)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple


class LedgerError(Exception):
    """Root of every error that the ledger raises on purpose; its text is fit for a person."""


class LedgerUnusableError(LedgerError):
    """The database cannot be used as it is."""


class KeyRefusedError(LedgerError):
    """The API key opens no account."""


class InsufficientFundsError(LedgerError):
    """The account (``source`` account) or the key's spending cap (``key_cap``) cannot cover it."""

    def __init__(
        self, available_nano_usd: int, needed_nano_usd: int, source: Literal["account", "key_cap"]
    ) -> None:
        super().__init__(f"{source}: {available_nano_usd} nano-USD, {needed_nano_usd} needed")
        self.available_nano_usd = available_nano_usd
        self.needed_nano_usd = needed_nano_usd
        self.source: Literal["account", "key_cap"] = source


class LimitReachedError(LedgerError):
    """More than the tier allows: a minute (``rate``), at once, in the month (``quota``), or
    charges given back in an hour (``voids``).

    Nothing was consumed; the same request passes after ``retry_after_seconds`` at the earliest.
    """

    def __init__(
        self,
        source: Literal["rate", "concurrency", "quota", "voids"],
        limit: int,
        retry_after_seconds: int,
    ) -> None:
        super().__init__(f"{source}: at most {limit} requests, retry in {retry_after_seconds} s")
        self.source: Literal["rate", "concurrency", "quota", "voids"] = source
        self.limit = limit
        self.retry_after_seconds = retry_after_seconds


class IdempotencyConflictError(LedgerError):
    """The request id was used before with another body."""


class RequestInProgressError(LedgerError):
    """The request id belongs to a request that still runs."""


class HoldResolvedError(LedgerError):
    """The hold has been settled, released or expired."""


class NotVoidableError(LedgerError):
    """The charge cannot be voided."""


class RejectedInputError(LedgerError):
    """An argument is wrong; the text says which and what to do."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Who an API key speaks for.

    ``root_id`` is the first key of its rotation, which carries cap and spending of all of them.
    """

    user_id: int
    key_id: int
    root_id: int
    email: str
    tier: str
    requests_per_minute: int
    is_test: bool


class Funds(NamedTuple):
    """The money of one account."""

    posted_nano_usd: int
    held_nano_usd: int

    @property
    def available_nano_usd(self) -> int:
        """What a new hold may take."""
        return self.posted_nano_usd - self.held_nano_usd


class EngineUsage(NamedTuple):
    """What one request used."""

    prompt_tokens: int
    completion_tokens: int
    engine_us: int


class Hold(NamedTuple):
    """Money set aside for one running request."""

    id: int
    user_id: int
    request_id: str
    amount_nano_usd: int
    price_version: str
    engine_us_max: int


class Charge(NamedTuple):
    """How a request ended: ``settled`` (billed), ``released`` (free) or ``voided`` (given back)."""

    request_id: str
    status: Literal["settled", "released", "voided"]
    usage: EngineUsage
    base_cost_nano_usd: int
    user_cost_nano_usd: int
    price_version: str
    funds: Funds


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """What is known of an API key; never the key itself.

    Cap, spent and held are those of ``root_id``, the first key of its rotation.
    """

    id: int
    email: str
    start: str
    is_test: bool
    cap_nano_usd: int | None
    spent_nano_usd: int
    held_nano_usd: int
    created_us: int
    expires_us: int | None
    revoked_us: int | None
    root_id: int
    is_legacy: bool


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement of an account and the balance after it; of a request, also what it used."""

    at_us: int
    kind: str
    reference: str
    engine_us: int | None
    amount_nano_usd: int
    balance_nano_usd: int
    prompt_tokens: int | None
    completion_tokens: int | None
    model: str | None
    description: str | None


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """A difference that the audit found: which rule, and the exact row."""

    rule: str
    row: str
