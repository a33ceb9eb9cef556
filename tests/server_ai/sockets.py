"""Servers on real sockets that answer with given bytes and keep what they were sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>"


@dataclass
class Peer:
    """The other side: what came in, and whether the client has hung up."""

    url: str
    requests: list[bytes] = field(default_factory=list)
    began: asyncio.Event = field(default_factory=asyncio.Event)
    hung_up: asyncio.Event = field(default_factory=asyncio.Event)


def response(status: int, body: bytes, kind: str = "application/json", extra: str = "") -> bytes:
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{extra}"
    return head.encode() + b"\r\n" + body


def stream(*events: Any, is_whole: bool = True) -> bytes:
    """A chunked stream of server-sent events; without its last chunk if it is not whole."""
    body = "".join(f"data: {json.dumps(event)}\n\n" for event in events).encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n"
    chunk = b"%x\r\n%s\r\n" % (len(body), body) if body else b""
    return head + b"\r\n" + chunk + (b"0\r\n\r\n" if is_whole else b"")


def error(code: str, message: str = "as it is") -> bytes:
    return json.dumps({"error": {"code": code, "message": message, "request_id": "r"}}).encode()


def answer(request_id: str, **changes: Any) -> dict[str, Any]:
    whole = {
        "id": request_id,
        "code": "x = 1",
        "finish": "stop",
        "model": "m",
        "verified": True,
        "findings": [],
        "repaired": [],
        "replayed": False,
        "usage": {
            "prompt_tokens": 1,
            "completion_tokens": 2,
            "engine_seconds": 0.5,
            "cached": False,
        },
        "cost": {"user_cost_usd": "0.000213888", "price_version": "p"},
        "account": {"balance_usd": "1", "held_usd": "0", "available_usd": "1"},
    }
    return {**whole, **changes}


@asynccontextmanager
async def answering(
    reply: bytes | Callable[[bytes], bytes], keeps_open: bool = False, socket: Path | None = None
) -> AsyncIterator[Peer]:
    """A server that answers every request alike; one that keeps open waits for the client."""
    peer = Peer("")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            (
                int(line.split(b":")[1])
                for line in head.lower().split(b"\r\n")
                if b"length:" in line
            ),
            0,
        )
        request = head + await reader.readexactly(length)
        peer.requests.append(request)
        writer.write(reply if isinstance(reply, bytes) else reply(request))
        await writer.drain()
        peer.began.set()
        if keeps_open:
            await reader.read()
            peer.hung_up.set()
        writer.close()

    if socket is None:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        peer.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    else:
        server = await asyncio.start_unix_server(serve, str(socket))
        peer.url = f"http+unix:{socket}"
    async with server:
        yield peer
