"""``POST /``: what clients of the old service send and expect."""

import json
from collections.abc import Callable

import httpx
import pytest

from tests.support.fake_engine import GENERATED, SECRET_TEXT
from tests.worker.support import Customer


@pytest.fixture
def post(url: str) -> Callable[..., httpx.Response]:
    def send(**fields: object) -> httpx.Response:
        return httpx.post(url, json=fields, timeout=30)

    return send


@pytest.mark.parametrize(
    ("seconds", "base", "user", "profit"),
    [
        (2, "0.000611", "0.000856", "0.000244"),
        (3, "0.000917", "0.001283", "0.000367"),
        (4, "0.001222", "0.001711", "0.000489"),
        (5, "0.001528", "0.002139", "0.000611"),
    ],
)
def test_the_old_price_table_holds_to_the_last_digit(
    customer: Customer, url: str, seconds: int, base: str, user: str, profit: str
) -> None:
    body = (
        f'{{"api_key": "{customer.key}", "prompt": "bell [prompt=0.5] [seconds={seconds}]",'
        ' "max_length": 300, "temperature": 0.7}'
    )
    headers = {"Content-Type": "application/json"}
    answer = httpx.post(url, content=body, headers=headers).json()
    assert list(answer) == ["code", "prompt", "model", "timing", "cost", "user"]
    assert answer["code"] == GENERATED
    assert answer["timing"] == {
        "total_seconds": seconds,
        "generation_seconds": seconds - 0.5,
        "overhead_seconds": 0.5,
    }
    costs = [f"{answer['cost'][name]:.6f}" for name in list(answer["cost"])[:3]]
    assert costs == [base, user, profit]
    assert answer["cost"]["profit_margin_percent"] == 40.0
    assert answer["user"]["email"] == customer.email
    assert f"{10 - answer['user']['balance']:.6f}" == user


def test_answers_are_checked_here_too(
    customer: Customer, post: Callable[..., httpx.Response]
) -> None:
    answer = post(api_key=customer.key, prompt="bell [garbage] [seconds=2]").json()
    assert (answer["code"], answer["timing"]["total_seconds"]) == ("", 0)
    assert answer["cost"]["user_cost_usd"] == 0
    assert customer.spent_nano_usd() == 0


def test_unknown_fields_are_ignored_and_defaults_filled_in(
    customer: Customer, post: Callable[..., httpx.Response]
) -> None:
    assert post(api_key=customer.key, prompt="bell", flavour="blue").status_code == 200


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"prompt": ""}, 422, "invalid_request"),
        ({"prompt": 3}, 422, "invalid_request"),
        ({"max_length": 0}, 422, "invalid_request"),
        ({"temperature": -1}, 422, "invalid_request"),
        ({"prompt": "bell [crash]"}, 500, "engine_failed"),
    ],
)
def test_errors_after_the_key_say_authenticated(
    customer: Customer,
    post: Callable[..., httpx.Response],
    fields: dict[str, object],
    status: int,
    code: str,
) -> None:
    response = post(**{"api_key": customer.key, "prompt": "bell", **fields})
    body = response.json()
    assert (response.status_code, body["code"], body["authenticated"]) == (status, code, True)
    assert SECRET_TEXT not in body["error"]


@pytest.mark.parametrize("key", [None, "", 5, "wrong", "bioql_live_" + "0" * 36, ["x"]])
def test_no_good_key_is_401(post: Callable[..., httpx.Response], key: object) -> None:
    response = post(api_key=key, prompt="bell")
    assert response.status_code == 401
    assert response.json()["authenticated"] is False


def test_a_body_that_is_no_object_has_no_key(url: str) -> None:
    assert httpx.post(url, json=["bell"]).status_code == 401


def test_what_is_not_json_is_400_in_the_old_shape(url: str) -> None:
    response = httpx.post(url, content="{", headers={"Content-Type": "application/json"})
    assert response.status_code == 400
    assert response.json()["code"] == "not_json"


def test_an_empty_balance_is_402_with_both_amounts(
    add_customer: Callable[..., Customer], post: Callable[..., httpx.Response]
) -> None:
    response = post(api_key=add_customer(topup=None).key, prompt="bell")
    assert response.status_code == 402
    body = response.json()
    assert body["balance"] == 0
    assert body["estimated_cost"] == 0.014972
    assert body["error"] == "Insufficient balance: $0.000000 < $0.014972"


def test_answers_are_json_numbers(customer: Customer, post: Callable[..., httpx.Response]) -> None:
    text = post(api_key=customer.key, prompt="bell").text
    costs = json.loads(text, parse_float=lambda number: f"number {number}")["cost"]
    assert all(value.startswith("number ") for value in costs.values())
