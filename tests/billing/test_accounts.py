"""Accounts, top-ups and keys on every ledger, on each database."""

from __future__ import annotations

import pytest

from billing.ledger import Ledger
from billing.model import (
    Funds,
    Hold,
    IdempotencyConflictError,
    KeyRefusedError,
    LimitReachedError,
    RejectedInputError,
)
from billing.prices import NANO_PER_USD
from tests.billing.support import START_US, Bench, used


def test_a_top_up_is_booked_once_per_id(bench: Bench) -> None:
    ada, _ = bench.customer(usd=0), bench.customer("bob@example.org", usd=0)
    assert bench.ledger.topup(ada.email, NANO_PER_USD, "p1")
    assert not bench.ledger.topup(ada.email, NANO_PER_USD, "p1")
    for email, nano in ((ada.email, 2 * NANO_PER_USD), ("bob@example.org", NANO_PER_USD)):
        with pytest.raises(IdempotencyConflictError):
            bench.ledger.topup(email, nano, "p1")
    assert bench.ledger.funds(ada) == Funds(NANO_PER_USD, 0)


@pytest.mark.parametrize(
    ("nano", "external_id"),
    [(0, "p"), (-1, "p"), (10**15 + 1, "p"), (1, ""), (1, "a b"), (1, "=x"), (1, "x" * 129)],
)
def test_a_bad_top_up_is_refused(bench: Bench, nano: int, external_id: str) -> None:
    ada = bench.customer(usd=0)
    with pytest.raises(RejectedInputError):
        bench.ledger.topup(ada.email, nano, external_id)


@pytest.mark.parametrize("email", ["", "ada", "@", "a@", "a b@c", "a@b\n@c", "\ud800@x", "a@b@c"])
def test_a_bad_email_is_refused(bench: Bench, email: str) -> None:
    with pytest.raises(RejectedInputError):
        bench.ledger.add_account(email)


def test_an_email_has_one_account_whatever_its_case(bench: Bench) -> None:
    bench.ledger.add_account("Ada@Example.org")
    with pytest.raises(RejectedInputError):
        bench.ledger.add_account("ada@example.ORG")
    assert bench.ledger.balance("ADA@example.org") == Funds(0, 0)


def test_an_unknown_tier_is_refused(bench: Bench) -> None:
    with pytest.raises(RejectedInputError, match="free, light, pro, enterprise"):
        bench.ledger.add_account("ada@example.org", "gold")


def test_the_demo_key_opens_nothing_in_a_standard_ledger(bench: Bench) -> None:
    with pytest.raises(KeyRefusedError):
        bench.ledger.authenticate("bioql_test_870ce7ae")
    assert not bench.ledger.is_demo


def test_the_demo_key_opens_an_account_in_a_demo_ledger(ledger_url: str) -> None:
    assert Ledger.create(ledger_url, "demo")
    assert not Ledger.create(ledger_url, "demo")
    with Ledger.open(ledger_url) as demo:
        principal = demo.authenticate("bioql_test_870ce7ae")
        assert demo.is_demo
        assert (principal.email, principal.is_test) == ("demo@bioql.com", True)
        assert demo.funds(principal) == Funds(10 * NANO_PER_USD, 0)
        assert demo.audit() == []


def test_a_revoked_key_opens_nothing_but_its_running_request_is_billed(bench: Bench) -> None:
    bench.ledger.add_account("ada@example.org")
    bench.ledger.topup("ada@example.org", NANO_PER_USD, "p1")
    key, info = bench.ledger.add_key("ada@example.org")
    ada = bench.ledger.authenticate(key)
    hold = bench.hold(ada, "r1")
    assert bench.ledger.revoke_key(str(info.id)).revoked_us == START_US
    with pytest.raises(KeyRefusedError):
        bench.ledger.authenticate(key)
    with pytest.raises(KeyRefusedError):
        bench.hold(ada, "r2")
    assert bench.ledger.settle(hold, used(2)).user_cost_nano_usd == 855_555


@pytest.mark.parametrize("by", ["id", "start", "key"])
def test_a_key_is_revoked_by_its_id_its_start_or_itself(bench: Bench, by: str) -> None:
    bench.ledger.add_account("ada@example.org")
    key, info = bench.ledger.add_key("ada@example.org")
    bench.ledger.revoke_key({"id": str(info.id), "start": info.start, "key": key}[by])
    assert [found.revoked_us for found in bench.ledger.list_keys()] == [START_US]


def test_a_key_expires(bench: Bench) -> None:
    bench.ledger.add_account("ada@example.org")
    key, _ = bench.ledger.add_key("ada@example.org", expires_us=START_US + 1_000_000)
    ada = bench.ledger.authenticate(key)
    bench.clock.advance(1)
    with pytest.raises(KeyRefusedError):
        bench.ledger.authenticate(key)
    with pytest.raises(KeyRefusedError):
        bench.hold(ada, "r1")
    with pytest.raises(RejectedInputError):
        bench.ledger.add_key("ada@example.org", expires_us=START_US)


