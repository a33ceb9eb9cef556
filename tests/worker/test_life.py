"""Clients that leave, workers that end, and what is booked then."""

import signal
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from billing.ledger import Ledger, wall_clock_us
from billing.prices import Price
from tests.worker.support import (
    Customer,
    WorkerProcess,
    events,
    new_customer,
    running_worker,
    wait_until,
)

USED_NANO_USD = 51_333
"""0.1 s for the prompt and 0.02 s for one piece, at the list price."""
HANG = {"instruction": "bell [hang]", "stream": True}


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[Ledger, Callable[..., WorkerProcess]]]:
    """A ledger, and a way to start workers on it that end with the test."""
    url = f"sqlite:///{tmp_path / 'ledger.sqlite3'}"
    Ledger.create(url)
    started: list[WorkerProcess] = []

    def start(*arguments: str, **environment: str) -> WorkerProcess:
        options = ("--port", "0", "--ledger", url, *arguments)
        started.append(WorkerProcess(tmp_path, *options, **environment))
        return started[-1]

    with Ledger.open(url) as ledger:
        yield ledger, start
        for worker in started:
            worker.process.kill()
            worker.wait()
        assert ledger.audit() == []


def test_a_stream_that_is_left_stops_the_engine_and_costs_what_it_used(
    customer: Customer,
) -> None:
    with customer.http.stream("POST", "/v1/generate", json=HANG) as response:
        seen = events(response.iter_lines())
        assert next(seen)[0] == "delta"
        assert customer.funds.held_nano_usd > 0
    wait_until(lambda: customer.funds.held_nano_usd == 0)
    assert customer.spent_nano_usd() == USED_NANO_USD
    assert customer.generate("bell").status_code == 200


def test_a_plain_request_that_is_left_stops_the_engine_and_is_remembered(
    customer: Customer,
) -> None:
    request_id = uuid.uuid4().hex
    with ThreadPoolExecutor(1) as pool:
        other = httpx.Client(base_url=customer.http.base_url, headers=customer.http.headers)
        headers = {"Idempotency-Key": request_id}
        left = pool.submit(
            other.post,
            "/v1/generate",
            json={"instruction": "bell state [hang]"},
            headers=headers,
            timeout=1,
        )
        wait_until(lambda: customer.funds.held_nano_usd > 0)
        with pytest.raises(httpx.ReadTimeout):
            left.result()
        other.close()
    wait_until(lambda: customer.funds.held_nano_usd == 0)
    answer = customer.generate("[hang]", request_id).json()
    assert (answer["finish"], answer["code"]) == ("cancelled", "")
    assert answer["usage"]["engine_seconds"] == 0.12
    assert customer.spent_nano_usd() == USED_NANO_USD


def test_a_request_that_leaves_the_queue_is_free(customer: Customer) -> None:
    with customer.http.stream("POST", "/v1/generate", json=HANG) as response:
        seen = events(response.iter_lines())
        next(seen)
        with customer.http.stream("POST", "/v1/generate", json=HANG) as waiting:
            assert waiting.status_code == 200
    wait_until(lambda: customer.funds.held_nano_usd == 0)
    assert customer.spent_nano_usd() == USED_NANO_USD


def test_a_request_that_leaves_the_queue_has_no_tokens_to_pay(
    own: tuple[Ledger, Callable[..., WorkerProcess]],
) -> None:
    """The price is by tokens; only what was read and written counts."""
    ledger, start = own
    ledger.add_price(Price("by-tokens", "fake", 0, 40, 10**12, 10**12))
    customer = new_customer(ledger, start("--rows", "1").announcement()["url"], topup="1000000")
    before = customer.funds.posted_nano_usd
    with customer.http.stream("POST", "/v1/generate", json=HANG) as response:
        seen = events(response.iter_lines())  # the stream would end with it
        next(seen)
        request_id = uuid.uuid4().hex
        headers = {"Idempotency-Key": request_id}
        body = {"instruction": "bell state one two three", "stream": True}
        with customer.http.stream("POST", "/v1/generate", json=body, headers=headers) as waiting:
            assert waiting.status_code == 200
        wait_until(lambda: customer.generate("one two three", request_id).status_code == 200)
    wait_until(lambda: customer.funds.held_nano_usd == 0)
    left = customer.generate("one two three", request_id).json()
    assert (left["finish"], left["usage"]["prompt_tokens"]) == ("cancelled", 0)
    spent = before - customer.funds.posted_nano_usd
    assert spent == 3 * 1_400_000, "two words read and one piece written, all of the first request"


