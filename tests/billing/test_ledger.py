"""Requests on every ledger, on each database: hold, settle, release, void, leases."""

from __future__ import annotations

import pytest

from billing.model import (
    Charge,
    EngineUsage,
    Funds,
    HoldResolvedError,
    IdempotencyConflictError,
    InsufficientFundsError,
    NotVoidableError,
    RejectedInputError,
    RequestInProgressError,
)
from billing.prices import NANO_PER_USD
from tests.billing.support import Bench, used


def test_a_settle_charges_what_was_used_and_frees_the_rest(bench: Bench) -> None:
    ada = bench.customer(usd=10)
    hold = bench.hold(ada, "r1", seconds=5)
    assert hold.amount_nano_usd == 2_138_889
    assert bench.ledger.funds(ada) == Funds(10 * NANO_PER_USD, 2_138_889)
    charge = bench.ledger.settle(hold, used(2))
    assert (charge.status, charge.price_version) == ("settled", "list-1")
    assert (charge.base_cost_nano_usd, charge.user_cost_nano_usd) == (611_111, 855_555)
    assert charge.user_cost_nano_usd - charge.base_cost_nano_usd == 244_444
    assert charge.funds == bench.ledger.funds(ada) == Funds(10 * NANO_PER_USD - 855_555, 0)


def test_a_release_is_free(bench: Bench) -> None:
    ada = bench.customer(usd=10)
    charge = bench.ledger.release(bench.hold(ada, "r1"), used(3))
    assert (charge.status, charge.user_cost_nano_usd) == ("released", 0)
    assert charge.usage == used(3)
    assert bench.ledger.funds(ada) == Funds(10 * NANO_PER_USD, 0)


def test_an_overrun_is_the_operators_loss(bench: Bench) -> None:
    ada = bench.customer(usd=10)
    charge = bench.ledger.settle(bench.hold(ada, "r1", seconds=2), used(9))
    assert charge.user_cost_nano_usd == 855_556
    assert charge.base_cost_nano_usd == 2_750_000
    assert bench.ledger.funds(ada).posted_nano_usd == 10 * NANO_PER_USD - 855_556


@pytest.mark.parametrize("end", ["settle", "release"])
@pytest.mark.parametrize("again", ["settle", "release"])
def test_a_hold_resolves_at_most_once(bench: Bench, end: str, again: str) -> None:
    ada = bench.customer()
    hold = bench.hold(ada, "r1")
    first = getattr(bench.ledger, end)(hold, used(1))
    with pytest.raises(HoldResolvedError):
        getattr(bench.ledger, again)(hold, used(2))
    assert bench.ledger.funds(ada) == first.funds


@pytest.mark.parametrize("end", ["settle", "release"])
def test_the_same_request_again_returns_its_charge_also_after_a_restart(
    bench: Bench, end: str
) -> None:
    ada = bench.customer()
    charge = getattr(bench.ledger, end)(bench.hold(ada, "r1"), used(2))
    assert bench.ledger.hold(ada, "r1", "f", "onnx", 5_000_000) == charge
    bench.reopen()
    assert bench.ledger.hold(ada, "r1", "f", "onnx", 9) == charge


@pytest.mark.parametrize("is_open", [True, False])
def test_the_same_id_with_another_body_is_a_conflict(bench: Bench, is_open: bool) -> None:
    ada = bench.customer()
    hold = bench.hold(ada, "r1", fingerprint="one")
    if not is_open:
        bench.ledger.settle(hold, used(1))
    before = bench.ledger.funds(ada)
    with pytest.raises(IdempotencyConflictError):
        bench.ledger.hold(ada, "r1", "two", "onnx", 5_000_000)
    assert bench.ledger.funds(ada) == before


def test_the_same_request_while_it_runs_is_in_progress(bench: Bench) -> None:
    ada = bench.customer()
    bench.hold(ada, "r1")
    before = bench.ledger.funds(ada)
    with pytest.raises(RequestInProgressError):
        bench.ledger.hold(ada, "r1", "f", "onnx", 5_000_000)
    assert bench.ledger.funds(ada) == before


def test_two_users_may_use_the_same_id(bench: Bench) -> None:
    ada, bob = bench.customer("ada@example.org"), bench.customer("bob@example.org")
    assert bench.hold(ada, "r1", fingerprint="x").id != bench.hold(bob, "r1", fingerprint="y").id


