"""Raw bytes to a worker and back, for requests that no client library would send."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bioql_lsp.wire import ErrorEnvelope
from tests.worker.support import WAIT_SECONDS


@dataclass(frozen=True)
class Reply:
    """One response."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    def refusal(self) -> tuple[int, str]:
        """Status and code of an error in our shape."""
        assert self.headers["content-type"] == "application/json"
        error = ErrorEnvelope.model_validate_json(self.body).error
        assert error.request_id == self.headers["x-request-id"]
        return self.status, error.code


def connect(url: str) -> socket.socket:
    address = urlsplit(url)
    return socket.create_connection((address.hostname, address.port), timeout=WAIT_SECONDS)


def exchange(url: str, sent: bytes) -> bytes:
    """Everything that comes until the worker hangs up, after it was sent something."""
    with connect(url) as connection:
        try:
            connection.sendall(sent)
            return received(connection)
        except (BrokenPipeError, ConnectionResetError):
            return b""


def received(connection: socket.socket) -> bytes:
    """Everything that comes until the other side hangs up."""
    whole = b""
    while chunk := connection.recv(65_536):
        whole += chunk
    return whole


def replies(received: bytes, *, may_lack_body: bool = False) -> Iterator[Reply]:
    """The responses in a stream of bytes; those with a 1xx status are passed over.

    After a HEAD the length is that of a body that does not come.
    """
    rest = received
    while rest:
        head, separator, rest = rest.partition(b"\r\n\r\n")
        assert separator, f"a head without end: {head[:200]!r}"
        line, *lines = head.decode("latin-1").split("\r\n")
        version, status, _ = line.split(" ", 2)
        assert version == "HTTP/1.1"
        if status.startswith("1"):
            continue
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        length = int(headers.get("content-length", len(rest)))
        if may_lack_body and (not rest or rest.startswith(b"HTTP/1.1 ")):
            length = 0
        assert len(rest) >= length, f"a body cut short: {rest[:200]!r}"
        yield Reply(int(status), headers, rest[:length])
        rest = rest[length:]


def only_reply(url: str, sent: bytes) -> Reply:
    """The one response to something sent."""
    (reply,) = replies(exchange(url, sent))
    return reply


def request(
    method: str = "GET",
    target: str = "/healthz",
    *headers: str,
    body: bytes = b"",
    version: str = "HTTP/1.1",
    host: str = "localhost",
    is_last: bool = True,
) -> bytes:
    """A request as it goes over the line; the last one asks to hang up."""
    lines = [f"{method} {target} {version}", f"Host: {host}", *headers]
    lines += ["Connection: close"] if is_last else []
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body
