"""The OpenAI-compatible endpoints as the official client of that API finds them."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator
from typing import Any

import openai
import pytest
from openai import AsyncOpenAI, OpenAI

from tests.support.fake_engine import GENERATED
from tests.worker.openai_clients import MODEL, USED_NANO_USD, async_client_for, client_for, said
from tests.worker.support import Customer, wait_until

BELL_NANO_USD = 171_111


@pytest.fixture
def client(customer: Customer) -> Iterator[OpenAI]:
    with client_for(customer) as client:
        yield client


@pytest.fixture
async def async_client(customer: Customer) -> AsyncIterator[AsyncOpenAI]:
    async with async_client_for(customer) as client:
        yield client


def test_chat(client: OpenAI, customer: Customer) -> None:
    answer = client.chat.completions.create(model=MODEL, messages=said("bell"))
    (choice,) = answer.choices
    assert (choice.message.role, choice.message.content) == ("assistant", GENERATED)
    assert (choice.finish_reason, answer.model, answer.object) == (
        "stop",
        MODEL,
        "chat.completion",
    )
    assert answer.usage is not None
    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens) == (1, 15)
    assert answer.usage.total_tokens == 16
    assert answer.model_extra is not None
    assert answer.model_extra["cost"]["user_cost_usd"] == "0.000171111"
    assert customer.spent_nano_usd() == BELL_NANO_USD


def test_a_conversation_in_parts(client: OpenAI) -> None:
    answer = client.chat.completions.create(
        model=MODEL,
        messages=[
            {"role": "system", "content": "write BioQL"},
            {"role": "user", "content": [{"type": "text", "text": "[say:value = 3]"}]},
            {"role": "assistant", "content": None},
        ],
        max_completion_tokens=50,
        temperature=0.5,
        seed=7,
        user="somebody",
    )
    assert answer.choices[0].message.content == "value = 3"


def test_a_completion_fills_the_hole_before_a_suffix(client: OpenAI) -> None:
    for prompt in ("quantum(", ["quantum("]):
        answer = client.completions.create(model=MODEL, prompt=prompt, suffix=")", max_tokens=9)
        assert (answer.choices[0].text, answer.choices[0].finish_reason) == ("shots=100", "stop")
        assert answer.object == "text_completion"


def test_the_length_ends_an_answer(client: OpenAI) -> None:
    answer = client.completions.create(model=MODEL, prompt="[endless]", max_tokens=3)
    assert answer.choices[0].finish_reason == "length"
    assert answer.usage is not None
    assert answer.usage.completion_tokens == 3


def test_a_stream_of_a_completion(client: OpenAI) -> None:
    with client.completions.create(model=MODEL, prompt="[say:a = 1 + 2]", stream=True) as stream:
        pieces = list(stream)
    assert "".join(piece.choices[0].text for piece in pieces) == "a = 1 + 2"
    reasons = [piece.choices[0].finish_reason for piece in pieces]
    assert reasons[-1] == "stop"
    assert set(reasons[:-1]) == {None}
    assert len({piece.id for piece in pieces}) == 1


@pytest.mark.parametrize("is_asked", [True, False])
def test_the_usage_of_a_stream_comes_once(client: OpenAI, is_asked: bool) -> None:
    """In a chunk of its own for whoever asks for that, with the last piece otherwise."""
    stream = client.chat.completions.create(
        model=MODEL,
        messages=said("bell"),
        stream=True,
        stream_options={"include_usage": is_asked},
    )
    *others, last = stream
    assert last.usage is not None
    assert last.usage.completion_tokens == 15
    assert last.model_extra is not None
    assert last.model_extra["cost"]["user_cost_usd"] == "0.000171111"
    assert [piece.usage for piece in others] == [None] * len(others)
    assert len(last.choices) == (0 if is_asked else 1)
    with_choices = others if is_asked else [*others, last]
    assert with_choices[-1].choices[0].finish_reason == "stop"


def test_the_helper_puts_a_stream_together(client: OpenAI) -> None:
    with client.chat.completions.stream(model=MODEL, messages=said("bell")) as stream:
        whole = stream.get_final_completion()
    (choice,) = whole.choices
    assert (choice.message.role, choice.message.content) == ("assistant", GENERATED)
    assert choice.finish_reason == "stop"


@pytest.mark.parametrize("is_streamed", [True, False])
def test_a_repeated_id_has_the_whole_answer_and_one_charge(
    client: OpenAI, customer: Customer, is_streamed: bool
) -> None:
    headers = {"Idempotency-Key": uuid.uuid4().hex}
    texts = []
    for _ in range(3):
        pieces = client.completions.create(
            model=MODEL, prompt="[say:a = 1 + 2]", stream=is_streamed, extra_headers=headers
        )
        texts.append(
            "".join(piece.choices[0].text for piece in pieces)
            if isinstance(pieces, openai.Stream)
            else pieces.choices[0].text
        )
    assert texts == ["a = 1 + 2"] * 3
    assert customer.spent_nano_usd() == 85_555


@pytest.mark.parametrize("is_streamed", [True, False])
@pytest.mark.parametrize(
    ("stop", "expected"),
    [
        ("+", "a = 1 "),
        (["nothing", "= 1"], "a "),
        ([" + 2\nb"], "a = 1"),
        ("a", ""),
        ("not in it", "a = 1 + 2\nb = 3"),
        ([], "a = 1 + 2\nb = 3"),
    ],
)
def test_an_answer_ends_before_a_stop_text(
    client: OpenAI, customer: Customer, stop: Any, expected: str, is_streamed: bool
) -> None:
    answer = client.completions.create(
        model=MODEL, prompt="[say:a = 1 + 2\\nb = 3]", stop=stop, stream=is_streamed
    )
    if isinstance(answer, openai.Stream):
        pieces = list(answer)
        text = "".join(piece.choices[0].text for piece in pieces)
        reason = pieces[-1].choices[0].finish_reason
    else:
        text, reason = answer.choices[0].text, answer.choices[0].finish_reason
    assert (text, reason) == (expected, "stop")
    assert 0 < customer.spent_nano_usd() <= 200_000


def test_a_stop_text_ends_the_engines_work_too(client: OpenAI, customer: Customer) -> None:
    answer = client.completions.create(model=MODEL, prompt="[endless] [slow]", stop="1")
    assert answer.choices[0].text == "x = "
    assert answer.usage is not None
    assert answer.usage.completion_tokens < 20


def test_the_model_is_listed_and_retrieved(client: OpenAI) -> None:
    (model,) = client.models.list().data
    assert (model.id, model.object, model.owned_by) == (MODEL, "model", "bioql")
    assert model.created > 1_700_000_000
    assert client.models.retrieve(MODEL) == model


@pytest.mark.parametrize("name", ["other", "a/b", "fake-model/x", "ü %2F?#"])
def test_another_model_is_not_found(client: OpenAI, name: str) -> None:
    with pytest.raises(openai.NotFoundError) as caught:
        client.models.retrieve(name)
    assert caught.value.code == "not_found"


async def test_the_asynchronous_client(async_client: AsyncOpenAI) -> None:
    whole, models = await asyncio.gather(
        async_client.chat.completions.create(model=MODEL, messages=said("bell")),
        async_client.models.list(),
    )
    assert whole.choices[0].message.content == GENERATED
    assert [model.id for model in models.data] == [MODEL]
    stream = await async_client.chat.completions.create(
        model=MODEL, messages=said("bell"), stream=True
    )
    told = [piece.choices[0].delta.content or "" async for piece in stream]
    assert "".join(told) == GENERATED
    with pytest.raises(openai.UnprocessableEntityError):
        await async_client.completions.create(model=MODEL, prompt="x", n=2)


async def test_an_asynchronous_stream_that_is_left_stops_the_engine(
    async_client: AsyncOpenAI, customer: Customer
) -> None:
    stream = await async_client.completions.create(model=MODEL, prompt="[hang]", stream=True)
    async with stream:
        assert (await anext(aiter(stream))).choices[0].text
    wait_until(lambda: customer.funds.held_nano_usd == 0)
    assert customer.spent_nano_usd() == USED_NANO_USD


async def test_a_cancelled_task_stops_the_engine(
    async_client: AsyncOpenAI, customer: Customer
) -> None:
    task = asyncio.create_task(async_client.completions.create(model=MODEL, prompt="[hang]"))
    await asyncio.to_thread(wait_until, lambda: customer.funds.held_nano_usd > 0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.to_thread(wait_until, lambda: customer.funds.held_nano_usd == 0)
    assert customer.spent_nano_usd() <= USED_NANO_USD