def test_a_refusal_for_funds_leaves_no_record(bench: Bench) -> None:
    ada = bench.customer(usd=0)
    with pytest.raises(InsufficientFundsError) as refusal:
        bench.ledger.hold(ada, "r1", "f", "onnx", 5_000_000)
    assert (refusal.value.source, refusal.value.available_nano_usd) == ("account", 0)
    assert refusal.value.needed_nano_usd == 2_138_889
    bench.ledger.topup(ada.email, NANO_PER_USD, "p1")
    assert bench.hold(ada, "r1", fingerprint="other").request_id == "r1"


def test_open_holds_count_against_the_funds(bench: Bench) -> None:
    ada = bench.customer(usd=0)
    bench.ledger.topup(ada.email, 3 * 2_138_889, "p1")
    holds = [bench.hold(ada, f"r{number}") for number in range(3)]
    with pytest.raises(InsufficientFundsError):
        bench.hold(ada, "r3")
    bench.ledger.release(holds[0], used(0))
    bench.hold(ada, "r3")


def test_a_keys_cap_counts_what_it_spent_and_holds(bench: Bench) -> None:
    ada = bench.customer(usd=10, cap_nano_usd=2 * 2_138_889)
    bench.ledger.settle(bench.hold(ada, "r1"), used(5))
    hold = bench.hold(ada, "r2")
    with pytest.raises(InsufficientFundsError) as refusal:
        bench.hold(ada, "r3")
    assert refusal.value.source == "key_cap"
    bench.ledger.release(hold, used(0))
    bench.hold(ada, "r3")


def test_a_void_gives_the_charge_back_once(bench: Bench) -> None:
    ada = bench.customer(usd=10)
    bench.ledger.settle(bench.hold(ada, "r1"), used(2))
    charge = bench.ledger.void(ada, "r1")
    assert (charge.status, charge.user_cost_nano_usd) == ("voided", 0)
    assert charge.funds == Funds(10 * NANO_PER_USD, 0)
    with pytest.raises(NotVoidableError):
        bench.ledger.void(ada, "r1")
    assert bench.ledger.hold(ada, "r1", "f", "onnx", 1) == charge


def test_an_overrun_can_be_voided(bench: Bench) -> None:
    ada = bench.customer(usd=10)
    bench.ledger.settle(bench.hold(ada, "r1", seconds=1), used(4))
    assert bench.ledger.void(ada, "r1").funds == Funds(10 * NANO_PER_USD, 0)


def test_a_void_is_allowed_for_ten_minutes(bench: Bench) -> None:
    ada = bench.customer()
    for request_id in ("r1", "r2"):
        bench.ledger.settle(bench.hold(ada, request_id), used(2))
    bench.clock.advance(600)
    bench.ledger.void(ada, "r1")
    bench.clock.advance(0.001)
    with pytest.raises(NotVoidableError):
        bench.ledger.void(ada, "r2")


def test_what_is_not_charged_cannot_be_voided(bench: Bench) -> None:
    ada, bob = bench.customer("ada@example.org"), bench.customer("bob@example.org")
    bench.hold(ada, "open")
    bench.ledger.release(bench.hold(ada, "free"), used(1))
    bench.ledger.settle(bench.hold(ada, "hers"), used(1))
    for principal, request_id in ((ada, "open"), (ada, "free"), (ada, "none"), (bob, "hers")):
        with pytest.raises(NotVoidableError):
            bench.ledger.void(principal, request_id)


def test_a_hold_without_a_heartbeat_is_swept_after_its_lease(bench: Bench) -> None:
    ada = bench.customer(usd=10)
    dead, alive = bench.hold(ada, "dead"), bench.hold(ada, "alive")
    bench.clock.advance(50)
    assert bench.ledger.heartbeat([alive]) == 1
    bench.clock.advance(10)
    assert bench.ledger.sweep() == 0
    bench.clock.advance(1)
    assert bench.ledger.sweep() == 1
    with pytest.raises(HoldResolvedError):
        bench.ledger.settle(dead, used(1))
    bench.ledger.settle(alive, used(1))
    replay = bench.ledger.hold(ada, "dead", "f", "onnx", 5_000_000)
    assert isinstance(replay, Charge)
    assert (replay.status, replay.user_cost_nano_usd) == ("released", 0)


