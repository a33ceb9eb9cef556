"""The ASGI application: endpoints, errors as bodies, and the gate around them."""

from __future__ import annotations

import os
import time
from typing import Any, Literal

from fastapi import FastAPI, Request
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp

from bioql_lsp import __version__
from bioql_lsp.worker import contract, legacy, openai, routes
from bioql_lsp.worker.answer import AnswerService
from bioql_lsp.worker.connection import ClientLeftError, error_body
from bioql_lsp.worker.errors import ServiceError, internal
from bioql_lsp.worker.gate import Activity, Gate, Visitors
from bioql_lsp.worker.metrics import Metrics


class Health(BaseModel):
    """``GET /healthz``."""

    status: Literal["ok"] = "ok"
    version: str
    pid: int


class Ready(BaseModel):
    """``GET /readyz`` when the model is loaded."""

    status: Literal["ready"] = "ready"


class NotReady(BaseModel):
    """``GET /readyz`` before; ``progress`` of loading is 0 to 1."""

    status: Literal["loading", "ready", "failed"]
    progress: float
    message: str


class _Application(FastAPI):
    def openapi(self) -> dict[str, Any]:
        """The contract, made once."""
        if self.openapi_schema is None:
            bodies = (*routes.BODIES, *openai.BODIES, *legacy.BODIES)
            parts = (*routes.PARTS, *openai.PARTS)
            self.openapi_schema = contract.document(self, bodies, parts)
        return self.openapi_schema


def create_app(service: AnswerService, visitors: Visitors, activity: Activity) -> ASGIApp:
    """The application for one service."""
    app = _Application(
        title="BioQL worker",
        version=__version__,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.service = service
    app.state.visitors = visitors
    app.state.metrics = metrics = service.metrics
    app.state.started_seconds = int(time.time())
    for router in (routes.router, legacy.router, openai.router):
        app.include_router(router)
    _add_probes(app)
    app.add_exception_handler(ServiceError, _service_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _internal_error)
    return Gate(app, visitors, activity, metrics)


def _add_probes(app: FastAPI) -> None:
    app.add_api_route(
        "/healthz",
        _healthz,
        name="healthz",
        response_model=Health,
        responses=contract.success("It lives") | contract.errors(*contract.EVERYWHERE),
    )
    not_ready = contract.errors(503, model=NotReady)
    app.add_api_route(
        "/readyz",
        _readyz,
        name="readyz",
        response_model=Ready,
        responses=contract.success("The model is loaded")
        | contract.errors(*contract.EVERYWHERE)
        | not_ready,
    )
    formats = {name: {"schema": {"type": "string"}} for name in _METRIC_FORMATS}
    app.add_api_route(
        "/metrics",
        _metrics,
        name="metrics",
        response_class=Response,
        responses=contract.success("Prometheus' text format", formats)
        | contract.errors(*contract.EVERYWHERE, 401),
    )


_METRIC_FORMATS = ("text/plain", "application/openmetrics-text")


async def _healthz() -> Response:
    """The process lives."""
    return JSONResponse(Health(version=__version__, pid=os.getpid()).model_dump())


async def _readyz(request: Request) -> Response:
    """The model is loaded, or how far it is."""
    state = routes.service_of(request).dispatcher.load_state
    if state.status == "ready":
        return JSONResponse(Ready().model_dump())
    body = NotReady(status=state.status, progress=state.progress, message=state.message)
    return JSONResponse(body.model_dump(), 503, {"Retry-After": "1"})


async def _metrics(request: Request) -> Response:
    """Figures for Prometheus: to this machine, elsewhere to whoever has the token for them."""
    visitors: Visitors = request.app.state.visitors
    visitors.check_scraper(routes.bearer_key(request))
    metrics: Metrics = request.app.state.metrics
    text, media_type = metrics.exposition(request.headers.get("accept", ""))
    return Response(text, headers={"Content-Type": media_type})


async def _service_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ServiceError)
    request.state.refusal = error.code
    body = error_body(error, request.state.request_id).model_dump()
    return JSONResponse(body, error.status, error.headers)


async def _internal_error(request: Request, error: Exception) -> Response:
    if isinstance(error, ClientLeftError):
        raise error  # there is nobody to answer: the gate makes a note of it
    return await _service_error(request, internal(error))


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "refused")
    message = f"{request.method} is not served at this path: see /docs for the endpoints"
    refusal = ServiceError(error.status_code, code, message, error.headers)
    return await _service_error(request, refusal)
