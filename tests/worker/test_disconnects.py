"""A client that goes away, or a handler that is cancelled, at every await that the worker makes.

The application, the ledger, the engine's thread and the event loop are real; only the connection
is played, so that it can end at an exact place.
"""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Iterator
from typing import Any, Literal

import pytest
from starlette.types import ASGIApp

from billing.ledger import Ledger
from billing.limits import RateLimits
from bioql_lsp.worker.answer import AnswerService
from bioql_lsp.worker.app import create_app
from bioql_lsp.worker.gate import Activity, Visitors
from bioql_lsp.worker.scheduler import Scheduler
from tests.support.fake_engine import FakeEngine, ManualClock
from tests.worker.stepping import Steps
from tests.worker.support import LEDGER_URLS

EMAIL = "ada@example.org"
FUNDS_NANO_USD = 10**12
COST_NANO_USD = 171_111
"""Of a request that runs to its end: 0.1 s for the prompt and 15 pieces of 0.02 s."""
NEVER = 10**9
Ending = Literal["disconnect", "cancel"]


class Connection:
    """One request over a connection that ends when told."""

    def __init__(self, app: ASGIApp, key: str, path: str, body: object, request_id: str) -> None:
        self._app = app
        self._body = json.dumps(body).encode()
        self._is_sent = False
        self._left = asyncio.get_running_loop().create_future()
        self.status: int | None = None
        self.received = b""
        headers = {
            "host": "localhost",
            "content-type": "application/json",
            "authorization": f"Bearer {key}",
            "idempotency-key": request_id,
        }
        self._scope = {
            "type": "http",
            "method": "POST",
            "path": path,
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }

    async def run(self) -> None:
        await self._app(self._scope, self._receive, self._send)

    def leave(self) -> None:
        if not self._left.done():
            self._left.set_result(None)

    async def _receive(self) -> dict[str, Any]:
        if not self._is_sent and not self._left.done():
            self._is_sent = True
            return {"type": "http.request", "body": self._body, "more_body": False}
        await self._left
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        await asyncio.sleep(0)  # a socket may be full: an await like any other
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self.received += message.get("body", b"")


class Bench:
    """A worker without sockets."""

    def __init__(self, ledger: Ledger, scheduler: Scheduler) -> None:
        self.ledger = ledger
        self._scheduler = scheduler
        self._key = ledger.add_key(EMAIL)[0]
        self._service = AnswerService(
            ledger, scheduler, RateLimits(is_unlimited=True), cache_entries_max=0
        )
        self._app = create_app(self._service, Visitors(None), Activity())

    def connect(self, path: str, body: object, request_id: str) -> Connection:
        return Connection(self._app, self._key, path, body, request_id)

    async def settle_down(self) -> None:
        """Wait until nothing runs any more."""
        while tasks := asyncio.all_tasks() - {asyncio.current_task()}:  # type: ignore[operator]
            await asyncio.wait(tasks)

    def spent_nano_usd(self) -> int:
        funds = self.ledger.balance(EMAIL)
        assert funds.held_nano_usd == 0
        return FUNDS_NANO_USD - funds.posted_nano_usd


@pytest.fixture(params=LEDGER_URLS)
def ledger(request: pytest.FixtureRequest) -> Iterator[Ledger]:
    url: str = request.getfixturevalue(request.param)
    Ledger.create(url)
    with Ledger.open(url) as opened:
        opened.add_account(EMAIL, "enterprise")
        opened.topup(EMAIL, FUNDS_NANO_USD, "p1")
        yield opened


@pytest.fixture
async def bench(ledger: Ledger) -> AsyncIterator[Bench]:
    clock = ManualClock()
    scheduler = Scheduler(FakeEngine(clock), clock, queue_length_max=3)
    scheduler.start()
    while scheduler.load_state.status == "loading":  # noqa: ASYNC110 - set by the engine's thread
        await asyncio.sleep(0)
    yield Bench(ledger, scheduler)
    await scheduler.stop(10)


async def interrupted(bench: Bench, at: int, ending: Ending, connection: Connection) -> bool:
    """Run one request and end it at an await; False where it has fewer of them."""
    loop = asyncio.get_running_loop()
    handler: asyncio.Task[None]

    def end() -> None:
        if ending == "cancel":
            handler.get_loop().call_soon(handler.cancel)
        connection.leave()

    steps = Steps(at, end)
    steps.install(loop)
    try:
        handler = loop.create_task(connection.run())
        await asyncio.wait({handler})
        connection.leave()
        await bench.settle_down()
    finally:
        loop.set_task_factory(None)
    assert handler.cancelled() or handler.exception() is None
    return steps.is_reached


@pytest.mark.parametrize("ending", ["disconnect", "cancel"])
@pytest.mark.parametrize("is_streamed", [False, True], ids=["whole", "stream"])
async def test_whenever_a_client_leaves_the_books_are_right_and_no_money_is_held(
    bench: Bench, ending: Ending, is_streamed: bool
) -> None:
    body = {"instruction": "bell", "stream": is_streamed}
    at = 0
    while True:
        before = bench.spent_nano_usd()
        request_id = uuid.uuid4().hex
        connection = bench.connect("/v1/generate", body, request_id)
        was_reached = await interrupted(bench, at, ending, connection)
        first = bench.spent_nano_usd() - before
        assert 0 <= first <= COST_NANO_USD
        if b"event: delta" in connection.received:
            assert first > 0, "who has seen what the model wrote pays for it"
        again = bench.connect("/v1/generate", body, request_id)
        await interrupted(bench, NEVER, ending, again)
        total = bench.spent_nano_usd() - before
        assert again.status == 200
        assert total == first or (first, total) == (0, COST_NANO_USD)
        assert bench.ledger.audit() == []
        if not was_reached:
            break
        at += 1
    assert first == COST_NANO_USD
    assert at >= 10  # so many awaits were reached, each of them once
    assert at > 10


@pytest.mark.parametrize("ending", ["disconnect", "cancel"])
async def test_whenever_a_client_leaves_a_void_it_is_booked_once_or_not_at_all(
    bench: Bench, ending: Ending
) -> None:
    at = 0
    while True:
        before = bench.spent_nano_usd()
        request_id = uuid.uuid4().hex
        paid = bench.connect("/v1/generate", {"instruction": "bell"}, request_id)
        await interrupted(bench, NEVER, ending, paid)
        assert bench.spent_nano_usd() - before == COST_NANO_USD
        void = bench.connect("/v1/void", {"id": request_id}, uuid.uuid4().hex)
        was_reached = await interrupted(bench, at, ending, void)
        is_void = bench.spent_nano_usd() == before
        assert is_void or bench.spent_nano_usd() - before == COST_NANO_USD
        again = bench.connect("/v1/void", {"id": request_id}, uuid.uuid4().hex)
        await interrupted(bench, NEVER, ending, again)
        assert again.status == (409 if is_void else 200)
        assert bench.spent_nano_usd() == before
        replay = bench.connect("/v1/generate", {"instruction": "bell"}, request_id)
        await interrupted(bench, NEVER, ending, replay)
        assert json.loads(replay.received)["code"] is None
        if not was_reached:
            break
        at += 1
    assert is_void
    assert at > 3
    assert bench.ledger.audit() == []
