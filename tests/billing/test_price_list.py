"""The price list: which version a request gets, and that versions never change."""

from __future__ import annotations

import pytest

from billing.model import EngineUsage, Hold, Principal, RejectedInputError
from billing.prices import LIST_PRICE, NANO_PER_USD, Price
from tests.billing.support import SECOND_US, START_US, Bench

HOUR_US = 3600 * SECOND_US


def _settled(bench: Bench, ada: Principal, request_id: str, engine: str = "onnx") -> int:
    hold = bench.ledger.hold(ada, request_id, "f", engine, HOUR_US)
    assert isinstance(hold, Hold)
    return bench.ledger.settle(hold, EngineUsage(0, 0, HOUR_US)).user_cost_nano_usd


def test_a_new_version_holds_for_the_requests_that_begin_after_it(bench: Bench) -> None:
    ada = bench.customer()
    before = bench.hold(ada, "r1", 3600)
    bench.ledger.add_price(Price("list-2", "*", 2 * NANO_PER_USD, 0))
    assert bench.hold(ada, "r2", 3600).price_version == "list-2"
    charge = bench.ledger.settle(before, EngineUsage(0, 0, HOUR_US))
    assert (charge.user_cost_nano_usd, charge.price_version) == (1_540_000_000, "list-1")


def test_an_engines_own_version_comes_before_the_one_for_all(bench: Bench) -> None:
    ada = bench.customer()
    bench.ledger.add_price(Price("vllm-1", "openai", 3 * NANO_PER_USD, 0))
    bench.clock.advance(1)
    bench.ledger.add_price(Price("list-2", "*", 1 * NANO_PER_USD, 0))
    assert _settled(bench, ada, "r1", "openai") == 3 * NANO_PER_USD
    assert _settled(bench, ada, "r2", "onnx") == 1 * NANO_PER_USD


def test_an_announced_version_holds_from_its_time_on(bench: Bench) -> None:
    ada = bench.customer()
    bench.ledger.add_price(Price("list-2", "*", 0, 0), START_US + 10 * SECOND_US)
    assert bench.hold(ada, "r1").price_version == "list-1"
    bench.clock.advance(10)
    assert bench.hold(ada, "r2").price_version == "list-2"
    assert bench.ledger.prices() == [
        (LIST_PRICE, 0),
        (Price("list-2", "*", 0, 0), START_US + 10 * SECOND_US),
    ]


def test_tokens_are_charged_by_a_version_that_prices_them(bench: Bench) -> None:
    ada = bench.customer()
    bench.ledger.add_price(Price("vllm-1", "openai", 0, 50, 2_000_000, 6_000_000))
    hold = bench.ledger.hold(
        ada, "r1", "f", "openai", HOUR_US, prompt_tokens_max=1000, completion_tokens_max=500
    )
    assert isinstance(hold, Hold)
    assert hold.amount_nano_usd == 7500
    charge = bench.ledger.settle(hold, EngineUsage(1000, 100, HOUR_US))
    assert (charge.base_cost_nano_usd, charge.user_cost_nano_usd) == (2600, 3900)


def test_a_version_is_never_replaced(bench: Bench) -> None:
    with pytest.raises(RejectedInputError, match="never change"):
        bench.ledger.add_price(Price("list-1", "*", 5, 5))
    assert bench.ledger.prices() == [(LIST_PRICE, 0)]


@pytest.mark.parametrize(
    "price",
    [
        Price("", "*", 1, 1),
        Price("a b", "*", 1, 1),
        Price("-x", "*", 1, 1),
        Price("x" * 65, "*", 1, 1),
        Price("v2", "", 1, 1),
        Price("v2", "**", 1, 1),
        Price("v2", "*", -1, 1),
        Price("v2", "*", 10**15 + 1, 1),
        Price("v2", "*", 1, -1),
        Price("v2", "*", 1, 1001),
        Price("v2", "*", 1, 1, -1, 0),
        Price("v2", "*", 1, 1, 0, 10**15 + 1),
    ],
)
def test_a_price_out_of_bounds_is_refused(bench: Bench, price: Price) -> None:
    with pytest.raises(RejectedInputError):
        bench.ledger.add_price(price)


@pytest.mark.parametrize("valid_from_us", [START_US, START_US - 1, 0])
def test_a_price_cannot_begin_in_the_past(bench: Bench, valid_from_us: int) -> None:
    with pytest.raises(RejectedInputError, match="past"):
        bench.ledger.add_price(Price("list-2", "*", 1, 1), valid_from_us)


def test_two_versions_of_an_engine_cannot_begin_at_one_moment(bench: Bench) -> None:
    bench.ledger.add_price(Price("list-2", "*", 1, 1), START_US + 1)
    with pytest.raises(RejectedInputError, match="list-2"):
        bench.ledger.add_price(Price("list-3", "*", 1, 1), START_US + 1)
    bench.ledger.add_price(Price("onnx-1", "onnx", 1, 1), START_US + 1)


def test_a_price_cannot_begin_within_what_is_closed(bench: Bench) -> None:
    bench.clock.advance(20 * 86_400)
    bench.ledger.add_price(Price("a", "onnx", 1, 0))
    bench.clock.advance(1)
    bench.ledger.close_journal()
    bench.clock.advance(-10 * 86_400)
    with pytest.raises(RejectedInputError, match="is the clock right"):
        bench.ledger.add_price(Price("b", "onnx", 1, 0))
    assert bench.ledger.audit() == []
