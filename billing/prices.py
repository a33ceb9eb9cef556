"""Prices and amounts: integers only, rounded once (up for a hold, down for a settle)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from billing.model import EngineUsage, RejectedInputError

NANO_PER_USD = 1_000_000_000
US_PER_HOUR = 3_600_000_000
ENGINE_US_MAX = 24 * US_PER_HOUR
"""One request may not use more than a day: it bounds every amount far below 2**63."""
TOKENS_MAX = 10_000_000
"""Of one request, for the same reason."""
_PARTS = US_PER_HOUR
AMOUNT_NANO_USD_MAX = 1_000_000 * NANO_PER_USD

_AMOUNT = re.compile(r"([0-9]{1,7})(?:\.([0-9]{1,9}))?", re.ASCII)


def check_bounds(usage: EngineUsage) -> None:
    """Raises RejectedInputError for what one request may never use."""
    if not 0 <= usage.engine_us <= ENGINE_US_MAX:
        raise RejectedInputError("a request may use at most 24 hours of engine time")
    fewest, highest = sorted((usage.prompt_tokens, usage.completion_tokens))
    if fewest < 0 or highest > TOKENS_MAX:
        raise RejectedInputError(f"a request may use at most {TOKENS_MAX} tokens")


@dataclass(frozen=True, slots=True)
class Price:
    """One immutable line of the price list: an engine's base price, and the markup on top.

    Engine time is priced by the hour; tokens, for upstreams that share a GPU, by the million.
    """

    version: str
    engine: str
    base_nano_usd_per_hour: int
    markup_percent: int
    base_nano_usd_per_million_prompt_tokens: int = 0
    base_nano_usd_per_million_completion_tokens: int = 0

    def hold_nano_usd(self, most: EngineUsage, discount_percent: int = 0) -> int:
        """What to set aside for at most that much, rounded up."""
        return -(-self._base_parts(most) * self._user_rate(discount_percent) // (10_000 * _PARTS))

    def settle(self, usage: EngineUsage, discount_percent: int = 0) -> tuple[int, int]:
        """Base cost and the user's cost, both rounded down."""
        parts = self._base_parts(usage)
        return parts // _PARTS, parts * self._user_rate(discount_percent) // (10_000 * _PARTS)

    def _base_parts(self, usage: EngineUsage) -> int:
        """The base cost in parts of a nano-USD, so that time and tokens are rounded together."""
        tokens = (
            usage.prompt_tokens * self.base_nano_usd_per_million_prompt_tokens
            + usage.completion_tokens * self.base_nano_usd_per_million_completion_tokens
        )
        return usage.engine_us * self.base_nano_usd_per_hour + tokens * (_PARTS // 1_000_000)

    def _user_rate(self, discount_percent: int) -> int:
        return (100 + self.markup_percent) * (100 - discount_percent)


LIST_PRICE = Price("list-1", "*", 1_100_000_000, 40)
"""An A10G at 1.10 USD an hour, 40 % on top, for every engine without a line of its own."""
LOCAL_PRICE = Price("local-1", "*", 0, 0)
"""The user's own machine: usage is booked, nothing is charged."""


def format_usd(nano_usd: int) -> str:
    """A decimal string in USD with all nine digits, exact."""
    sign = "-" if nano_usd < 0 else ""
    whole, rest = divmod(abs(nano_usd), NANO_PER_USD)
    return f"{sign}{whole}.{rest:09d}"


def parse_usd(text: str) -> int:
    """Nano-USD of a plain positive decimal such as ``10`` or ``0.25``.

    Raises RejectedInputError for signs, exponents, NaN, zero and more than nine decimals.
    """
    match = _AMOUNT.fullmatch(text)
    nano = 0
    if match is not None:
        nano = int(match[1]) * NANO_PER_USD + int((match[2] or "").ljust(9, "0"))
    if not 0 < nano <= AMOUNT_NANO_USD_MAX:
        raise RejectedInputError(
            "the amount is not a plain number of USD: write one above 0 and up to 1000000,"
            " with at most nine decimals, for example 25 or 0.50"
        )
    return nano
