"""The ASGI application: endpoints, errors as bodies, and the gate around them."""

from __future__ import annotations

import os

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp

from bioql_lsp import __version__
from bioql_lsp.worker import legacy, openai, routes
from bioql_lsp.worker.answer import AnswerService
from bioql_lsp.worker.connection import error_body
from bioql_lsp.worker.errors import ServiceError
from bioql_lsp.worker.gate import Activity, Gate, Visitors


def create_app(service: AnswerService, visitors: Visitors, activity: Activity) -> ASGIApp:
    """The application for one service."""
    app = FastAPI(title="BioQL worker", version=__version__, redoc_url=None)
    app.state.service = service
    app.include_router(routes.router)
    app.include_router(legacy.router)
    app.include_router(openai.router)
    app.add_api_route("/healthz", _healthz, methods=["GET"])
    app.add_api_route("/readyz", _readyz, methods=["GET"])
    app.add_exception_handler(ServiceError, _service_error)
    app.add_exception_handler(HTTPException, _http_error)
    return Gate(app, visitors, activity)


async def _healthz() -> Response:
    """The process lives."""
    return JSONResponse({"status": "ok", "version": __version__, "pid": os.getpid()})


async def _readyz(request: Request) -> Response:
    """The model is loaded, or how far it is."""
    state = routes.service_of(request).scheduler.load_state
    if state.status == "ready":
        return JSONResponse({"status": "ready"})
    body = {"status": state.status, "progress": state.progress, "message": state.message}
    return JSONResponse(body, 503, {"Retry-After": "1"})


async def _service_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ServiceError)
    body = error_body(error, request.state.request_id).model_dump()
    return JSONResponse(body, error.status, error.headers)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "refused")
    message = f"{request.method} is not served at this path: see /docs for the endpoints"
    refusal = ServiceError(error.status_code, code, message, error.headers)
    return await _service_error(request, refusal)
