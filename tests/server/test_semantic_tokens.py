"""Semantic tokens: the words of sentences, in every encoding, line by line and in order."""

from __future__ import annotations

from typing import Any

import pytest

from bioql_lsp.server.token_legend import TOKEN_LEGEND, TOKEN_TYPES
from tests.server.harness import EDITORS, URI, Connection, range_of
from tests.server.places import cut, lines_of

TEXT = (
    "from bioql import quantum\r\n"
    'P = "h qubit 0. cnot 0 1"\r\n'
    'x = "😀é"; quantum("😀 Create a Bell state", key)\r\n'
    "quantum(P, key)\r\n"
    "def f():\r\n"
    '    """h qubit 0"""\r\n'
    '    return quantum("""😀 rotate qubit 0\r\n    around x by 1.5. measure\\x20qubit 1\r\n'
    '    """, key)\r\n'
    'quantum("Docking of SMILES CCO " "to PDB 5I" "KT", key)\r\n'
)
EXPECTED = [
    (1, "h", "gate"),
    (1, "qubit 0", "qubit"),
    (1, "cnot", "gate"),
    (1, "0", "qubit"),
    (1, "1", "qubit"),
    (2, "Create", "verb"),
    (2, "Bell state", "term"),
]


async def tokens(connection: Connection, range_: dict[str, Any] | None = None) -> list[int]:
    params: dict[str, Any] = {"textDocument": {"uri": URI}}
    method = "textDocument/semanticTokens/full"
    if range_ is not None:
        params["range"], method = range_, "textDocument/semanticTokens/range"
    data: list[int] = (await connection.request(method, params))["data"]
    return data


def read(data: list[int], text: str, encoding: str) -> list[tuple[int, str, str]]:
    """The tokens as line, written text and kind; their type must be the kind's."""
    found = []
    line = character = 0
    kinds = [*TOKEN_TYPES]
    for at in range(0, len(data), 5):
        lines, characters, length, type_, modifiers = data[at : at + 5]
        line += lines
        character = characters if lines else character + characters
        assert length > 0
        kind = kinds[modifiers.bit_length() - 1]
        assert modifiers.bit_count() == 1
        assert TOKEN_LEGEND.token_types[type_] == TOKEN_TYPES[kind].value
        written = cut(lines_of(text)[line], character, character + length, encoding)
        found.append((line, written, kind))
    return found


@pytest.mark.parametrize("editor", EDITORS)
async def test_words_are_coloured_where_the_editor_counts_them(
    connection: Connection, editor: str
) -> None:
    result = await connection.initialize(editor)
    encoding = result["capabilities"].get("positionEncoding", "utf-16")
    connection.open(TEXT)
    found = read(await tokens(connection), TEXT, encoding)
    assert found[: len(EXPECTED)] == EXPECTED
    later = found[len(EXPECTED) :]
    assert (9, "CCO", "smiles") in later
    assert [each for each in later if each[2] == "pdb"] == [(9, "5I", "pdb"), (9, "KT", "pdb")]
    assert not any(line == 5 for line, _, _ in later)
    assert (7, "measure\\x20", "gate") in later or (7, "measure", "gate") in later


async def test_a_word_over_a_line_end_is_cut_there(ready: Connection) -> None:
    text = 'from bioql import quantum\nquantum("""Create a Bell\n   state""", key)\n'
    ready.open(text)
    found = read(await tokens(ready), text, "utf-16")
    assert [each for each in found if each[2] == "term"] in (
        [(1, "Bell", "term"), (2, "   state", "term")],
        [(1, "Bell", "term")],
    )


async def test_a_range_gives_the_tokens_of_its_lines(ready: Connection) -> None:
    ready.open(TEXT)
    data = await tokens(ready, range_of(1, 0, 0, end_line=2))
    assert read(data, TEXT, "utf-16") == EXPECTED


async def test_tokens_move_with_an_edit_above_and_change_with_one_inside(
    ready: Connection,
) -> None:
    ready.open(TEXT)
    before = read(await tokens(ready), TEXT, "utf-16")
    text = "# 😀\n" + TEXT.replace("cnot 0 1", "x qubit 1")
    ready.change(2, {"text": text})
    after = read(await tokens(ready), text, "utf-16")
    changed = {(2, "cnot", "gate"), (2, "0", "qubit"), (2, "1", "qubit")}
    moved = [(line + 1, written, kind) for line, written, kind in before]
    assert [each for each in after if each[0] != 2] == [each for each in moved if each[0] != 2]
    assert changed.isdisjoint(after)
    assert (2, "x", "gate") in after


async def test_a_name_that_gets_another_value_colours_the_new_one(ready: Connection) -> None:
    ready.open(TEXT)
    await tokens(ready)
    text = TEXT.replace("quantum(P, key)", "print(P)")
    ready.change(2, {"text": text})
    assert not any(line == 1 for line, _, _ in read(await tokens(ready), text, "utf-16"))


@pytest.mark.parametrize("text", ["", "x = 'h qubit 0'\n", "import os\nquantum('h qubit 0')\n"])
async def test_plain_python_is_coloured_by_others(ready: Connection, text: str) -> None:
    ready.open(text)
    assert await tokens(ready) == []


async def test_a_document_that_is_not_open_has_no_tokens(ready: Connection) -> None:
    params = {"textDocument": {"uri": URI}}
    assert await ready.request("textDocument/semanticTokens/full", params) is None


async def test_lines_of_a_bql_file_are_coloured(ready: Connection) -> None:
    text = "# comment\r\n😀 Create a Bell state\r\n\r\nh qubit 0\r\n"
    uri = "file:///workspace/a.bql"
    ready.open(text, uri=uri)
    params = {"textDocument": {"uri": uri}}
    data = (await ready.request("textDocument/semanticTokens/full", params))["data"]
    assert read(data, text, "utf-16") == [
        (1, "Create", "verb"),
        (1, "Bell state", "term"),
        (3, "h", "gate"),
        (3, "qubit 0", "qubit"),
    ]


async def test_the_legend_that_is_announced_is_the_one_that_is_used(
    connection: Connection,
) -> None:
    result = await connection.initialize("vscode")
    provider = result["capabilities"]["semanticTokensProvider"]
    assert provider["legend"]["tokenTypes"] == TOKEN_LEGEND.token_types
    assert provider["legend"]["tokenModifiers"] == TOKEN_LEGEND.token_modifiers
    assert (provider["full"], provider["range"]) == (True, True)
