"""The clients of the worker's benchmark time what they say, against servers that are scripted."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from tests.benchmarks.worker_load import Load, LoadError, Seen, drive

GAP_SECONDS = 0.05


def event(text: str, tokens: int | None = None) -> bytes:
    usage = {} if tokens is None else {"usage": {"completion_tokens": tokens}}
    return b"data: " + json.dumps({"choices": [{"text": text}], **usage}).encode() + b"\n\n"


class Scripted:
    """A server that answers each request with pieces, and a pause before each of them."""

    def __init__(self, *pieces: bytes, status: int = 200, is_stream: bool = True) -> None:
        self._pieces = pieces
        self._status = status
        self._is_stream = is_stream
        self.bodies: list[Any] = []
        self.at_once = self.at_once_max = 0
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.partition("content-length: ")[2].split("\r\n")[0])
        self.bodies.append(json.loads(await reader.readexactly(length)))
        self.at_once += 1
        self.at_once_max = max(self.at_once_max, self.at_once)
        kind = "text/event-stream" if self._is_stream else "application/json"
        whole = sum(map(len, self._pieces))
        size = "transfer-encoding: chunked" if self._is_stream else f"content-length: {whole}"
        writer.write(
            f"HTTP/1.1 {self._status} X\r\ncontent-type: {kind}\r\n{size}\r\n\r\n".encode()
        )
        for piece in self._pieces:
            await asyncio.sleep(GAP_SECONDS)
            writer.write(b"%x\r\n%s\r\n" % (len(piece), piece) if self._is_stream else piece)
        self.at_once -= 1
        writer.write(b"0\r\n\r\n" if self._is_stream else b"")
        writer.close()


@asynccontextmanager
async def served(script: Scripted) -> AsyncIterator[Scripted]:
    server = await asyncio.start_server(script.serve, "127.0.0.1", 0)
    script.port = server.sockets[0].getsockname()[1]
    async with server:
        yield script


async def seen_of(script: Scripted, bodies: list[list[dict[str, Any]]]) -> list[Seen]:
    async with served(script):
        return await drive(Load("127.0.0.1", script.port, "/v1/completions", {"X": "y"}, bodies))


def one() -> list[list[dict[str, Any]]]:
    return [[{"prompt": "a"}]]


async def test_the_first_text_is_timed_and_not_the_first_event() -> None:
    script = Scripted(event(""), event("from"), event(" bioql"), event("", 64), b"data: [DONE]\n\n")
    (seen,) = await seen_of(script, one())
    assert seen.tokens == 64
    assert seen.first_seconds >= 2 * GAP_SECONDS
    assert seen.first_at + 2 * GAP_SECONDS <= seen.ended_at


async def test_an_event_that_comes_in_two_pieces_is_one() -> None:
    whole = event("text")
    script = Scripted(whole[:20], whole[20:], event("", 3))
    (seen,) = await seen_of(script, one())
    assert seen.tokens == 3
    assert seen.first_seconds >= 2 * GAP_SECONDS


async def test_an_answer_in_one_piece_comes_with_its_end() -> None:
    script = Scripted(event("text", 5).removeprefix(b"data: "), is_stream=False)
    (seen,) = await seen_of(script, one())
    assert (seen.tokens, seen.first_at) == (5, seen.ended_at)


async def test_clients_run_together_and_each_sends_one_after_the_other() -> None:
    script = Scripted(event("text", 2))
    bodies = [[{"client": client, "number": number} for number in range(3)] for client in range(4)]
    seen = await seen_of(script, bodies)
    assert len(seen) == 12
    assert script.at_once_max == 4
    for client in range(4):
        own = [body["number"] for body in script.bodies if body["client"] == client]
        assert own == [0, 1, 2]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Scripted(b'{"error": "busy"}', status=503, is_stream=False), "status 503.*busy"),
        (lambda: Scripted(b'data: {"error": {"code": "engine_failed"}}\n\n'), "engine_failed"),
        (lambda: Scripted(event("text")), "no answer"),
        (lambda: Scripted(event("", 0)), "no answer"),
    ],
)
async def test_what_is_no_answer_ends_the_run(make: Callable[[], Scripted], said: str) -> None:
    with pytest.RaisesGroup(pytest.RaisesExc(LoadError, match=said)):
        await seen_of(make(), one())
