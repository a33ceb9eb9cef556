"""What the model knows: plain records, prices as fractions."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from functools import cache

from billing.model import EngineUsage, LedgerError

SECOND_US = 1_000_000
DAY_SECONDS = 86_400
DAY_US = DAY_SECONDS * SECOND_US
NO_USAGE = EngineUsage(0, 0, 0)


@dataclass(frozen=True)
class Refused:
    """An error of the ledger, with its ``source`` and its numbers where it has some."""

    error: type[LedgerError]
    source: str | None = None
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Promise:
    """What matters of a hold."""

    amount: int
    version: str
    engine_us_max: int


@dataclass
class Tier:
    """A tier's limits (None: none), its monthly credit and its discounts by spending."""

    requests_per_minute: int
    concurrent: int
    monthly_requests: int | None = None
    monthly_credit: int = 0
    discounts: dict[int, int] = field(default_factory=dict)

    def discount(self, month_spent: int) -> int:
        reached = [threshold for threshold in self.discounts if threshold <= month_spent]
        return self.discounts[max(reached)] if reached else 0


@dataclass(frozen=True)
class PriceLine:
    """One version of the price list; ``*`` is every engine without a line of its own."""

    version: str
    engine: str
    per_hour: int
    markup_percent: int
    per_million_prompt: int
    per_million_completion: int
    valid_from_us: int

    @cache  # noqa: B019 - a price is a value, and there are few
    def base(self, usage: EngineUsage) -> Fraction:
        return (
            Fraction(usage.engine_us * self.per_hour, 3600 * SECOND_US)
            + Fraction(usage.prompt_tokens * self.per_million_prompt, 10**6)
            + Fraction(usage.completion_tokens * self.per_million_completion, 10**6)
        )

    @cache  # noqa: B019
    def user(self, usage: EngineUsage, discount_percent: int) -> Fraction:
        share = Fraction(100 + self.markup_percent, 100) * Fraction(100 - discount_percent, 100)
        return self.base(usage) * share


@dataclass
class Account:
    tier: str
    is_disabled: bool = False
    low_balance: int = 0
    is_low: bool = False


@dataclass
class Key:
    """A key; ``root`` names the first key of its rotation, whose cap is everybody's."""

    email: str
    root: str
    is_test: bool = False
    cap: int | None = None
    expires_us: int | None = None
    is_revoked: bool = False

    def is_over(self, now_us: int) -> bool:
        return self.expires_us is not None and self.expires_us <= now_us


@dataclass
class Request:
    """What became of one request."""

    key: str
    fingerprint: str
    price: PriceLine
    discount_percent: int
    usage_max: EngineUsage
    month: str
    lease_until_us: int
    status: str = "open"
    usage: EngineUsage = NO_USAGE
    resolved_us: int = 0

    @property
    def held(self) -> int:
        return math.ceil(self.price.user(self.usage_max, self.discount_percent))

    @property
    def base(self) -> int:
        return math.floor(self.price.base(self.usage))

    @property
    def full(self) -> int:
        return math.floor(self.price.user(self.usage, self.discount_percent))

    @property
    def cost(self) -> int:
        return min(self.full, self.held) if self.status == "settled" else 0


@dataclass(frozen=True)
class Booking:
    """Money booked from outside: a top-up, a refund, an adjustment or a plan's credit."""

    email: str
    amount: int


def month_of(time_us: int) -> str:
    return datetime.fromtimestamp(time_us // SECOND_US, UTC).strftime("%Y-%m")
