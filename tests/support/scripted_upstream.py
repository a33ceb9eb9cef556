"""An upstream on a real socket that behaves as a test tells it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
MODELS = {"data": [{"id": "scripted", "max_model_len": 512}]}


@dataclass(slots=True)
class Exchange:
    """One request, and the connection to answer it on."""

    path: str
    headers: dict[str, str]
    body: Any
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, *blocks: bytes) -> None:
        """Write blocks, each by itself."""
        for block in blocks:
            self.writer.write(block)
            await self.writer.drain()

    async def left(self) -> None:
        """Return when the client closes its side."""
        while await self.reader.read(1024):
            pass


Answer: TypeAlias = Callable[[Exchange], Awaitable[None]]


def event(value: object) -> bytes:
    """One server-sent event."""
    return b"data: " + json.dumps(value).encode() + b"\n\n"


def token(text: str | None, finish: str | None = None, **usage: int) -> bytes:
    """An event of a completion."""
    choices = [{"index": 0, "text": text, "finish_reason": finish}]
    return event({"choices": choices} | ({"usage": usage} if usage else {}))


DONE = b"data: [DONE]\n\n"


def status(line: str, *headers: str) -> Answer:
    """An answer without a body that says more than a test may find in an error."""
    body = b"RAW-UPSTREAM-WORDS"
    head = [f"HTTP/1.1 {line}", *headers, f"Content-Length: {len(body)}", "Connection: close"]

    async def answer(exchange: Exchange) -> None:
        await exchange.send("\r\n".join([*head, "", ""]).encode() + body)

    return answer


def says(*blocks: bytes) -> Answer:
    """A stream of blocks."""

    async def answer(exchange: Exchange) -> None:
        await exchange.send(HEAD, *blocks)

    return answer


fine = says(token("print(1)\n"), token("", "stop", prompt_tokens=9, completion_tokens=4), DONE)


@dataclass(slots=True)
class ScriptedUpstream:
    """Answers questions well until ``answers`` has something; those are taken one by one."""

    url: str = ""
    answers: list[Answer] = field(default_factory=list)
    asked: list[Exchange] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, one request."""
        try:
            exchange = await _read(reader, writer)
            self.asked.append(exchange)
            if exchange.path == "/v1/models":
                body = json.dumps(MODELS).encode()
                head = (
                    f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
                )
                await exchange.send(head.encode() + body)
            elif self.answers:
                await self.answers.pop(0)(exchange)
            else:
                await fine(exchange)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


async def _read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Exchange:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    path = head[0].split()[1]
    pairs = (line.partition(":") for line in head[1:] if line)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Exchange(path, headers, json.loads(body or "null"), reader, writer)


@asynccontextmanager
async def scripted() -> AsyncIterator[ScriptedUpstream]:
    """An upstream that listens."""
    upstream = ScriptedUpstream()
    server = await asyncio.start_server(upstream.serve, "127.0.0.1", 0)
    upstream.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield upstream
    finally:
        server.close()
