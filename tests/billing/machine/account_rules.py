"""What operators do, and the world that every history begins with."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from billing.founding import DEMO_CREDIT_NANO_USD
from billing.keys import DEMO_EMAIL, DEMO_KEY
from billing.model import KeyInfo, Principal
from billing.operations.accounts import user_id_of
from billing.operations.tiers import TierChanges
from billing.prices import Price
from tests.billing.machine.base import PICKS, LedgerMachineBase
from tests.billing.machine.model import REJECTED, Model
from tests.billing.machine.values import (
    DAY_US,
    SECOND_US,
    Account,
    Booking,
    Key,
    PriceLine,
    Refused,
    Tier,
)

ADA = "ada@example.org"
BOB = "bob@example.org"
EMAILS = st.sampled_from([ADA, BOB])
TIERS = st.sampled_from(["free", "pro"])
AMOUNTS = st.sampled_from([1, 2_138_889, 3_000_000, 10_000_000])
EXTERNAL_IDS = st.sampled_from(["p1", "p2", "p3", "p4", "p5", "p6"])
THRESHOLDS = st.sampled_from([0, 1_000_000, 2_000_000])
FIRST_FUNDS = 5_000_000
KEYS_MAX = 10
PRICES_MAX = 6
LIST_PRICE = PriceLine("list-1", "*", 1_100_000_000, 40, 0, 0, 0)
LOCAL_PRICE = PriceLine("local-1", "*", 0, 0, 0, 0, 0)
PRICES = st.builds(
    PriceLine,
    version=st.sampled_from(["v1", "v2", "v3", "v4", "list-1"]),
    engine=st.sampled_from(["*", "vllm"]),
    per_hour=st.sampled_from([0, 1_100_000_000, 3_600_000_007]),
    markup_percent=st.sampled_from([0, 33, 40]),
    per_million_prompt=st.sampled_from([0, 200_000_003]),
    per_million_completion=st.sampled_from([0, 333_333_333]),
    valid_from_us=st.sampled_from([-1, 0, 3600 * SECOND_US, 40 * DAY_US]),
)


class AccountRules(LedgerMachineBase):
    """Rules about money from outside, keys, tiers and prices."""

    @initialize(quota=st.sampled_from([6, None]), low_balance=st.sampled_from([0, 4_000_000]))
    def start(self, quota: int | None, low_balance: int) -> None:
        tiers = {
            "free": Tier(10, concurrent=3, monthly_requests=quota),
            "pro": Tier(300, concurrent=4, monthly_credit=2_000_000),
        }
        self.model = Model(self.clock, tiers, self.place.kind)
        self.model.prices.append(LOCAL_PRICE if self.place.kind == "local" else LIST_PRICE)
        for name, tier in tiers.items():
            self.write_tier(name, tier)
        self.set_discount("free", 1_000_000, 7)
        self.set_discount("free", 2_000_000, 50)
        for email, name in ((ADA, "free"), (BOB, "pro")):
            self.ledger.add_account(email, name)
            self.know_account(email, name)
            self.model.grant(email)
            self.book("topup", email, FIRST_FUNDS, f"first-{email[:3]}")
        if self.place.kind == "demo":
            self.know_the_demo_account()
        self.set_account(ADA, None, low_balance)
        self.add_key("ada", Key(ADA, "ada"))
        self.add_key("ada-capped", Key(ADA, "ada-capped", cap=4_000_000))
        self.add_key("ada-test", Key(ADA, "ada-test", is_test=True))
        self.add_key("bob", Key(BOB, "bob"))

    def know_account(self, email: str, tier: str) -> None:
        self.model.accounts[email] = Account(tier)
        self.user_ids[email] = self.ledger._read(partial(user_id_of, email=email))

    def know_the_demo_account(self) -> None:
        self.know_account(DEMO_EMAIL, "free")
        self.model.bookings["topup", "demo-credit"] = Booking(DEMO_EMAIL, DEMO_CREDIT_NANO_USD)
        (info,) = self.ledger.list_keys(DEMO_EMAIL)
        self.remember_key("demo", Key(DEMO_EMAIL, "demo"), DEMO_KEY, info)

    # Money from outside

    def book(self, kind: str, email: str, amount: int, external_id: str) -> None:
        expected = self.model.book(kind, email, amount, external_id)
        if kind == "topup":
            self.expect(expected, self.ledger.topup, email, amount, external_id)
        elif kind == "refund":
            self.expect(expected, self.ledger.refund, email, -amount, external_id)
        else:
            self.expect(expected, self.ledger.adjust, email, amount, external_id, "a reason")

    @rule(
        kind=st.sampled_from(["topup", "refund", "adjustment"]),
        email=EMAILS,
        amount=AMOUNTS,
        is_taken=st.booleans(),
        external_id=EXTERNAL_IDS,
    )
    def book_something(
        self, kind: str, email: str, amount: int, is_taken: bool, external_id: str
    ) -> None:
        is_negative = kind == "refund" or (kind == "adjustment" and is_taken)
        self.book(kind, email, -amount if is_negative else amount, external_id)

    @rule(
        kind=st.sampled_from(["refund", "adjustment"]),
        email=EMAILS,
        more=st.sampled_from([0, 1, 2_000_000]),
    )
    def take_what_there_is(self, kind: str, email: str, more: int) -> None:
        """What is available may be taken, and not a nano-USD more."""
        amount = self.model.funds(email).available_nano_usd + more
        if amount:
            self.book(kind, email, -amount, f"take-{len(self.model.bookings)}")

    @rule(pick=PICKS)
    def book_again(self, pick: int) -> None:
        bookings = [item for item in self.model.bookings.items() if item[0][0] != "plan_credit"]
        (kind, external_id), booking = bookings[pick % len(bookings)]
        self.book(kind, booking.email, booking.amount, external_id)

    def grant_plan_credit(self) -> None:
        self.expect(self.model.grant_plan_credit(), self.ledger.grant_plan_credit)

    # Accounts

    def set_account(self, email: str, tier: str | None, low_balance: int | None) -> None:
        self.model.set_account(email, tier, low_balance)
        self.must(self.ledger.set_account, email, tier=tier, low_balance_nano_usd=low_balance)

    @rule(
        email=EMAILS, tier=st.one_of(st.none(), TIERS), low_balance=st.one_of(st.none(), THRESHOLDS)
    )
    def change_account(self, email: str, tier: str | None, low_balance: int | None) -> None:
        self.set_account(email, tier, low_balance)

    @rule(email=EMAILS, is_disabled=st.sampled_from([False, False, True]))
    def switch_account(self, email: str, is_disabled: bool) -> None:
        self.model.accounts[email].is_disabled = is_disabled
        operation = self.ledger.disable_account if is_disabled else self.ledger.enable_account
        self.must(operation, email)

    # Keys

    def add_key(self, name: str, key: Key) -> None:
        text, info = self.must(
            self.ledger.add_key, key.email, key.cap, key.expires_us, is_test=key.is_test
        )
        self.remember_key(name, key, text, info)

    def remember_key(self, name: str, key: Key, text: str, info: KeyInfo) -> None:
        # Where no money is real, every key is a test key.
        key.is_test = key.is_test or self.place.kind != "standard"
        self.model.keys[name] = key
        self.api_keys[name] = text
        self.principals[name] = Principal(
            user_id=self.user_ids[key.email],
            key_id=info.id,
            root_id=info.root_id,
            email=key.email,
            tier="",
            requests_per_minute=0,
            is_test=key.is_test,
        )

    @precondition(lambda self: len(self.model.keys) < KEYS_MAX)
    @rule(email=EMAILS, cap=AMOUNTS, days=st.sampled_from([1, 31]), is_test=st.booleans())
    def add_expiring_key(self, email: str, cap: int, days: int, is_test: bool) -> None:
        name = f"key-{len(self.model.keys)}"
        expires_us = self.clock.now_us + days * DAY_US
        self.add_key(name, Key(email, name, is_test=is_test, cap=cap, expires_us=expires_us))

    @rule(pick=PICKS, hours=st.sampled_from([0, 1, 24 * 32]))
    def rotate_key(self, pick: int, hours: int) -> None:
        name = self.picked_key(pick)
        if len(self.model.keys) >= KEYS_MAX:
            return
        overlap_us = hours * 3600 * SECOND_US
        expected = self.model.rotate(name, overlap_us)
        arguments = (str(self.principals[name].key_id), overlap_us)
        if isinstance(expected, Refused):
            self.expect(expected, self.ledger.rotate_key, *arguments)
        else:
            text, info, _ = self.must(self.ledger.rotate_key, *arguments)
            self.remember_key(f"key-{len(self.model.keys)}", expected, text, info)

    @precondition(lambda self: sum(not key.is_revoked for key in self.model.keys.values()) > 4)
    @rule(pick=PICKS)
    def revoke_key(self, pick: int) -> None:
        name = self.picked_key(pick)
        self.model.keys[name].is_revoked = True
        self.must(self.ledger.revoke_key, str(self.principals[name].key_id))

    # Tiers and prices

    def write_tier(self, name: str, tier: Tier) -> None:
        changes: TierChanges = {
            "concurrent_requests": tier.concurrent,
            "monthly_requests": tier.monthly_requests,
            "monthly_credit_nano_usd": tier.monthly_credit,
        }
        self.must(self.ledger.set_tier, name, changes)

    def set_discount(self, tier: str, from_nano_usd: int, percent: int) -> None:
        self.model.tiers[tier].discounts[from_nano_usd] = percent
        self.must(self.ledger.set_discount, tier, from_nano_usd, percent)

    @rule(
        name=TIERS,
        concurrent=st.sampled_from([1, 2, 4]),
        quota=st.sampled_from([1, 5, None]),
        credit=AMOUNTS,
    )
    def change_limits(self, name: str, concurrent: int, quota: int | None, credit: int) -> None:
        tier = self.model.tiers[name]
        tier.concurrent, tier.monthly_requests, tier.monthly_credit = concurrent, quota, credit
        self.write_tier(name, tier)

    @rule(
        tier=TIERS,
        from_nano_usd=st.sampled_from([0, 1_000_000, 2_000_000]),
        percent=st.sampled_from([0, 7, 50, 100]),
    )
    def change_discount(self, tier: str, from_nano_usd: int, percent: int) -> None:
        if percent:
            self.set_discount(tier, from_nano_usd, percent)
            return
        known = self.model.tiers[tier].discounts.pop(from_nano_usd, None)
        expected = REJECTED if known is None else None
        self.expect(expected, self.ledger.remove_discount, tier, from_nano_usd)

    @rule(line=PRICES, is_announced=st.booleans())
    def add_price(self, line: PriceLine, is_announced: bool) -> None:
        later_us = line.valid_from_us if is_announced else 0
        line = replace(line, valid_from_us=self.clock.now_us + later_us)
        expected = self.model.add_price(line, is_announced=is_announced)
        price = Price(
            line.version,
            line.engine,
            line.per_hour,
            line.markup_percent,
            line.per_million_prompt,
            line.per_million_completion,
        )
        valid_from_us = line.valid_from_us if is_announced else None
        self.expect(expected, self.ledger.add_price, price, valid_from_us)
