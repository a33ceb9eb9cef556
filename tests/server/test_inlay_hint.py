"""Inlay hints: qubits behind sentences, costs behind shots."""

from __future__ import annotations

from typing import Any

import pytest

from tests.server.harness import EDITORS, URI, Connection, range_of
from tests.server.places import lines_of, units

TEXT = (
    "from bioql import quantum\r\n"
    'x = "😀é"; r = quantum("Create a Bell state", key, backend="ibm_torino", shots=100)\r\n'
    'quantum("😀 Create a Bell state", key, "ibm_torino")\r\n'
)
WHOLE = range_of(0, 0, 0, end_line=99)


async def hints(connection: Connection, range_: dict[str, Any] = WHOLE) -> Any:
    params = {"textDocument": {"uri": URI}, "range": range_}
    return await connection.request("textDocument/inlayHint", params)


def at(line: int, before: str, encoding: str) -> dict[str, int]:
    text = lines_of(TEXT)[line]
    return {"line": line, "character": units(text[: text.index(before) + len(before)], encoding)}


@pytest.mark.parametrize("editor", EDITORS)
async def test_hints_stand_where_the_editor_counts_them(
    connection: Connection, editor: str
) -> None:
    result = await connection.initialize(editor)
    encoding = result["capabilities"].get("positionEncoding", "utf-16")
    connection.open(TEXT)
    assert [(hint["label"], hint["position"]) for hint in await hints(connection)] == [
        ("→ 2 qubits", at(1, 'state"', encoding)),
        ("≈ 300 USD", at(1, "100", encoding)),
        ("→ 2 qubits", at(2, 'state"', encoding)),
        ("≈ 3,072 USD", at(2, '"ibm_torino")', encoding)),
    ]


async def test_only_the_hints_in_the_range_are_given(ready: Connection) -> None:
    ready.open(TEXT)
    assert [h["label"] for h in await hints(ready, range_of(2, 0, 40))] == ["→ 2 qubits"]
    assert await hints(ready, range_of(0, 0, 5)) == []


async def test_hints_follow_an_edit(ready: Connection) -> None:
    ready.open(TEXT)
    before = await hints(ready)
    ready.change(2, {"range": range_of(1, 0, 0), "text": "\n"})
    ready.change(3, {"range": range_of(0, 0, 0), "text": "# \n"})
    lines = [hint["position"]["line"] for hint in await hints(ready)]
    assert lines == [hint["position"]["line"] + 2 for hint in before]


async def test_the_setting_turns_hints_off(connection: Connection) -> None:
    options = {"bioql": {"inlayHints": {"enabled": False}}}
    await connection.initialize("helix", initializationOptions=options)
    connection.open(TEXT)
    assert await hints(connection) == []


async def test_plain_python_and_closed_documents_have_no_hint(ready: Connection) -> None:
    assert await hints(ready) == []
    ready.open("import os\nquantum('Create a Bell state', shots=5)\n")
    assert await hints(ready) == []


async def test_lines_of_a_bql_file_have_hints(ready: Connection) -> None:
    uri = "file:///workspace/a.bql"
    ready.open("# 😀\r\nCreate a Bell state\r\n", uri=uri)
    params = {"textDocument": {"uri": uri}, "range": WHOLE}
    (hint,) = await ready.request("textDocument/inlayHint", params)
    assert (hint["label"], hint["position"]) == ("→ 2 qubits", {"line": 1, "character": 19})
