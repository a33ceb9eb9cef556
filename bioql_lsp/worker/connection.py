"""What a handler does while the engine works: wait, stream, and notice that the client left."""

from __future__ import annotations

import asyncio
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bioql_lsp.wire import ErrorBody, ErrorEnvelope, StreamDelta
from bioql_lsp.worker.errors import ServiceError
from bioql_lsp.worker.results import Result
from bioql_lsp.worker.running import Running

PULSE_SECONDS = 15.0
CLIENT_LEFT_STATUS = 499
"""Never seen by a client; it marks the log line of a request whose client went away."""


class ClientLeftError(Exception):
    """The connection is gone; there is nobody to answer."""


async def _until_client_left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def result_while_connected(request: Request, running: Running) -> Result:
    """The result, as long as somebody waits for it; leaves ``running`` at the end.

    Raises ServiceError and ClientLeftError.
    """
    left = asyncio.create_task(_until_client_left(request.receive))
    result = asyncio.create_task(running.result())
    try:
        await asyncio.wait({left, result}, return_when=asyncio.FIRST_COMPLETED)
        if not result.done():
            raise ClientLeftError
        return result.result()
    finally:
        left.cancel()
        result.cancel()
        running.leave()


def error_body(error: ServiceError, request_id: str) -> ErrorEnvelope:
    """An error as a body."""
    return ErrorEnvelope(
        error=ErrorBody(
            code=error.code, message=error.message, request_id=request_id, source=error.source
        )
    )


class Wording(Protocol):
    """How the events of one endpoint read."""

    def delta(self, delta: StreamDelta) -> str:
        """A provisional piece of text."""
        ...

    def result(self, result: Result) -> str:
        """The end."""
        ...

    def error(self, error: ServiceError) -> str:
        """The end of a request that failed."""
        ...


class EventStream(Response):
    """Server-sent events: pieces of text, then one result or one error."""

    media_type = "text/event-stream"

    def __init__(self, running: Running, wording: Wording) -> None:
        super().__init__(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._running = running
        self._wording = wording

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events. Raises ClientLeftError."""
        left = asyncio.create_task(_until_client_left(receive))
        feed = asyncio.create_task(self._feed(scope, send))
        pulse = asyncio.create_task(self._pulse(send))
        try:
            await asyncio.wait({left, feed}, return_when=asyncio.FIRST_COMPLETED)
            if not feed.done():
                raise ClientLeftError
            feed.result()
        finally:
            left.cancel()
            feed.cancel()
            pulse.cancel()
            self._running.leave()

    async def _pulse(self, send: Send) -> None:
        """Comments that keep proxies and clients from giving up while nothing else is sent."""
        while True:
            await asyncio.sleep(PULSE_SECONDS)
            await send(_chunk(": waiting\n\n"))

    async def _feed(self, scope: Scope, send: Send) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(start)
        async for delta in self._running.deltas():
            await send(_chunk(self._wording.delta(delta)))
        try:
            last = self._wording.result(await self._running.result())
        except ServiceError as error:
            scope["state"]["refusal"] = error.code
            last = self._wording.error(error)
        await send(_chunk(last, more_body=False))


def _chunk(text: str, *, more_body: bool = True) -> dict[str, object]:
    return {"type": "http.response.body", "body": text.encode(), "more_body": more_body}
