"""Extending holds, limits of the tier, test keys, discounts, tokens and the low-balance event."""

from __future__ import annotations

import asyncio

import pytest

from billing.ledger import Ledger
from billing.model import (
    Charge,
    EngineUsage,
    Funds,
    Hold,
    HoldResolvedError,
    InsufficientFundsError,
    KeyRefusedError,
    LimitReachedError,
    RejectedInputError,
)
from billing.operations.tiers import TierChanges
from billing.prices import NANO_PER_USD, Price
from tests.billing.support import Bench, Clock, used

FIVE_SECONDS_NANO_USD = 2_138_889
DAY_SECONDS = 86_400


def _events(bench: Bench) -> list[int]:
    return [event.balance_nano_usd for event in bench.ledger.events()]


# Extending


def test_a_hold_can_be_extended_while_it_runs(bench: Bench) -> None:
    ada = bench.customer(usd=1)
    hold = bench.hold(ada, "r1", seconds=1)
    wider = bench.ledger.extend(hold, EngineUsage(0, 0, 5_000_000))
    assert (wider.amount_nano_usd, wider.engine_us_max) == (FIVE_SECONDS_NANO_USD, 5_000_000)
    assert bench.ledger.funds(ada).held_nano_usd == FIVE_SECONDS_NANO_USD
    assert bench.ledger.settle(wider, used(4)).user_cost_nano_usd == 1_711_111


def test_extending_to_less_changes_nothing(bench: Bench) -> None:
    ada = bench.customer(usd=1)
    hold = bench.hold(ada, "r1", seconds=5)
    assert bench.ledger.extend(hold, EngineUsage(0, 0, 1)) == hold


def test_an_extension_that_cannot_be_paid_leaves_the_hold_as_it_is(bench: Bench) -> None:
    ada = bench.customer(usd=0)
    bench.ledger.topup(ada.email, FIVE_SECONDS_NANO_USD, "p1")
    hold = bench.hold(ada, "r1", seconds=1)
    with pytest.raises(InsufficientFundsError) as refusal:
        bench.ledger.extend(hold, EngineUsage(0, 0, 6_000_000))
    assert refusal.value.source == "account"
    assert bench.ledger.funds(ada).held_nano_usd == hold.amount_nano_usd
    assert bench.ledger.extend(hold, EngineUsage(0, 0, 5_000_000)).amount_nano_usd == (
        FIVE_SECONDS_NANO_USD
    )


def test_an_extension_stays_within_the_keys_cap(bench: Bench) -> None:
    ada = bench.customer(usd=1, cap_nano_usd=FIVE_SECONDS_NANO_USD)
    hold = bench.hold(ada, "r1", seconds=1)
    with pytest.raises(InsufficientFundsError) as refusal:
        bench.ledger.extend(hold, EngineUsage(0, 0, 6_000_000))
    assert refusal.value.source == "key_cap"


def test_what_has_ended_cannot_be_extended(bench: Bench) -> None:
    ada = bench.customer()
    hold = bench.hold(ada, "r1")
    bench.ledger.settle(hold, used(1))
    with pytest.raises(HoldResolvedError):
        bench.ledger.extend(hold, EngineUsage(0, 0, 6_000_000))


# Limits


def test_as_many_requests_run_at_once_as_the_tier_allows(bench: Bench) -> None:
    ada = bench.customer()
    bench.ledger.set_tier("free", TierChanges(concurrent_requests=2))
    first, _ = bench.hold(ada, "r1"), bench.hold(ada, "r2")
    before = bench.ledger.funds(ada)
    with pytest.raises(LimitReachedError) as refusal:
        bench.hold(ada, "r3")
    assert (refusal.value.source, refusal.value.limit) == ("concurrency", 2)
    assert refusal.value.retry_after_seconds > 0
    assert bench.ledger.funds(ada) == before
    bench.ledger.settle(first, used(1))
    bench.hold(ada, "r3")


def test_a_request_of_a_dead_worker_takes_no_place_for_ever(bench: Bench) -> None:
    ada = bench.customer()
    bench.ledger.set_tier("free", TierChanges(concurrent_requests=1))
    bench.hold(ada, "lost")
    bench.clock.advance(61)
    bench.hold(ada, "next")


