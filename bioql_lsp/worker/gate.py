"""The outermost layer: who may speak to us, a request id, a log line, and no exception beyond."""

from __future__ import annotations

import logging
import re
import time
import uuid
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bioql_lsp.wire import is_request_id
from bioql_lsp.worker.connection import CLIENT_LEFT_STATUS, ClientLeftError, error_body
from bioql_lsp.worker.errors import ServiceError, internal

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
PROBES = frozenset({"/healthz", "/readyz"})

_LOG = logging.getLogger("bioql.worker")


@dataclass(frozen=True, slots=True)
class Visitors:
    """Whose requests are heard.

    ``hosts`` are the names that ``Host`` may carry (None: any). On a Unix socket a name without a
    dot is good too: clients make one up, and no web page can reach the socket.
    """

    hosts: frozenset[str] | None
    is_unix: bool = False
    is_browser_refused: bool = True

    def check(self, headers: Headers) -> None:
        """Raises ServiceError (403) for a foreign Host, or any Origin where pages are refused."""
        if self.hosts is not None:
            name = re.sub(r":\d+$", "", headers.get("host", "")).lower()
            is_made_up = self.is_unix and re.fullmatch(r"[\w-]+", name) is not None
            if name not in self.hosts and not is_made_up:
                raise ServiceError(403, "foreign_host", "this worker serves its own machine only")
        if self.is_browser_refused and "origin" in headers:
            raise ServiceError(403, "origin_refused", "this worker does not serve web pages")


class Activity:
    """When the last request came, for a worker that goes away when nobody needs it."""

    def __init__(self) -> None:
        self._running = 0
        self._last_seconds = time.monotonic()

    def begin(self) -> None:
        """A request came."""
        self._running += 1

    def end(self) -> None:
        """A request is answered."""
        self._running -= 1
        self._last_seconds = time.monotonic()

    @property
    def idle_seconds(self) -> float:
        """Time without a request."""
        return 0.0 if self._running else time.monotonic() - self._last_seconds


class Gate:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, visitors: Visitors, activity: Activity) -> None:
        self._app = app
        self._visitors = visitors
        self._activity = activity

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            raise RuntimeError(f"{scope['type']} is not served here")
        visit = _Visit(scope, send)
        is_probe = scope["path"] in PROBES
        if not is_probe:
            self._activity.begin()
        try:
            await self._pass(visit, scope, receive)
        finally:
            if not is_probe:
                self._activity.end()
                visit.log()

    async def _pass(self, visit: _Visit, scope: Scope, receive: Receive) -> None:
        try:
            self._visitors.check(Headers(scope=scope))
            await self._app(scope, receive, visit.send)
        except ClientLeftError:
            visit.status = CLIENT_LEFT_STATUS
        except ServiceError as error:
            await visit.refuse(error, scope, receive)
        except Exception as error:
            refusal = internal(error)
            if visit.status is None:
                await visit.refuse(refusal, scope, receive)


class _Visit:
    """One request as the log sees it."""

    def __init__(self, scope: Scope, send: Send) -> None:
        given = Headers(scope=scope).get("idempotency-key", "")
        self.request_id = given if is_request_id(given) else uuid.uuid4().hex
        self.status: int | None = None
        self._scope = scope
        self._send = send
        self._started_seconds = time.monotonic()
        scope.setdefault("state", {})["request_id"] = self.request_id

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            MutableHeaders(scope=message)["X-Request-Id"] = self.request_id
        await self._send(message)

    async def refuse(self, error: ServiceError, scope: Scope, receive: Receive) -> None:
        body = error_body(error, self.request_id).model_dump()
        response = JSONResponse(body, error.status, error.headers)
        await response(scope, receive, self.send)

    def log(self) -> None:
        """A line without query, headers or body: any of them may hold a key."""
        route = self._scope.get("route")
        _LOG.info(
            "request",
            extra={
                "request_id": self.request_id,
                "method": self._scope["method"],
                "path": getattr(route, "path", "other"),
                "status": self.status,
                "duration_ms": round((time.monotonic() - self._started_seconds) * 1000),
            },
        )
