"""The outermost layer: who may speak to us, a request id, a log line, and no exception beyond."""

from __future__ import annotations

import asyncio
import hmac
import http
import logging
import re
import time
import uuid
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bioql_lsp.wire import is_request_id
from bioql_lsp.worker.connection import CLIENT_LEFT_STATUS, ClientLeftError, error_body
from bioql_lsp.worker.errors import ServiceError, internal, unavailable
from bioql_lsp.worker.logs import REQUEST_ID
from bioql_lsp.worker.metrics import Metrics

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked again and again by machines: no sign that somebody needs the worker."""
OTHER = "other"
"""In place of a path or a method that is not ours: a client may write a key there."""
METHODS = frozenset(http.HTTPMethod)

_LOG = logging.getLogger("bioql.worker")


@dataclass(frozen=True, slots=True)
class Visitors:
    """Whose requests are heard.

    ``hosts`` are the names that ``Host`` may carry (None: any). On a Unix socket a name without a
    dot is good too: clients make one up, and no web page can reach the socket. Where a
    ``metrics_token`` is set, the metrics are told to those who send it; where none is, to this
    machine alone.
    """

    hosts: frozenset[str] | None
    is_unix: bool = False
    is_browser_refused: bool = True
    metrics_token: str | None = field(default=None, repr=False)

    def check(self, headers: Headers) -> None:
        """Raises ServiceError (403) for a foreign Host, or any Origin where pages are refused."""
        if self.hosts is not None:
            name = re.sub(r":\d+$", "", headers.get("host", "")).lower()
            is_made_up = self.is_unix and re.fullmatch(r"[\w-]+", name) is not None
            if name not in self.hosts and not is_made_up:
                raise ServiceError(403, "foreign_host", "this worker serves its own machine only")
        if self.is_browser_refused and "origin" in headers:
            raise ServiceError(403, "origin_refused", "this worker does not serve web pages")

    def check_scraper(self, token: str | None) -> None:
        """Raises ServiceError (401) for somebody who may not read the metrics.

        Where somebody connects from says nothing: behind a proxy everybody is this machine.
        """
        if self.metrics_token is None and self.hosts is not None:
            return
        expected = self.metrics_token or ""
        if not expected or not hmac.compare_digest((token or "").encode(), expected.encode()):
            raise ServiceError(
                401,
                "unauthorized",
                "the metrics need the token of the worker's --metrics-token-file",
                {"WWW-Authenticate": "Bearer"},
            )


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

    def __init__(
        self, app: ASGIApp, visitors: Visitors, activity: Activity, metrics: Metrics
    ) -> None:
        self._app = app
        self._visitors = visitors
        self._activity = activity
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            raise RuntimeError(f"{scope['type']} is not served here")
        method = scope["method"]
        if method == "HEAD":  # the same answer; the connection leaves out its body
            scope = {**scope, "method": "GET"}
        visit = _Visit(method, scope, send)
        REQUEST_ID.set(visit.request_id)
        is_probe = scope["path"] in PROBES
        if not is_probe:
            self._activity.begin()
        try:
            await self._pass(visit, scope, receive)
        finally:
            if not is_probe:
                self._activity.end()
            self._note(visit, is_logged=not is_probe or visit.is_refused)

    async def _pass(self, visit: _Visit, scope: Scope, receive: Receive) -> None:
        try:
            self._visitors.check(Headers(scope=scope))
            await self._app(scope, receive, visit.send)
        except ClientLeftError:
            visit.status = CLIENT_LEFT_STATUS
        except ServiceError as error:
            await visit.refuse(error, scope, receive)
        except asyncio.CancelledError:
            if visit.status is None:
                await visit.refuse(unavailable("stopping", "the worker ends"), scope, receive)
            raise
        except Exception as error:
            if visit.code == "internal":
                return  # the application answered and logged it
            refusal = internal(error)
            if visit.status is None:
                await visit.refuse(refusal, scope, receive)

    def _note(self, visit: _Visit, *, is_logged: bool) -> None:
        if visit.status is not None:
            self._metrics.count_response(visit.path, visit.status)
        if visit.code is not None:
            self._metrics.count_refusal(visit.code)
        if is_logged:
            _LOG.info("request", extra=visit.line())

    def note_no_request(self, request_id: str, status: int, code: str) -> None:
        """Something came that is no request, and was refused before it could get here."""
        self._metrics.count_response(OTHER, status)
        self._metrics.count_refusal(code)
        extra = {"request_id": request_id, "path": OTHER, "status": status, "code": code}
        _LOG.info("request", extra=extra)


class _Visit:
    """One request as the log sees it."""

    def __init__(self, method: str, scope: Scope, send: Send) -> None:
        given = Headers(scope=scope).get("idempotency-key", "")
        self.request_id = given if is_request_id(given) else uuid.uuid4().hex
        self.method = method if method in METHODS else OTHER
        self.status: int | None = None
        self._started_seconds = time.monotonic()
        self._scope = scope
        self._send = send
        scope.setdefault("state", {})["request_id"] = self.request_id

    @property
    def path(self) -> str:
        """The pattern of the route: what was asked for may hold a key."""
        return getattr(self._scope.get("route"), "path", OTHER)

    @property
    def code(self) -> str | None:
        """The code of the error that was answered, in a stream too."""
        code: str | None = self._scope["state"].get("refusal")
        return code

    @property
    def is_refused(self) -> bool:
        """Whether it was the client's fault."""
        return self.status is not None and 400 <= self.status < 500

    def line(self) -> dict[str, object]:
        """What is logged: no query, header or body, for any of them may hold a key."""
        line: dict[str, object] = {
            "request_id": self.request_id,
            "method": self.method,
            "path": self.path,
            "status": self.status,
            "duration_ms": round((time.monotonic() - self._started_seconds) * 1000),
        }
        if self.code is not None:
            line["code"] = self.code
        return line

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            MutableHeaders(scope=message)["X-Request-Id"] = self.request_id
        await self._send(message)

    async def refuse(self, error: ServiceError, scope: Scope, receive: Receive) -> None:
        scope["state"]["refusal"] = error.code
        body = error_body(error, self.request_id).model_dump()
        response = JSONResponse(body, error.status, error.headers)
        await response(scope, receive, self.send)