def test_the_months_quota_is_refused_until_the_next_month_begins(bench: Bench) -> None:
    ada = bench.customer()
    bench.ledger.set_tier("free", TierChanges(monthly_requests=2))
    bench.ledger.settle(bench.hold(ada, "r1"), used(1))
    bench.ledger.settle(bench.hold(ada, "r2"), used(1))
    with pytest.raises(LimitReachedError) as refusal:
        bench.hold(ada, "r3")
    assert (refusal.value.source, refusal.value.limit) == ("quota", 2)
    assert bench.ledger.month(ada)[0] == 2
    bench.clock.advance(refusal.value.retry_after_seconds - 1)
    with pytest.raises(LimitReachedError):
        bench.hold(ada, "r3")
    bench.clock.advance(1)
    bench.hold(ada, "r3")
    assert bench.ledger.month(ada)[0] == 1


def test_a_request_that_was_free_is_given_back_to_the_quota(bench: Bench) -> None:
    ada = bench.customer()
    bench.ledger.set_tier("free", TierChanges(monthly_requests=1))
    bench.ledger.release(bench.hold(ada, "failed"), used(1))
    bench.hold(ada, "lost")
    bench.clock.advance(61)
    bench.hold(ada, "paid")


def test_a_clock_that_jumps_back_into_the_last_month_does_not_reset_the_quota(
    bench: Bench,
) -> None:
    ada = bench.customer()
    bench.clock.advance(40 * DAY_SECONDS)
    bench.ledger.set_tier("free", TierChanges(monthly_requests=1))
    bench.ledger.settle(bench.hold(ada, "r1"), used(1))
    bench.clock.advance(-40 * DAY_SECONDS)
    with pytest.raises(LimitReachedError):
        bench.hold(ada, "r2")


def test_an_answer_that_is_known_already_needs_no_place(bench: Bench) -> None:
    ada = bench.customer()
    bench.ledger.settle(bench.hold(ada, "r1"), used(1))
    bench.ledger.set_tier("free", TierChanges(monthly_requests=1))
    assert isinstance(bench.ledger.hold(ada, "r1", "f", "onnx", 1), Charge)


def test_a_local_ledger_has_no_limits(sqlite_url: str) -> None:
    clock = Clock()
    Ledger.create(sqlite_url, "local", clock)
    with Ledger.open(sqlite_url, clock) as ledger:
        ledger.set_tier("free", TierChanges(concurrent_requests=1, monthly_requests=1))
        ledger.add_account("you@localhost")
        key, _ = ledger.add_key("you@localhost")
        you = ledger.authenticate(key)
        for number in range(3):
            assert isinstance(ledger.hold(you, f"r{number}", "f", "onnx", 5_000_000), Hold)
        assert ledger.audit() == []


# Who pays what


def test_a_test_key_never_touches_real_money(bench: Bench) -> None:
    bench.customer()
    key, info = bench.ledger.add_key("ada@example.org", is_test=True)
    assert key.startswith("bioql_test_") and info.is_test
    ada = bench.ledger.authenticate(key)
    before = bench.ledger.funds(ada)
    hold = bench.hold(ada, "r1")
    assert hold.amount_nano_usd == 0
    charge = bench.ledger.settle(hold, used(5))
    assert (charge.user_cost_nano_usd, charge.base_cost_nano_usd) == (0, 1_527_777)
    assert bench.ledger.funds(ada) == before


def test_a_volume_discount_begins_when_the_months_spending_reaches_it(bench: Bench) -> None:
    ada = bench.customer()
    bench.ledger.set_discount("free", 855_555, 10)
    bench.ledger.set_discount("free", 2_000_000, 25)
    costs = []
    for number in range(4):
        hold = bench.hold(ada, f"r{number}", seconds=2)
        costs.append(bench.ledger.settle(hold, used(2)).user_cost_nano_usd)
    assert costs == [855_555, 770_000, 770_000, 641_666]
    bench.clock.advance(40 * DAY_SECONDS)
    hold = bench.hold(ada, "next-month", seconds=2)
    assert bench.ledger.settle(hold, used(2)).user_cost_nano_usd == 855_555


