"""Findings in files that are not open: pulled by clients that do, pushed where it is set."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from bioql_lsp.server import workspace_findings
from tests.server.harness import Connection, range_of

BAD = 'from bioql import quantum\nx = "😀"; quantum("Create a Bell state", "k", "torino")\n'
CLEAN = "import os\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for name in ("bad.py", "clean.py", "sub/bad.py", ".venv/x.py", "site-packages/x.py"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(CLEAN if "clean" in name else BAD)
    (tmp_path / "a.bql").write_text("Create a GHZ state with 3 qubits\n")
    return tmp_path


def at(folder: Path, **options: Any) -> dict[str, Any]:
    folders = [{"uri": folder.as_uri(), "name": "w"}]
    return {"workspaceFolders": folders, "initializationOptions": {"bioql": options}}


async def pull(connection: Connection, previous: dict[str, str] | None = None) -> dict[str, Any]:
    ids = [{"uri": uri, "value": value} for uri, value in (previous or {}).items()]
    answer = await connection.request("workspace/diagnostic", {"previousResultIds": ids})
    return {item["uri"]: item for item in answer["items"]}


def ids(reports: dict[str, Any]) -> dict[str, str]:
    return {uri: report["resultId"] for uri, report in reports.items()}


async def test_it_is_announced(connection: Connection) -> None:
    result = await connection.initialize("vscode")
    provider = result["capabilities"]["diagnosticProvider"]
    assert (provider["workspaceDiagnostics"], provider["interFileDependencies"]) == (True, False)


async def test_every_file_with_findings_is_reported_and_then_unchanged(
    connection: Connection, workspace: Path
) -> None:
    await connection.initialize("neovim", **at(workspace))
    reports = await pull(connection)
    names = ("a.bql", "bad.py", "sub/bad.py")
    assert [*reports] == [(workspace / name).as_uri() for name in names]
    for report in reports.values():
        assert (report["kind"], report["version"]) == ("full", None)
        assert report["items"]
    again = await pull(connection, ids(reports))
    assert {report["kind"] for report in again.values()} == {"unchanged"}
    assert ids(again) == ids(reports)


async def test_places_are_in_the_clients_units(connection: Connection, workspace: Path) -> None:
    params = {"capabilities": {"general": {"positionEncodings": ["utf-16"]}}}
    await connection.initialize(**at(workspace), **params)
    (item,) = [
        item
        for item in (await pull(connection))[(workspace / "bad.py").as_uri()]["items"]
        if item["code"] == "BQ009"
    ]
    line = BAD.splitlines()[1]
    start = line.index('"torino"') + 1
    assert item["range"] == range_of(1, start, start + len('"torino"'))


async def test_a_file_that_changed_or_went_is_reported_anew(
    connection: Connection, workspace: Path
) -> None:
    await connection.initialize("neovim", **at(workspace))
    known = ids(await pull(connection))
    bad, gone = workspace / "bad.py", workspace / "sub/bad.py"
    bad.write_text(CLEAN)
    os.utime(bad, ns=(1, 1))
    gone.unlink()
    reports = await pull(connection, known)
    for path in (bad, gone):
        assert (reports[path.as_uri()]["kind"], reports[path.as_uri()]["items"]) == ("full", [])
    assert reports[(workspace / "a.bql").as_uri()]["kind"] == "unchanged"
    again = await pull(connection, ids(reports))
    assert {report["kind"] for report in again.values()} == {"unchanged"}


async def test_an_open_document_wins_over_its_file(connection: Connection, workspace: Path) -> None:
    await connection.initialize("neovim", **at(workspace))
    known = ids(await pull(connection))
    uri, elsewhere = (workspace / "bad.py").as_uri(), "file:///elsewhere/b.py"
    connection.open(CLEAN, version=5, uri=uri)
    connection.open(BAD, version=2, uri=elsewhere)
    reports = await pull(connection, {**known, elsewhere: "x"})
    assert (reports[uri]["version"], reports[uri]["items"]) == (5, [])
    assert reports[elsewhere]["items"]
    alone = await connection.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})
    assert alone["resultId"] == reports[uri]["resultId"]


async def test_large_and_too_many_files_are_left_out(
    connection: Connection, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace_findings, "FILE_BYTES_MAX", 1000)
    (workspace / "bad.py").write_text(BAD * 20)
    await connection.initialize("neovim", **at(workspace))
    assert [*await pull(connection)] == [
        (workspace / name).as_uri() for name in ("a.bql", "sub/bad.py")
    ]
    monkeypatch.setattr(workspace_findings, "FILES_MAX", 1)
    assert [*await pull(connection)] == [(workspace / "a.bql").as_uri()]


async def test_a_pull_can_be_cancelled_and_repeated(
    connection: Connection, workspace: Path
) -> None:
    await connection.initialize("neovim", **at(workspace))
    request = connection.send("workspace/diagnostic", {"previousResultIds": []})
    connection.notify("$/cancelRequest", {"id": request})
    assert (await connection.answer(request))["error"]["code"] == -32800
    assert len(await pull(connection)) == 3


async def test_an_edit_is_answered_while_the_workspace_is_looked_through(
    connection: Connection, workspace: Path
) -> None:
    for number in range(60):
        (workspace / f"many{number}.py").write_text(BAD * 20)
    await connection.initialize("neovim", **at(workspace))
    request = connection.send("workspace/diagnostic", {"previousResultIds": []})
    uri = "file:///elsewhere/b.py"
    connection.open(BAD, uri=uri)
    for version in range(2, 8):
        connection.change(version, {"text": BAD * version}, uri=uri)
        pulled = await connection.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})
        assert len(pulled["items"]) == 2 * version
        assert not connection.answers(request)
    assert len((await connection.answer(request))["result"]["items"]) == 63


async def test_the_settings_decide_what_is_shown_of_closed_files(
    connection: Connection, workspace: Path
) -> None:
    await connection.initialize("neovim", **at(workspace, diagnostics={"enabled": False}))
    assert await pull(connection) == {}


async def test_without_a_folder_there_is_nothing_to_report(connection: Connection) -> None:
    await connection.initialize(capabilities={"textDocument": {"diagnostic": {}}})
    assert await pull(connection) == {}


class Pushed:
    """The newest diagnostics that were pushed for each file of a folder."""

    def __init__(self, connection: Connection, folder: Path) -> None:
        self._connection, self._folder = connection, folder

    def _codes(self, name: str) -> list[str] | None:
        uri = (self._folder / name).as_uri()
        found = [
            message["params"]["diagnostics"]
            for message in self._connection.received
            if (message.get("params") or {}).get("uri") == uri
        ]
        return [item["code"] for item in found[-1]] if found else None

    async def until(self, name: str, *, has_findings: bool) -> None:
        await self._connection._until(lambda: bool(self._codes(name)) is has_findings)

    def was_told(self, name: str) -> bool:
        return self._codes(name) is not None


async def test_closed_files_are_pushed_where_the_setting_asks_for_it(
    connection: Connection, workspace: Path
) -> None:
    await connection.initialize("emacs", **at(workspace, diagnostics={"workspace": True}))
    pushed = Pushed(connection, workspace)
    for name in ("a.bql", "bad.py", "sub/bad.py"):
        await pushed.until(name, has_findings=True)
    assert not pushed.was_told("clean.py")
    registered = [
        registration["id"]
        for message in connection.received
        if message.get("method") == "client/registerCapability"
        for registration in message["params"]["registrations"]
    ]
    assert registered.count("bioql-sources") == 1

    (workspace / "clean.py").write_text(BAD)
    (workspace / "bad.py").unlink()
    changes = [{"uri": (workspace / "clean.py").as_uri(), "type": 2}]
    connection.notify("workspace/didChangeWatchedFiles", {"changes": changes})
    await pushed.until("clean.py", has_findings=True)
    await pushed.until("bad.py", has_findings=False)

    uri = (workspace / "clean.py").as_uri()
    connection.open(CLEAN, uri=uri)
    await pushed.until("clean.py", has_findings=False)
    connection.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    await pushed.until("clean.py", has_findings=True)

    off = {"bioql": {"diagnostics": {"workspace": False}}}
    connection.handlers["workspace/configuration"] = lambda _params: [off["bioql"]]
    connection.notify("workspace/didChangeConfiguration", {"settings": off})
    for name in ("a.bql", "clean.py", "sub/bad.py"):
        await pushed.until(name, has_findings=False)


async def test_without_the_setting_closed_files_stay_closed(
    connection: Connection, workspace: Path
) -> None:
    await connection.initialize("emacs", **at(workspace))
    uri = (workspace / "clean.py").as_uri()
    connection.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 2}]})
    connection.open(BAD, uri=uri)
    await connection.diagnostics()
    assert not Pushed(connection, workspace).was_told("bad.py")
