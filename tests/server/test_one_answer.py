"""Whatever a client sends, in whatever order: each request is answered exactly once."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bioql_lsp.server.features import FEATURES
from tests.server.harness import URI, Connection

INTERNAL_ERROR = -32603
METHODS = (
    *(feature.method for feature in FEATURES if feature.method != "initialized"),
    "workspace/executeCommand", "initialize", "$/cancelRequest", "$/setTrace", "test/unknown", "",
)  # fmt: skip
DOCUMENT = {"uri": URI, "languageId": "python", "version": 1, "text": "import bioql\nbioql."}
NOTEBOOK = {"uri": "file:///workspace/a.ipynb", "notebookType": "jupyter-notebook", "version": 1}
CELL = {"kind": 2, "document": URI}
CUT = {"start": 5, "deleteCount": 2**31 - 1, "cells": [CELL]}
PLACE = {"line": 1, "character": 6}
RANGE = {"start": PLACE, "end": PLACE}
PARAMS = (
    None, [], {}, 7,
    {"textDocument": DOCUMENT, "position": PLACE},
    {"textDocument": DOCUMENT, "position": {"line": 10**9, "character": 10**9}},
    {"textDocument": DOCUMENT, "range": RANGE, "context": {"diagnostics": []}},
    {"textDocument": DOCUMENT, "contentChanges": [{"text": "\ud800\f\u2028"}]},
    {"textDocument": DOCUMENT, "contentChanges": [{"range": RANGE, "text": "x"}]},
    {"title": "t", "data": {"kind": "fix", "uri": URI, "version": 1, "range": RANGE}},
    {"command": "bioql.generate", "arguments": [{"jsonrpc": "2.0", "id": 1}]},
    {"settings": {"bioql": {"mode": "off"}}}, {"id": 1}, {"id": "a"}, {"value": "off"},
    {"processId": None, "capabilities": {}},
    {"notebookDocument": {**NOTEBOOK, "cells": [CELL]}, "cellTextDocuments": [DOCUMENT]},
    {"notebookDocument": NOTEBOOK, "change": {"cells": {"structure": {"array": CUT}}}},
    {"notebookDocument": NOTEBOOK, "cellTextDocuments": [DOCUMENT]},
)  # fmt: skip
plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
json_values = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
messages = st.lists(
    st.tuples(
        st.sampled_from(METHODS),
        st.sampled_from(PARAMS) | json_values,
        st.booleans(),
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(messages)
def test_each_request_is_answered_exactly_once(sent: list[tuple[str, Any, bool]]) -> None:
    asyncio.run(_check(sent))


async def _check(sent: list[tuple[str, Any, bool]]) -> None:
    connection = Connection()
    # Models are asked elsewhere; here nothing may leave the process.
    await connection.initialize(initializationOptions={"bioql": {"mode": "off"}})
    connection.handlers["workspace/configuration"] = lambda params: [{"mode": "off"}]
    asked = []
    for method, params, is_request in sent:
        if is_request:
            asked.append(connection.send(method, params))
        else:
            connection.notify(method, params)
    for request_id in asked:
        await connection.answer(request_id)
    await connection.request("shutdown")
    counts = Counter(m["id"] for m in connection.received if "method" not in m)
    assert all(counts[request_id] == 1 for request_id in asked)
    assert None not in counts
    errors = [m["error"] for m in connection.received if "error" in m]
    assert all(error["code"] != INTERNAL_ERROR for error in errors)
    await connection.aclose()