def test_a_request_is_charged_at_the_discount_and_price_of_its_hold(bench: Bench) -> None:
    ada = bench.customer()
    hold = bench.hold(ada, "r1", seconds=2)
    bench.ledger.set_discount("free", 0, 50)
    bench.clock.advance(1)
    bench.ledger.add_price(Price("list-2", "onnx", 2_200_000_000, 40))
    charge = bench.ledger.settle(hold, used(2))
    assert (charge.user_cost_nano_usd, charge.price_version) == (855_555, "list-1")
    second = bench.ledger.settle(bench.hold(ada, "r2", seconds=2), used(2))
    assert (second.user_cost_nano_usd, second.price_version) == (855_555, "list-2")


def test_tokens_are_held_and_charged_where_the_price_says_so(bench: Bench) -> None:
    ada = bench.customer()
    bench.ledger.add_price(Price("tokens-1", "openai", 0, 40, 1_000_000_000, 2_000_000_000))
    hold = bench.ledger.hold(
        ada, "r1", "f", "openai", 0, prompt_tokens_max=1000, completion_tokens_max=500
    )
    assert isinstance(hold, Hold)
    assert hold.amount_nano_usd == 2_800_000
    charge = bench.ledger.settle(hold, EngineUsage(1000, 100, 0))
    assert (charge.base_cost_nano_usd, charge.user_cost_nano_usd) == (1_200_000, 1_680_000)


@pytest.mark.parametrize("tokens", [-1, 10_000_001])
def test_an_impossible_number_of_tokens_is_refused(bench: Bench, tokens: int) -> None:
    ada = bench.customer()
    with pytest.raises(RejectedInputError):
        bench.ledger.hold(ada, "r1", "f", "onnx", 1, prompt_tokens_max=tokens)


def test_a_disabled_account_starts_nothing_and_finishes_what_runs(bench: Bench) -> None:
    ada = bench.customer()
    hold = bench.hold(ada, "r1")
    bench.ledger.disable_account(ada.email)
    with pytest.raises(KeyRefusedError):
        bench.hold(ada, "r2")
    assert bench.ledger.settle(hold, used(2)).user_cost_nano_usd == 855_555
    bench.ledger.enable_account(ada.email)
    bench.hold(ada, "r2")


# The low-balance event


def test_a_low_balance_is_told_once_per_crossing(bench: Bench) -> None:
    ada = bench.customer(usd=1)
    bench.ledger.set_account(ada.email, low_balance_nano_usd=NANO_PER_USD - 1_000_000)
    for number in range(4):
        bench.ledger.settle(bench.hold(ada, f"r{number}", seconds=2), used(2))
    assert _events(bench) == [NANO_PER_USD - 2 * 855_555]
    bench.ledger.topup(ada.email, NANO_PER_USD, "more")
    assert _events(bench) == [NANO_PER_USD - 2 * 855_555]
    bench.ledger.refund(ada.email, NANO_PER_USD + NANO_PER_USD // 2, "back")
    assert len(_events(bench)) == 2


def test_a_void_that_lifts_the_balance_allows_the_next_event(bench: Bench) -> None:
    ada = bench.customer(usd=1)
    bench.ledger.set_account(ada.email, low_balance_nano_usd=NANO_PER_USD)
    bench.ledger.settle(bench.hold(ada, "r1", seconds=2), used(2))
    bench.ledger.void(ada, "r1")
    bench.ledger.settle(bench.hold(ada, "r2", seconds=2), used(2))
    assert len(_events(bench)) == 2


# From an event loop


async def test_coroutines_hold_and_settle_like_threads(bench: Bench) -> None:
    ada = bench.customer(usd=0)
    bench.ledger.topup(ada.email, 3 * FIVE_SECONDS_NANO_USD, "p1")
    most = EngineUsage(0, 0, 5_000_000)
    wanted = [bench.ledger.hold_request(f"r{n}", "f", "onnx", "m", most) for n in range(8)]
    ask = bench.ledger.awaitable
    replies = await asyncio.gather(
        *(ask.hold(ada, request) for request in wanted), return_exceptions=True
    )
    holds = [reply for reply in replies if isinstance(reply, Hold)]
    assert len(holds) == 3
    assert sum(isinstance(reply, InsufficientFundsError) for reply in replies) == 5
    wider = await ask.extend(holds[0], most)
    await ask.settle(wider, used(1))
    await ask.release(holds[1], used(1))
    await ask.settle(holds[2], used(2))
    await ask.void(ada, holds[2].request_id)
    assert bench.ledger.funds(ada) == Funds(3 * FIVE_SECONDS_NANO_USD - 427_777, 0)