def test_a_late_settle_before_any_sweep_is_still_booked(bench: Bench) -> None:
    ada = bench.customer()
    hold = bench.hold(ada, "r1")
    bench.clock.advance(3600)
    assert bench.ledger.settle(hold, used(2)).user_cost_nano_usd == 855_555


def test_dead_holds_are_swept_when_the_ledger_is_opened_and_by_heartbeats(bench: Bench) -> None:
    ada = bench.customer(usd=10)
    bench.hold(ada, "r1")
    bench.clock.advance(61)
    bench.reopen()
    assert bench.ledger.funds(ada) == Funds(10 * NANO_PER_USD, 0)
    bench.hold(ada, "r2")
    bench.clock.advance(61)
    assert bench.ledger.heartbeat([]) == 0
    assert bench.ledger.funds(ada).held_nano_usd == 0


def test_holds_of_a_dead_worker_do_not_lock_a_paying_user_out(bench: Bench) -> None:
    ada = bench.customer(usd=0)
    bench.ledger.topup(ada.email, 2_138_889, "p1")
    bench.hold(ada, "lost")
    bench.clock.advance(61)
    assert bench.hold(ada, "next").amount_nano_usd == 2_138_889


def test_the_id_of_a_lost_request_ends_free_when_asked_again(bench: Bench) -> None:
    ada = bench.customer(usd=10)
    bench.hold(ada, "r1")
    bench.clock.advance(61)
    replay = bench.ledger.hold(ada, "r1", "f", "onnx", 5_000_000)
    assert isinstance(replay, Charge)
    assert (replay.status, replay.funds) == ("released", Funds(10 * NANO_PER_USD, 0))


def test_a_month_counts_requests_and_what_they_cost_in_the_end(bench: Bench) -> None:
    ada = bench.customer()
    bench.ledger.settle(bench.hold(ada, "r1"), used(2))
    bench.ledger.settle(bench.hold(ada, "r2"), used(2))
    bench.ledger.void(ada, "r2")
    bench.ledger.release(bench.hold(ada, "r3"), used(2))
    assert bench.ledger.month(ada) == (2, 855_555)
    bench.clock.advance(31 * 86_400)
    assert bench.ledger.month(ada) == (0, 0)


def test_a_statement_ends_at_the_balance(bench: Bench) -> None:
    ada = bench.customer(usd=10)
    bench.ledger.settle(bench.hold(ada, "r1"), used(2))
    bench.ledger.release(bench.hold(ada, "r2"), used(2))
    bench.ledger.settle(bench.hold(ada, "r3"), used(3))
    bench.ledger.void(ada, "r3")
    lines = bench.ledger.statement(ada.email).lines
    assert [(line.kind, line.reference, line.amount_nano_usd) for line in lines] == [
        ("topup", "first-ada", 10 * NANO_PER_USD),
        ("usage", "r1", -855_555),
        ("usage", "r3", -1_283_333),
        ("void", "r3", 1_283_333),
    ]
    assert lines[-1].balance_nano_usd == bench.ledger.funds(ada).posted_nano_usd


@pytest.mark.parametrize(
    "usage", [EngineUsage(-1, 0, 0), EngineUsage(0, -1, 0), EngineUsage(0, 0, -1)]
)
def test_negative_usage_is_refused_and_leaves_the_hold_open(
    bench: Bench, usage: EngineUsage
) -> None:
    hold = bench.hold(bench.customer(), "r1")
    with pytest.raises(RejectedInputError):
        bench.ledger.settle(hold, usage)
    bench.ledger.settle(hold, used(1))


@pytest.mark.parametrize(
    ("request_id", "engine_us_max"),
    [("", 1), ("a b", 1), ("x" * 201, 1), ("\u00e9", 1), ("r", -1), ("r", 86_400_000_001)],
)
def test_a_bad_hold_is_refused(bench: Bench, request_id: str, engine_us_max: int) -> None:
    ada = bench.customer()
    with pytest.raises(RejectedInputError):
        bench.ledger.hold(ada, request_id, "f", "onnx", engine_us_max)
