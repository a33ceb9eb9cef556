"""Limits as a client meets them, and what a worker does for the ledger beside its requests."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from billing.ledger import Ledger
from bioql_lsp.wire import AccountStatus, ErrorBody, ErrorEnvelope
from tests.worker.support import Customer, running_worker, wait_until

AddCustomer = Callable[..., Customer]
HANG = {"instruction": "bell [hang]", "stream": True}
MONTH_SECONDS_MAX = 31 * 86_400


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger whose tiers these tests may change."""
    url = f"sqlite:///{tmp_path_factory.mktemp('limits') / 'ledger.sqlite3'}"
    Ledger.create(url)
    return url


@pytest.fixture(scope="module")
def ledger(place: str) -> Iterator[Ledger]:
    with Ledger.open(place) as ledger:
        ledger.set_tier("light", {"concurrent_requests": 2, "monthly_requests": 3})
        yield ledger
        assert ledger.audit() == []


@pytest.fixture(scope="module")
def url(place: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    options = ("--port", "0", "--ledger", place)
    with running_worker(tmp_path_factory.mktemp("worker"), *options) as worker:
        yield worker.announcement()["url"]


def refusal(response: httpx.Response) -> ErrorBody:
    return ErrorEnvelope.model_validate(response.json()).error


def test_more_requests_at_once_than_the_tier_allows_are_refused_and_leave_no_trace(
    add_customer: AddCustomer,
) -> None:
    customer = add_customer(tier="light")
    request_id = uuid.uuid4().hex
    with ExitStack() as streams:
        for _ in range(2):
            stream = customer.http.stream("POST", "/v1/generate", json=HANG)
            assert streams.enter_context(stream).status_code == 200
        held = customer.funds.held_nano_usd
        refused = customer.generate("bell", request_id)
        assert customer.funds.held_nano_usd == held
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
    error = refusal(refused)
    assert (error.code, error.source) == ("too_many_concurrent_requests", "concurrency")
    wait_until(lambda: customer.funds.held_nano_usd == 0)
    assert customer.generate("bell", request_id).status_code == 200


def test_the_months_quota_counts_what_was_charged(add_customer: AddCustomer) -> None:
    customer = add_customer(tier="light")
    assert customer.generate("[garbage]").json()["finish"] == "withheld"
    assert customer.generate("[crash]").status_code == 500
    assert [customer.generate("bell").status_code for _ in range(3)] == [200] * 3
    refused = customer.generate("bell")
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= MONTH_SECONDS_MAX
    error = refusal(refused)
    assert (error.code, error.source) == ("monthly_quota_reached", "quota")
    assert "3 requests" in error.message
    status = AccountStatus.model_validate(customer.http.get("/v1/account").json())
    assert status.month_requests == 3


def test_the_account_tells_its_limits(add_customer: AddCustomer) -> None:
    for tier, requests_at_once, a_month in (("light", 2, 3), ("enterprise", 200, None)):
        body = add_customer(tier=tier).http.get("/v1/account").json()
        assert body["monthly_requests"] == a_month
        assert AccountStatus.model_validate(body).concurrent_requests == requests_at_once


@pytest.mark.parametrize(
    ("options", "status", "source"),
    [
        ({"topup": None}, 402, "account"),
        ({"cap_nano_usd": 1}, 402, "key_cap"),
        ({"tier": "free"}, 429, "rate"),
    ],
)
def test_a_refusal_names_its_source(
    add_customer: AddCustomer, options: dict[str, object], status: int, source: str
) -> None:
    customer = add_customer(**options)
    response = next(
        reply for _ in range(11) if (reply := customer.generate("bell")).status_code != 200
    )
    assert (response.status_code, refusal(response).source) == (status, source)


def test_an_error_without_a_source_does_not_carry_the_field(add_customer: AddCustomer) -> None:
    response = add_customer().post("/v1/generate", {"instruction": ""})
    assert set(response.json()["error"]) == {"code", "message", "request_id"}


def test_texts_are_stored_only_while_the_operator_wants_that(
    ledger: Ledger, add_customer: AddCustomer
) -> None:
    customer = add_customer()
    customer.generate("not kept")
    assert ledger.count_texts() == 0
    ledger.set_retention(1)
    customer.generate("kept")
    wait_until(lambda: ledger.count_texts() == 1)
    ledger.set_retention(None)


def test_a_worker_books_the_months_credit_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.sqlite3'}"
    Ledger.create(url)
    with Ledger.open(url) as ledger:
        ledger.add_account("ada@example.org", "pro")
        ledger.set_tier("pro", {"monthly_credit_nano_usd": 5 * 10**9})
        for _ in range(2):
            with running_worker(tmp_path, "--port", "0", "--ledger", url) as worker:
                worker.announcement()
                wait_until(lambda: ledger.balance("ada@example.org").posted_nano_usd > 0)
                assert worker.stop() == 0
        assert ledger.balance("ada@example.org").posted_nano_usd == 5 * 10**9
        assert ledger.audit() == []


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ("memcached://h", "limits: write memory://"),
        ("redis://:my-password@127.0.0.1:1/0", "no Redis answers"),
    ],
)
def test_limits_that_cannot_be_counted_end_the_worker_at_its_start(
    tmp_path: Path, limits: str, said: str
) -> None:
    with running_worker(tmp_path, "--port", "0", "--limits", limits) as worker:
        assert worker.wait() == 2
        assert said in worker.log()
        assert "my-password" not in worker.log()


def test_a_local_worker_has_no_limits_to_count(tmp_path: Path) -> None:
    with running_worker(tmp_path, "--local", "--limits", "redis://localhost") as worker:
        assert worker.wait() == 2
        assert "leave out --local or --limits" in worker.log()
