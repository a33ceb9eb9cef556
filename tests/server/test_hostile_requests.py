"""Every method and command with params that make no sense: one answer each, and no failure."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from bioql_lsp.server.features import COMMANDS, FEATURES
from tests.server.harness import URI, Connection
from tests.server.notebook_client import NotebookClient, cell_uri

OFF = {"mode": "off"}
TEXT = (
    "from bioql import quantum\r\n"
    'x = "😀"; r = quantum("Create a Bell state", key, shots=10)\r\n'
    "r.\r\n"
)
BQL = "file:///workspace/a.bql"
PLAIN = "untitled:plain"
URIS = (
    URI,
    BQL,
    PLAIN,
    cell_uri("b"),
    "file:///workspace/unknown.py",
    "",
    "file://[",
    "\x00",
    "a b",
)
PLACES = (
    (1, 30),
    (2, 2),
    (0, 2**31 - 1),
    (2**31 - 1, 0),
    (-1, 0),
    (0, -1),
    (2**31, 2**31),
    (10**30, 0),
)
WRONG = (None, [], {}, 7, "text", True, {"textDocument": None}, {"textDocument": {"uri": 3}})
DATA = (
    None, 3, "x", [], {},
    {"kind": "fix"},
    {"kind": "fix", "uri": URI, "version": 1, "range": None},
    {"kind": "fix", "uri": "nowhere", "version": 1, "range": {"start": {"line": 0}}},
    {"uri": 3, "dotted": 3, "imports": 3, "line": "x"},
    {"uri": URI, "dotted": "bioql." + "a." * 500, "imports": ["import os"], "line": -(10**30)},
    {"uri": BQL, "dotted": "", "imports": ["", " "], "line": 10**30},
    {"uri": "nowhere", "dotted": "\x00\ud800", "imports": ["import os"] * 100, "line": 0},
)  # fmt: skip
REQUESTS = tuple(
    feature.method
    for feature in FEATURES
    if feature.method != "initialized" and "/did" not in feature.method
)
INVALID_PARAMS, REQUEST_FAILED = -32602, -32803


def placed(uri: str, line: int, character: int) -> dict[str, Any]:
    """What any method may look for, about one place."""
    place = {"line": line, "character": character}
    return {
        "textDocument": {"uri": uri},
        "uri": uri,
        "position": place,
        "range": {"start": place, "end": {"line": 0, "character": 0}},
        "context": {"diagnostics": [], "triggerKind": 1},
        "previousResultIds": [{"uri": uri, "value": "x"}],
        "instruction": "Create a Bell state",
    }


def hostile() -> Iterator[tuple[str, Any]]:
    """Methods with their params."""
    somewhere = [placed(uri, *place) for uri, place in product(URIS, PLACES)]
    resolved = [{"label": "x", "title": "x", "data": data} for data in DATA]
    yield from product(REQUESTS, (*WRONG, *somewhere, *resolved))
    for command, argument in product(COMMANDS, (*WRONG, *somewhere)):
        yield "workspace/executeCommand", {"command": command, "arguments": [argument]}
    for command, arguments in product(COMMANDS, (None, [], [{}, {}], {}, 3)):
        yield "workspace/executeCommand", {"command": command, "arguments": arguments}


async def opened(connection: Connection, editor: str | None) -> None:
    connection.handlers["workspace/configuration"] = lambda params: [OFF]
    # Nothing may leave the process, and no worker may be started.
    await connection.initialize(editor, initializationOptions={"bioql": OFF}, rootUri=None)
    connection.open(TEXT)
    connection.open("Create a Bell state\n", uri=BQL)
    connection.open("print(1)\n", uri=PLAIN)
    NotebookClient(connection).open(a="from bioql import quantum", b="%time\nquantum('Create')")


@pytest.mark.parametrize("editor", [None, "vscode", "emacs"])
async def test_each_request_is_answered_once_and_none_of_them_fails(
    connection: Connection, caplog: pytest.LogCaptureFixture, editor: str | None
) -> None:
    await opened(connection, editor)
    sent = list(hostile())
    with caplog.at_level(logging.ERROR):
        asked = {connection.send(method, params): method for method, params in sent}
        answers = [await connection.answer(request_id) for request_id in asked]
        await connection.request("shutdown")
    errors = [each["error"] for each in answers if "error" in each]
    assert {each["code"] for each in errors} <= {INVALID_PARAMS, REQUEST_FAILED}
    assert all(len(each["message"]) < 1_000 for each in errors)
    counts = Counter(each["id"] for each in connection.received if "method" not in each)
    assert all(counts[request_id] == 1 for request_id in asked)
    assert [record.getMessage() for record in caplog.records] == []


async def test_a_client_that_declares_nothing_gets_an_answer_of_the_plainest_kind(
    connection: Connection,
) -> None:
    await opened(connection, None)
    plain = placed(URI, 1, 30)
    hover = await connection.request("textDocument/hover", plain)
    assert hover["contents"]["kind"] == "plaintext"
    offered = await connection.request("textDocument/completion", plain)
    assert all(item["insertTextFormat"] == 1 for item in offered["items"])
    assert await connection.request("textDocument/codeAction", plain) == []
    asked = [each["method"] for each in connection.received if "method" in each and "id" in each]
    assert asked == []
