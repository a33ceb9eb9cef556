"""The credit that a tier includes each month, on each database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime

from billing.ledger import Ledger
from billing.operations.journal import POSTED_MAX_NANO_USD
from billing.prices import AMOUNT_NANO_USD_MAX, NANO_PER_USD
from tests.billing.support import SECOND_US, Bench

ADA, BOB = "ada@example.org", "bob@example.org"


def _at(year: int, month: int, day: int = 1) -> int:
    return int(datetime(year, month, day, tzinfo=UTC).timestamp()) * SECOND_US


def _include_credit(bench: Bench, tier: str, usd: int) -> None:
    bench.ledger.set_tier(tier, {"monthly_credit_nano_usd": usd * NANO_PER_USD})


def _balances(bench: Bench, *emails: str) -> list[int]:
    return [bench.ledger.balance(email).posted_nano_usd // NANO_PER_USD for email in emails]


def test_credit_is_granted_once_a_month_however_often_it_is_asked_for(bench: Bench) -> None:
    bench.clock.now_us = _at(2027, 2, 27)
    bench.ledger.add_account(ADA)
    bench.ledger.add_account(BOB, "pro")
    _include_credit(bench, "free", 2)
    assert [bench.ledger.grant_plan_credit() for _ in range(3)] == [1, 0, 0]
    assert _balances(bench, ADA, BOB) == [2, 0]
    bench.clock.now_us = _at(2027, 3) - 1
    assert bench.ledger.grant_plan_credit() == 0
    bench.clock.now_us = _at(2027, 3)
    assert bench.ledger.grant_plan_credit() == 1
    assert _balances(bench, ADA, BOB) == [4, 0]


def test_a_clock_that_jumps_back_grants_nothing_twice(bench: Bench) -> None:
    bench.clock.now_us = _at(2027, 3)
    _include_credit(bench, "free", 2)
    bench.ledger.add_account(ADA)
    bench.clock.now_us = _at(2027, 2)
    assert bench.ledger.grant_plan_credit() == 0
    bench.clock.now_us = _at(2027, 3, 2)
    assert bench.ledger.grant_plan_credit() == 0
    assert _balances(bench, ADA) == [2]


def test_the_first_grant_of_a_month_stands_when_the_tier_changes(bench: Bench) -> None:
    bench.clock.now_us = _at(2027, 2)
    _include_credit(bench, "free", 2)
    _include_credit(bench, "pro", 20)
    bench.ledger.add_account(ADA)
    assert _balances(bench, ADA) == [2]
    bench.ledger.set_account(ADA, tier="pro")
    bench.ledger.set_account(ADA, tier="free")
    _include_credit(bench, "free", 3)
    assert bench.ledger.grant_plan_credit() == 0
    assert _balances(bench, ADA) == [2]
    bench.clock.now_us = _at(2027, 3)
    assert bench.ledger.grant_plan_credit() == 1
    assert _balances(bench, ADA) == [5]


def test_a_new_tier_brings_the_credit_of_a_month_that_had_none(bench: Bench) -> None:
    _include_credit(bench, "pro", 20)
    bench.ledger.add_account(ADA)
    bench.ledger.set_account(ADA, tier="pro")
    assert _balances(bench, ADA) == [20]
    assert bench.ledger.grant_plan_credit() == 0


def test_a_disabled_account_is_granted_nothing_until_it_is_enabled(bench: Bench) -> None:
    bench.ledger.add_account(ADA)
    bench.ledger.disable_account(ADA)
    _include_credit(bench, "free", 2)
    assert bench.ledger.grant_plan_credit() == 0
    bench.ledger.set_account(ADA, tier="free")
    assert _balances(bench, ADA) == [0]
    bench.ledger.enable_account(ADA)
    assert bench.ledger.grant_plan_credit() == 1


def test_a_full_account_does_not_keep_the_others_from_their_credit(bench: Bench) -> None:
    bench.ledger.add_account(ADA)
    bench.ledger.add_account(BOB)
    for number in range(POSTED_MAX_NANO_USD // AMOUNT_NANO_USD_MAX):
        bench.ledger.topup(ADA, AMOUNT_NANO_USD_MAX, f"p{number}")
    _include_credit(bench, "free", 2)
    assert bench.ledger.grant_plan_credit() == 1
    assert _balances(bench, BOB) == [2]
    bench.ledger.refund(ADA, 2 * NANO_PER_USD, "r1")
    assert bench.ledger.grant_plan_credit() == 1


def test_many_workers_at_once_grant_it_once(bench: Bench) -> None:
    emails = [f"user{number}@example.org" for number in range(12)]
    for email in emails:
        bench.ledger.add_account(email)
    _include_credit(bench, "free", 2)
    with ExitStack() as stack, ThreadPoolExecutor(8) as threads:
        workers = [stack.enter_context(Ledger.open(bench.url, bench.clock)) for _ in range(4)] * 2
        counts = list(threads.map(Ledger.grant_plan_credit, workers))
    assert sum(counts) == len(emails)
    assert _balances(bench, *emails) == [2] * len(emails)
