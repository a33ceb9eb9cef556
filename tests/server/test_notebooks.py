"""Cells of a notebook share their names, and each is a document to every request."""

from __future__ import annotations

from typing import Any

import pytest

from bioql_lsp.server.analyses import Analyses
from bioql_lsp.text import Document, Edit, Position, Span, apply_edits
from tests.server.harness import Connection, range_of
from tests.server.notebook_client import MARKUP, NOTEBOOK, NotebookClient, cell, cell_uri, item

IMPORT = "%pip install bioql\nfrom bioql import quantum\n"
CALL = 'r = quantum("Create a Bell state", api_key=KEY, backend="torino", shots=10)\n'
KEYWORD = 'r = quantum("Create a Bell state", api_key=KEY, backend="ibm_torino", num_shots=10)\n'


@pytest.fixture
async def notebook(ready: Connection) -> NotebookClient:
    return NotebookClient(ready)


def edited(text: str, changes: list[dict[str, Any]]) -> str:
    document = Document(text)

    def offset(place: dict[str, int]) -> int:
        return document.offset(Position(place["line"], place["character"]))

    edits = [
        Edit(Span(offset(c["range"]["start"]), offset(c["range"]["end"])), c["newText"])
        for c in changes
    ]
    return apply_edits(text, edits)


async def test_notebooks_are_announced_to_a_client_that_has_them(connection: Connection) -> None:
    result = await connection.initialize("vscode")
    assert result["capabilities"]["notebookDocumentSync"] == {
        "notebookSelector": [{"notebook": "jupyter-notebook", "cells": [{"language": "python"}]}],
        "save": False,
    }


async def test_a_cell_is_checked_with_the_names_of_the_others(notebook: NotebookClient) -> None:
    notebook.open(a=IMPORT, b="KEY = input()\n", c=CALL)
    assert await notebook.published("a", 1) == []
    assert await notebook.published("b", 1) == []
    assert "BQ009" in await notebook.published("c", 1)


async def test_typing_in_one_cell_publishes_what_changes_in_another(
    notebook: NotebookClient,
) -> None:
    notebook.open(a=IMPORT, b='BACKEND = "ibm_torino"\n', c=CALL.replace('"torino"', "BACKEND"))
    before = await notebook.published("c", 1)
    told = len(notebook.connection.received)
    notebook.type("b", 2, {"range": range_of(0, 11, 21), "text": "torino"})
    assert "BQ009" not in before
    assert await notebook.published("b", 2) == []
    assert "BQ009" in await notebook.published("c", 1)
    notebook.type("a", 2, {"text": "import os\n"})
    assert await notebook.published("a", 2) == []
    assert await notebook.published("c", 1) == []
    uris = [m["params"]["uri"] for m in notebook.connection.received[told:]]
    assert uris.count(cell_uri("a")) == 1


async def test_an_edit_in_a_cell_analyses_what_it_concerns_alone(notebook: NotebookClient) -> None:
    cells = {f"c{number}": CALL * 5 for number in range(20)}
    notebook.open(a=IMPORT, **cells)
    await notebook.published("c19", 1)
    newest = notebook.connection.server.session.service(Analyses)._newest
    old = {id(part) for each in newest[NOTEBOOK].cells for part in each.parts}
    notebook.type("c7", 2, {"range": range_of(1, 66, 68), "text": "20"})
    await notebook.published("c7", 2)
    new = [id(part) for each in newest[NOTEBOOK].cells for part in each.parts]
    assert 1 <= sum(part not in old for part in new) <= 2  # the changed one, and the one before


async def test_cells_come_go_and_move(notebook: NotebookClient) -> None:
    notebook.open(a=IMPORT, b=CALL)
    await notebook.published("b", 1)
    structure = {
        "array": {"start": 1, "deleteCount": 0, "cells": [cell("new"), cell("text", MARKUP)]},
        "didOpen": [item("new", CALL, version=3), item("text", "quantum(", "markdown")],
    }
    notebook.change(structure=structure)
    assert "BQ009" in await notebook.published("new", 3)
    notebook.change(structure={
        "array": {"start": 0, "deleteCount": 1}, "didClose": [{"uri": cell_uri("a")}],
    })  # fmt: skip
    notebook.type("new", 4, {"text": CALL})
    assert await notebook.published("new", 4) == []
    assert await notebook.published("b", 1) == []
    swapped = {"start": 0, "deleteCount": 2, "cells": [cell("text", MARKUP), cell("new")]}
    notebook.change(structure={"array": swapped})
    notebook.type("new", 5, {"text": IMPORT + CALL})
    assert "BQ009" in await notebook.published("new", 5)
    assert "BQ009" in await notebook.published("b", 1)


