"""The client against real sockets: every failure is one typed error, the key stays where it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bioql_lsp import wire
from bioql_lsp.server.endpoint import Endpoint
from bioql_lsp.server.problems import Problem, WorkerError
from bioql_lsp.server.worker_client import ANSWER_BYTES_MAX, WorkerClient
from tests.server_ai.sockets import HTML, Peer, answer, answering, error, response, stream

KEY = "bioql_live_0123456789abcdef"
ID = "request-0001"
REQUEST = wire.CompleteRequest(prefix="secret prompt")
SSE_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"


@asynccontextmanager
async def client_of(peer: Peer) -> AsyncIterator[WorkerClient]:
    async with WorkerClient(Endpoint(peer.url, KEY)) as client:
        yield client


async def failure(reply: bytes) -> WorkerError:
    async with answering(reply) as peer, client_of(peer) as client:
        with pytest.raises(WorkerError) as caught:
            await client.ask(ID, REQUEST)
    message = caught.value.message
    assert KEY not in message
    assert "secret prompt" not in message
    assert len(message) < 500
    return caught.value


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (response(401, error("unauthorized")), Problem.WRONG_KEY),
        (response(402, error("insufficient_funds")), Problem.NO_CREDIT),
        (response(402, error("key_cap_reached")), Problem.NO_CREDIT),
        (response(429, error("rate_limited"), extra="Retry-After: 7\r\n"), Problem.RATE_LIMITED),
        (response(429, error("too_many_concurrent_requests")), Problem.RATE_LIMITED),
        (response(429, error("monthly_quota_reached")), Problem.RATE_LIMITED),
        (response(503, error("loading")), Problem.LOADING),
        (response(503, error("queue_full")), Problem.BUSY),
        (response(500, error("internal")), Problem.BUSY),
        (response(422, error("invalid_request")), Problem.REFUSED),
        (response(404, b"not here", "text/plain"), Problem.GARBAGE),
        (response(502, b"<html>bad gateway</html>", "text/html"), Problem.GARBAGE),
        (response(307, b"", extra="Location: http://127.0.0.1:9/steal\r\n"), Problem.GARBAGE),
        (HTML, Problem.GARBAGE),
        (b"\x16\x03\x01\x02 not http at all\r\n\r\n", Problem.GARBAGE),
        (b"", Problem.DIED),
        (response(200, b'{"id": "request-0001", "co'), Problem.GARBAGE),
        (response(200, b'{"answer": 42}'), Problem.GARBAGE),
        (response(200, b"[" * 100_000), Problem.GARBAGE),
        (response(200, b"\xff\xfe"), Problem.GARBAGE),
        (response(200, b" " * (ANSWER_BYTES_MAX + 1)), Problem.GARBAGE),
        (response(200, b"{}", extra="Content-Encoding: gzip\r\n"), Problem.GARBAGE),
        (stream({"delta": "x"}, is_whole=False), Problem.DIED),
        (stream({"delta": "x"}), Problem.DIED),
        (stream(), Problem.DIED),
        (stream({"delta": "x"}, {"unheard": "of"}), Problem.GARBAGE),
        (stream(answer("request-0002")), Problem.GARBAGE),
        (stream(answer(ID, finish="exploded")), Problem.GARBAGE),
        (
            stream(answer(ID, cost={"user_cost_usd": "NaN", "price_version": "p"})),
            Problem.GARBAGE,
        ),
        (
            stream(answer(ID, cost={"user_cost_usd": "-1", "price_version": "p"})),
            Problem.GARBAGE,
        ),
        (
            stream({"error": {"code": "engine_failed", "message": "m", "request_id": "r"}}),
            Problem.BUSY,
        ),
        (SSE_HEAD + b"data: " + b"x" * (ANSWER_BYTES_MAX + 1), Problem.GARBAGE),
    ],
)
async def test_every_failure_is_one_problem_with_a_short_message_without_secrets(
    reply: bytes, problem: Problem
) -> None:
    assert (await failure(reply)).problem is problem


async def test_a_worker_that_repeats_the_key_in_an_error_does_not_get_it_shown() -> None:
    await failure(response(422, error("invalid_request", f"bad key {KEY}\x1b[31m" + "x" * 9999)))


async def test_a_rate_limit_says_until_when() -> None:
    limited = await failure(response(429, error("rate_limited"), extra="Retry-After: 7\r\n"))
    assert limited.retry_after_seconds == 7
    assert "7 s" in limited.message


async def test_an_answer_comes_with_its_deltas_and_the_request_with_key_and_id() -> None:
    deltas: list[str] = []
    reply = stream({"delta": "x ="}, {"delta": " 1"}, answer(ID))
    async with answering(reply) as peer, client_of(peer) as client:
        got = await client.ask(ID, REQUEST, deltas.append)
    assert (got.code, got.cost.user_cost_usd) == ("x = 1", "0.000213888")
    assert deltas == ["", "x =", " 1"]
    (request,) = peer.requests
    assert f"Authorization: Bearer {KEY}".encode() in request
    assert f"Idempotency-Key: {ID}".encode() in request
    assert b'"stream":true' in request


async def test_a_redirect_is_not_followed_with_the_key() -> None:
    async with answering(HTML) as thief:
        reply = response(307, b"", extra=f"Location: {thief.url}/v1/complete\r\n")
        assert (await failure(reply)).problem is Problem.GARBAGE
    assert thief.requests == []


async def test_a_cancelled_request_closes_its_connection() -> None:
    reply = stream({"delta": "x"}, is_whole=False)
    async with answering(reply, keeps_open=True) as peer, client_of(peer) as client:
        task = asyncio.create_task(client.ask(ID, REQUEST))
        await peer.began.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with asyncio.timeout(30):
            await peer.hung_up.wait()


async def test_a_unix_socket_works_as_well(folder: Path) -> None:
    async with (
        answering(stream(answer(ID)), socket=folder / "s.sock") as peer,
        client_of(peer) as client,
    ):
        assert (await client.ask(ID, REQUEST)).code == "x = 1"
    assert b"Host: localhost" in peer.requests[0]


@pytest.mark.parametrize(
    ("url", "key", "problem"),
    [
        ("http://example.org", KEY, Problem.SETUP),
        ("ftp://localhost", KEY, Problem.SETUP),
        ("no url", KEY, Problem.SETUP),
        ("https://", KEY, Problem.SETUP),
        ("https://localhost", "", Problem.NO_KEY),
        ("https://localhost", "with\r\nHeader: x", Problem.WRONG_KEY),
        ("https://localhost", "schlüssel", Problem.WRONG_KEY),
    ],
)
def test_an_unusable_address_or_key_is_said_before_anything_is_sent(
    url: str, key: str, problem: Problem
) -> None:
    with pytest.raises(WorkerError) as caught:
        WorkerClient(Endpoint(url, key))
    assert caught.value.problem is problem
    assert not key or key not in caught.value.message
    assert not key or key not in repr(Endpoint(url, key))


async def unreachable(url: str) -> str:
    async with WorkerClient(Endpoint(url, KEY)) as client:
        with pytest.raises(WorkerError) as caught:
            await client.ask(ID, REQUEST)
    assert caught.value.problem is Problem.OFFLINE
    return caught.value.message


async def test_why_there_is_no_connection_is_said_in_words() -> None:
    assert "its name is unknown" in await unreachable("https://no-such-host.invalid")

    def speak_no_tls(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 ready\r\n")
        writer.close()

    server = await asyncio.start_server(speak_no_tls, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        assert "TLS" in await unreachable(f"https://127.0.0.1:{port}")
    assert "refused" in await unreachable(f"http://127.0.0.1:{port}")
