"""What a client gets for its money, over TCP from a real worker with the real ledger."""

import ast
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from bioql_lsp.wire import AccountStatus, Answer
from tests.support.fake_engine import GENERATED, SECRET_TEXT
from tests.worker.support import Customer, events

AddCustomer = Callable[..., Customer]


def test_generate_gives_verified_code_and_charges_the_list_price(customer: Customer) -> None:
    request_id = uuid.uuid4().hex
    response = customer.generate("a bell state [seconds=2]", request_id)
    answer = Answer.model_validate(response.json())
    assert response.status_code == 200
    assert (answer.id, answer.code, answer.finish) == (request_id, GENERATED, "stop")
    assert answer.verified is True
    assert answer.usage.engine_seconds == 2.0
    assert answer.cost.user_cost_usd == "0.000855555"
    assert answer.account.balance_usd == "9.999144445"
    assert answer.account.held_usd == "0.000000000"
    assert customer.spent_nano_usd() == 855_555
    assert response.headers["x-request-id"] == request_id


def test_complete_fills_the_hole(customer: Customer) -> None:
    response = customer.post("/v1/complete", {"prefix": "x = 1\n", "suffix": "\ny = 2\n"})
    assert response.json()["code"] == "value = 1"
    assert response.json()["finish"] == "stop"


def test_complete_keeps_the_lines_that_verify_when_the_last_one_does_not(
    customer: Customer,
) -> None:
    prefix = "# [say:a = 1\\nb = 2\\nc = (]\n"
    response = customer.post("/v1/complete", {"prefix": prefix})
    assert response.json()["code"] == "a = 1\nb = 2"


def test_fix_replaces_the_range_at_its_indentation(customer: Customer) -> None:
    code = "def f():\n    x = (\n    return x\n"
    start, end = code.index("    x"), code.index("    return")
    body = {"code": code, "start": start, "end": end}
    finding = {"code": "BQ000", "severity": "error", "message": "m", "start": start, "end": end}
    response = customer.post("/v1/fix", {**body, "findings": [finding]})
    assert response.json()["code"] == "    value = 1\n"


def test_generate_inserts_at_the_indentation_of_the_place(customer: Customer) -> None:
    context = "def f():\n    \n    return 1\n"
    at = context.index("\n    return")
    answer = customer.generate("[say:a = 1\\nb = 2]", context=context, insert_at=at).json()
    assert answer["code"] == "a = 1\n    b = 2"
    ast.parse(context[:at] + answer["code"] + context[at:])


def test_a_fenced_answer_is_stripped_of_its_fence_and_talk(customer: Customer) -> None:
    assert customer.generate("[fence] [say:value = 3]").json()["code"] == "value = 3\n"


@pytest.mark.parametrize("script", ["[garbage]", "[unbound]", "[say: ]"])
def test_what_does_not_verify_is_withheld_and_free(customer: Customer, script: str) -> None:
    response = customer.generate(script)
    answer = Answer.model_validate(response.json())
    assert response.status_code == 200
    assert (answer.code, answer.finish, answer.verified) == ("", "withheld", False)
    assert answer.cost.user_cost_usd == "0.000000000"
    assert answer.usage.engine_seconds == 0
    assert customer.spent_nano_usd() == 0


@pytest.mark.parametrize(
    ("script", "status", "code"),
    [
        ("[crash]", 500, "engine_failed"),
        ("[crash-late]", 500, "engine_failed"),
        ("[nan]", 500, "engine_failed"),
        ("[long]", 413, "prompt_too_long"),
    ],
)
def test_a_failing_engine_is_free_and_tells_nothing(
    customer: Customer, script: str, status: int, code: str
) -> None:
    response = customer.generate(script)
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)
    assert SECRET_TEXT not in response.text
    assert customer.spent_nano_usd() == 0


def test_the_token_limit_ends_an_answer_with_length(customer: Customer) -> None:
    answer = customer.generate("[endless]", max_tokens=5).json()
    assert (answer["finish"], answer["usage"]["completion_tokens"]) == ("length", 5)
    assert answer["code"].count("x = 1") == 5


def test_engine_time_is_limited_and_never_billed_beyond_the_hold(customer: Customer) -> None:
    answer = customer.generate("[seconds=100000]", max_tokens=300).json()
    assert answer["usage"]["engine_seconds"] == 35.0
    assert customer.spent_nano_usd() == 14_972_222


def test_a_stream_gives_deltas_and_then_the_verified_answer(customer: Customer) -> None:
    body = {"instruction": "bell", "stream": True}
    with customer.http.stream("POST", "/v1/generate", json=body) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        seen = list(events(response.iter_lines()))
    assert {name for name, _ in seen[:-1]} == {"delta"}
    assert "".join(data["delta"] for _, data in seen[:-1]) == GENERATED
    name, data = seen[-1]
    assert (name, Answer.model_validate(data).code) == ("answer", GENERATED)


def test_a_stream_that_fails_ends_with_an_error_event_and_is_free(customer: Customer) -> None:
    body = {"instruction": "bell [crash-late]", "stream": True}
    with customer.http.stream("POST", "/v1/generate", json=body) as response:
        text = response.read().decode()
    (*_, (name, data)) = events(iter(text.splitlines()))
    assert (name, data["error"]["code"]) == ("error", "engine_failed")
    assert data["error"]["request_id"] == response.headers["x-request-id"]
    assert SECRET_TEXT not in text
    assert customer.spent_nano_usd() == 0


