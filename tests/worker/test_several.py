"""Two worker processes on one ledger: together they give no more than one of them would."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from billing.ledger import Ledger
from billing.model import EngineUsage
from billing.prices import LIST_PRICE, format_usd
from tests.support.postgres import PostgresServer
from tests.support.redis import RedisServer, running_redis
from tests.worker.support import WAIT_SECONDS, Customer, new_customer, running_worker, wait_until

HOLD_NANO_USD = LIST_PRICE.hold_nano_usd(EngineUsage(0, 0, 7_000_000))
"""Of a request for 20 tokens."""
HANG = {"instruction": "bell [hang]", "stream": True, "max_tokens": 20}
FUNDED = 12
TRIES = 40
BELL_NANO_USD = 171_111


@dataclass
class Fleet:
    """Two workers."""

    ledger: Ledger
    urls: list[str]

    def customer(self, **options: Any) -> Customer:
        return new_customer(self.ledger, self.urls[0], **options)

    @contextmanager
    def clients(self, customer: Customer) -> Iterator[list[httpx.Client]]:
        """A client of each worker."""
        headers = {"Authorization": f"Bearer {customer.key}"}
        with ExitStack() as stack:
            yield [
                stack.enter_context(
                    httpx.Client(base_url=url, headers=headers, timeout=WAIT_SECONDS)
                )
                for url in self.urls
            ]


@contextmanager
def running_fleet(folder: Path, url: str, limits: str) -> Iterator[Fleet]:
    Ledger.create(url)
    options = ("--port", "0", "--ledger", url, "--limits", limits)
    with Ledger.open(url) as ledger, ExitStack() as stack:
        workers = [stack.enter_context(running_worker(folder, *options)) for _ in range(2)]
        yield Fleet(ledger, [worker.announcement()["url"] for worker in workers])


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def fleet(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    redis_server: RedisServer,
) -> Iterator[Fleet]:
    folder = tmp_path_factory.mktemp("fleet")
    with ExitStack() as stack:
        url = f"sqlite:///{folder / 'ledger.sqlite3'}"
        if request.param == "postgresql":
            postgres: PostgresServer = request.getfixturevalue("postgres")
            url = stack.enter_context(postgres.database())
        with redis_server.client() as client:
            client.flushall()
        fleet = stack.enter_context(running_fleet(folder, url, redis_server.url))
        yield fleet
        assert fleet.ledger.audit() == []


def at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """Call it from as many threads, which begin together."""
    barrier = threading.Barrier(count)

    def begin(number: int) -> Any:
        barrier.wait()
        return act(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(begin, range(count)))


def test_two_workers_admit_exactly_as_often_as_there_is_money(fleet: Fleet) -> None:
    usd = format_usd(FUNDED * HOLD_NANO_USD + HOLD_NANO_USD - 1)
    customer = fleet.customer(topup=usd)
    with fleet.clients(customer) as clients, ExitStack() as open_streams:
        lock = threading.Lock()

        def ask(number: int) -> int:
            stream = clients[number % 2].stream("POST", "/v1/generate", json=HANG)
            response = stream.__enter__()
            with lock:
                open_streams.push(stream.__exit__)
            return response.status_code

        statuses = at_once(TRIES, ask)
        assert sorted(statuses) == [200] * FUNDED + [402] * (TRIES - FUNDED)
        funds = customer.funds
        assert funds.held_nano_usd == FUNDED * HOLD_NANO_USD
        assert funds.available_nano_usd == HOLD_NANO_USD - 1
    wait_until(lambda: customer.funds.held_nano_usd == 0)
    assert customer.funds.posted_nano_usd >= 0


def test_every_request_sent_to_the_other_worker_too_is_charged_once(fleet: Fleet) -> None:
    customer = fleet.customer()
    ids = [uuid.uuid4().hex for _ in range(16)]
    body = {"instruction": "bell"}
    with fleet.clients(customer) as clients:

        def ask(number: int) -> httpx.Response:
            headers = {"Idempotency-Key": ids[number // 2]}
            return clients[number % 2].post("/v1/generate", json=body, headers=headers)

        replies = at_once(2 * len(ids), ask)
        for one, other in zip(replies[::2], replies[1::2], strict=True):
            statuses = {one.status_code, other.status_code}
            assert statuses in ({200}, {200, 409})
            errors = [reply.json()["error"]["code"] for reply in (one, other) if reply.is_error]
            assert set(errors) <= {"request_in_progress"}
        assert customer.spent_nano_usd() == len(ids) * BELL_NANO_USD
        for request_id in ids:
            headers = {"Idempotency-Key": request_id}
            again = [
                client.post("/v1/generate", json=body, headers=headers).json() for client in clients
            ]
            assert {answer["cost"]["user_cost_usd"] for answer in again} == {"0.000171111"}
            assert [answer["replayed"] for answer in again].count(False) == 1
            assert {answer["code"] for answer in again if answer["replayed"]} == {None}
    assert customer.spent_nano_usd() == len(ids) * BELL_NANO_USD


def test_a_charge_is_voided_once_by_two_workers(fleet: Fleet) -> None:
    customer = fleet.customer()
    request_id = uuid.uuid4().hex
    assert customer.generate("bell", request_id).status_code == 200
    with fleet.clients(customer) as clients:

        def void(number: int) -> int:
            return clients[number % 2].post("/v1/void", json={"id": request_id}).status_code

        assert sorted(at_once(8, void)) == [200] + [409] * 7
    assert customer.spent_nano_usd() == 0


def test_two_workers_keep_one_rate(fleet: Fleet) -> None:
    customer = fleet.customer(tier="free")
    with fleet.clients(customer) as clients:

        def ask(number: int) -> int:
            return (
                clients[number % 2].post("/v1/generate", json={"instruction": "bell"}).status_code
            )

        statuses = at_once(9, ask)
        assert set(statuses) <= {200, 429}
        statuses += [ask(number) for number in range(12)]
    assert statuses.count(200) == 10
    assert statuses[-2:] == [429, 429]
    assert customer.spent_nano_usd() == 10 * BELL_NANO_USD


def test_two_workers_keep_the_number_of_requests_at_once(fleet: Fleet) -> None:
    customer = fleet.customer(tier="light")
    limit = 20
    with fleet.clients(customer) as clients, ExitStack() as streams:
        statuses = []
        for number in range(limit + 2):
            stream = clients[number % 2].stream("POST", "/v1/generate", json=HANG)
            statuses.append(streams.enter_context(stream).status_code)
        assert statuses == [200] * limit + [429, 429]
    wait_until(lambda: customer.funds.held_nano_usd == 0)
    assert customer.generate("bell").status_code == 200


def test_without_redis_requests_are_refused_and_after_it_returns_they_pass(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.sqlite3'}"
    with running_redis() as redis, running_fleet(tmp_path, url, redis.url) as fleet:
        customer = fleet.customer()
        request_id = uuid.uuid4().hex
        redis.kill()
        refused = customer.generate("bell", request_id)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
        assert refused.json()["error"]["code"] == "limits_unavailable"
        assert customer.post("/v1/void", {"id": request_id}).status_code == 503
        assert customer.http.get("/v1/account").status_code == 200
        assert customer.spent_nano_usd() == 0
        redis.start()
        assert customer.generate("bell", request_id).status_code == 200
        assert customer.spent_nano_usd() == BELL_NANO_USD
        assert fleet.ledger.audit() == []