async def test_a_cell_that_becomes_text_no_longer_counts(notebook: NotebookClient) -> None:
    notebook.open(a=IMPORT, b=CALL)
    assert "BQ009" in await notebook.published("b", 1)
    notebook.change(data=[cell("a", MARKUP)])
    notebook.type("b", 2, {"text": CALL})
    assert await notebook.published("b", 2) == []
    pulled = await notebook.request("textDocument/diagnostic", "a")
    assert pulled["items"] == []


async def test_closing_a_notebook_takes_all_findings_away(notebook: NotebookClient) -> None:
    notebook.open(a=IMPORT, b=CALL)
    await notebook.published("b", 1)
    before = len(notebook.connection.received)
    notebook.close("a", "b")
    cleared = {m["params"]["uri"]: m["params"] for m in notebook.connection.received[before:]}
    assert {uri: params["diagnostics"] for uri, params in cleared.items()} == {
        cell_uri("a"): [],
        cell_uri("b"): [],
    }
    assert (await notebook.request("textDocument/diagnostic", "b"))["items"] == []
    notebook.change(textContent=[])
    notebook.open(a=CALL)
    assert await notebook.published("a", 1) == []


async def test_saving_and_other_metadata_change_nothing(notebook: NotebookClient) -> None:
    notebook.open(a=IMPORT, b=CALL)
    await notebook.published("b", 1)
    notebook.change()
    notebook.connection.notify("notebookDocument/didSave", {"notebookDocument": {"uri": NOTEBOOK}})
    assert (await notebook.request("textDocument/diagnostic", "b"))["items"]


