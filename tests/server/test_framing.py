"""Bytes to bodies: any chunking gives the same, garbage costs one error and nothing more."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.server.framing import BODY_BYTES_MAX, BadFrame, Framer
from tests.server.harness import frame

GOOD = frame({"id": 1})


def feed(*chunks: bytes) -> list[bytes | BadFrame]:
    framer = Framer()
    return [found for chunk in chunks for found in framer.feed(chunk)]


@given(st.lists(st.binary(max_size=50), max_size=8), st.integers(1, 40))
def test_bodies_arrive_whole_however_the_stream_is_cut(bodies: list[bytes], size: int) -> None:
    stream = b"".join(frame(body) for body in bodies)
    chunks = [stream[start : start + size] for start in range(0, len(stream), size)]
    assert feed(*chunks) == bodies


@pytest.mark.parametrize(
    "header",
    [
        b"Content-Length: 2\r\n\r\n",
        b"content-length:2\r\n\r\n",
        b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: 2\r\n\r\n",
        b"Content-Length: 2\r\nContent-Type: x\r\n\r\n",
        b"Content-Length: 2\n\n",
    ],
)
def test_headers_are_read_in_every_order_and_spelling(header: bytes) -> None:
    assert feed(header + b"{}") == [b"{}"]


@pytest.mark.parametrize(
    "garbage",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"Content-Length: many\r\n\r\n",
        b"Content-Length: -5\r\n\r\n{}",
        b"Content-Length: 99999999999999999999999\r\n\r\n",
        f"Content-Length: {BODY_BYTES_MAX + 1}\r\n\r\n{{}}".encode(),
        b"\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n",
        b"\0" * 100_000,
        b"x" * 100_000 + b"\r\n\r\n",
        b'{"jsonrpc": "2.0"}\r\n\r\n',
    ],
)
@pytest.mark.parametrize("size", [1_000_000, 7])
def test_garbage_is_one_error_and_the_next_message_is_read(garbage: bytes, size: int) -> None:
    stream = garbage + GOOD + GOOD
    chunks = [stream[start : start + size] for start in range(0, len(stream), size)]
    found = feed(*chunks)
    bodies = [item for item in found if isinstance(item, bytes)]
    errors = [item for item in found if isinstance(item, BadFrame)]
    assert [json.loads(body) for body in bodies] == [{"id": 1}, {"id": 1}]
    assert len(errors) == 1


@given(st.binary(max_size=300), st.integers(1, 50))
def test_no_bytes_whatever_make_the_framer_fail(garbage: bytes, size: int) -> None:
    feed(*(garbage[start : start + size] for start in range(0, len(garbage), size)))


def test_endless_garbage_is_not_kept_in_memory() -> None:
    framer = Framer()
    for _ in range(50):
        list(framer.feed(b"z" * 100_000))
    assert len(framer._buffer) < 10_000
