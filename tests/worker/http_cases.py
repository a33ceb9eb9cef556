"""What schemathesis cannot know of the API: loaded by its command, see ``test_openapi``.

A key in a body, ids that are used once, and fields that must fit each other.
"""

from __future__ import annotations

import os
import re
import uuid
from typing import Any

import schemathesis

from bioql_lsp.wire import IDEMPOTENCY_KEY_PATTERN

KEY_VARIABLE = "BIOQL_TEST_KEY"


@schemathesis.hook
def before_call(context: Any, case: schemathesis.Case, kwargs: dict[str, Any]) -> None:
    headers = case.headers or {}
    if re.fullmatch(IDEMPOTENCY_KEY_PATTERN, str(headers.get("Idempotency-Key", ""))):
        headers["Idempotency-Key"] = uuid.uuid4().hex
    body = case.body
    if not isinstance(body, dict):
        return
    if case.path == "/" and isinstance(body.get("api_key"), str) and body["api_key"]:
        body["api_key"] = os.environ[KEY_VARIABLE]
    if case.meta is not None and case.meta.generation.mode.is_positive:
        _fit(body)


def _fit(body: dict[str, Any]) -> None:
    """Places lie within their text, and somebody says something that BioQL can do."""
    if body.get("insert_at") is not None:
        body["insert_at"] = min(body["insert_at"], len(body.get("context", "")))
    if "findings" in body or "start" in body or "end" in body:
        start = min(body.get("start") or 0, len(body["code"]) - 1)
        body["start"] = start
        body["end"] = max(min(body.get("end") or start + 1, len(body["code"])), start + 1)
    if "instruction" in body:
        body["instruction"] = f"bell {body['instruction']}"
    if "messages" in body:
        body["messages"][0]["content"] = "bell"
