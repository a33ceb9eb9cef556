"""Every operation of the ledger that moves money, made ready to be run once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from billing.ledger import Ledger
from billing.model import (
    Hold,
    HoldResolvedError,
    NotVoidableError,
    Principal,
    RequestInProgressError,
)
from billing.operations.hold import LEASE_US
from billing.operations.tiers import TierChanges
from billing.prices import NANO_PER_USD
from tests.billing.support import SECOND_US, Clock, used

LEASE_HALF_OVER_US = LEASE_US // 2
LEASE_IS_OVER_US = LEASE_US + 1

DONE_BEFORE = (RequestInProgressError, HoldResolvedError, NotVoidableError)
"""What an operation may raise that has been done."""

Act: TypeAlias = Callable[[Ledger], object]
Prepare: TypeAlias = Callable[[Ledger, Clock, str], Act]


def _customer(ledger: Ledger, name: str, nano_usd: int = 10 * NANO_PER_USD) -> Principal:
    email = f"{name}@example.org"
    ledger.add_account(email)
    ledger.topup(email, nano_usd, f"first-{name}")
    return ledger.authenticate(ledger.add_key(email)[0])


def _hold(ledger: Ledger, principal: Principal, request_id: str = "r") -> Hold:
    hold = ledger.hold(principal, request_id, "f", "onnx", 5 * SECOND_US)
    assert isinstance(hold, Hold)
    return hold


def hold(ledger: Ledger, clock: Clock, name: str) -> Act:
    principal = _customer(ledger, name)
    return lambda ledger: _hold(ledger, principal)


def hold_in_place_of_a_dead_one(ledger: Ledger, clock: Clock, name: str) -> Act:
    principal = _customer(ledger, name, nano_usd=3_000_000)
    _hold(ledger, principal)
    later_us = clock.now_us + LEASE_IS_OVER_US

    def act(ledger: Ledger) -> Hold:
        clock.now_us = later_us
        return _hold(ledger, principal, "r2")

    return act


def extend(ledger: Ledger, clock: Clock, name: str) -> Act:
    taken = _hold(ledger, _customer(ledger, name))
    return lambda ledger: ledger.extend(taken, used(8))


def settle(ledger: Ledger, clock: Clock, name: str) -> Act:
    taken = _hold(ledger, _customer(ledger, name))
    return lambda ledger: ledger.settle(taken, used(2))


def settle_an_overrun(ledger: Ledger, clock: Clock, name: str) -> Act:
    taken = _hold(ledger, _customer(ledger, name))
    return lambda ledger: ledger.settle(taken, used(7))


def release(ledger: Ledger, clock: Clock, name: str) -> Act:
    taken = _hold(ledger, _customer(ledger, name))
    return lambda ledger: ledger.release(taken, used(2))


def void(ledger: Ledger, clock: Clock, name: str) -> Act:
    principal = _customer(ledger, name)
    ledger.settle(_hold(ledger, principal), used(2))
    return lambda ledger: ledger.void(principal, "r")


def sweep(ledger: Ledger, clock: Clock, name: str) -> Act:
    _hold(ledger, _customer(ledger, name))
    later_us = clock.now_us + LEASE_IS_OVER_US

    def act(ledger: Ledger) -> int:
        clock.now_us = later_us
        return ledger.sweep()

    return act


def heartbeat(ledger: Ledger, clock: Clock, name: str) -> Act:
    principal = _customer(ledger, name)
    holds = [_hold(ledger, principal, "r1"), _hold(ledger, principal, "r2")]
    later_us = clock.now_us + LEASE_HALF_OVER_US

    def act(ledger: Ledger) -> int:
        clock.now_us = later_us
        return ledger.heartbeat(holds)

    return act


def topup(ledger: Ledger, clock: Clock, name: str) -> Act:
    email = _customer(ledger, name).email
    return lambda ledger: ledger.topup(email, NANO_PER_USD, f"second-{name}")


def settle_to_a_low_balance(ledger: Ledger, clock: Clock, name: str) -> Act:
    principal = _customer(ledger, name)
    ledger.set_account(principal.email, low_balance_nano_usd=10 * NANO_PER_USD)
    taken = _hold(ledger, principal)
    return lambda ledger: ledger.settle(taken, used(2))


def refund(ledger: Ledger, clock: Clock, name: str) -> Act:
    email = _customer(ledger, name).email
    return lambda ledger: ledger.refund(email, NANO_PER_USD, f"refund-{name}")


def adjust(ledger: Ledger, clock: Clock, name: str) -> Act:
    email = _customer(ledger, name).email
    return lambda ledger: ledger.adjust(email, -NANO_PER_USD, f"adjust-{name}", "a mistake")


def grant_plan_credit(ledger: Ledger, clock: Clock, name: str) -> Act:
    ledger.set_tier("free", TierChanges(monthly_credit_nano_usd=0))
    _customer(ledger, name)
    ledger.set_tier("free", TierChanges(monthly_credit_nano_usd=NANO_PER_USD))
    return lambda ledger: ledger.grant_plan_credit()


def close_journal(ledger: Ledger, clock: Clock, name: str) -> Act:
    ledger.settle(_hold(ledger, _customer(ledger, name)), used(2))
    return lambda ledger: ledger.close_journal()


_OPERATIONS: tuple[Prepare, ...] = (
    hold,
    hold_in_place_of_a_dead_one,
    extend,
    settle,
    settle_an_overrun,
    release,
    void,
    sweep,
    heartbeat,
    topup,
    settle_to_a_low_balance,
    refund,
    adjust,
    grant_plan_credit,
    close_journal,
)

every_operation = pytest.mark.parametrize(
    "prepare", _OPERATIONS, ids=[operation.__name__ for operation in _OPERATIONS]
)