def test_an_account_shows_its_money_and_the_months_counters(bench: Bench) -> None:
    ada = bench.customer()
    bench.ledger.settle(bench.hold(ada, "r1"), used(2))
    open_hold = bench.hold(ada, "r2")
    info = bench.ledger.account("ADA@example.org")
    assert (info.email, info.tier, info.created_us) == (ada.email, "free", START_US)
    assert info.funds == bench.ledger.funds(ada)
    assert (info.open_requests, info.month_requests, info.month_spent_nano_usd) == (1, 2, 855_555)
    assert bench.ledger.list_accounts() == [info]
    bench.ledger.release(open_hold, used(0))
    bench.clock.advance(32 * 86_400)
    later = bench.ledger.account(ada.email)
    assert (later.month_requests, later.month_spent_nano_usd) == (0, 0)


def test_a_new_tier_holds_from_the_next_request_on(bench: Bench) -> None:
    bench.ledger.add_account("ada@example.org")
    key, _ = bench.ledger.add_key("ada@example.org")
    assert bench.ledger.authenticate(key).requests_per_minute == 10
    assert bench.ledger.set_account("ada@example.org", tier="light").tier == "light"
    principal = bench.ledger.authenticate(key)
    assert (principal.tier, principal.requests_per_minute) == ("light", 60)
    with pytest.raises(RejectedInputError, match="free, light"):
        bench.ledger.set_account("ada@example.org", tier="gold")


def test_a_balance_that_falls_below_its_threshold_is_noted_once(bench: Bench) -> None:
    ada = bench.customer(usd=10)
    bench.ledger.set_account(ada.email, low_balance_nano_usd=5 * NANO_PER_USD)
    bench.ledger.refund(ada.email, 6 * NANO_PER_USD, "r1")
    bench.ledger.refund(ada.email, 1 * NANO_PER_USD, "r2")
    assert [event.balance_nano_usd for event in bench.ledger.events()] == [4 * NANO_PER_USD]
    bench.ledger.topup(ada.email, 7 * NANO_PER_USD, "p2")
    assert not bench.ledger.account(ada.email).is_low
    bench.ledger.set_account(ada.email, low_balance_nano_usd=11 * NANO_PER_USD)
    assert [event.email for event in bench.ledger.events()] == [ada.email, ada.email]
    assert bench.ledger.account(ada.email).is_low
    assert not bench.ledger.set_account(ada.email, low_balance_nano_usd=0).is_low


@pytest.mark.parametrize("nano", [-1, 10**15 + 1])
def test_a_threshold_out_of_bounds_is_refused(bench: Bench, nano: int) -> None:
    bench.ledger.add_account("ada@example.org")
    with pytest.raises(RejectedInputError):
        bench.ledger.set_account("ada@example.org", low_balance_nano_usd=nano)


def test_a_disabled_account_opens_nothing_but_its_running_request_is_billed(bench: Bench) -> None:
    bench.ledger.add_account("ada@example.org")
    bench.ledger.topup("ada@example.org", NANO_PER_USD, "p1")
    key, _ = bench.ledger.add_key("ada@example.org")
    ada = bench.ledger.authenticate(key)
    hold = bench.hold(ada, "r1")
    assert bench.ledger.disable_account(ada.email).disabled_us == START_US
    bench.clock.advance(1)
    assert bench.ledger.disable_account(ada.email).disabled_us == START_US
    with pytest.raises(KeyRefusedError):
        bench.ledger.authenticate(key)
    with pytest.raises(KeyRefusedError):
        bench.hold(ada, "r2")
    assert bench.ledger.settle(hold, used(2)).user_cost_nano_usd == 855_555
    assert bench.ledger.enable_account(ada.email).disabled_us is None
    assert bench.ledger.authenticate(key) == ada


def test_a_refund_takes_what_is_available_and_is_booked_once(bench: Bench) -> None:
    ada = bench.customer(usd=2)
    held = bench.hold(ada, "r1", seconds=3600).amount_nano_usd
    with pytest.raises(RejectedInputError, match="available"):
        bench.ledger.refund(ada.email, 2 * NANO_PER_USD - held + 1, "f1")
    assert bench.ledger.refund(ada.email, 2 * NANO_PER_USD - held, "f1")
    assert not bench.ledger.refund(ada.email, 2 * NANO_PER_USD - held, "f1")
    assert bench.ledger.funds(ada) == Funds(held, held)
    with pytest.raises(IdempotencyConflictError):
        bench.ledger.refund(ada.email, 1, "f1")
    for nano in (0, -1, 10**15 + 1):
        with pytest.raises(RejectedInputError):
            bench.ledger.refund(ada.email, nano, "f2")


def test_a_top_up_and_a_refund_may_have_the_same_id(bench: Bench) -> None:
    ada = bench.customer(usd=0)
    assert bench.ledger.topup(ada.email, 5, "p1")
    assert bench.ledger.refund(ada.email, 5, "p1")
    assert bench.ledger.funds(ada) == Funds(0, 0)


