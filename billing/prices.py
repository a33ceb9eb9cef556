"""Prices and amounts: integers only, rounded once (up for a hold, down for a settle)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from billing.model import RejectedInputError

NANO_PER_USD = 1_000_000_000
US_PER_HOUR = 3_600_000_000
ENGINE_US_MAX = 24 * US_PER_HOUR
"""One request may not use more than a day: it bounds every amount far below 2**63."""
AMOUNT_NANO_USD_MAX = 1_000_000 * NANO_PER_USD

_AMOUNT = re.compile(r"([0-9]{1,7})(?:\.([0-9]{1,9}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Price:
    """One immutable line of the price list: what an hour of an engine costs, and the markup."""

    version: str
    engine: str
    base_nano_usd_per_hour: int
    markup_percent: int

    def hold_nano_usd(self, engine_us: int) -> int:
        """What to set aside for at most that much engine time, rounded up."""
        return -(-engine_us * self._user_rate() // (100 * US_PER_HOUR))

    def settle(self, engine_us: int) -> tuple[int, int]:
        """Base cost and the user's cost of that much engine time, both rounded down."""
        base = engine_us * self.base_nano_usd_per_hour // US_PER_HOUR
        return base, engine_us * self._user_rate() // (100 * US_PER_HOUR)

    def _user_rate(self) -> int:
        return self.base_nano_usd_per_hour * (100 + self.markup_percent)


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
