"""Fixes in the menu: what we know is there with its edit, what costs money is lazy."""

from __future__ import annotations

from typing import Any

import pytest

from bioql_lsp.server import features
from bioql_lsp.server.features import fix_resolve
from bioql_lsp.text import Document, Edit, Position, Span, apply_edits
from tests.server.harness import EDITORS, URI, Connection, range_of

TEXT = (
    "from bioql import quantum\n"
    'quantum("Create a Bell state", api_key="k", backend="torino", num_shots=100)\n'
)
BROKEN = "from bioql import quantum\nresult = quantum('Create a Bell state'\nprint(1)\n"


async def actions(
    connection: Connection, range_: dict[str, Any], only: list[str] | None = None
) -> list[dict[str, Any]]:
    context: dict[str, Any] = {"diagnostics": []} | ({"only": only} if only else {})
    params = {"textDocument": {"uri": URI}, "range": range_, "context": context}
    result: list[dict[str, Any]] = await connection.request("textDocument/codeAction", params)
    return result


def edited(text: str, edit: dict[str, Any]) -> str:
    document = Document(text)
    changes = (
        edit["documentChanges"][0]["edits"] if "documentChanges" in edit else edit["changes"][URI]
    )

    def offset(place: dict[str, int]) -> int:
        return document.offset(Position(place["line"], place["character"]))

    return apply_edits(
        text,
        [
            Edit(Span(offset(c["range"]["start"]), offset(c["range"]["end"])), c["newText"])
            for c in changes
        ],
    )


@pytest.mark.parametrize("editor", EDITORS)
async def test_a_finding_with_a_right_fix_has_a_preferred_action_with_its_edit(
    connection: Connection, editor: str
) -> None:
    await connection.initialize(editor)
    connection.open(TEXT, version=4)
    found = await actions(connection, range_of(1, 0, 76), ["quickfix"])
    preferred = [action for action in found if action.get("isPreferred")]
    assert preferred
    for action in preferred:
        assert action["diagnostics"][0]["code"].startswith(("BQ", "NL"))
        edit = action["edit"]
        if editor == "neovim":  # declares no documentChanges
            assert [*edit] == ["changes"]
        else:
            document = edit["documentChanges"][0]["textDocument"]
            assert document == {"uri": URI, "version": 4}
        assert edited(TEXT, edit) != TEXT


async def test_fix_all_applies_every_right_fix_and_is_offered_only_where_there_is_one(
    connection: Connection,
) -> None:
    await connection.initialize("vscode")
    connection.open(TEXT)
    for only in (["source.fixAll.bioql"], ["source.fixAll"], ["source"]):
        action, *others = await actions(connection, range_of(0, 0, 0), only)
        assert action["kind"] == "source.fixAll.bioql"
        assert [other["kind"] for other in others] in ([], ["source.houseStyle.bioql"])
    fixed = edited(TEXT, action["edit"])
    assert "num_shots" not in fixed
    assert 'api_key="k"' not in fixed
    connection.change(2, {"text": "print('hello')\n"})
    assert await actions(connection, range_of(0, 0, 0), ["source.fixAll.bioql"]) == []


async def test_other_kinds_of_action_are_not_offered(connection: Connection) -> None:
    await connection.initialize("vscode")
    connection.open(TEXT)
    assert await actions(connection, range_of(1, 0, 76), ["refactor.extract"]) == []
    assert await actions(connection, range_of(1, 0, 76), ["source.organizeImports"]) == []


