"""Signature help over the protocol."""

from __future__ import annotations

from typing import Any

import pytest

from tests.server.harness import EDITORS, URI, Connection, initialize_params
from tests.server.places import lines_of, units

TEXT = 'from bioql import quantum\r\nx = "😀é"; quantum("😀", '


async def at_end(connection: Connection, text: str, encoding: str) -> Any:
    line = len(lines_of(text)) - 1
    position = {"line": line, "character": units(lines_of(text)[line], encoding)}
    params = {"textDocument": {"uri": URI}, "position": position}
    return await connection.request("textDocument/signatureHelp", params)


@pytest.mark.parametrize("editor", EDITORS)
async def test_an_unfinished_call_shows_its_signature_and_what_comes_next(
    connection: Connection, editor: str
) -> None:
    result = await connection.initialize(editor)
    assert {"(", ","} <= set(result["capabilities"]["signatureHelpProvider"]["triggerCharacters"])
    connection.open(TEXT)
    answer = await at_end(connection, TEXT, result["capabilities"]["positionEncoding"])
    (signature,) = answer["signatures"]
    assert signature["label"].startswith("quantum(program: str, api_key: str, ")
    assert answer["activeParameter"] == 1
    start, end = signature["parameters"][1]["label"]
    assert signature["label"][start:end] == "api_key: str"
    assert "BIOQL_API_KEY" in signature["parameters"][1]["documentation"]


async def test_a_client_without_offsets_gets_the_parameters_text(connection: Connection) -> None:
    await connection.initialize()
    connection.open(TEXT)
    answer = await at_end(connection, TEXT, "utf-16")
    assert answer["signatures"][0]["parameters"][1]["label"] == "api_key: str"


@pytest.mark.parametrize(("knows_none", "expected"), [(True, None), (False, 1)])
async def test_an_argument_too_many_has_no_parameter(
    connection: Connection, knows_none: bool, expected: int | None
) -> None:
    capabilities = initialize_params("vscode")["capabilities"]
    information = capabilities["textDocument"]["signatureHelp"]["signatureInformation"]
    information["noActiveParameterSupport"] = knows_none
    await connection.initialize("vscode", capabilities=capabilities)
    text = "import bioql\nbioql.predict_adme_local('C', "
    connection.open(text)
    answer = await at_end(connection, text, "utf-16")
    assert answer.get("activeParameter") == expected
    assert ("activeParameter" in answer) is True


@pytest.mark.parametrize("text", ["import bioql\nprint(", "quantum(", "", "import bioql\n# f("])
async def test_calls_of_others_are_left_to_others(connection: Connection, text: str) -> None:
    await connection.initialize("vscode")
    connection.open(text)
    assert await at_end(connection, text, "utf-16") is None


async def test_a_document_that_is_not_open_has_no_signature(ready: Connection) -> None:
    assert await at_end(ready, TEXT, "utf-16") is None
