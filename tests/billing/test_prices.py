from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.model import EngineUsage, RejectedInputError
from billing.prices import (
    ENGINE_US_MAX,
    LIST_PRICE,
    LOCAL_PRICE,
    TOKENS_MAX,
    Price,
    format_usd,
    parse_usd,
)


def _time(engine_us: int) -> EngineUsage:
    return EngineUsage(0, 0, engine_us)


@pytest.mark.parametrize(
    ("seconds", "base", "user", "profit"),
    [
        (2, "0.000611", "0.000856", "0.000244"),
        (3, "0.000917", "0.001283", "0.000367"),
        (4, "0.001222", "0.001711", "0.000489"),
        (5, "0.001528", "0.002139", "0.000611"),
    ],
)
def test_the_published_prices_hold_to_the_last_digit(
    seconds: int, base: str, user: str, profit: str
) -> None:
    base_nano, user_nano = LIST_PRICE.settle(_time(seconds * 1_000_000))
    shown = [f"{nano / 1e9:.6f}" for nano in (base_nano, user_nano, user_nano - base_nano)]
    assert shown == [base, user, profit]


@given(st.integers(0, ENGINE_US_MAX))
def test_a_price_is_rounded_once_up_to_hold_and_down_to_settle(engine_us: int) -> None:
    base, user = LIST_PRICE.settle(_time(engine_us))
    assert base == math.floor(Fraction(11, 36) * engine_us)
    assert user == math.floor(Fraction(77, 180) * engine_us)
    assert LIST_PRICE.hold_nano_usd(_time(engine_us)) == math.ceil(Fraction(77, 180) * engine_us)


@given(
    st.builds(
        EngineUsage,
        st.integers(0, TOKENS_MAX),
        st.integers(0, TOKENS_MAX),
        st.integers(0, ENGINE_US_MAX),
    ),
    st.builds(
        Price,
        st.just("p"),
        st.just("*"),
        st.integers(0, 10**13),
        st.integers(0, 1000),
        st.integers(0, 10**12),
        st.integers(0, 10**12),
    ),
    st.integers(0, 100),
)
def test_time_tokens_markup_and_discount_are_multiplied_exactly_and_rounded_once(
    usage: EngineUsage, price: Price, discount_percent: int
) -> None:
    exact_base = (
        Fraction(usage.engine_us * price.base_nano_usd_per_hour, 3_600_000_000)
        + Fraction(usage.prompt_tokens * price.base_nano_usd_per_million_prompt_tokens, 10**6)
        + Fraction(
            usage.completion_tokens * price.base_nano_usd_per_million_completion_tokens, 10**6
        )
    )
    exact = exact_base * (100 + price.markup_percent) * (100 - discount_percent) / 10_000
    expected = (math.floor(exact_base), math.floor(exact))
    assert price.settle(usage, discount_percent) == expected
    assert price.hold_nano_usd(usage, discount_percent) == math.ceil(exact)


def test_the_local_price_is_zero() -> None:
    assert LOCAL_PRICE.settle(_time(ENGINE_US_MAX)) == (0, 0)
    assert LOCAL_PRICE.hold_nano_usd(_time(ENGINE_US_MAX)) == 0


@given(st.integers(1, 10**15))
def test_an_amount_survives_being_written_and_read(nano: int) -> None:
    assert parse_usd(format_usd(nano)) == nano


def test_a_negative_amount_is_written_with_its_sign() -> None:
    assert format_usd(-855_555) == "-0.000855555"
    assert format_usd(-1_000_000_001) == "-1.000000001"


@pytest.mark.parametrize(
    "text",
    [
        *["", "0", "0.0", "-1", "+1", "1e3", "nan", "inf", "1_000", " 1", "1 ", "1.", ".5"],
        *["1.0000000001", "1000000.000000001", "10000000", "1,5", "0x1", "\u0661", "1\n"],
    ],
)
def test_an_amount_that_is_no_plain_positive_decimal_is_refused(text: str) -> None:
    with pytest.raises(RejectedInputError):
        parse_usd(text)
