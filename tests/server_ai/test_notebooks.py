"""The model in the cells of a notebook, and its silence where no Python is written."""

from __future__ import annotations

from typing import Any

import pytest

from tests.server.notebook_client import NotebookClient, cell_uri
from tests.server_ai.conftest import RemoteWorker, StartEditor
from tests.server_ai.editor import Editor, suggested

CALL = 'quantum("Create a Bell state", api_key=key, backend="ibm_torino", shots=10)'
IMPORT = f"%pip install bioql\nfrom bioql import quantum\n# [say:{CALL}]\n"
BQL = "file:///workspace/sentences.bql"


def at(editor: Editor, name: str, offset: int) -> dict[str, Any]:
    uri = cell_uri(name)
    return {"uri": uri, "position": editor.place(offset, uri)}


def opened(editor: Editor, **cells: str) -> NotebookClient:
    notebook = NotebookClient(editor)  # type: ignore[arg-type]
    notebook.open(**cells)
    for name, text in cells.items():
        editor.texts[cell_uri(name)], editor.versions[cell_uri(name)] = text, 1
    return notebook


async def suggestion(editor: Editor, name: str, offset: int) -> str:
    place = at(editor, name, offset)
    params = {
        "textDocument": {"uri": place["uri"]},
        "position": place["position"],
        "context": {"triggerKind": 1},
    }
    return suggested(await editor.answer(editor.send("textDocument/inlineCompletion", params)))


async def test_an_answer_in_a_cell_uses_what_the_cells_above_import(
    start_editor: StartEditor, remote: RemoteWorker
) -> None:
    api_key = remote.new_key("eve@example.org", "1.00")
    editor = await start_editor(environment=remote.environment(api_key))
    opened(editor, a=IMPORT, b="%time\nresult = ", c="x = 1\n")
    assert await suggestion(editor, "b", len("%time\nresult = ")) == CALL

    instruction = f"run it [say:print({CALL}.counts)]"
    argument = {**at(editor, "c", len("x = 1\n")), "instruction": instruction}
    made = await editor.result(editor.command("bioql.generate", argument))
    assert made["message"] == ""
    assert editor.texts[cell_uri("c")] == f"x = 1\nprint({CALL}.counts)\n"
    assert editor.texts[cell_uri("a")] == IMPORT


async def test_a_fix_in_a_cell_rewrites_the_statement_and_no_magic(
    start_editor: StartEditor, remote: RemoteWorker
) -> None:
    api_key = remote.new_key("fay@example.org", "1.00")
    editor = await start_editor(environment=remote.environment(api_key))
    text = "%time\ny = 2\nvalue = (2)\n"
    opened(editor, a="from bioql import quantum\n", b=text)
    place = at(editor, "b", text.index("value"))
    argument = {
        "uri": place["uri"],
        "range": dict.fromkeys(("start", "end"), place["position"]),
    }
    fixed = await editor.result(editor.command("bioql.fix", argument))
    assert fixed["code"] == "value = 1"
    assert editor.texts[cell_uri("b")] == "%time\ny = 2\nvalue = 1\n"

    argument["range"]["start"] = {"line": 0, "character": 0}
    refused = await editor.answer(editor.command("bioql.fix", argument))
    assert "IPython" in refused["error"]["message"]
    assert len(editor.usages) == 1


@pytest.mark.parametrize("language_id", ["bioql", "plaintext"])
async def test_where_no_python_is_written_the_model_is_not_asked(
    start_editor: StartEditor, remote: RemoteWorker, language_id: str
) -> None:
    api_key = remote.new_key(f"{language_id}@example.org", "1.00")
    editor = await start_editor(environment=remote.environment(api_key), capabilities={})
    text = "Create a Bell state\n"
    item = {"uri": BQL, "languageId": language_id, "version": 1, "text": text}
    editor.notify("textDocument/didOpen", {"textDocument": item})
    place = {"textDocument": {"uri": BQL}, "position": {"line": 1, "character": 0}}
    explicit = {**place, "context": {"triggerKind": 1}}
    assert await editor.request("textDocument/inlineCompletion", explicit) == {"items": []}
    offered = await editor.request("textDocument/completion", place)
    assert all(item.get("detail") != "BioQL model" for item in offered["items"])

    begin = {"line": 0, "character": 0}
    arguments = {
        "bioql.generate": {"uri": BQL, "position": begin, "instruction": "a Bell state"},
        "bioql.fix": {"uri": BQL, "range": {"start": begin, "end": begin}},
    }
    for name, argument in arguments.items():
        refused = await editor.answer(editor.command(name, argument))
        assert refused["error"]["message"].startswith("The model writes Python, and sentences.bql")
    assert editor.usages == []
