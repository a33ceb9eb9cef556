"""``.bql`` documents: sentences, each checked and fixed in its place."""

from __future__ import annotations

from typing import Any

import pytest
from cattrs import structure
from lsprotocol import types

from bioql_lsp.server.convert import Positions
from bioql_lsp.text import Document, Edit, apply_edits
from tests.server.harness import Connection, range_of

URI = "file:///workspace/a.bql"
TEXT = "# 😀 a chain\r\n\r\nCreate a GHZ state with 3 qubits\r\n😀 h qubit 0\r\n"
FIXED_START = "# 😀 a chain\r\n\r\nh qubit 0. cnot 0 1. cnot 1 2."


def edited(edit: dict[str, Any]) -> str:
    positions = Positions(Document(TEXT), "utf-16")
    (change,) = edit["documentChanges"]
    return apply_edits(
        TEXT,
        [
            Edit(positions.span(structure(each["range"], types.Range)), each["newText"])
            for each in change["edits"]
        ],
    )


async def actions(connection: Connection, line: int, *only: str) -> list[dict[str, Any]]:
    params = {
        "textDocument": {"uri": URI},
        "range": range_of(line, 12, 12),
        "context": {"diagnostics": [], "only": list(only)},
    }
    result: list[dict[str, Any]] = await connection.request("textDocument/codeAction", params)
    return result


@pytest.mark.parametrize(("encoding", "wide"), [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)])
async def test_findings_have_their_place_in_the_clients_units(
    connection: Connection, encoding: str, wide: int
) -> None:
    await connection.initialize(capabilities={"general": {"positionEncodings": [encoding]}})
    connection.open(TEXT, uri=URI)
    found = {item["code"]: item for item in (await connection.diagnostics())["diagnostics"]}
    assert found["NL004"]["range"] == range_of(2, 9, 12)
    end = wide + len(" h qubit 0")
    assert found["NL010"]["range"]["end"]["character"] == end


async def test_typing_in_a_line_is_answered(ready: Connection) -> None:
    ready.open(TEXT, uri=URI)
    await ready.diagnostics()
    ready.change(2, {"range": range_of(2, 9, 32), "text": "Bell state"}, uri=URI)
    codes = [item["code"] for item in (await ready.diagnostics(1))["diagnostics"]]
    assert "NL004" not in codes


async def test_the_language_id_makes_a_document_one_too(ready: Connection) -> None:
    item = {"uri": "untitled:1", "languageId": "bioql", "version": 1, "text": TEXT}
    ready.notify("textDocument/didOpen", {"textDocument": item})
    codes = [item["code"] for item in (await ready.diagnostics())["diagnostics"]]
    assert "NL004" in codes


async def test_a_fix_and_all_fixes_edit_the_sentence(connection: Connection) -> None:
    await connection.initialize("vscode")
    connection.open(TEXT, uri=URI)
    fix = next(each for each in await actions(connection, 2, "quickfix") if each["isPreferred"])
    assert edited(fix["edit"]).startswith(FIXED_START)
    (everything,) = await actions(connection, 0, "source.fixAll.bioql")
    connection.change(2, {"text": edited(everything["edit"])}, uri=URI)
    assert await actions(connection, 0, "source.fixAll.bioql") == []


@pytest.mark.parametrize("text", ["", "# nothing\n", "def f(:\n"])
async def test_any_text_is_answered(connection: Connection, text: str) -> None:
    await connection.initialize("vscode")
    connection.open(text, uri=URI)
    pulled = await connection.request("textDocument/diagnostic", {"textDocument": {"uri": URI}})
    assert {item["code"] for item in pulled["items"]} <= {"BQ024", "NL001"}
    assert await actions(connection, 0, "refactor") == []


async def test_requests_about_a_place_know_the_sentence_there(connection: Connection) -> None:
    await connection.initialize("vscode")
    connection.open(TEXT, uri=URI)
    document = {"textDocument": {"uri": URI}}

    async def ask(method: str, line: int, character: int) -> Any:
        position = {"line": line, "character": character}
        return await connection.request(method, document | {"position": position})

    hover = await ask("textDocument/hover", 3, 3)
    assert "1 qubit" in str(hover["contents"])
    completed = await ask("textDocument/completion", 4, 0)
    assert completed["items"]
    tokens = await connection.request("textDocument/semanticTokens/full", document)
    assert tokens["data"][:3] == [3, 3, len("h")]
    everything = {"range": range_of(0, 0, 0, 9)}
    for method in ("textDocument/inlayHint", "textDocument/documentLink", "textDocument/codeLens"):
        assert isinstance(await connection.request(method, document | everything), list)
    assert await ask("textDocument/signatureHelp", 3, 3) is None


async def test_in_an_empty_file_sentences_are_offered(connection: Connection) -> None:
    await connection.initialize("vscode")
    connection.open("", uri=URI)
    params = {"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}}
    assert (await connection.request("textDocument/completion", params))["items"]
