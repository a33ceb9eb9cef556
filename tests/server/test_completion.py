"""Completion: BioQL's own proposals at once, the model's only where nothing else takes them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from bioql_lsp.server.converter import strict_converter
from bioql_lsp.server.features import completion as feature
from tests.server.harness import EDITORS, URI, Connection, initialize_params
from tests.server.notebook_client import NotebookClient, cell_uri
from tests.server.places import lines_of, units, written
from tests.server.test_hover import python_path as python_path  # noqa: PLC0414  a fixture

TEXT = 'from bioql import quantum\r\nx = "😀"; quantum("Create a Bell state", \r\n'
OFF = {"bioql": {"mode": "off"}}


async def opened(connection: Connection, editor: str, text: str = TEXT) -> str:
    """Open a text in an editor without the model; returns the encoding of positions."""
    result = await connection.initialize(editor, initializationOptions=OFF)
    connection.open(text)
    encoding: str = result["capabilities"].get("positionEncoding", "utf-16")
    return encoding


async def complete(
    connection: Connection, line: int, character: int, trigger: str | None = None
) -> Any:
    position = {"line": line, "character": character}
    params: dict[str, Any] = {"textDocument": {"uri": URI}, "position": position}
    if trigger is not None:
        params["context"] = {"triggerKind": 2, "triggerCharacter": trigger}
    answer = await connection.request("textDocument/completion", params)
    return (
        None if answer is None else {**answer, "items": [*map(as_shown(answer), answer["items"])]}
    )


def as_shown(answer: Any) -> Any:
    """An item with what the list says for all of them, as an editor puts the two together."""
    range_ = answer.get("itemDefaults", {}).get("editRange")

    def shown(item: dict[str, Any]) -> dict[str, Any]:
        if range_ is None or "textEdit" in item:
            return item
        text = item.get("textEditText", item["label"])
        return {**item, "textEdit": {"range": range_, "newText": text}}

    return shown


async def at_end(
    connection: Connection, text: str, line: int, encoding: str, trigger: str | None = None
) -> dict[str, Any]:
    """The items at the end of a line by their labels."""
    here = units(lines_of(text)[line], encoding)
    answer = await complete(connection, line, here, trigger)
    return {item["label"]: item for item in answer["items"]}


@pytest.mark.parametrize("editor", EDITORS)
async def test_arguments_of_a_call_are_proposed_where_the_editor_says_the_cursor_is(
    connection: Connection, editor: str
) -> None:
    encoding = await opened(connection, editor)
    here = units(lines_of(TEXT)[1], encoding)
    answer = await complete(connection, 1, here)
    assert answer["isIncomplete"] is False
    labels = [item["label"] for item in answer["items"]]
    assert labels[:2] == ["api_key", "backend"]
    place = {"line": 1, "character": here}
    for item in answer["items"]:
        assert item["textEdit"]["range"] == {"start": place, "end": place}
        assert item["insertTextFormat"] == 1
    order = [item["sortText"] for item in answer["items"]]
    assert order == sorted(order)


@pytest.mark.parametrize("editor", EDITORS)
async def test_what_is_typed_is_replaced_in_the_editors_positions(
    connection: Connection, editor: str
) -> None:
    text = TEXT.rstrip() + ' backend="ibm_'
    encoding = await opened(connection, editor, text)
    items = await at_end(connection, text, 1, encoding)
    assert written(text, items["ibm_torino"]["textEdit"]["range"], encoding) == "ibm_"


async def test_every_answer_has_the_form_that_the_protocol_asks_for(
    connection: Connection,
) -> None:
    await opened(connection, "vscode", "from bioql import \nimport bioql\nquantum\n")
    for line, character in ((0, 18), (2, 7)):
        answer = await complete(connection, line, character)
        assert answer["items"]
        strict_converter().structure(answer, types.CompletionList)


async def test_plain_python_gets_nothing_from_us(connection: Connection) -> None:
    await opened(connection, "vscode", "import os\nos.\n")
    assert (await complete(connection, 1, 3))["items"] == []


async def test_a_document_that_is_not_open_has_no_completion(ready: Connection) -> None:
    assert await complete(ready, 0, 0) is None


@pytest.mark.parametrize(
    ("line", "is_answered"),
    [
        ("from bioql import ", True),
        ("from bioql import quantum, ", True),
        ("bioql.quantum('x', ", True),
        ("bioql.quantum('h qubit 0. ", True),
        ("bioql.quantum('Create a ", False),
        ("x = ", False),
        ("import ", False),
    ],
)
async def test_a_space_asks_only_where_it_begins_something(
    connection: Connection, line: str, is_answered: bool
) -> None:
    text = f"import bioql\n{line}"
    encoding = await opened(connection, "vscode", text)
    assert bool(await at_end(connection, text, 1, encoding, " ")) is is_answered


@pytest.mark.parametrize("editor", EDITORS)
async def test_the_import_that_a_name_needs_comes_when_the_item_is_looked_at(
    connection: Connection, editor: str
) -> None:
    text = "import bioql\r\n\r\nx = predict_adme_l"
    encoding = await opened(connection, editor, text)
    item = (await at_end(connection, text, 2, encoding))["predict_adme_local"]
    assert "additionalTextEdits" not in item
    resolved = await connection.request("completionItem/resolve", item)
    place = {"line": 1, "character": 0}
    assert resolved["additionalTextEdits"] == [
        {
            "range": {"start": place, "end": place},
            "newText": "from bioql import predict_adme_local\r\n",
        }
    ]
    assert "predict_adme_local(smiles: str)" in resolved["documentation"]["value"]
    is_plain = editor in {"emacs", "helix"}
    assert resolved["documentation"]["kind"] == ("plaintext" if is_plain else "markdown")
    assert resolved["textEdit"] == item["textEdit"]


async def test_what_is_imported_meanwhile_is_not_imported_again(connection: Connection) -> None:
    text = "import bioql\nx = predict_adme_l"
    await opened(connection, "vscode", text)
    item = (await at_end(connection, text, 1, "utf-16"))["predict_adme_local"]
    connection.change(2, {"text": f"from bioql import predict_adme_local\n{text}"})
    resolved = await connection.request("completionItem/resolve", item)
    assert "additionalTextEdits" not in resolved


async def test_a_client_that_resolves_no_edits_gets_the_import_at_once(
    connection: Connection,
) -> None:
    capabilities = initialize_params("vscode")["capabilities"]
    del capabilities["textDocument"]["completion"]["completionItem"]["resolveSupport"]
    await connection.initialize("vscode", initializationOptions=OFF, capabilities=capabilities)
    text = "import bioql\nx = predict_adme_l"
    connection.open(text)
    item = (await at_end(connection, text, 1, "utf-16"))["predict_adme_local"]
    (edit,) = item["additionalTextEdits"]
    assert edit["newText"] == "from bioql import predict_adme_local\n"


@pytest.mark.parametrize(
    "data",
    [
        None,
        5,
        {},
        {"uri": 1, "dotted": 2},
        {"uri": URI, "dotted": "bioql.nothing"},
        {"uri": "file:///closed.py", "dotted": "", "imports": ["import os"], "line": 1},
        {"uri": URI, "dotted": "", "imports": [1], "line": "x"},
        {"uri": URI, "dotted": "", "imports": ["import os"] * 99, "line": 0},
        {"uri": URI, "dotted": "", "imports": [" "], "line": 0},
    ],
)
async def test_an_item_that_is_not_ours_comes_back_as_it_is(
    connection: Connection, data: Any
) -> None:
    await opened(connection, "vscode")
    item = {"label": "x"} | ({"data": data} if data is not None else {})
    assert await connection.request("completionItem/resolve", item) == item


async def test_the_users_own_docstring_is_read_for_the_item_that_is_looked_at(
    connection: Connection,
    python_path: Path,
) -> None:
    setting = {"pythonPath": str(python_path)}
    connection.handlers["workspace/configuration"] = lambda params: [
        setting for _ in params["items"]
    ]
    await connection.initialize("vscode", initializationOptions={"bioql": setting})
    text = "import bioql\nx = quantum"
    connection.open(text)
    while connection.server.session.installed is None:
        await complete(connection, 0, 0)
    item = (await at_end(connection, text, 1, "utf-16"))["quantum"]
    resolved = await connection.request("completionItem/resolve", item)
    assert "Runs ```it``` with **kwargs." in resolved["documentation"]["value"]


@pytest.mark.parametrize(("editor", "has_snippets"), [("vscode", True), ("emacs", False)])
async def test_snippets_are_plain_text_where_the_editor_knows_none(
    connection: Connection, editor: str, has_snippets: bool
) -> None:
    text = "import bioql\r\ndef f():\r\n    quantum"
    encoding = await opened(connection, editor, text)
    item = (await at_end(connection, text, 2, encoding))["quantum_run"]
    new_text = item["textEdit"]["newText"]
    assert item["insertTextFormat"] == (2 if has_snippets else 1)
    assert ("${1:Create a Bell state}" in new_text) is has_snippets
    assert "\n" not in new_text.replace("\r\n", "")
    if not has_snippets:
        assert "$" not in new_text
        assert all(line.startswith("    ") for line in new_text.split("\r\n")[1:])
        assert '\r\n        "Create a Bell state",' in new_text


async def test_what_is_of_no_use_is_struck_through(connection: Connection) -> None:
    text = "from bioql import quantum\nquantum('x')."
    await opened(connection, "vscode", text)
    items = await at_end(connection, text, 1, "utf-16")
    assert items["statevector"]["tags"] == [1]
    assert "tags" not in items["counts"]


async def test_the_editor_asks_again_while_more_may_come(connection: Connection) -> None:
    text = "from bioql import quantum\nquantum('Create"
    await opened(connection, "vscode", text)
    assert (await complete(connection, 1, 15))["isIncomplete"] is True


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each time that the model was asked, whether there were proposals without it."""
    asked: list[bool] = []

    async def ai_items(*_arguments: Any, has_proposals: bool) -> list[Any]:
        asked.append(has_proposals)
        return []

    monkeypatch.setattr(feature, "load", {"completion_ai:ai_items": ai_items}.get)
    return asked


