"""Completion: BioQL's own proposals at once, the model's only where nothing else takes them."""

from __future__ import annotations

from typing import Any

import pytest

from bioql_lsp.server.features import completion as feature
from tests.server.harness import EDITORS, URI, Connection

TEXT = 'from bioql import quantum\nx = "😀"; quantum("Create a Bell state", \n'


async def complete(connection: Connection, line: int, character: int) -> Any:
    position = {"line": line, "character": character}
    params = {"textDocument": {"uri": URI}, "position": position}
    return await connection.request("textDocument/completion", params)


def units(text: str, encoding: str) -> int:
    widths = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
    codec = encoding if encoding == "utf-8" else f"{encoding}-le"
    return len(text.encode(codec)) // widths[encoding]


@pytest.mark.parametrize("editor", EDITORS)
async def test_arguments_of_a_call_are_proposed_where_the_editor_says_the_cursor_is(
    connection: Connection, editor: str
) -> None:
    options = {"bioql": {"mode": "off"}}
    result = await connection.initialize(editor, initializationOptions=options)
    connection.open(TEXT)
    line = TEXT.splitlines()[1]
    here = units(line, result["capabilities"]["positionEncoding"])
    answer = await complete(connection, 1, here)
    assert answer["isIncomplete"] is False
    labels = [item["label"] for item in answer["items"]]
    assert any(label.startswith("backend") for label in labels)
    place = {"line": 1, "character": here}
    for item in answer["items"]:
        assert item["textEdit"]["range"] == {"start": place, "end": place}
        assert item["insertTextFormat"] == 1
    order = [item["sortText"] for item in answer["items"]]
    assert order == sorted(order)


async def test_plain_python_gets_nothing_from_us(connection: Connection) -> None:
    await connection.initialize("vscode")
    connection.open("import os\nos.\n")
    assert (await complete(connection, 1, 3))["items"] == []


async def test_a_document_that_is_not_open_has_no_completion(ready: Connection) -> None:
    assert await complete(ready, 0, 0) is None


@pytest.mark.parametrize(
    ("editor", "is_asked"), [("emacs", True), ("helix", True), ("vscode", False)]
)
async def test_the_models_item_comes_here_only_for_clients_without_inline_completion(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, editor: str, is_asked: bool
) -> None:
    asked: list[bool] = []

    async def ai_items(*_arguments: Any, has_proposals: bool) -> list[Any]:
        asked.append(has_proposals)
        return []

    monkeypatch.setattr(feature, "ai_items", ai_items)
    await connection.initialize(editor)
    connection.open(TEXT)
    answer = await complete(connection, 1, 40)
    assert answer["isIncomplete"] is is_asked
    assert asked == ([bool(answer["items"])] if is_asked else [])
