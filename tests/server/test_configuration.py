"""Settings from everywhere they come from, and what is said about wrong ones."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bioql_lsp.settings import Mode
from tests.server.harness import Connection


def folder(path: Path) -> dict[str, Any]:
    return {"workspaceFolders": [{"uri": path.as_uri(), "name": "w"}], "rootUri": path.as_uri()}


def configure(connection: Connection, values: Any) -> None:
    connection.handlers["workspace/configuration"] = lambda params: [values]


async def until_configured(connection: Connection) -> None:
    connection.notify("workspace/didChangeConfiguration", {"settings": None})
    tasks = [*connection.server.protocol._notified, *connection.server.session._background]
    for task in tasks:
        await task


async def test_options_of_initialize_hold_from_the_start(connection: Connection) -> None:
    await connection.initialize(
        "helix", initializationOptions={"bioql": {"mode": "off", "budget": {"sessionUsd": 1}}}
    )
    assert connection.server.session.settings.mode is Mode.OFF


async def test_the_clients_configuration_is_asked_for_and_wins(connection: Connection) -> None:
    configure(connection, {"mode": "remote", "workerUrl": "https://w.example"})
    await connection.initialize("vscode", initializationOptions={"bioql": {"mode": "off"}})
    await until_configured(connection)
    settings = connection.server.session.settings
    assert (settings.mode, settings.worker_url) == (Mode.REMOTE, "https://w.example")
    configure(connection, {"mode": "local"})
    await until_configured(connection)
    settings = connection.server.session.settings
    assert (settings.mode, settings.worker_url) == (Mode.LOCAL, None)
    configure(connection, {})
    await until_configured(connection)
    assert connection.server.session.settings.mode is Mode.OFF


async def test_a_client_that_only_pushes_is_believed(ready: Connection) -> None:
    for settings in ({"bioql": {"mode": "off"}}, {"mode": "off"}):
        ready.notify("workspace/didChangeConfiguration", {"settings": settings})
        await until_configured(ready)
        assert ready.server.session.settings.mode is Mode.OFF


async def test_pyproject_chooses_what_a_workspace_may_choose_and_no_more(
    connection: Connection, tmp_path: Path
) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.bioql]\nbioqlVersion = "5.0.0"\nworkerUrl = "https://evil.example"\n'
    )
    await connection.initialize("emacs", **folder(tmp_path))
    await until_configured(connection)
    settings = connection.server.session.settings
    assert (settings.bioql_version, settings.worker_url) == ("5.0.0", None)
    shown = await connection.notification("window/showMessage")
    assert "bioql.workerUrl in [tool.bioql] of pyproject.toml is ignored" in shown["message"]


@pytest.mark.parametrize("content", [b"[tool", b"\xff", b"tool = 3", b"[tool]\nbioql = 3"])
async def test_a_pyproject_that_cannot_be_read_changes_nothing(
    connection: Connection, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "pyproject.toml").write_bytes(content)
    await connection.initialize("emacs", **folder(tmp_path))
    await until_configured(connection)
    assert connection.server.session.settings.bioql_version is None


@pytest.mark.parametrize(
    "uri", ["", "x", "file://", "file:///%00", "untitled:a", "file:///C:/x", "file://[broken", "\0"]
)
async def test_a_root_that_is_no_folder_stops_nothing(connection: Connection, uri: str) -> None:
    await connection.initialize("emacs", rootUri=uri, workspaceFolders=[])
    await until_configured(connection)
    connection.open("from bioql import quantumm\n", uri=uri)
    assert (await connection.diagnostics())["diagnostics"]


async def test_a_wrong_setting_is_shown_once_and_never_with_its_value(
    connection: Connection,
) -> None:
    configure(connection, {"apiKey": ["5ecre7"], "mood": 1})
    await connection.initialize("neovim")
    for _ in range(3):
        await until_configured(connection)
    shown = [m for m in connection.received if m.get("method") == "window/showMessage"]
    assert len(shown) == 2
    assert "5ecre7" not in str(shown)
    assert "Did you mean mode?" in str(shown)


async def test_a_client_that_never_answers_still_gets_findings(connection: Connection) -> None:
    connection._respond = lambda _request: None  # type: ignore[method-assign]
    await connection.initialize("emacs")
    connection.open("from bioql import quantumm\n")
    assert (await connection.diagnostics())["diagnostics"]


async def test_changed_settings_show_the_findings_anew(connection: Connection) -> None:
    await connection.initialize("emacs")
    await until_configured(connection)
    connection.open("from bioql import quantumm\n")
    (found,) = (await connection.diagnostics())["diagnostics"]
    configure(connection, {"diagnostics": {"severity": {found["code"]: "information"}}})
    await until_configured(connection)
    assert (await connection.diagnostics(1))["diagnostics"][0]["severity"] == 3
    configure(connection, {"diagnostics": {"ignore": [found["code"]]}})
    await until_configured(connection)
    assert (await connection.diagnostics(2))["diagnostics"] == []


async def test_changed_settings_ask_a_pulling_client_to_pull(connection: Connection) -> None:
    capabilities = {
        "workspace": {"configuration": True, "diagnostics": {"refreshSupport": True}},
        "textDocument": {"diagnostic": {}},
    }
    await connection.initialize(capabilities=capabilities)
    configure(connection, {"diagnostics": {"enabled": False}})
    await until_configured(connection)
    await connection.first(lambda m: m.get("method") == "workspace/diagnostic/refresh")


async def test_a_code_that_no_rule_has_is_said_once(connection: Connection) -> None:
    options = {"bioql": {"diagnostics": {"ignore": ["BQ999", "NL001"]}}}
    await connection.initialize("emacs", initializationOptions=options)
    for _ in range(2):
        await until_configured(connection)
    shown = await connection.notification("window/showMessage")
    assert "BQ999 in bioql.diagnostics.ignore is no rule" in shown["message"]
    assert len([m for m in connection.received if m.get("method") == "window/showMessage"]) == 1


async def test_settings_that_are_answered_late_do_not_replace_newer_ones(
    connection: Connection,
) -> None:
    await connection.initialize("emacs")
    await until_configured(connection)
    connection._respond = lambda _request: None  # type: ignore[method-assign]
    before = len(connection.received)

    def asked() -> list[dict[str, Any]]:
        sent = connection.received[before:]
        return [m for m in sent if m.get("method") == "workspace/configuration"]

    for _ in range(2):
        connection.notify("workspace/didChangeConfiguration", {"settings": None})
    await connection.first(lambda _message: len(asked()) == 2)
    for request, mode in zip(reversed(asked()), ("off", "remote"), strict=True):
        answer = [{"mode": mode, "workerUrl": "https://w.example"}]
        connection.raw({"jsonrpc": "2.0", "id": request["id"], "result": answer})
        while connection.server.session.settings.mode is not Mode.OFF:
            await asyncio.wait(
                connection.server.protocol._notified, return_when=asyncio.FIRST_COMPLETED
            )
    await asyncio.gather(*connection.server.protocol._notified)
    assert connection.server.session.settings.mode is Mode.OFF


async def test_a_client_that_fails_to_tell_its_settings_stops_no_other_source(
    connection: Connection, tmp_path: Path
) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.bioql]\nmode = "off"\n')

    def refuse(request: dict[str, Any]) -> None:
        error = {"code": -32603, "message": "no"}
        connection.raw({"jsonrpc": "2.0", "id": request["id"], "error": error})

    connection._respond = refuse  # type: ignore[method-assign]
    await connection.initialize(
        capabilities={"workspace": {"configuration": True}}, **folder(tmp_path)
    )
    await until_configured(connection)
    assert connection.server.session.settings.mode is Mode.OFF


async def test_changed_settings_ask_for_lenses_and_hints_again(connection: Connection) -> None:
    await connection.initialize("vscode")
    await until_configured(connection)
    before = len(connection.received)
    configure(connection, {"costs": {"warnAboveUsd": 7}})
    await until_configured(connection)
    asked = {message.get("method") for message in connection.received[before:]}
    assert {"workspace/codeLens/refresh", "workspace/inlayHint/refresh"} <= asked