def test_a_full_queue_is_503_and_the_id_stays_good(
    own: tuple[Ledger, Callable[..., WorkerProcess]],
) -> None:
    ledger, start = own
    customer = new_customer(ledger, start("--queue", "0").announcement()["url"])
    poor = new_customer(ledger, str(customer.http.base_url), topup=None)
    request_id = uuid.uuid4().hex
    with customer.http.stream("POST", "/v1/generate", json=HANG) as response:
        seen = events(response.iter_lines())
        next(seen)
        refused = customer.generate("bell", request_id)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
        assert refused.json()["error"]["code"] == "queue_full"
        assert poor.generate("bell").status_code == 402
    wait_until(lambda: customer.funds.held_nano_usd == 0)
    assert customer.generate("bell", request_id).status_code == 200


def test_a_worker_killed_in_a_stream_charges_nothing(
    own: tuple[Ledger, Callable[..., WorkerProcess]], tmp_path: Path
) -> None:
    ledger, start = own
    worker = start()
    customer = new_customer(ledger, worker.announcement()["url"])
    request_id = uuid.uuid4().hex
    headers = {"Idempotency-Key": request_id}
    with (
        pytest.raises(httpx.HTTPError),
        customer.http.stream("POST", "/v1/generate", json=HANG, headers=headers) as response,
    ):
        lines = response.iter_lines()
        next(events(lines))
        worker.process.kill()
        list(lines)
    worker.wait()
    assert ledger.audit() == []
    url = f"sqlite:///{tmp_path / 'ledger.sqlite3'}"
    with Ledger.open(url, lambda: wall_clock_us() + 61_000_000) as later:
        funds = later.balance(customer.email)
        assert (funds.held_nano_usd, funds.posted_nano_usd) == (0, 10 * 10**9)
        assert later.audit() == []


def test_an_engine_that_ends_the_process_charges_nothing(
    own: tuple[Ledger, Callable[..., WorkerProcess]],
) -> None:
    ledger, start = own
    worker = start()
    customer = new_customer(ledger, worker.announcement()["url"])
    with pytest.raises(httpx.HTTPError):
        customer.generate("[exit]")
    assert worker.wait() == 70
    assert customer.funds.posted_nano_usd == 10 * 10**9


def test_after_a_restart_an_id_replays_its_charge_without_its_code(
    own: tuple[Ledger, Callable[..., WorkerProcess]],
) -> None:
    ledger, start = own
    request_id = uuid.uuid4().hex
    first_worker = start()
    customer = new_customer(ledger, first_worker.announcement()["url"])
    first = customer.generate("bell", request_id).json()
    assert first_worker.stop() == 0
    customer.http.base_url = start().announcement()["url"]
    again = customer.generate("bell", request_id).json()
    assert (again["code"], again["replayed"], again["finish"]) == (None, True, "stop")
    assert (again["usage"], again["cost"]) == (first["usage"], first["cost"])
    assert customer.generate("other", request_id).status_code == 409
    assert customer.spent_nano_usd() == 171_111


def test_sigterm_lets_a_running_answer_finish(
    own: tuple[Ledger, Callable[..., WorkerProcess]],
) -> None:
    ledger, start = own
    worker = start()
    customer = new_customer(ledger, worker.announcement()["url"])
    body = {"instruction": "bell [slow]", "stream": True}
    with customer.http.stream("POST", "/v1/generate", json=body) as response:
        lines = response.iter_lines()
        next(events(lines))
        worker.process.send_signal(signal.SIGTERM)
        *_, (name, data) = events(lines)
    assert (name, data["finish"]) == ("answer", "stop")
    assert worker.wait() == 0
    assert customer.spent_nano_usd() == 171_111


def test_sigterm_settles_what_does_not_finish_in_time(
    own: tuple[Ledger, Callable[..., WorkerProcess]],
) -> None:
    ledger, start = own
    worker = start("--grace-seconds", "0")
    customer = new_customer(ledger, worker.announcement()["url"])
    with customer.http.stream("POST", "/v1/generate", json=HANG) as response:
        lines = response.iter_lines()
        next(events(lines))
        worker.process.send_signal(signal.SIGTERM)
        *_, (name, data) = events(lines)
    assert (name, data["finish"], data["code"]) == ("answer", "cancelled", "")
    assert worker.wait() == 0
    assert customer.spent_nano_usd() == USED_NANO_USD


def test_a_remote_worker_is_announced_when_its_model_is_loaded(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    with running_worker(tmp_path, "--port", "0", BIOQL_FAKE_LOAD="fail", BIOQL_DATA_DIR=data) as w:
        assert w.wait() == 1
        assert "no model in this test" in w.log()
