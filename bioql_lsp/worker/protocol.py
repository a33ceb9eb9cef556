"""HTTP/1.1 as uvicorn speaks it, within limits; what is refused here is answered in our shape.

A client has so long for a request's head, for all of the request, and for taking what is sent to
it. Beyond the limits: 408 (too slow), 414 (first line), 431 (headers), 503 (connections), and 400,
501 or 505 for what is not the HTTP that is spoken here.
"""

from __future__ import annotations

import asyncio
import http
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from bioql_lsp.worker.connection import error_body
from bioql_lsp.worker.gate import PROBES, Gate
from bioql_lsp.worker.heads import HEAD_BYTES_MAX, checked, refusal
from bioql_lsp.worker.place import CONNECTIONS_MAX

if TYPE_CHECKING:
    from uvicorn import Config
    from uvicorn.server import ServerState

CONNECTIONS_SPARE = 100
"""So many more are let in to be told that there are too many; the next are hung up on."""


class WorkerProtocol(H11Protocol):
    """A connection. uvicorn's ``limit_concurrency`` says how many there may be."""

    head_seconds_max = 10.0
    request_seconds_max = 60.0
    write_seconds_max = 60.0
    linger_seconds_max = 2.0

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.connections_max = config.limit_concurrency or CONNECTIONS_MAX
        self.limit_concurrency = None  # uvicorn's own refusal is not in our shape
        self.conn: _Connection = _Connection(self._is_crowded)
        self._is_refused = False
        self._watched: object | None = None
        self._receiving: asyncio.TimerHandle | None = None
        self._sending: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client connected."""
        super().connection_made(transport)
        if self._is_crowded():
            self._make_room()
        if len(self.connections) > self.connections_max + CONNECTIONS_SPARE:
            transport.abort()
        else:
            self._watch(h11.IDLE, self.head_seconds_max)

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self._watch(None)
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes came; after a refusal they are dropped, so that the client comes to read it."""
        if not self._is_refused:
            super().data_received(data)
            self._watch_request()

    def on_response_complete(self) -> None:
        """A request was answered; another one may have come behind it already."""
        super().on_response_complete()
        if self.transport.is_closing():
            self._watch_sending()
        else:
            self._watch_request()

    def pause_writing(self) -> None:
        """The client does not take what is sent."""
        super().pause_writing()
        self._watch_sending()

    def resume_writing(self) -> None:
        """The client reads again."""
        super().resume_writing()
        if self._sending is not None:
            self._sending.cancel()
            self._sending = None

    def send_400_response(self, msg: str) -> None:
        """Answer what is no request, or none that can be served, and hang up."""
        self._refuse(self.conn.refused_status)

    def _should_upgrade(self) -> bool:
        """No other protocol is spoken here; HTTP goes on, as the client must expect."""
        return False

    def _is_crowded(self) -> bool:
        return len(self.connections) > self.connections_max

    def _make_room(self) -> None:
        """A client that has been answered and says nothing must give way."""
        for other in self.connections:
            if isinstance(other, WorkerProtocol) and other.timeout_keep_alive_task is not None:
                other._unset_keepalive_if_required()  # it is on its way out already
                other.timeout_keep_alive_handler()
                return

    def _watch_request(self) -> None:
        """Give the part of a request that is on its way its time.

        An idle connection is uvicorn's to end, but it forgets one whose answer was complete before
        its request.
        """
        state = self.conn.their_state
        if self._is_refused or state is self._watched:
            return
        is_idle = self.timeout_keep_alive_task is not None
        if state is h11.IDLE and (not is_idle or self.conn.trailing_data[0]):
            self._watch(state, self.head_seconds_max)
        elif state is h11.SEND_BODY:
            self._watch(state, self.request_seconds_max)
        else:
            self._watch(None)

    def _watch_sending(self) -> None:
        """What is not taken in time is dropped, and the connection with it."""
        if self._sending is None:
            self._sending = self.loop.call_later(self.write_seconds_max, self.transport.abort)

    def _watch(self, state: object | None, seconds: float = 0.0) -> None:
        if self._receiving is not None:
            self._receiving.cancel()
            self._receiving = None
        self._watched = state
        if state is not None:
            self._receiving = self.loop.call_later(seconds, self._give_up)

    def _give_up(self) -> None:
        """A client that began to speak is told why it is not listened to any more."""
        if self._watched is h11.IDLE and self.conn.trailing_data[0]:
            self._refuse(408)
        else:
            self.transport.close()

    def _refuse(self, status: int) -> None:
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()  # an answer is on its way: there is no place for another
            return
        error, request_id = refusal(status), uuid.uuid4().hex
        body = error_body(error, request_id).model_dump_json().encode()
        headers = {
            **error.headers,
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "X-Request-Id": request_id,
            "Connection": "close",
        }
        phrase = http.HTTPStatus(error.status).phrase
        head = h11.Response(status_code=error.status, headers=list(headers.items()), reason=phrase)
        data = h11.Data(data=b"" if self.conn.method == b"HEAD" else body)
        for event in (head, data, h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        if isinstance(self.app, Gate):
            self.app.note_no_request(request_id, error.status, error.code)
        self._hang_up()

    def _hang_up(self) -> None:
        """Close so that a client that still sends finds its answer, and not a reset connection."""
        self._is_refused = True
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self._unset_keepalive_if_required()
        self._watch(None)
        self.flow.resume_reading()
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._receiving = self.loop.call_later(self.linger_seconds_max, self.transport.abort)


class _Connection(h11.Connection):
    """h11's connection, held to our limits; it remembers the status of what it refused."""

    def __init__(self, is_crowded: Callable[[], bool]) -> None:
        super().__init__(h11.SERVER, HEAD_BYTES_MAX)
        self.refused_status = 400
        self.method = b""
        self._is_crowded = is_crowded

    def next_event(self) -> Any:
        """The next event. Raises RemoteProtocolError."""
        is_head = self.their_state is h11.IDLE
        if is_head:
            self.method = b""
        try:
            event = super().next_event()
        except h11.RemoteProtocolError as error:
            self.refused_status = error.error_status_hint
            if error.error_status_hint == 431:  # h11's word for anything that has no end
                self.refused_status = self._endless_status(is_head=is_head)
            raise
        return self._served(event) if isinstance(event, h11.Request) else event

    def _endless_status(self, *, is_head: bool) -> int:
        if not is_head:
            return 400
        return 431 if b"\n" in self.trailing_data[0] else 414

    def _served(self, request: h11.Request) -> h11.Request:
        self.method = request.method
        try:
            request = checked(request)
            path = request.target.partition(b"?")[0].decode("ascii")
            if path not in PROBES and self._is_crowded():
                raise h11.RemoteProtocolError("too many connections", 503)
        except h11.RemoteProtocolError as error:
            self.refused_status = error.error_status_hint
            raise
        return request
