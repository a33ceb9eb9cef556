"""Server-sent events of another server, with bounds on time and size.

A request is sent again only as long as nothing has come back but a refusal: the connection failed,
or the upstream said 429 or 503. What follows is read once.
"""

from __future__ import annotations

import asyncio
import email.utils
import random
import time
from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass
from typing import Any, Final

import httpx

from bioql_lsp.worker.engines.base import UpstreamError
from bioql_lsp.worker.engines.openai.address import Address
from bioql_lsp.worker.engines.openai.chunks import Chunk

RETRIES_MAX: Final = 2
BACKOFF_SECONDS: Final = 0.2
RETRY_AFTER_SECONDS_MAX: Final = 5.0
LINE_BYTES_MAX: Final = 256 * 1024
ENDING_SECONDS_MAX: Final = 1.0
"""How long to wait for the usage, and the end of the stream, behind the end of an answer."""
_BUSY: Final = (429, 503)
_UNSENT: Final = (httpx.ConnectError, httpx.ConnectTimeout)
_UNANSWERED: Final = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)


@dataclass(frozen=True, slots=True)
class Waits:
    """How long an upstream may take, in seconds."""

    connect_seconds: float = 5.0
    first_token_seconds: float = 60.0
    between_tokens_seconds: float = 20.0


class Patience:
    """Until when the next event of one answer has to come, on the running loop's clock."""

    def __init__(self, waits: Waits) -> None:
        self.is_ended = False
        """Whether the answer was ended: then nothing has to come any more."""
        self._between_tokens_seconds = waits.between_tokens_seconds
        self._wait(waits.first_token_seconds)

    def note(self, chunk: Chunk) -> None:
        """An event came; one without a token does not keep a stream alive."""
        if self.is_ended:
            return
        self.is_ended = chunk.is_end
        if chunk.is_end:
            self._wait(ENDING_SECONDS_MAX)
        elif chunk.is_token:
            self._wait(self._between_tokens_seconds)

    def _wait(self, seconds: float) -> None:
        self.seconds = seconds
        self.deadline = asyncio.get_running_loop().time() + seconds


def new_client(address: Address, waits: Waits, requests_max: int) -> httpx.AsyncClient:
    """A client for one event loop."""
    return httpx.AsyncClient(
        headers=dict(address.headers),
        timeout=httpx.Timeout(None, connect=waits.connect_seconds),
        # llama.cpp closes a connection that was idle for 5 seconds.
        limits=httpx.Limits(
            max_connections=requests_max,
            max_keepalive_connections=requests_max,
            keepalive_expiry=4.0,
        ),
        follow_redirects=False,
        trust_env=False,
    )


async def open_events(
    client: httpx.AsyncClient, address: Address, path: str, body: dict[str, Any]
) -> httpx.Response:
    """Send a request, again where that is safe, and return its open stream of events.

    The caller must close it. Raises UpstreamError.
    """
    for attempt in range(RETRIES_MAX + 1):
        is_last = attempt == RETRIES_MAX
        pause = BACKOFF_SECONDS * 2**attempt
        try:
            response = await client.send(
                client.build_request("POST", address.url(path), json=body), stream=True
            )
        except (*_UNSENT, *_UNANSWERED) as error:
            if is_last:
                raise connection_error(address, error) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise connection_error(address, error) from None
        else:
            if response.status_code not in _BUSY or is_last:
                return await _checked(address, response)
            asked = _retry_after_seconds(response.headers.get("retry-after", ""))
            if asked is not None and asked > RETRY_AFTER_SECONDS_MAX:
                return await _checked(address, response)
            await response.aclose()
            pause = max(pause, asked or 0.0)
        await asyncio.sleep(pause * random.uniform(1.0, 1.25))  # noqa: S311 - spreads load
    raise AssertionError("the last attempt returns or raises")


async def _checked(address: Address, response: httpx.Response) -> httpx.Response:
    """The response, if it is a plain stream of events; else it is closed. Raises UpstreamError."""
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if response.status_code == 200 and kind == "text/event-stream" and encoding == "identity":
        return response
    await response.aclose()
    if response.status_code != 200:
        raise address.refusal(response.status_code)
    if kind != "text/event-stream":
        raise address.error("did not answer with a stream of events: it must support streaming.")
    raise address.error("compressed its answer although asked not to.")


def connection_error(address: Address, error: Exception) -> UpstreamError:
    """What a failure of the connection means."""
    if isinstance(error, httpx.ConnectTimeout):
        return address.error("did not take the connection in time: is it running?")
    if isinstance(error, httpx.ConnectError):
        return address.error("cannot be reached: is it running, and is its URL right?")
    return address.error("closed the connection before it answered: see its log.")


def _retry_after_seconds(value: str) -> float | None:
    """Seconds of a Retry-After header, which may also be a date; None where it is neither."""
    value = value.strip()
    if value.isascii() and value.isdecimal():
        return float(value[:9])
    try:
        return max(email.utils.parsedate_to_datetime(value).timestamp() - time.time(), 0.0)
    except (ValueError, OverflowError):
        return None


async def events(address: Address, response: httpx.Response, bytes_max: int) -> AsyncGenerator[str]:
    """The data of each event, until the upstream ends the stream. Raises UpstreamError."""
    lines = _Lines(address)
    total = 0
    data: list[str] = []
    try:
        async for block in response.aiter_raw():
            total += len(block)
            if total > bytes_max:
                raise address.error("sent far more than was asked for.")
            for line in lines.push(block):
                if (value := _field(address, line)) is not None:
                    data.append(value)
                elif not line and data:
                    yield "\n".join(data)
                    data.clear()
    except httpx.HTTPError:
        raise address.error("broke off in the middle of an answer: see its log.") from None
    if data:
        yield "\n".join(data)


def _field(address: Address, line: str) -> str | None:
    """The value of a ``data`` line; None for every other line. Raises UpstreamError."""
    name, _, value = line.partition(":")
    value = value.removeprefix(" ")
    # llama.cpp has sent errors in a field of their own, others name the event so.
    if name == "error" or (name == "event" and value == "error"):
        raise address.error("reported an error in the middle of an answer: see its log.")
    return value if name == "data" else None


class _Lines:
    """Cuts blocks of bytes into lines of text; both ends of CR LF may come in different blocks."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._open = bytearray()
        self._skips_newline = False

    def push(self, block: bytes) -> Iterator[str]:
        """The lines that ended in this block. Raises UpstreamError."""
        if self._skips_newline and block:
            block = block.removeprefix(b"\n")
            self._skips_newline = False
        # A CR inside JSON text is escaped, so splitlines cuts at line ends only.
        for part in block.splitlines(keepends=True):
            line = part.rstrip(b"\r\n")
            self._open += line
            if len(self._open) > LINE_BYTES_MAX:
                raise self._address.error("sent a line that does not end.")
            if len(line) < len(part):
                yield self._text()
        self._skips_newline = block.endswith(b"\r")

    def _text(self) -> str:
        try:
            return self._open.decode("utf-8")
        except UnicodeDecodeError:
            raise self._address.error("sent text that is no UTF-8.") from None
        finally:
            self._open.clear()
