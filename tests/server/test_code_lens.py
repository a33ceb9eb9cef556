"""Code lenses: what a run costs, why it fails, and what can be done for nothing."""

from __future__ import annotations

from typing import Any

import pytest

from bioql_lsp.server.features import COMMANDS
from bioql_lsp.server.refreshing import refresh_remarks
from tests.server.harness import EDITORS, URI, Connection
from tests.server.places import place_of, written

TEXT = (
    "from bioql import quantum\r\n"
    'x = "😀é"; r = quantum("Create a Bell state", key, backend="ibm_torino", shots=100)\r\n'
    'print(quantum("Prepare a superposition of 30 qubits", key))\r\n'
    "quantum(p, key, 'ibm_torino')\r\n"
)
PREVIEW = {"bioqlClient": {"commands": ["bioql.previewCircuit"]}}


async def lenses(connection: Connection) -> Any:
    return await connection.request("textDocument/codeLens", {"textDocument": {"uri": URI}})


@pytest.mark.parametrize("editor", EDITORS)
async def test_each_run_has_its_lens_where_the_editor_counts_it(
    connection: Connection, editor: str
) -> None:
    result = await connection.initialize(editor)
    encoding = result["capabilities"].get("positionEncoding", "utf-16")
    connection.open(TEXT)
    found = await lenses(connection)
    assert [lens["command"]["title"].partition("BioQL 7")[0] for lens in found] == [
        "2 qubits · 300 USD at ibm_torino, 100 shots",
        "Simulate locally, free",
        "30 qubits · cannot run: Without backend= this runs on the local simulator, which ",
        "⚠ 3,072 USD at ibm_torino, 1024 shots",
    ]
    assert {written(TEXT, lens["range"], encoding) for lens in found} == {"quantum"}
    first = found[0]["command"]
    place = place_of(TEXT, "quantum(", encoding)
    assert first["arguments"] == [{"uri": URI, "position": place}]
    assert found[1]["command"]["arguments"] == [{"uri": URI, "position": place, "shots": 100}]


@pytest.mark.parametrize(
    ("options", "command"), [(PREVIEW, "bioql.previewCircuit"), ({}, "bioql.explain")]
)
async def test_the_lens_opens_what_the_client_has(
    connection: Connection, options: dict[str, Any], command: str
) -> None:
    await connection.initialize("vscode", initializationOptions=options)
    connection.open(TEXT)
    found = await lenses(connection)
    assert found[0]["command"]["command"] == command


@pytest.mark.parametrize("commands", ["bioql.previewCircuit", [1, None], None, {"a": 1}])
async def test_a_wrong_list_of_commands_counts_as_none(
    connection: Connection, commands: object
) -> None:
    options = {"bioqlClient": {"commands": commands}}
    await connection.initialize("neovim", initializationOptions=options)
    connection.open(TEXT)
    names = {lens["command"]["command"] for lens in await lenses(connection)}
    assert names <= COMMANDS.keys()


async def test_every_lens_of_a_client_without_commands_can_be_run(ready: Connection) -> None:
    ready.open(TEXT)
    for lens in await lenses(ready):
        command = lens["command"]
        if command["command"] != "bioql.simulate":
            params = {"command": command["command"], "arguments": command["arguments"]}
            assert await ready.request("workspace/executeCommand", params)


@pytest.mark.parametrize(
    ("settings", "title"),
    [
        ({"costs": {"warnAboveUsd": 299}}, "2 qubits · ⚠ 300 USD at ibm_torino, 100 shots"),
        ({"costs": {"warnAboveUsd": 300}}, "2 qubits · 300 USD at ibm_torino, 100 shots"),
        ({"codeLens": {"enabled": False}}, None),
    ],
)
async def test_the_settings_decide_what_is_shown(
    connection: Connection, settings: dict[str, Any], title: str | None
) -> None:
    await connection.initialize("helix", initializationOptions={"bioql": settings})
    connection.open(TEXT)
    found = await lenses(connection)
    assert (found[0]["command"]["title"] if found else None) == title


@pytest.mark.parametrize(
    "text", ["import os\nquantum('x')\n", "", "from bioql import quantum\nquantum\n"]
)
async def test_without_a_run_there_is_no_lens(ready: Connection, text: str) -> None:
    ready.open(text)
    assert await lenses(ready) == []


async def test_a_document_that_is_not_open_has_no_lens(ready: Connection) -> None:
    assert await lenses(ready) == []


@pytest.mark.parametrize(
    ("editor", "methods"),
    [
        ("vscode", ["workspace/codeLens/refresh", "workspace/inlayHint/refresh"]),
        ("neovim", ["workspace/codeLens/refresh", "workspace/inlayHint/refresh"]),
        ("helix", []),
        ("emacs", []),
    ],
)
async def test_a_client_is_asked_to_ask_again_only_where_it_can(
    connection: Connection, editor: str, methods: list[str]
) -> None:
    await connection.initialize(editor)
    await lenses(connection)
    before = len(connection.received)
    refresh_remarks(connection.server.session)
    asked = [message["method"] for message in connection.received[before:]]
    assert [method for method in asked if method.endswith("/refresh")] == methods
