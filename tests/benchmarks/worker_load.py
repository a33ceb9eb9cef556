"""Clients of an OpenAI-compatible server, in a process of their own: what each answer took.

``python -m tests.benchmarks.worker_load`` reads a load as JSON from stdin and prints what its
clients saw. It loads little and reads streams as bytes, so that two cores are left to the server.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ANSWER_SECONDS_MAX = 120.0
RUN_SECONDS_MAX = 600.0
_EVENT = b"data: "
_END = b"[DONE]"


class LoadError(Exception):
    """A server refused, failed, or said something that is no answer."""


@dataclass(frozen=True)
class Load:
    """Requests to send: ``bodies`` has one list for each client, which sends them one by one."""

    host: str
    port: int
    path: str
    headers: dict[str, str]
    bodies: list[list[dict[str, Any]]]


@dataclass(frozen=True)
class Seen:
    """One answer: seconds of the client's clock, and how many tokens it has.

    ``first_at`` is when its first text came, which is all of it where nothing is streamed.
    """

    sent_at: float
    first_at: float
    ended_at: float
    tokens: int

    @property
    def first_seconds(self) -> float:
        """Time to the first text."""
        return self.first_at - self.sent_at


def run(load: Load) -> list[Seen]:
    """Have a process of its own run a load. Raises LoadError."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.worker_load"],
        input=json.dumps(asdict(load)),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=RUN_SECONDS_MAX,
        check=False,
    )
    if done.returncode:
        raise LoadError(done.stderr.strip().rpartition("\n")[2])
    return [Seen(**each) for each in json.loads(done.stdout)]


async def drive(load: Load) -> list[Seen]:
    """Run all clients at once, until each has had its answers. Raises LoadError."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_client(load, bodies)) for bodies in load.bodies]
    return [seen for task in tasks for seen in task.result()]


async def _client(load: Load, bodies: list[dict[str, Any]]) -> list[Seen]:
    return [await _ask(load, body) for body in bodies]


async def _ask(load: Load, body: dict[str, Any]) -> Seen:
    """One request on a connection of its own, since not every server keeps them."""
    content = json.dumps(body).encode()
    fields = {
        "Host": f"{load.host}:{load.port}",
        "Content-Type": "application/json",
        "Content-Length": str(len(content)),
        "Connection": "close",
        **load.headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    sent_at = time.perf_counter()
    async with asyncio.timeout(ANSWER_SECONDS_MAX):
        reader, writer = await asyncio.open_connection(load.host, load.port)
        try:
            writer.write(f"POST {load.path} HTTP/1.1\r\n{head}\r\n".encode() + content)
            return await _answer(reader, sent_at)
        finally:
            writer.close()


async def _answer(reader: asyncio.StreamReader, sent_at: float) -> Seen:
    status, fields = _parse_head((await reader.readuntil(b"\r\n\r\n")).decode("latin-1"))
    is_stream = fields.get("content-type", "").startswith("text/event-stream")
    first_at: float | None = None
    received = bytearray()
    looked_at = 0
    async for piece in _body(reader, fields):
        received += piece
        if is_stream and first_at is None:
            looked_at, has_text = _look(received, looked_at)
            first_at = time.perf_counter() if has_text else None
    ended_at = time.perf_counter()
    if status != 200:
        raise LoadError(f"status {status}: {bytes(received[:500])!r}")
    tokens = _tokens(bytes(received), is_stream=is_stream)
    return Seen(sent_at, first_at or ended_at, ended_at, tokens)


def _parse_head(head: str) -> tuple[int, dict[str, str]]:
    """Status and fields, their names in lower case."""
    first, *lines = head.rstrip().split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return int(first.split()[1]), {name.lower(): value.strip() for name, _, value in pairs}


async def _body(reader: asyncio.StreamReader, fields: dict[str, str]) -> AsyncIterator[bytes]:
    if fields.get("transfer-encoding", "").lower() != "chunked":
        yield await reader.readexactly(int(fields["content-length"]))
        return
    while size := int(await reader.readline(), 16):
        yield (await reader.readexactly(size + 2))[:-2]
    await reader.readline()


def _look(received: bytearray, start: int) -> tuple[int, bool]:
    """Whether a whole event from ``start`` on has text, and where the next look begins."""
    end = received.rfind(b"\n") + 1
    events = _events(bytes(received[start:end])) if end > start else []
    return max(start, end), any(_text(event) for event in events)


def _events(received: bytes) -> list[dict[str, Any]]:
    lines = (line for line in received.split(b"\n") if line.startswith(_EVENT))
    contents = (line.removeprefix(_EVENT).strip() for line in lines)
    return [json.loads(content) for content in contents if content != _END]


def _text(event: dict[str, Any]) -> str:
    choices = event.get("choices") or [{}]
    return choices[0].get("text") or (choices[0].get("delta") or {}).get("content") or ""


def _tokens(received: bytes, *, is_stream: bool) -> int:
    """How many tokens the server says it wrote. Raises LoadError where it says none."""
    events = _events(received) if is_stream else [json.loads(received)]
    counts = [event["usage"]["completion_tokens"] for event in events if event.get("usage")]
    if not counts or not counts[-1]:
        raise LoadError(f"no answer: {events[-1:]}")
    return int(counts[-1])


def main() -> None:
    """Run the load on stdin."""
    load = Load(**json.load(sys.stdin))
    try:
        seen = asyncio.run(drive(load))
    except* (LoadError, OSError, EOFError, TimeoutError) as errors:
        print("\n".join(repr(error) for error in errors.exceptions), file=sys.stderr)
        sys.exit(1)
    json.dump([asdict(each) for each in seen], sys.stdout)


if __name__ == "__main__":
    main()