async def test_a_cell_that_is_also_opened_as_a_file_stays_a_cell(notebook: NotebookClient) -> None:
    notebook.open(a=IMPORT, b=CALL)
    notebook.connection.notify(
        "textDocument/didOpen", {"textDocument": item("b", "x = 1\n", version=9)}
    )
    notebook.connection.notify("textDocument/didClose", {"textDocument": {"uri": cell_uri("b")}})
    assert "BQ009" in await notebook.published("b", 1)
    assert (await notebook.request("textDocument/diagnostic", "b"))["items"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_a_fix_edits_its_own_cell_at_the_right_place(
    connection: Connection, encoding: str
) -> None:
    await connection.initialize(
        capabilities={
            "general": {"positionEncodings": [encoding]},
            "textDocument": {
                "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}
            },
        }
    )
    notebook = NotebookClient(connection)
    text = ('"😀"; ' + KEYWORD).replace("\n", "\r\n")
    notebook.open(a=IMPORT, b=text)
    wide = {"utf-8": 3, "utf-16": 1, "utf-32": 0}[encoding]
    start = text.index("num_shots") + wide
    where = range_of(0, start + 2, start + 2)
    actions = await notebook.request(
        "textDocument/codeAction", "b", range=where, context={"diagnostics": []}
    )
    (action,) = [each for each in actions if "num_shots" in each["title"]]
    (change,) = action["edit"]["changes"][cell_uri("b")]
    assert change["newText"] == "shots"
    assert change["range"] == range_of(0, start, start + len("num_shots"))


async def test_an_import_that_a_fix_needs_goes_into_the_same_cell_below_its_magic(
    connection: Connection,
) -> None:
    await connection.initialize("vscode")
    notebook = NotebookClient(connection)
    text = '%%time\nquantum("Create a Bell state", backend="ibm_torino", num_shots=10)\n'
    notebook.open(a="import os\n" + IMPORT, b=text)
    params = {"range": range_of(0, 0, 0), "context": {"diagnostics": [], "only": ["source"]}}
    (action,) = await notebook.request("textDocument/codeAction", "b", **params)
    (change,) = action["edit"]["documentChanges"]
    assert change["textDocument"] == {"uri": cell_uri("b"), "version": 1}
    assert edited(text, change["edits"]) == (
        '%%time\nimport os\nquantum("Create a Bell state", backend="ibm_torino", shots=10, '
        'api_key=os.environ["BIOQL_API_KEY"])\n'
    )


async def test_fixing_all_leaves_magics_between_the_fixes_as_they_are(
    connection: Connection,
) -> None:
    await connection.initialize("vscode")
    notebook = NotebookClient(connection)
    text = f"{KEYWORD}%timeit 1\n!ls -l\n{KEYWORD}"
    notebook.open(a=IMPORT, b=text)
    params = {"range": range_of(0, 0, 0), "context": {"diagnostics": [], "only": ["source"]}}
    (action,) = await notebook.request("textDocument/codeAction", "b", **params)
    fixed = edited(text, action["edit"]["documentChanges"][0]["edits"])
    assert fixed == text.replace("num_shots", "shots")


async def test_a_literal_in_another_cell_is_not_fixed_from_here(connection: Connection) -> None:
    await connection.initialize("vscode")
    notebook = NotebookClient(connection)
    notebook.open(
        a='KEY = "bioql_9f8e7d6c5b"\n',
        b=IMPORT + 'quantum("Create a Bell state", KEY, "ibm_torino", 100)\n',
    )
    params = {"range": range_of(0, 0, 24), "context": {"diagnostics": [], "only": ["quickfix"]}}
    found = await notebook.request("textDocument/diagnostic", "a")
    assert [each["code"] for each in found["items"]] == ["BQ003"]
    actions = await notebook.request("textDocument/codeAction", "a", **params)
    assert all("edit" not in action for action in actions)


async def test_a_pulling_client_is_told_to_pull_when_another_cell_is_concerned(
    connection: Connection,
) -> None:
    await connection.initialize("neovim")
    notebook = NotebookClient(connection)
    notebook.open(a=IMPORT, b=CALL)
    first = await notebook.request("textDocument/diagnostic", "b")
    assert first["items"]
    again = await notebook.request(
        "textDocument/diagnostic", "b", previousResultId=first["resultId"]
    )
    assert again["kind"] == "unchanged"
    before = len(connection.received)
    notebook.type("a", 2, {"text": "import os\n"})
    await connection.first(
        lambda m: (
            m.get("method") == "workspace/diagnostic/refresh"
            and connection.received.index(m) >= before
        )
    )
    assert (await notebook.request("textDocument/diagnostic", "b"))["items"] == []
    methods = [m.get("method") for m in connection.received]
    assert "textDocument/publishDiagnostics" not in methods


async def test_changed_settings_show_the_findings_in_cells_anew(notebook: NotebookClient) -> None:
    notebook.open(a=IMPORT, b=CALL)
    assert await notebook.published("b", 1)
    off = {"bioql": {"diagnostics": {"enabled": False}}}
    notebook.connection.notify("workspace/didChangeConfiguration", {"settings": off})
    await notebook.connection.first(
        lambda m: m.get("params") == {"uri": cell_uri("b"), "version": 1, "diagnostics": []}
    )


async def test_requests_about_a_place_know_the_names_of_other_cells(
    connection: Connection,
) -> None:
    await connection.initialize("vscode")
    notebook = NotebookClient(connection)
    text = '%matplotlib inline\nquantum("Create a Bell state", api_key="k", backend="", shots=10)\n'
    notebook.open(a=IMPORT, b=text)
    line = text.splitlines()[1]

    def at(word: str) -> dict[str, Any]:
        return {"position": {"line": 1, "character": line.index(word) + len(word)}}

    name = await notebook.request("textDocument/hover", "b", position={"line": 1, "character": 2})
    assert "quantum" in str(name["contents"])
    assert name["range"] == range_of(1, 0, 7)
    sentence = await notebook.request("textDocument/hover", "b", **at("Bell"))
    assert "2 qubits" in str(sentence["contents"])
    completed = await notebook.request("textDocument/completion", "b", **at('backend="'))
    assert "ibm_torino" in [each["label"] for each in completed["items"]]
    help_ = await notebook.request("textDocument/signatureHelp", "b", **at("shots="))
    assert help_["signatures"]
    tokens = await notebook.request("textDocument/semanticTokens/full", "b")
    assert tokens["data"][0] == 1
    hints = await notebook.request("textDocument/inlayHint", "b", range=range_of(0, 0, 0, 2))
    assert hints
    assert {hint["position"]["line"] for hint in hints} == {1}


async def test_every_version_of_a_cell_that_changes_fast_is_answered(
    notebook: NotebookClient,
) -> None:
    notebook.open(a=IMPORT, b=CALL)
    for version in range(2, 30):
        notebook.type("ab"[version % 2], version, {"text": IMPORT + CALL * (version % 3)})
    await notebook.published("a", 28)
    await notebook.published("b", 29)
    for version in range(2, 30):
        found = await notebook.published("ab"[version % 2], version)
        assert found.count("BQ009") == version % 3
