"""JSON-RPC 2.0 messages as plain data."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

VERSION = "2.0"
RequestId: TypeAlias = str | int


class PlainJson(dict[str, Any]):
    """A result that is JSON already: it goes out as it is, which spares large answers a walk."""


def id_of(message: Any) -> RequestId | None:
    """The id of a message if it is one that may be answered."""
    request_id = message.get("id") if isinstance(message, dict) else None
    if isinstance(request_id, str | int) and not isinstance(request_id, bool):
        return request_id
    return None


def result_body(request_id: RequestId, result: Any) -> str:
    """A successful answer. Raises ValueError or TypeError for a result that is no JSON."""
    message = {"jsonrpc": VERSION, "id": request_id, "result": result}
    return json.dumps(message, allow_nan=False)


def error_body(request_id: RequestId | None, code: int, text: str) -> str:
    """An answer that says what went wrong."""
    error = {"code": int(code), "message": text}
    return json.dumps({"jsonrpc": VERSION, "id": request_id, "error": error})