@pytest.mark.parametrize(
    ("editor", "is_asked"), [("emacs", True), ("helix", True), ("vscode", False)]
)
async def test_the_models_item_comes_here_only_for_clients_without_inline_completion(
    connection: Connection, asked: list[bool], editor: str, is_asked: bool
) -> None:
    await connection.initialize(editor)
    connection.open(TEXT)
    answer = await complete(connection, 1, 40)
    assert answer["isIncomplete"] is is_asked
    assert asked == ([bool(answer["items"])] if is_asked else [])


@pytest.mark.parametrize(
    ("line", "is_sure"), [("valid", False), ("quan", True), ("quantum(", True), ("x = 5", False)]
)
async def test_guesses_at_a_name_leave_room_for_the_model(
    connection: Connection, asked: list[bool], line: str, is_sure: bool
) -> None:
    await connection.initialize("helix")
    connection.open(f"from bioql import quantum\n{line}")
    await complete(connection, 1, len(line))
    assert asked == [is_sure]


async def test_a_space_never_asks_the_model(connection: Connection, asked: list[bool]) -> None:
    await connection.initialize("helix")
    connection.open("x = \ny, ")
    assert (await complete(connection, 0, 4, " "))["items"] == []
    assert (await complete(connection, 1, 3, " "))["items"] == []
    assert asked == []


async def test_what_another_cell_imports_is_not_imported_again(connection: Connection) -> None:
    await connection.initialize("vscode")
    NotebookClient(connection).open(a="from bioql import quantum\n", b="%time\nx = 1\n")
    data = {"uri": cell_uri("b"), "line": 1}
    for name, edits in (("quantum", None), ("QuantumResult", "from bioql import QuantumResult\n")):
        imports = {"imports": [f"from bioql import {name}"]}
        item = {"label": name, "data": data | imports}
        resolved = await connection.request("completionItem/resolve", item)
        added = resolved.get("additionalTextEdits")
        assert (added and added[0]["newText"]) == edits
