"""Reading a request's body: never more than the limit, and strictly JSON."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Never, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request

from billing.keys import masked
from bioql_lsp.wire import BODY_BYTES_MAX
from bioql_lsp.worker.errors import ServiceError, invalid

DRAIN_BYTES_MAX = 8 * 1024 * 1024
"""What is read and dropped after the limit, so that a client that still sends gets its answer."""
BODY_SECONDS_MAX = 30.0
PROBLEMS_SHOWN_MAX = 5

ModelT = TypeVar("ModelT", bound=BaseModel)


def not_json(message: str) -> ServiceError:
    """400 for a body that is not the JSON it should be."""
    return ServiceError(400, "not_json", message)


async def read_json(request: Request) -> Any:
    """The body's JSON value.

    Raises ServiceError: 413 for a body that is too long, 408 for one that does not come, 400 for
    one that is not JSON.
    """
    try:
        async with asyncio.timeout(BODY_SECONDS_MAX):
            body = await _read(request)
    except TimeoutError:
        raise ServiceError(
            408, "request_timeout", "the body did not arrive in time", {"Connection": "close"}
        ) from None
    except ClientDisconnect:
        raise ServiceError(400, "not_json", "the connection ended within the body") from None
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise not_json("send the body as 'Content-Type: application/json'")
    return parse_json(body)


async def _read(request: Request) -> bytes:
    if _is_announced_too_long(request):
        raise _too_large()
    body = bytearray()
    dropped_bytes = 0
    async for chunk in request.stream():
        if len(body) + len(chunk) > BODY_BYTES_MAX or dropped_bytes:
            dropped_bytes += len(chunk)
            if dropped_bytes > DRAIN_BYTES_MAX:
                break
        else:
            body += chunk
    if dropped_bytes:
        raise _too_large()
    return bytes(body)


def _is_announced_too_long(request: Request) -> bool:
    """Whether a client waits to be told that it may send more than it may."""
    is_waiting = request.headers.get("expect", "").lower() == "100-continue"
    return is_waiting and int(request.headers.get("content-length", 0)) > BODY_BYTES_MAX


def _too_large() -> ServiceError:
    return ServiceError(
        413,
        "too_large",
        f"the body is longer than {BODY_BYTES_MAX // 1024} KiB: send less code",
        {"Connection": "close"},
    )


def parse_json(body: bytes) -> Any:
    """Parse strictly: UTF-8, no duplicate keys, no NaN, no lone surrogates, no absurd nesting.

    Raises ServiceError (400).
    """
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_unique_keys,
            parse_constant=_refuse_constant,
            parse_float=_number,
        )
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeError:
        raise not_json("the body is not valid UTF-8 text") from None
    except RecursionError:
        raise not_json("the body is nested too deeply") from None
    except ValueError:
        raise not_json("the body is not valid JSON (duplicate keys and NaN are not)") from None
    return value


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("duplicate key")
    return value


def _number(text: str) -> int | float:
    """JSON knows no integers: ``5.0`` is as good as ``5`` where one is asked for."""
    number = float(text)
    return int(number) if number.is_integer() else number


def _refuse_constant(name: str) -> Never:
    raise ValueError(name)


def validated(model: type[ModelT], value: Any) -> ModelT:
    """The value as a model, its types as they are published: "5" is no number.

    Raises ServiceError (422) naming the fields, never their content.
    """
    try:
        return model.model_validate(value, strict=True)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_context=False, include_input=False)
        lines = [
            f"{'.'.join(map(str, problem['loc']))[:80] or 'body'}: {problem['msg']}"
            for problem in problems[:PROBLEMS_SHOWN_MAX]
        ]
        # The name of an unknown field is the client's, and may be anything.
        raise invalid(masked("; ".join(lines))) from None
