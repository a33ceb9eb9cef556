"""What ``/openapi.json`` says beyond what FastAPI sees: bodies, keys, errors and their headers.

Bodies are read by hand, to be checked in the order that the contract says, so FastAPI cannot know
of them.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from bioql_lsp.wire import IDEMPOTENCY_KEY_PATTERN, ErrorEnvelope
from bioql_lsp.worker.work import KNOWN_VERSIONS

Responses: TypeAlias = dict[int | str, dict[str, Any]]

EVERYWHERE = (400, 403, 500)
READING = (*EVERYWHERE, 401, 503)
BOOKING = (*READING, 408, 409, 413, 422, 429)
ANSWERING = (*BOOKING, 402, 502)
_VALIDATION: JsonSchemaMode = "validation"
_SERIALIZATION: JsonSchemaMode = "serialization"
_SCHEMAS = "#/components/schemas/{model}"
_MEANINGS = {
    400: "No HTTP, or no strict JSON",
    401: "No good key",
    402: "No money left",
    403: "Another machine's name, or a web page",
    404: "There is no such thing",
    408: "The request did not arrive in time",
    409: "The id is taken",
    413: "Too much text",
    422: "A field is wrong; the message says which",
    429: "A limit is reached; `source` says which",
    500: "A failure of ours: free",
    502: "The model's server failed: free",
    503: "Not now: retry",
}
_REQUEST_ID: dict[str, Any] = {
    "X-Request-Id": {
        "description": "Stands in the worker's log, too",
        "required": True,
        "schema": {"type": "string"},
    }
}
_RETRY_AFTER: dict[str, Any] = {
    "Retry-After": {"description": "Seconds", "schema": {"type": "integer"}}
}
_WWW_AUTHENTICATE: dict[str, Any] = {"WWW-Authenticate": {"schema": {"type": "string"}}}
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "The request's id: repeating it never costs twice",
    "schema": {"type": "string", "pattern": IDEMPOTENCY_KEY_PATTERN},
}
_HEADERS = {401: _WWW_AUTHENTICATE, 429: _RETRY_AFTER, 503: _RETRY_AFTER}


def errors(*statuses: int, model: Any = ErrorEnvelope) -> Responses:
    """The answers that are not 2xx."""
    return {
        status: {
            "model": model,
            "description": _MEANINGS[status],
            "headers": _REQUEST_ID | _HEADERS.get(status, {}),
        }
        for status in statuses
    }


def success(description: str, content: dict[str, Any] | None = None) -> Responses:
    """The answer that is; ``content`` by media type, beside that of the response model."""
    said = {"description": description, "headers": _REQUEST_ID}
    return {200: said if content is None else {**said, "content": content}}


def keyed() -> dict[str, Any]:
    """An operation that needs a key."""
    return {"security": [{"bearer": []}]}


def idempotent() -> dict[str, Any]:
    """An operation whose request may be given an id."""
    return {"parameters": [_IDEMPOTENCY_KEY]}


def body(model: type[BaseModel]) -> dict[str, Any]:
    """An operation's body; ``document`` adds its schema."""
    content = {"application/json": {"schema": _reference(model)}}
    return {"requestBody": {"required": True, "content": content}}


def events(**models: type[BaseModel]) -> dict[str, Any]:
    """A stream of named events, each with a model as JSON in its data."""
    return _stream([_event(_reference(model), name) for name, model in models.items()])


def chunks(model: type[BaseModel], end: str) -> dict[str, Any]:
    """A stream of events without names: models or an error, and a word at the end."""
    either = {"anyOf": [_reference(model), _reference(ErrorEnvelope)]}
    last = {"type": "object", "properties": {"data": {"const": end}}, "required": ["data"]}
    return _stream([_event(either), last])


def _stream(items: list[dict[str, Any]]) -> dict[str, Any]:
    return {"text/event-stream": {"itemSchema": {"anyOf": items}}}


def _event(content: dict[str, Any], name: str | None = None) -> dict[str, Any]:
    data = {"type": "string", "contentMediaType": "application/json", "contentSchema": content}
    if name is None:
        return {"type": "object", "properties": {"data": data}, "required": ["data"]}
    properties = {"event": {"const": name}, "data": data}
    return {"type": "object", "properties": properties, "required": ["event", "data"]}


def _reference(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _SCHEMAS.format(model=model.__name__)}


def path_parameter(name: str) -> dict[str, Any]:
    """An operation's parameter in the path; it may hold slashes."""
    schema = {"type": "string", "minLength": 1}
    return {"parameters": [{"name": name, "in": "path", "required": True, "schema": schema}]}


def document(
    app: FastAPI, bodies: tuple[type[BaseModel], ...], parts: tuple[type[BaseModel], ...]
) -> dict[str, Any]:
    """The whole contract; ``parts`` are the models of events that no response is made of."""
    whole = get_openapi(
        title=app.title, version=app.version, routes=app.routes, description=app.description
    )
    asked = [(model, _VALIDATION) for model in bodies]
    told = [(model, _SERIALIZATION) for model in parts]
    _, made = models_json_schema(asked + told, ref_template=_SCHEMAS)
    components = whole.setdefault("components", {})
    schemas = components["schemas"] = made["$defs"] | components.get("schemas", {})
    for schema in schemas.values():
        if "bioql_version" in schema.get("properties", {}):
            schema["properties"]["bioql_version"]["enum"] = list(KNOWN_VERSIONS)
    components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
    return whole