async def test_on_a_selection_and_on_a_syntax_error_the_model_is_offered_without_being_asked(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(_target: str) -> Any:
        raise AssertionError("opening the menu must cost nothing")

    await connection.initialize("vscode")
    connection.open("x = 1  # bioql\ny = 2\n")
    assert await actions(connection, range_of(0, 2, 2)) == []
    monkeypatch.setattr("bioql_lsp.server.features.code_action_resolve.load", forbidden)
    (rewrite,) = await actions(connection, range_of(0, 0, 5))
    assert (rewrite["title"], rewrite["kind"]) == ("Fix BioQL code", "refactor.rewrite")
    assert "edit" not in rewrite
    assert rewrite["data"]["range"] == range_of(0, 0, 5)
    connection.change(2, {"text": BROKEN})
    (repair,) = await actions(connection, range_of(1, 20, 20))
    assert (repair["title"], repair["kind"]) == ("Fix BioQL code", "quickfix")


async def test_a_clicked_marker_is_no_selection(connection: Connection) -> None:
    await connection.initialize("vscode")
    connection.open(BROKEN)
    pulled = await connection.request(
        "textDocument/diagnostic", {"textDocument": {"uri": URI}, "identifier": "bioql"}
    )
    (marker,) = pulled["items"]
    (repair,) = await actions(connection, marker["range"], ["quickfix"])
    assert repair["data"]["range"]["start"] == {"line": 1, "character": 0}
    assert repair["data"]["range"] != marker["range"]


@pytest.mark.parametrize(
    ("uri", "text", "is_offered"),
    [
        (URI, "def broken(:\n    pass\n", False),
        (URI, "def broken(:  # bioql\n    pass\n", True),
        ("file:///a.bql", "def broken(:\n    pass\n", False),
    ],
    ids=["plain", "bioql", "sentences"],
)
async def test_where_the_model_has_no_python_for_bioql_to_write_it_is_not_offered(
    connection: Connection, uri: str, text: str, is_offered: bool
) -> None:
    await connection.initialize("vscode")
    connection.open(text, uri=uri)
    context = {"diagnostics": []}
    params = {"textDocument": {"uri": uri}, "range": range_of(0, 0, 12), "context": context}
    assert bool(await connection.request("textDocument/codeAction", params)) is is_offered


async def test_with_mode_off_the_model_is_not_offered(connection: Connection) -> None:
    await connection.initialize("vscode", initializationOptions={"bioql": {"mode": "off"}})
    connection.open("x = 1  # bioql\n")
    assert await actions(connection, range_of(0, 0, 5)) == []


async def test_a_client_that_cannot_resolve_gets_a_command_instead(
    connection: Connection,
) -> None:
    literals = {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}
    await connection.initialize(capabilities={"textDocument": {"codeAction": literals}})
    connection.open("x = 1  # bioql\n")
    (action,) = await actions(connection, range_of(0, 0, 5))
    assert action["command"]["command"] == "bioql.fix"
    assert action["command"]["arguments"] == [{"uri": URI, "range": range_of(0, 0, 5)}]


async def test_resolving_an_action_that_has_its_edit_returns_it_unchanged(
    connection: Connection,
) -> None:
    await connection.initialize("neovim")
    connection.open(TEXT)
    for action in await actions(connection, range_of(1, 0, 76), ["quickfix", "source"]):
        if "edit" in action:
            assert await connection.request("codeAction/resolve", action) == action
    foreign = {"title": "from another server", "data": {"kind": "other"}}
    assert await connection.request("codeAction/resolve", foreign) == foreign


async def test_resolving_the_models_action_goes_to_the_function_that_asks_the_model(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def resolve(session: Any, action: Any) -> Any:
        action.title = "resolved"
        return action

    monkeypatch.setattr(fix_resolve, "resolve", resolve)
    features.load.cache_clear()
    await connection.initialize("vscode")
    connection.open("x = 1  # bioql\n")
    (action,) = await actions(connection, range_of(0, 0, 5))
    assert (await connection.request("codeAction/resolve", action))["title"] == "resolved"
    features.load.cache_clear()


async def test_the_models_action_of_an_older_version_is_refused(connection: Connection) -> None:
    await connection.initialize("vscode")
    connection.open("x = 1  # bioql\n")
    (action,) = await actions(connection, range_of(0, 0, 5))
    connection.change(2, {"text": "x = 2\n"})
    error = await connection.error("codeAction/resolve", action)
    assert error["code"] == -32801
    assert "changed" in error["message"]


async def test_runs_are_put_into_the_house_style_when_asked_for(connection: Connection) -> None:
    text = 'from bioql import quantum\nresult = quantum("Create a Bell state", shots=100)\n'
    await connection.initialize("vscode")
    connection.open(text)
    kind = "source.houseStyle.bioql"
    (action,) = await actions(connection, range_of(0, 0, 0), [kind])
    assert action["kind"] == kind
    written = edited(text, action["edit"])
    assert 'os.environ["BIOQL_API_KEY"]' in written
    assert "if not result.success:" in written
    connection.change(2, {"text": written})
    assert await actions(connection, range_of(0, 0, 0), [kind]) == []


async def test_what_mends_the_whole_file_is_lazy_in_a_menu(connection: Connection) -> None:
    await connection.initialize("vscode")
    connection.open(TEXT)
    found = await actions(connection, range_of(1, 0, 76))
    (lazy,) = [action for action in found if action["kind"] == "source.fixAll.bioql"]
    assert "edit" not in lazy
    resolved = await connection.request("codeAction/resolve", lazy)
    (at_once,) = await actions(connection, range_of(0, 0, 0), ["source.fixAll.bioql"])
    assert resolved["edit"] == at_once["edit"]
    connection.change(2, {"text": TEXT + "\n"})
    error = await connection.error("codeAction/resolve", lazy)
    assert "changed since the menu was opened" in error["message"]