def test_an_adjustment_goes_both_ways_and_is_booked_once(bench: Bench) -> None:
    ada = bench.customer(usd=1)
    assert bench.ledger.adjust(ada.email, 5, "a1", "goodwill")
    assert bench.ledger.adjust(ada.email, -NANO_PER_USD, "a2", "charged elsewhere")
    assert not bench.ledger.adjust(ada.email, 5, "a1", "goodwill")
    assert bench.ledger.funds(ada) == Funds(5, 0)
    with pytest.raises(RejectedInputError, match="available"):
        bench.ledger.adjust(ada.email, -6, "a3", "too much")
    with pytest.raises(IdempotencyConflictError):
        bench.ledger.adjust(ada.email, -5, "a1", "goodwill")


@pytest.mark.parametrize("reason", ["", "  ", "two\nlines", "x" * 201])
def test_an_adjustment_needs_one_line_of_reason(bench: Bench, reason: str) -> None:
    ada = bench.customer(usd=1)
    with pytest.raises(RejectedInputError, match="reason"):
        bench.ledger.adjust(ada.email, 5, "a1", reason)


def test_a_test_key_costs_its_user_nothing_on_a_standard_ledger(bench: Bench) -> None:
    bench.ledger.add_account("ada@example.org")
    key, info = bench.ledger.add_key("ada@example.org", is_test=True)
    assert key.startswith("bioql_test_")
    assert info.is_test
    ada = bench.ledger.authenticate(key)
    hold = bench.hold(ada, "r1")
    charge = bench.ledger.settle(hold, used(2))
    assert (hold.amount_nano_usd, charge.user_cost_nano_usd) == (0, 0)
    assert charge.base_cost_nano_usd == 611_111
    assert bench.ledger.funds(ada) == Funds(0, 0)


def test_a_tiers_limits_hold_from_the_next_request_on(bench: Bench) -> None:
    ada = bench.customer()
    first = bench.hold(ada, "r1")
    tier = bench.ledger.set_tier("free", {"concurrent_requests": 1, "monthly_requests": 2})
    assert tier in bench.ledger.tiers()
    with pytest.raises(LimitReachedError, match="concurrency"):
        bench.hold(ada, "r2")
    bench.ledger.settle(first, used(1))
    bench.ledger.settle(bench.hold(ada, "r2"), used(1))
    with pytest.raises(LimitReachedError, match="quota"):
        bench.hold(ada, "r3")
    bench.ledger.set_tier("free", {"monthly_requests": None})
    assert isinstance(bench.hold(ada, "r3"), Hold)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("requests_per_minute", 0),
        ("requests_per_minute", None),
        ("concurrent_requests", 0),
        ("concurrent_requests", 10**9 + 1),
        ("monthly_requests", 0),
        ("monthly_credit_nano_usd", -1),
        ("monthly_credit_nano_usd", 10**15 + 1),
    ],
)
def test_a_tiers_limit_out_of_bounds_is_refused(
    bench: Bench, column: str, value: int | None
) -> None:
    before = bench.ledger.tiers()
    with pytest.raises(RejectedInputError):
        bench.ledger.set_tier("free", {column: value})  # type: ignore[misc]
    with pytest.raises(RejectedInputError, match="free, light"):
        bench.ledger.set_tier("gold", {"concurrent_requests": 1})
    assert bench.ledger.tiers() == before


def test_a_volume_discount_holds_once_the_months_spending_has_reached_it(bench: Bench) -> None:
    ada = bench.customer()
    bench.ledger.set_discount("free", 1_540_000_000, 50)
    costs = [
        bench.ledger.settle(bench.hold(ada, f"r{n}", 3600), used(3600)).user_cost_nano_usd
        for n in range(2)
    ]
    assert costs == [1_540_000_000, 770_000_000]
    bench.clock.advance(32 * 86_400)
    later = bench.ledger.settle(bench.hold(ada, "later", 3600), used(3600))
    assert later.user_cost_nano_usd == 1_540_000_000


def test_discounts_are_changed_listed_and_removed(bench: Bench) -> None:
    bench.ledger.set_discount("pro", 0, 10)
    bench.ledger.set_discount("pro", 0, 20)
    bench.ledger.set_discount("free", NANO_PER_USD, 5)
    assert [(d.tier, d.from_nano_usd, d.percent) for d in bench.ledger.discounts()] == [
        ("free", NANO_PER_USD, 5),
        ("pro", 0, 20),
    ]
    bench.ledger.remove_discount("pro", 0)
    assert bench.ledger.discounts("pro") == []
    with pytest.raises(RejectedInputError):
        bench.ledger.remove_discount("pro", 0)
    with pytest.raises(RejectedInputError):
        bench.ledger.discounts("gold")
    for from_nano_usd, percent in ((-1, 5), (10**18 + 1, 5), (0, 0), (0, 101)):
        with pytest.raises(RejectedInputError):
            bench.ledger.set_discount("pro", from_nano_usd, percent)