def test_a_refused_stream_has_its_real_status(customer: Customer) -> None:
    response = customer.generate("bell", stream=True, max_tokens=0)
    assert (response.status_code, response.json()["error"]["code"]) == (422, "invalid_request")


def test_a_repeated_id_gives_the_same_answer_and_one_charge(customer: Customer) -> None:
    request_id = uuid.uuid4().hex
    first = customer.generate("bell", request_id)
    second = customer.generate("bell", request_id)
    assert first.json() == second.json()
    assert customer.spent_nano_usd() == 171_111


def test_a_repeated_id_streams_the_same_answer(customer: Customer) -> None:
    request_id = uuid.uuid4().hex
    first = customer.generate("bell", request_id).json()
    seen = list(events(iter(customer.generate("bell", request_id, stream=True).text.splitlines())))
    assert seen == [("answer", first)]


def test_an_id_with_another_body_is_a_conflict(customer: Customer) -> None:
    request_id = uuid.uuid4().hex
    customer.generate("bell", request_id)
    response = customer.generate("ghz", request_id)
    assert (response.status_code, response.json()["error"]["code"]) == (409, "idempotency_conflict")


def test_an_id_of_one_account_means_nothing_to_another(add_customer: AddCustomer) -> None:
    request_id = uuid.uuid4().hex
    one, other = add_customer(), add_customer()
    assert one.generate("bell", request_id).status_code == 200
    assert other.generate("ghz [say:y = 2]", request_id).json()["code"] == "y = 2\n"


def test_the_same_request_at_once_runs_once(customer: Customer) -> None:
    request_id = uuid.uuid4().hex
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: customer.generate("[slow]", request_id), range(8)))
    assert all(answer.json() == answers[0].json() for answer in answers)
    assert customer.spent_nano_usd() == 171_111


def test_a_failed_request_fails_again_under_its_id(customer: Customer) -> None:
    request_id = uuid.uuid4().hex
    statuses = [customer.generate("[crash]", request_id).status_code for _ in range(2)]
    assert statuses == [500, 500]


def test_a_voided_charge_is_given_back_once(customer: Customer) -> None:
    request_id = uuid.uuid4().hex
    customer.generate("bell", request_id)
    first = customer.post("/v1/void", {"id": request_id})
    second = customer.post("/v1/void", {"id": request_id})
    assert first.json()["balance_usd"] == "10.000000000"
    assert (second.status_code, second.json()["error"]["code"]) == (409, "not_voidable")
    assert customer.spent_nano_usd() == 0
    replay = customer.generate("bell", request_id).json()
    assert (replay["code"], replay["replayed"]) == (None, True)
    assert replay["cost"]["user_cost_usd"] == "0.000000000"


def test_voids_are_rate_limited(add_customer: AddCustomer) -> None:
    customer = add_customer(tier="free")
    responses = [customer.post("/v1/void", {"id": "unknown-id"}) for _ in range(11)]
    assert [response.status_code for response in responses] == [409] * 10 + [429]


def test_the_rate_of_the_tier_is_kept(add_customer: AddCustomer) -> None:
    customer = add_customer(tier="free")
    statuses = [customer.generate("bell").status_code for _ in range(10)]
    refused = customer.generate("bell")
    assert statuses == [200] * 10
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "rate_limited")
    assert 1 <= int(refused.headers["retry-after"]) <= 60


def test_the_rate_of_the_tier_is_kept_under_concurrency(add_customer: AddCustomer) -> None:
    customer = add_customer(tier="free")
    with ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(lambda _: customer.generate("bell").status_code, range(16)))
    assert sorted(statuses) == [200] * 10 + [429] * 6


def test_a_refused_request_consumes_nothing_and_may_be_repeated(add_customer: AddCustomer) -> None:
    customer = add_customer(tier="free", topup=None)
    request_id = uuid.uuid4().hex
    statuses = [customer.generate("bell", request_id).status_code for _ in range(12)]
    assert statuses == [402] * 12
    customer.ledger.topup(customer.email, 10**9, uuid.uuid4().hex)
    assert customer.generate("bell", request_id).status_code == 200


def test_money_that_does_not_cover_the_hold_is_told_with_both_amounts(
    add_customer: AddCustomer,
) -> None:
    customer = add_customer(topup="0.001")
    error = customer.generate("bell").json()["error"]
    assert error["code"] == "insufficient_funds"
    assert "0.001000000 USD available" in error["message"]


def test_a_key_at_its_cap_says_so(add_customer: AddCustomer) -> None:
    customer = add_customer(cap_nano_usd=1000)
    response = customer.generate("bell")
    assert (response.status_code, response.json()["error"]["code"]) == (402, "key_cap_reached")


def test_nobody_spends_more_than_they_have_at_once(add_customer: AddCustomer) -> None:
    customer = add_customer(topup="0.05")
    with ThreadPoolExecutor(12) as pool:
        statuses = list(
            pool.map(lambda _: customer.generate("[slow] [seconds=30]").status_code, range(12))
        )
    assert set(statuses) <= {200, 402}
    assert 200 in statuses
    assert customer.funds.posted_nano_usd >= 0


def test_account_tells_balance_tier_and_month(customer: Customer) -> None:
    customer.generate("bell")
    status = AccountStatus.model_validate(customer.http.get("/v1/account").json())
    assert (status.email, status.tier) == (customer.email, "enterprise")
    assert status.requests_per_minute == 1000
    assert (status.month_requests, status.month_cost_usd) == (1, "0.000171111")
    assert status.balance_usd == "9.999828889"
