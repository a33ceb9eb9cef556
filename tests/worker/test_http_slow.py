"""Clients that take their time, and more of them than there is place for."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import time
from collections.abc import Iterator

import pytest

from billing.ledger import Ledger
from bioql_lsp.worker import bodies
from bioql_lsp.worker.place import CONNECTIONS_MAX, connections_max
from bioql_lsp.worker.protocol import CONNECTIONS_SPARE
from tests.worker.http_raw import request
from tests.worker.http_served import served

SHORT_SECONDS = 0.3
HEALTH = request(is_last=False)


@pytest.fixture
def ledger(sqlite_url: str) -> Iterator[Ledger]:
    Ledger.create(sqlite_url)
    with Ledger.open(sqlite_url) as opened:
        yield opened
        assert opened.audit() == []


@pytest.fixture
def key(ledger: Ledger) -> str:
    ledger.add_account("ada@example.org", "enterprise")
    ledger.topup("ada@example.org", 10**12, "p1")
    return ledger.add_key("ada@example.org")[0]


def post(key: str, body: bytes, length: int | None = None) -> bytes:
    headers = (f"Authorization: Bearer {key}", "Content-Type: application/json")
    announced = f"Content-Length: {len(body) if length is None else length}"
    return request("POST", "/v1/generate", *headers, announced, body=body, is_last=False)


async def test_a_client_that_says_nothing_is_hung_up_on(ledger: Ledger) -> None:
    async with served(ledger, head_seconds_max=SHORT_SECONDS) as worker:
        client = await worker.connect()
        assert await client.rest() == b""
        await worker.settle(0)


@pytest.mark.parametrize("is_second", [False, True], ids=["first", "second"])
async def test_a_head_that_comes_in_drops_has_its_time_all_the_same(
    ledger: Ledger, is_second: bool
) -> None:
    """Bytes now and then do not prolong it, nor does a good request before."""
    async with served(ledger, head_seconds_max=SHORT_SECONDS) as worker:
        client = await worker.connect()
        if is_second:
            await client.send(HEALTH)
            assert (await client.reader.readuntil(b"}")).startswith(b"HTTP/1.1 200 ")
        started = time.monotonic()
        await client.send(b"GET /healthz HTTP/1.1\r\nX: ")
        dripping = asyncio.create_task(client.drip(SHORT_SECONDS / 20))
        (reply,) = await client.replies()
        await dripping
        assert reply.refusal() == (408, "request_timeout")
        assert SHORT_SECONDS <= time.monotonic() - started < 20 * SHORT_SECONDS
        await worker.settle(0)


async def test_a_body_that_nobody_waits_for_has_its_time_too(ledger: Ledger) -> None:
    async with served(ledger, request_seconds_max=SHORT_SECONDS) as worker:
        client = await worker.connect()
        await client.send(request("GET", "/healthz", "Content-Length: 100000", is_last=False))
        assert (await client.reader.readuntil(b"}")).startswith(b"HTTP/1.1 200 ")
        await client.drip(SHORT_SECONDS / 20)
        await worker.settle(0)


async def test_a_body_that_does_not_come_is_408_and_costs_nothing(
    ledger: Ledger, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "BODY_SECONDS_MAX", SHORT_SECONDS)
    async with served(ledger) as worker:
        client = await worker.connect()
        await client.send(post(key, b'{"instruction": ', 50))
        (reply,) = await client.replies()
        assert reply.refusal() == (408, "request_timeout")
        assert ledger.balance("ada@example.org").posted_nano_usd == 10**12


async def test_a_connection_that_was_answered_too_early_is_not_forgotten(ledger: Ledger) -> None:
    """The end of the body comes after the answer, and then nothing."""
    async with served(ledger, head_seconds_max=SHORT_SECONDS) as worker:
        client = await worker.connect()
        await client.send(request("GET", "/healthz", "Content-Length: 2", body=b"a", is_last=False))
        assert (await client.reader.readuntil(b"}")).startswith(b"HTTP/1.1 200 ")
        await client.send(b"a")
        assert await client.rest() == b""


async def test_nonsense_behind_an_answer_ends_the_connection(
    ledger: Ledger, caplog: pytest.LogCaptureFixture
) -> None:
    async with served(ledger) as worker:
        client = await worker.connect()
        head = request("GET", "/healthz", "Transfer-Encoding: chunked", is_last=False)
        await client.send(head)
        assert (await client.reader.readuntil(b"}")).startswith(b"HTTP/1.1 200 ")
        await client.send(b"zz\r\n")
        assert await client.rest() == b""
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_an_idle_connection_is_kept_for_its_next_request(ledger: Ledger) -> None:
    """The time for a head begins with its first byte."""
    async with served(ledger, head_seconds_max=SHORT_SECONDS) as worker:
        client = await worker.connect()
        for _ in range(3):
            await client.send(HEALTH)
            assert (await client.reader.readuntil(b"}")).startswith(b"HTTP/1.1 200 ")
            await asyncio.sleep(1.2 * SHORT_SECONDS)


async def test_an_answer_takes_longer_than_a_request_may(ledger: Ledger, key: str) -> None:
    limits = {"head_seconds_max": SHORT_SECONDS, "request_seconds_max": SHORT_SECONDS}
    async with served(ledger, **limits) as worker:
        client = await worker.connect()
        body = json.dumps({"instruction": "bell [endless] [slow]", "max_tokens": 40}).encode()
        started = time.monotonic()
        await client.send(post(key, body))
        head = await client.reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 ")
        assert time.monotonic() - started > SHORT_SECONDS


async def test_a_client_that_does_not_take_its_answer_is_cut_off(ledger: Ledger, key: str) -> None:
    """The contract is the longest answer there is: requests for it fill every buffer."""
    async with served(ledger, write_seconds_max=SHORT_SECONDS) as worker:
        sock = socket.socket()
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.setblocking(False)
        port = worker.server.servers[0].sockets[0].getsockname()[1]
        await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", port))
        await asyncio.get_running_loop().sock_sendall(
            sock, request("GET", "/openapi.json", is_last=False) * 100
        )
        await worker.settle(1)
        await worker.settle(0)
        sock.close()


async def test_one_connection_too_many_is_told_so_and_probes_are_answered(
    ledger: Ledger, key: str
) -> None:
    async with served(ledger, connections_max=2) as worker:
        first, second, third, probe = [await worker.connect() for _ in range(4)]
        await worker.settle(4)
        await third.send(post(key, b"{}"))
        (reply,) = await third.replies()
        assert reply.refusal() == (503, "too_many_connections")
        assert reply.headers["retry-after"] == "1"
        await probe.send(request())
        assert [one.status for one in await probe.replies()] == [200]
        third.writer.close()
        probe.writer.close()
        await worker.settle(2)
        for client in (first, second):
            await client.send(post(key, b"{}"))
            assert (await client.reader.readuntil(b"}")).startswith(b"HTTP/1.1 422 ")


async def test_an_idle_connection_gives_way_to_a_new_one(ledger: Ledger) -> None:
    async with served(ledger, connections_max=2, keep_alive_seconds=60) as worker:
        idle, silent = await worker.connect(), await worker.connect()
        await idle.send(HEALTH)
        assert (await idle.reader.readuntil(b"}")).startswith(b"HTTP/1.1 200 ")
        new = await worker.connect()
        assert await idle.rest() == b""
        await worker.settle(2)
        for client in (new, silent):
            await client.send(request("GET", "/nowhere"))
            assert [reply.status for reply in await client.replies()] == [404]


async def test_beyond_the_spare_places_connections_are_cut(ledger: Ledger) -> None:
    async with served(ledger, connections_max=1) as worker:
        clients = [await worker.connect() for _ in range(CONNECTIONS_SPARE + 1)]
        await worker.settle(CONNECTIONS_SPARE + 1)
        assert await (await worker.connect()).rest() == b""
        assert worker.connections == CONNECTIONS_SPARE + 1
        clients[0].writer.close()
        await worker.settle(CONNECTIONS_SPARE)
        last = await worker.connect()
        await last.send(request())
        assert [reply.status for reply in await last.replies()] == [200]


async def test_a_refusal_reaches_a_client_that_still_sends(ledger: Ledger) -> None:
    """The connection is closed behind the answer, not reset before it."""
    async with served(ledger) as worker:
        client = await worker.connect()
        await client.send(b"GET /" + b"a" * 10_000)
        for _ in range(50):
            await client.send(b"a" * 10_000)
            await asyncio.sleep(0)
        (reply,) = await client.replies()
        assert reply.refusal() == (414, "url_too_long")


async def test_who_goes_on_sending_after_a_refusal_is_cut_off(ledger: Ledger) -> None:
    async with served(ledger, linger_seconds_max=SHORT_SECONDS) as worker:
        client = await worker.connect()
        await client.send(b"nonsense\r\n\r\n")
        assert (await client.replies())[0].status == 400
        with pytest.raises(ConnectionError):
            while True:
                await client.send(b"a" * 1000)
                await asyncio.sleep(SHORT_SECONDS / 20)
        await worker.settle(0)


async def test_a_refused_connection_does_not_delay_the_end(ledger: Ledger) -> None:
    async with served(ledger, linger_seconds_max=60.0) as worker:
        client = await worker.connect()
        await client.send(b"nonsense\r\n\r\n")
        assert (await client.replies())[0].status == 400
        assert worker.connections == 1
        worker.server.should_exit = True
        await worker.settle(0)


async def test_who_is_cut_off_at_the_end_is_told_so_in_our_shape(ledger: Ledger, key: str) -> None:
    """The last resort of the shutdown: nothing of the answer has been sent yet."""
    async with served(ledger) as worker:
        client = await worker.connect()
        await client.send(post(key, b'{"instruction": "bell [hang]"}'))
        while ledger.balance("ada@example.org").held_nano_usd == 0:  # noqa: ASYNC110 - a thread's
            await asyncio.sleep(0.001)
        worker.server.should_exit = True
        (reply,) = await client.replies()
        assert reply.refusal() == (503, "stopping")


async def test_a_fault_of_ours_is_told_in_our_shape_and_logged_once_without_its_text(
    ledger: Ledger, key: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault where none is expected: the account cannot be looked up at all."""
    async with served(ledger) as worker:

        async def broken(api_key: str | None) -> None:
            raise RuntimeError(f"a secret {api_key}")

        monkeypatch.setattr(worker.service, "authenticate", broken)
        client = await worker.connect()
        await client.send(request("GET", "/v1/account", f"Authorization: Bearer {key}"))
        (reply,) = await client.replies()
    assert reply.refusal() == (500, "internal")
    assert b"secret" not in reply.body
    (fault,) = [record for record in caplog.records if record.name == "bioql.worker"]
    assert (fault.getMessage(), fault.error) == ("internal error", "RuntimeError")  # type: ignore[attr-defined]


def test_there_are_files_for_as_many_connections() -> None:
    assert 1 <= connections_max() <= CONNECTIONS_MAX
