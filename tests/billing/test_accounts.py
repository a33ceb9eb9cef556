"""Accounts, top-ups and keys on every ledger, on each database."""

from __future__ import annotations

import pytest

from billing.ledger import Ledger
from billing.model import (
    Funds,
    IdempotencyConflictError,
    KeyRefusedError,
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


def test_the_demo_key_opens_an_account_only_in_a_demo_ledger(
    bench: Bench, tmp_path: object
) -> None:
    with pytest.raises(KeyRefusedError):
        bench.ledger.authenticate("bioql_test_870ce7ae")
    assert not bench.ledger.is_demo
    url = bench.url + ".demo"
    assert Ledger.create(url, "demo")
    assert not Ledger.create(url, "demo")
    with Ledger.open(url) as demo:
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
