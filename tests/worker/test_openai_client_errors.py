"""How the official client of OpenAI's API hears of what is refused, fails or is left."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import openai
import pytest
from openai import OpenAI

from tests.worker.openai_clients import MODEL, USED_NANO_USD, client_for, said
from tests.worker.support import Customer, wait_until

AddCustomer = Callable[..., Customer]


@pytest.fixture
def client(customer: Customer) -> Iterator[OpenAI]:
    with client_for(customer) as client:
        yield client


def refused(kind: type[openai.APIStatusError], call: Callable[[], object]) -> openai.APIStatusError:
    with pytest.raises(kind) as caught:
        call()
    assert caught.value.request_id
    assert isinstance(caught.value.body, dict)
    assert caught.value.body["request_id"] == caught.value.request_id
    return caught.value


def test_a_wrong_key(customer: Customer) -> None:
    with client_for(customer, api_key="wrong") as client:
        for call in (
            client.models.list,
            lambda: client.completions.create(model=MODEL, prompt="x"),
            lambda: client.chat.completions.create(model=MODEL, messages=said("x"), stream=True),
        ):
            assert refused(openai.AuthenticationError, call).code == "unauthorized"


def test_a_rate_that_is_used_up(add_customer: AddCustomer) -> None:
    customer = add_customer(tier="free")
    with client_for(customer) as client:
        for _ in range(10):
            client.completions.create(model=MODEL, prompt="x")
        error = refused(
            openai.RateLimitError, lambda: client.completions.create(model=MODEL, prompt="x")
        )
    assert error.code == "rate_limited"
    assert int(error.response.headers["retry-after"]) >= 1


def test_an_empty_account(add_customer: AddCustomer) -> None:
    with client_for(add_customer(topup=None)) as client:
        error = refused(
            openai.APIStatusError, lambda: client.completions.create(model=MODEL, prompt="x")
        )
    assert (error.status_code, error.code) == (402, "insufficient_funds")


def test_the_same_id_for_something_else(client: OpenAI) -> None:
    headers = {"Idempotency-Key": uuid.uuid4().hex}
    client.completions.create(model=MODEL, prompt="x", extra_headers=headers)
    error = refused(
        openai.ConflictError,
        lambda: client.completions.create(model=MODEL, prompt="y", extra_headers=headers),
    )
    assert error.code == "idempotency_conflict"


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"n": 2}, "n: "),
        ({"prompt": ["a", "b"]}, "prompt"),
        ({"prompt": [1, 2, 3]}, "prompt"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"temperature": 3}, "temperature"),
        ({"stop": ["a"] * 5}, "stop"),
        ({"stop": ""}, "stop"),
        ({"stream": "yes"}, "stream"),
    ],
)
def test_what_cannot_be_done_is_named(client: OpenAI, fields: dict[str, Any], named: str) -> None:
    given = {"model": MODEL, "prompt": "x", **fields}
    error = refused(openai.UnprocessableEntityError, lambda: client.completions.create(**given))
    assert named in error.message


def test_a_picture_is_not_understood(client: OpenAI) -> None:
    part: Any = {"type": "image_url", "image_url": {"url": "data:,"}}
    error = refused(
        openai.UnprocessableEntityError,
        lambda: client.chat.completions.create(
            model=MODEL, messages=[{"role": "user", "content": [part]}]
        ),
    )
    assert "messages" in error.message


def test_an_engine_that_fails_is_free(client: OpenAI, customer: Customer) -> None:
    error = refused(
        openai.InternalServerError, lambda: client.completions.create(model=MODEL, prompt="[crash]")
    )
    assert error.code == "engine_failed"
    assert customer.spent_nano_usd() == 0


def test_a_stream_that_fails_raises_in_the_middle_and_is_free(
    client: OpenAI, customer: Customer
) -> None:
    stream = client.completions.create(model=MODEL, prompt="[crash-late]", stream=True)
    assert next(stream).choices[0].text
    with pytest.raises(openai.APIError) as caught:
        list(stream)
    assert caught.value.code == "engine_failed"
    assert customer.spent_nano_usd() == 0


def test_a_client_that_retries_is_served_when_it_may_be_again(customer: Customer) -> None:
    """The failure is free, and each try is a request of its own."""
    with client_for(customer, max_retries=1) as client, pytest.raises(openai.InternalServerError):
        client.completions.create(model=MODEL, prompt="[crash]")
    assert customer.spent_nano_usd() == 0


def test_a_client_that_waits_no_longer_pays_for_what_was_used(customer: Customer) -> None:
    with client_for(customer, timeout=1.0) as client, pytest.raises(openai.APITimeoutError):
        client.completions.create(model=MODEL, prompt="[hang]")
    wait_until(lambda: customer.funds.held_nano_usd == 0)
    assert customer.spent_nano_usd() == USED_NANO_USD


def test_a_stream_that_is_closed_stops_the_engine(client: OpenAI, customer: Customer) -> None:
    with client.completions.create(model=MODEL, prompt="[hang]", stream=True) as stream:
        next(stream)
        assert customer.funds.held_nano_usd > 0
    wait_until(lambda: customer.funds.held_nano_usd == 0)
    assert customer.spent_nano_usd() == USED_NANO_USD
    assert client.completions.create(model=MODEL, prompt="[say:y]").choices[0].text == "y"
