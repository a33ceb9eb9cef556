"""The endpoints that clients of other services know."""

import json
import uuid
from typing import Any

import pytest

from tests.support.fake_engine import GENERATED
from tests.worker.support import Customer, wait_until

CHAT = {"model": "x", "messages": [{"role": "user", "content": "bell"}]}


def chunks(text: str) -> list[Any]:
    """The data of every event but the end mark, which must be the last."""
    *data, end = [line.removeprefix("data: ") for line in text.splitlines() if line]
    assert end == "[DONE]"
    return [json.loads(one) for one in data]


def test_chat_answers_unverified_and_is_billed(customer: Customer) -> None:
    answer = customer.post("/v1/chat/completions", CHAT).json()
    (choice,) = answer["choices"]
    assert choice["message"] == {"role": "assistant", "content": GENERATED}
    assert (choice["finish_reason"], answer["object"]) == ("stop", "chat.completion")
    assert answer["verified"] is None
    assert answer["usage"] == {"prompt_tokens": 1, "completion_tokens": 15, "total_tokens": 16}
    assert answer["cost"]["user_cost_usd"] == "0.000171111"
    assert customer.spent_nano_usd() == 171_111


def test_chat_streams_chunks_to_the_end_mark(customer: Customer) -> None:
    response = customer.post("/v1/chat/completions", {**CHAT, "stream": True, "user": "me"})
    *pieces, last = chunks(response.text)
    said = "".join(piece["choices"][0]["delta"]["content"] for piece in pieces)
    assert said == GENERATED
    assert last["choices"][0]["finish_reason"] == "stop"
    assert last["usage"]["completion_tokens"] == 15


def test_completions_fill_the_hole_before_a_suffix(customer: Customer) -> None:
    body = {"prompt": "quantum(", "suffix": ")", "max_tokens": 5}
    answer = customer.post("/v1/completions", body).json()
    assert answer["choices"] == [{"index": 0, "finish_reason": "stop", "text": "shots=100"}]


def test_a_stream_that_fails_ends_with_an_error_and_is_free(customer: Customer) -> None:
    body = {"prompt": "[crash-late]", "stream": True}
    text = customer.post("/v1/completions", body).text
    assert json.loads(text.strip().rpartition("data: ")[2])["error"]["code"] == "engine_failed"
    assert customer.spent_nano_usd() == 0


def test_a_repeated_id_is_billed_once_here_too(customer: Customer) -> None:
    request_id = uuid.uuid4().hex
    answers = [
        customer.post("/v1/chat/completions", CHAT, Idempotency_Key=request_id).json()
        for _ in range(2)
    ]
    assert answers[0]["choices"] == answers[1]["choices"]
    assert customer.spent_nano_usd() == 171_111


@pytest.mark.parametrize(
    "fields", [{"messages": []}, {"messages": [{"role": "user", "content": " "}]}, {"n": 2}]
)
def test_what_cannot_be_done_is_422(customer: Customer, fields: dict[str, Any]) -> None:
    assert customer.post("/v1/chat/completions", {**CHAT, **fields}).status_code == 422


def test_the_model_is_listed(customer: Customer) -> None:
    (model,) = customer.http.get("/v1/models").json()["data"]
    assert model["id"] == "fake-model"


def test_an_answer_that_is_no_longer_known_is_marked_as_replayed(customer: Customer) -> None:
    request_id = uuid.uuid4().hex
    first = customer.post("/v1/chat/completions", CHAT, Idempotency_Key=request_id).json()
    assert "replayed" not in first
    assert customer.post("/v1/void", {"id": request_id}).status_code == 200
    again = customer.post("/v1/chat/completions", CHAT, Idempotency_Key=request_id).json()
    assert again["replayed"] is True
    assert again["cost"]["user_cost_usd"] == "0.000000000"


@pytest.mark.parametrize("is_streamed", [False, True])
def test_a_repeated_id_of_a_cancelled_request_is_no_answer(
    customer: Customer, is_streamed: bool
) -> None:
    """A client's library would take an empty text for what the model said."""
    headers = {"Idempotency-Key": uuid.uuid4().hex}
    body = {"prompt": "[hang]", "stream": True}
    with customer.http.stream("POST", "/v1/completions", json=body, headers=headers) as response:
        next(response.iter_lines())
    wait_until(lambda: customer.funds.held_nano_usd == 0)
    again = customer.http.post(
        "/v1/completions", json={"prompt": "[hang]", "stream": is_streamed}, headers=headers
    )
    assert (again.status_code, again.json()["error"]["code"]) == (409, "no_answer")
