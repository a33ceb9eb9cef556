"""Everything that has happened, and what follows from it; shares no code with the ledger.

Nothing that can be derived is kept: balances, counters and what keys have spent are always summed
over everything that has happened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from billing.founding import Kind
from billing.model import Funds
from tests.billing.machine.values import Account, Booking, Key, PriceLine, Request, Tier, month_of

_COUNTED = ("open", "settled", "voided")


class Books:
    """The same accounts, keys, requests and bookings as the ledger under test."""

    def __init__(self, now_us: Callable[[], int], tiers: dict[str, Tier], kind: Kind) -> None:
        self.kind = kind
        self.now_us = now_us
        self.tiers = tiers
        self.prices: list[PriceLine] = []
        self.accounts: dict[str, Account] = {}
        self.keys: dict[str, Key] = {}
        self.requests: dict[tuple[str, str], Request] = {}
        self.bookings: dict[tuple[str, str], Booking] = {}
        self.events: list[tuple[str, int]] = []
        self.prices_closed_us = -1

    # What follows from everything that has happened

    def requests_of(self, email: str) -> list[Request]:
        return [request for (owner, _), request in self.requests.items() if owner == email]

    def funds(self, email: str) -> Funds:
        booked = sum(item.amount for item in self.bookings.values() if item.email == email)
        requests = self.requests_of(email)
        return Funds(booked - sum(request.cost for request in requests), _held(requests))

    def month(self, email: str) -> str:
        """The newest month that the account has held money in; empty before the first."""
        return max((request.month for request in self.requests_of(email)), default="")

    def month_to_be(self, email: str) -> str:
        return max(self.month(email), month_of(self.now_us()))

    def counters(self, email: str, month: str) -> tuple[int, int]:
        """Requests of that month and what they have cost."""
        mine = [request for request in self.requests_of(email) if request.month == month]
        count = sum(request.status in _COUNTED for request in mine)
        return count, sum(request.cost for request in mine)

    def open_count(self, email: str) -> int:
        return sum(request.status == "open" for request in self.requests_of(email))

    def rotation(self, key: str) -> tuple[int, int]:
        """Spent and held of all keys of one rotation."""
        root = self.keys[key].root
        mine = [item for item in self.requests.values() if self.keys[item.key].root == root]
        return sum(request.cost for request in mine), _held(mine)

    def newest_key(self, root: str) -> str:
        return [name for name, key in self.keys.items() if key.root == root][-1]

    def key_opens(self, name: str) -> bool:
        key = self.keys[name]
        is_disabled = self.accounts[key.email].is_disabled
        return not (key.is_revoked or key.is_over(self.now_us()) or is_disabled)

    def price(self, engine: str) -> PriceLine:
        now_us = self.now_us()
        valid = [price for price in self.prices if price.valid_from_us <= now_us]
        own = [price for price in valid if price.engine == engine]
        return max(
            own or [price for price in valid if price.engine == "*"],
            key=lambda price: (price.valid_from_us, price.version),
        )

    def operator_accounts(self) -> dict[str, int]:
        """What every account of the operator should hold."""
        requests = self.requests.values()
        base = sum(request.base for request in requests)
        settled = [request for request in requests if request.status == "settled"]
        free = [request for request in requests if request.status in ("released", "voided")]
        overrun = sum(request.full - request.cost for request in settled)
        return {
            "funding": -self._booked("topup") - self._booked("refund"),
            "engine_cost": base,
            "margin": sum(request.full - request.base for request in settled),
            "operator_loss": -overrun - sum(request.base for request in free),
            "plan_credit": -self._booked("plan_credit"),
            "adjustments": -self._booked("adjustment"),
            "legacy_balance": 0,
        }

    def _booked(self, kind: str) -> int:
        return sum(item.amount for (its_kind, _), item in self.bookings.items() if its_kind == kind)

    # The one thing that has a memory

    def note_balance(self, email: str) -> None:
        """Falling below the account's threshold is told once, until it has risen again."""
        account = self.accounts[email]
        posted = self.funds(email).posted_nano_usd
        is_low = posted < account.low_balance
        if is_low and not account.is_low:
            self.events.append((email, posted))
        account.is_low = is_low


def _held(requests: Iterable[Request]) -> int:
    return sum(request.held for request in requests if request.status == "open")
