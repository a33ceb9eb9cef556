"""Statements, the usage report and events: what an operator reads is what the entries say."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from billing.calendar import US_PER_DAY as DAY_US
from billing.model import EngineUsage, Hold, Principal
from billing.operations.usage import GROUPINGS, Grouping, UsageFigures, UsageLine, total
from billing.prices import NANO_PER_USD, Price
from billing.schema import ENGINE_COST_ACCOUNT, MARGIN_ACCOUNT, OPERATOR_LOSS_ACCOUNT
from tests.billing.support import SECOND_US, START_US, Bench, used

DAY_SECONDS = 86_400
EMAILS = ("ada@example.org", "bob@example.org", "eve@example.org")


# Usage


def _customers(bench: Bench) -> list[Principal]:
    principals = [bench.customer(email) for email in EMAILS]
    bench.ledger.set_account(EMAILS[1], tier="pro")
    bench.ledger.set_discount("pro", 2_000_000, 15)
    bench.ledger.set_discount("pro", 4_000_000, 40)
    bench.ledger.add_price(Price("tokens-1", "openai", 360_000_000, 25, 250_000_000, 1_250_000_000))
    test_key, _ = bench.ledger.add_key(EMAILS[0], is_test=True)
    return [*principals, bench.ledger.authenticate(test_key)]


def _answer(bench: Bench, random_: random.Random, who: Principal, number: int) -> None:
    is_by_token = random_.random() < 0.4
    hold = bench.ledger.hold(
        who,
        f"r{number}",
        "f",
        "openai" if is_by_token else "onnx",
        random_.randint(0, 5) * SECOND_US,
        model=random_.choice(["small", "big"]),
        prompt_tokens_max=500,
        completion_tokens_max=random_.randint(0, 300),
    )
    assert isinstance(hold, Hold)
    usage = EngineUsage(
        random_.randint(0, 700), random_.randint(0, 400), random_.randint(0, 6_000_000)
    )
    ending = random_.choice(["settle", "settle", "settle", "release", "void", "lose"])
    if ending == "release":
        bench.ledger.release(hold, usage)
    elif ending == "lose":
        bench.clock.advance(61)
        bench.ledger.sweep()
    else:
        bench.ledger.settle(hold, usage)
    if ending == "void":
        bench.ledger.void(who, f"r{number}")


def _live(bench: Bench, seed: int, count: int = 60) -> None:
    random_ = random.Random(seed)
    principals = _customers(bench)
    for number in range(count):
        _answer(bench, random_, random_.choice(principals), number)
        bench.clock.advance(random_.randint(0, DAY_SECONDS // 8))


def _place(line: UsageLine) -> tuple[object, ...]:
    return line.day_us, line.tier, line.model, line.email


def _booked(bench: Bench, by: tuple[Grouping, ...]) -> dict[tuple[object, ...], Counter[str]]:
    """The entries of each group of requests, added up one by one."""
    rows = bench.ledger._read(
        lambda session: session.rows(
            "SELECT u.created_us, p.name, h.model, w.email, e.account_id, e.amount_nano_usd"
            " FROM inference_usage u JOIN holds h ON h.id = u.hold_id"
            " JOIN pricing_tiers p ON p.id = h.tier_id JOIN users w ON w.id = h.user_id"
            " LEFT JOIN billing_transactions t ON t.hold_id = h.id"
            " LEFT JOIN entries e ON e.transaction_id = t.id"
        )
    )
    names = {ENGINE_COST_ACCOUNT: "cost", MARGIN_ACCOUNT: "margin", OPERATOR_LOSS_ACCOUNT: "loss"}
    found: dict[tuple[object, ...], Counter[str]] = {}
    for created_us, tier, model, email, account, amount in rows:
        whole = (created_us // DAY_US * DAY_US, tier, model, email)
        place = tuple(
            value if name in by else None for name, value in zip(GROUPINGS, whole, strict=True)
        )
        sums = found.setdefault(place, Counter())
        sums[names.get(account, "customer")] += amount or 0
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_usage_report_ties_out_with_the_entries(bench: Bench, seed: int) -> None:
    _live(bench, seed)
    groupings: tuple[tuple[Grouping, ...], ...] = (
        ("day", "tier", "model"),
        ("day", "tier", "model", "user"),
        ("tier",),
        ("user", "model"),
    )
    for by in groupings:
        lines = bench.ledger.usage(by=by)
        booked = _booked(bench, by)
        assert {_place(line) for line in lines} == booked.keys()
        for line in lines:
            figures, sums = line.figures, booked[_place(line)]
            assert figures.cost_nano_usd == sums["cost"]
            assert figures.revenue_nano_usd == -sums["customer"]
            assert figures.operator_loss_nano_usd == -sums["loss"]
            assert figures.margin_nano_usd == sums["margin"] + sums["loss"]
    assert any(line.figures.operator_loss_nano_usd for line in bench.ledger.usage())
    assert any(line.figures.margin_nano_usd < 0 for line in bench.ledger.usage())


def test_however_it_is_grouped_the_total_is_the_same(bench: Bench) -> None:
    _live(bench, 4)
    totals = {total(bench.ledger.usage(by=(name,))) for name in GROUPINGS}
    assert len(totals) == 1
    whole = totals.pop()
    days = [
        total(bench.ledger.usage(day_us, day_us + DAY_US))
        for day_us in range(START_US // DAY_US * DAY_US, bench.clock.now_us + DAY_US, DAY_US)
    ]
    assert len(days) > 2
    assert sum(day.revenue_nano_usd for day in days) == whole.revenue_nano_usd
    assert sum(day.settled_requests for day in days) == whole.settled_requests


def test_usage_counts_how_requests_ended(bench: Bench) -> None:
    ada = bench.customer()
    bench.ledger.settle(bench.hold(ada, "settled"), used(2))
    bench.ledger.settle(bench.hold(ada, "overrun", seconds=1), used(2))
    bench.ledger.release(bench.hold(ada, "released"), used(2))
    bench.ledger.settle(bench.hold(ada, "voided"), used(2))
    bench.ledger.void(ada, "voided")
    bench.hold(ada, "open")
    assert bench.ledger.usage() == [
        UsageLine(
            START_US // DAY_US * DAY_US,
            "free",
            None,
            None,
            UsageFigures(
                settled_requests=2,
                free_requests=1,
                voided_requests=1,
                engine_us=8_000_000,
                prompt_tokens=40,
                completion_tokens=80,
                cost_nano_usd=4 * 611_111,
                revenue_nano_usd=855_555 + 427_778,
                operator_loss_nano_usd=427_777 + 2 * 611_111,
            ),
        )
    ]


def test_a_request_keeps_the_tier_it_was_made_in(bench: Bench) -> None:
    ada = bench.customer()
    bench.ledger.settle(bench.hold(ada, "r1"), used(2))
    bench.ledger.set_account(ada.email, tier="pro")
    bench.ledger.settle(bench.hold(ada, "r2"), used(2))
    assert [line.tier for line in bench.ledger.usage(by=("tier",))] == ["free", "pro"]


def test_usage_takes_in_its_first_microsecond_and_leaves_out_its_last(bench: Bench) -> None:
    ada = bench.customer()
    bench.ledger.settle(bench.hold(ada, "r1"), used(2))
    assert bench.ledger.usage(START_US, START_US + 1)
    assert bench.ledger.usage(START_US - 1, START_US) == []
    assert bench.ledger.usage(START_US + 1) == []


# Statements


def test_a_statement_has_every_movement_and_the_balance_after_it(bench: Bench) -> None:
    ada = bench.customer()
    hold = bench.ledger.hold(ada, "r1", "f", "onnx", 5_000_000, model="small")
    assert isinstance(hold, Hold)
    bench.ledger.settle(hold, used(2))
    bench.ledger.void(ada, "r1")
    bench.ledger.release(bench.hold(ada, "free"), used(2))
    bench.ledger.adjust(ada.email, -5, "a1", "rounding")
    found = bench.ledger.statement(ada.email)
    assert [
        (line.kind, line.reference, line.amount_nano_usd, line.balance_nano_usd)
        for line in found.lines
    ] == [
        ("topup", "first-ada", 10 * NANO_PER_USD, 10 * NANO_PER_USD),
        ("usage", "r1", -855_555, 9_999_144_445),
        ("void", "r1", 855_555, 10 * NANO_PER_USD),
        ("adjustment", "a1", -5, 9_999_999_995),
    ]
    usage = found.lines[1]
    assert (usage.model, usage.engine_us) == ("small", 2_000_000)
    assert (usage.prompt_tokens, usage.completion_tokens) == (10, 20)
    assert found.totals() == {
        "topup": (1, 10 * NANO_PER_USD),
        "usage": (1, -855_555),
        "void": (1, 855_555),
        "adjustment": (1, -5),
    }
    assert found.opening_nano_usd == 0
    assert found.closing_nano_usd == bench.ledger.balance(ada.email).posted_nano_usd


def test_a_statement_takes_in_its_first_microsecond_and_leaves_out_its_last(bench: Bench) -> None:
    ada = bench.customer(usd=1)
    before = bench.ledger.statement(ada.email, START_US - 1, START_US)
    assert (before.opening_nano_usd, before.lines, before.closing_nano_usd) == (0, [], 0)
    exactly = bench.ledger.statement(ada.email, START_US, START_US + 1)
    assert (exactly.opening_nano_usd, len(exactly.lines)) == (0, 1)
    after = bench.ledger.statement(ada.email, START_US + 1)
    assert (after.opening_nano_usd, after.lines) == (NANO_PER_USD, [])


@pytest.mark.parametrize("seed", [5, 6])
def test_the_statements_of_the_days_are_the_statement_of_all(bench: Bench, seed: int) -> None:
    _live(bench, seed, 40)
    for email in EMAILS:
        whole = bench.ledger.statement(email)
        lines, balance = [], 0
        for day_us in range(START_US // DAY_US * DAY_US, bench.clock.now_us + DAY_US, DAY_US):
            day = bench.ledger.statement(email, day_us, day_us + DAY_US)
            assert day.opening_nano_usd == balance
            lines += day.lines
            balance = day.closing_nano_usd
        assert lines == whole.lines
        assert balance == whole.closing_nano_usd == bench.ledger.balance(email).posted_nano_usd


# Events


def test_events_come_once_per_crossing_and_after_the_last_that_was_read(bench: Bench) -> None:
    ada = bench.customer()
    bench.ledger.set_account(ada.email, low_balance_nano_usd=10 * NANO_PER_USD)
    assert bench.ledger.events() == []
    bench.ledger.settle(bench.hold(ada, "r1"), used(2))
    bench.ledger.settle(bench.hold(ada, "r2"), used(2))
    bench.ledger.topup(ada.email, NANO_PER_USD, "more")
    bench.ledger.refund(ada.email, NANO_PER_USD, "less")
    events = bench.ledger.events()
    assert [(event.email, event.kind, event.balance_nano_usd) for event in events] == [
        (ada.email, "low_balance", 9_999_144_445),
        (ada.email, "low_balance", 9_998_288_890),
    ]
    assert bench.ledger.events(events[0].id) == events[1:]
