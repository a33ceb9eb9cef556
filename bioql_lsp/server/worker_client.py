"""Speaks the worker's HTTP API (``wire.py``): one call is one request under an id made here.

A cancelled call closes its connection, which stops the engine. Redirects are not followed: a key
goes to the origin that it was set for and nowhere else.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from decimal import Decimal, InvalidOperation
from types import TracebackType
from typing import Self, TypeAlias, TypeVar

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from bioql_lsp import wire
from bioql_lsp.server import problems
from bioql_lsp.server.endpoint import UNIX_SCHEME, Endpoint
from bioql_lsp.server.problems import WorkerError

ANSWER_BYTES_MAX = 2 * 1024 * 1024
ERROR_BYTES_MAX = 64 * 1024
CONNECT_SECONDS = 5.0
SILENCE_SECONDS = 60.0
TOTAL_SECONDS = 600.0

_KEY = re.compile(r"[\x21-\x7e]{1,512}\Z")
_DISCONNECTED = ("disconnected", "peer closed", "incomplete", "closed")

Request: TypeAlias = wire.CompleteRequest | wire.GenerateRequest | wire.FixRequest
_PATHS: dict[type[wire.RequestBase], str] = {
    wire.CompleteRequest: "/v1/complete",
    wire.GenerateRequest: "/v1/generate",
    wire.FixRequest: "/v1/fix",
}
_EVENT: TypeAdapter[wire.Answer | wire.ErrorEnvelope | wire.StreamDelta] = TypeAdapter(
    wire.Answer | wire.ErrorEnvelope | wire.StreamDelta
)
ParsedT = TypeVar("ParsedT")

logging.getLogger("httpx").setLevel(logging.WARNING)
logging.getLogger("httpcore").setLevel(logging.WARNING)


class WorkerClient:
    """A connection pool to one worker."""

    def __init__(self, endpoint: Endpoint) -> None:
        """Raises WorkerError for a URL or key that cannot be used."""
        origin = endpoint.origin
        if not endpoint.api_key:
            raise problems.no_key(origin)
        if not _KEY.match(endpoint.api_key):
            raise problems.wrong_key(origin)
        self.endpoint = endpoint
        is_unix = endpoint.url.startswith(UNIX_SCHEME)
        is_plain = is_unix or origin.startswith("http:")
        self._http = httpx.AsyncClient(
            base_url="http://localhost" if is_unix else endpoint.url.rstrip("/"),
            transport=_unix_transport(endpoint.url) if is_unix else None,
            verify=not is_plain,
            trust_env=not is_plain,
            follow_redirects=False,
            timeout=httpx.Timeout(SILENCE_SECONDS, connect=CONNECT_SECONDS),
            headers={"Accept-Encoding": "identity", "Authorization": f"Bearer {endpoint.api_key}"},
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        await self._http.aclose()

    async def ask(
        self,
        request_id: str,
        request: Request,
        on_delta: Callable[[str], None] | None = None,
    ) -> wire.Answer:
        """The verified answer to a request. Deltas are progress, never an answer.

        The first delta is empty: the request was admitted. Raises WorkerError.
        """
        body = request.model_copy(update={"stream": True})
        headers = {"Idempotency-Key": request_id, "Accept": "text/event-stream, application/json"}
        async with self._sent("POST", _PATHS[type(request)], body, headers) as response:
            media = _media_type(response)
            if media == "text/event-stream":
                on_delta = on_delta or (lambda _: None)
                on_delta("")
                answer = await self._last_event(response, on_delta)
            else:
                answer = self._parsed(wire.Answer, await self._body(response, ANSWER_BYTES_MAX))
        return self._checked(answer, request_id)

    async def void(self, request_id: str) -> None:
        """Give back the charge of an answer that was not used. Raises WorkerError."""
        body = wire.VoidRequest(id=request_id)
        async with self._sent("POST", "/v1/void", body, {}) as response:
            await self._body(response, ERROR_BYTES_MAX)

    async def account(self) -> wire.AccountStatus:
        """Balance, limits and the month's usage. Raises WorkerError."""
        async with self._sent("GET", "/v1/account", None, {}) as response:
            status = self._parsed(wire.AccountStatus, await self._body(response, ERROR_BYTES_MAX))
        self._amounts(status.balance_usd, status.available_usd, status.month_cost_usd)
        return status

    @asynccontextmanager
    async def _sent(
        self, method: str, path: str, body: BaseModel | None, headers: dict[str, str]
    ) -> AsyncIterator[httpx.Response]:
        name = self.endpoint.name
        content = None if body is None else body.model_dump_json(exclude_none=True).encode()
        if content is not None and len(content) > wire.BODY_BYTES_MAX:
            raise problems.refused(name, 413, "the document is too long for one request")
        if content is not None:
            headers = {**headers, "Content-Type": "application/json"}
        if self._http.is_closed:
            raise problems.died(name)
        try:
            async with (
                asyncio.timeout(TOTAL_SECONDS),
                self._http.stream(method, path, content=content, headers=headers) as response,
            ):
                if response.status_code != 200:
                    raise await self._failure(response)
                if response.headers.get("content-encoding", "identity") != "identity":
                    raise problems.garbage(name, "compressed although not asked to")
                yield response
        except TimeoutError:
            raise problems.timed_out(name, TOTAL_SECONDS) from None
        except httpx.HTTPError as error:
            raise _transport_problem(name, error) from None
        except (httpx.InvalidURL, httpx.StreamError):
            raise problems.garbage(name, "unusable answer") from None

    async def _failure(self, response: httpx.Response) -> WorkerError:
        name = self.endpoint.name
        status = response.status_code
        if 300 <= status < 400:
            return problems.garbage(name, "it redirects elsewhere, which is not followed")
        raw = await self._body(response, ERROR_BYTES_MAX)
        try:
            error = wire.ErrorEnvelope.model_validate_json(raw).error
        except ValidationError:
            error = None
        return self._problem(status, error, _retry_after(response))

    def _problem(
        self, status: int, error: wire.ErrorBody | None, retry_after: float | None
    ) -> WorkerError:
        if error is None:
            return problems.from_status(self.endpoint.name, status, retry_after)
        detail = error.message.replace(self.endpoint.api_key, "***")
        return problems.from_status(self.endpoint.name, status, retry_after, error.code, detail)

    async def _body(self, response: httpx.Response, bytes_max: int) -> bytes:
        received = bytearray()
        async for chunk in response.aiter_raw():
            received += chunk
            if len(received) > bytes_max:
                raise problems.garbage(self.endpoint.name, "an answer without end")
        return bytes(received)

    async def _last_event(
        self, response: httpx.Response, on_delta: Callable[[str], None]
    ) -> wire.Answer:
        async for data in self._events(response):
            event = self._parsed_by(_EVENT, data)
            if isinstance(event, wire.Answer):
                return event
            if isinstance(event, wire.ErrorEnvelope):
                raise self._problem(500, event.error, None)
            on_delta(event.delta)
        raise problems.died(self.endpoint.name)

    async def _events(self, response: httpx.Response) -> AsyncIterator[bytes]:
        """The data of each server-sent event, in a stream of bounded size."""
        received_count = 0
        pending = b""
        data: list[bytes] = []
        async for chunk in response.aiter_raw():
            received_count += len(chunk)
            if received_count > ANSWER_BYTES_MAX:
                raise problems.garbage(self.endpoint.name, "a stream without end")
            *lines, pending = (pending + chunk).split(b"\n")
            for line in (line.removesuffix(b"\r") for line in lines):
                if line.startswith(b"data:"):
                    data.append(line.removeprefix(b"data:").removeprefix(b" "))
                elif not line and data:
                    yield b"\n".join(data)
                    data = []

    def _parsed(self, model: type[ParsedT], raw: bytes) -> ParsedT:
        return self._parsed_by(TypeAdapter(model), raw)

    def _parsed_by(self, adapter: TypeAdapter[ParsedT], raw: bytes) -> ParsedT:
        try:
            return adapter.validate_json(raw)
        except ValidationError:
            what = "HTML" if raw.lstrip()[:1] == b"<" else "JSON of another form or cut short"
            raise problems.garbage(self.endpoint.name, what) from None

    def _checked(self, answer: wire.Answer, request_id: str) -> wire.Answer:
        if answer.id != request_id:
            raise problems.garbage(self.endpoint.name, "the answer to another request")
        account = answer.account
        self._amounts(answer.cost.user_cost_usd, account.balance_usd, account.available_usd)
        if Decimal(answer.cost.user_cost_usd) < 0:
            raise problems.garbage(self.endpoint.name, "a negative cost")
        return answer

    def _amounts(self, *amounts_usd: str) -> None:
        for amount_usd in amounts_usd:
            try:
                is_usable = len(amount_usd) <= 40 and Decimal(amount_usd).is_finite()
            except InvalidOperation:
                is_usable = False
            if not is_usable:
                raise problems.garbage(self.endpoint.name, "an amount that is no number")


def _unix_transport(url: str) -> httpx.AsyncHTTPTransport:
    return httpx.AsyncHTTPTransport(uds=url.removeprefix(UNIX_SCHEME), verify=False)


def _media_type(response: httpx.Response) -> str:
    content_type: str = response.headers.get("content-type", "")
    return content_type.partition(";")[0].strip().lower()


def _retry_after(response: httpx.Response) -> float | None:
    value = response.headers.get("retry-after", "")
    return min(float(value), 86_400.0) if value.isdecimal() and value.isascii() else None


def _transport_problem(name: str, error: httpx.HTTPError) -> WorkerError:
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError):
        return problems.offline(name, error)
    if isinstance(error, httpx.TimeoutException):
        return problems.timed_out(name, SILENCE_SECONDS)
    if isinstance(error, httpx.NetworkError):
        return problems.died(name)
    if isinstance(error, httpx.RemoteProtocolError):
        text = str(error).lower()
        if any(mark in text for mark in _DISCONNECTED):
            return problems.died(name)
    return problems.garbage(name, "not HTTP as agreed")
