"""What a ledger should answer to its operator, and with that the whole model."""

from __future__ import annotations

from billing.model import RejectedInputError
from tests.billing.machine.request_model import CONFLICT, RequestModel
from tests.billing.machine.values import Booking, Key, PriceLine, Refused, month_of

REJECTED = Refused(RejectedInputError)


class Model(RequestModel):
    """The same accounts, keys, requests and bookings as the ledger under test."""

    # Money from outside

    def book(self, kind: str, email: str, amount: int, external_id: str) -> Refused | bool:
        """Whether it is booked now; an id is used once, for one account and amount."""
        booking = Booking(email, amount)
        known = self.bookings.get((kind, external_id))
        if known is not None:
            return False if known == booking else CONFLICT
        if self.funds(email).available_nano_usd + amount < 0:
            return REJECTED
        self.bookings[kind, external_id] = booking
        self.note_balance(email)
        return True

    def grant_plan_credit(self) -> int:
        return sum(self.grant(email) for email in self.accounts)

    def grant(self, email: str) -> bool:
        """An active account gets its tier's credit once a month, and none of an earlier month."""
        month = month_of(self.now_us())
        credit = self.tiers[self.accounts[email].tier].monthly_credit
        if not credit or self.accounts[email].is_disabled:
            return False
        granted = [name for kind, name in self.bookings if kind == "plan_credit"]
        if any(name >= f"{email} {month}" for name in granted if name.startswith(email)):
            return False
        return self.book("plan_credit", email, credit, f"{email} {month}") is True

    # Accounts and keys

    def set_account(self, email: str, tier: str | None, low_balance: int | None) -> None:
        account = self.accounts[email]
        if tier is not None:
            account.tier = tier
            self.grant(email)
        if low_balance is not None:
            account.low_balance = low_balance
            self.note_balance(email)

    def rotate(self, name: str, overlap_us: int) -> Refused | Key:
        """The key that comes in place of another one; both share what the first one may spend."""
        old = self.keys[name]
        if old.is_revoked or old.is_over(self.now_us()):
            return REJECTED
        newest = self.keys[self.newest_key(old.root)]
        if newest is not old and not newest.is_revoked:
            return REJECTED
        if newest.is_over(self.now_us()):
            return REJECTED
        new = Key(old.email, old.root, old.is_test, expires_us=newest.expires_us)
        end_us = self.now_us() + overlap_us
        old.expires_us = end_us if old.expires_us is None else min(old.expires_us, end_us)
        return new

    def close_journal(self) -> None:
        begun = [
            price.valid_from_us for price in self.prices if price.valid_from_us < self.now_us()
        ]
        self.prices_closed_us = max([self.prices_closed_us, *begun])

    def add_price(self, price: PriceLine, *, is_announced: bool) -> Refused | None:
        """A version is never changed, and begins neither in the past nor with another one, nor in
        what is closed (which a clock that has jumped back would have it do)."""
        if any(price.version == known.version for known in self.prices):
            return REJECTED
        if price.valid_from_us <= self.prices_closed_us:
            return REJECTED
        moments = [(known.engine, known.valid_from_us) for known in self.prices]
        if is_announced and (
            price.valid_from_us <= self.now_us() or (price.engine, price.valid_from_us) in moments
        ):
            return REJECTED
        self.prices.append(price)
        return None
