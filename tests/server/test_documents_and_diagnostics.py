"""Every version is answered with its findings, by push or by pull."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bioql_lsp.server.analyses import Analyses
from bioql_lsp.server.transport import serve
from tests.server.harness import URI, Connection, frame, initialize_params, range_of

UNKNOWN_BACKEND = 'from bioql import quantum\nquantum("Create a Bell state", backend="torino")\n'
CLEAN = "print('hello')\n"
IDENTIFIER = {"textDocument": {"uri": URI}}


def codes(params: dict[str, list[dict[str, str]]]) -> list[str]:
    return [item["code"] for item in params["diagnostics"]]


async def test_opening_a_file_publishes_its_findings_with_its_version(ready: Connection) -> None:
    ready.open(UNKNOWN_BACKEND, version=7)
    published = await ready.diagnostics()
    assert (published["uri"], published["version"]) == (URI, 7)
    assert codes(published)
    first = published["diagnostics"][0]
    assert first["source"] == "bioql"
    assert first["severity"] in (1, 2, 3)


async def test_every_change_is_answered_with_its_version_also_when_nothing_changed(
    ready: Connection,
) -> None:
    ready.open(CLEAN, version=1)
    ready.change(2)
    ready.change(3, {"text": UNKNOWN_BACKEND})
    ready.change(4, {"range": range_of(0, 0, 0), "text": ""})
    ready.change(5, {"text": CLEAN})
    published = [await ready.diagnostics(nth) for nth in range(5)]
    assert [item["version"] for item in published] == [1, 2, 3, 4, 5]
    assert [bool(codes(item)) for item in published] == [False, False, True, True, False]


async def test_of_a_long_file_that_changes_fast_the_newest_version_wins(
    ready: Connection,
) -> None:
    long = CLEAN * 8_000
    ready.open(long, version=1)
    for version in range(2, 40):
        ready.change(version, {"text": long + UNKNOWN_BACKEND * (version % 2)})
    await ready.first(lambda message: message.get("params", {}).get("version") == 39)
    versions = [
        message["params"]["version"]
        for message in ready.received
        if message.get("method") == "textDocument/publishDiagnostics"
    ]
    assert versions == sorted(versions)
    assert versions[-1] == 39
    assert len(versions) < 39
    assert codes(await ready.diagnostics(len(versions) - 1))


async def test_closing_a_file_takes_its_findings_away(ready: Connection) -> None:
    ready.open(UNKNOWN_BACKEND)
    await ready.diagnostics()
    ready.notify("textDocument/didClose", IDENTIFIER)
    assert (await ready.diagnostics(1))["diagnostics"] == []
    assert (await ready.request("textDocument/diagnostic", IDENTIFIER))["items"] == []


@pytest.mark.parametrize(("encoding", "start"), [("utf-8", 12), ("utf-16", 10), ("utf-32", 9)])
async def test_findings_are_placed_in_the_units_that_the_client_chose(
    connection: Connection, encoding: str, start: int
) -> None:
    capabilities = {"general": {"positionEncodings": [encoding]}}
    result = await connection.initialize(capabilities=capabilities)
    assert result["capabilities"]["positionEncoding"] == encoding
    connection.open(
        'from bioql import quantum\nx = "😀"; quantum("Create a Bell state", backend="torino")\n'
    )
    starts = {
        item["range"]["start"]["character"]
        for item in (await connection.diagnostics())["diagnostics"]
    }
    assert min(starts) >= start


async def test_a_client_that_pulls_gets_a_report_and_then_unchanged(
    connection: Connection,
) -> None:
    await connection.initialize("neovim")
    connection.open(UNKNOWN_BACKEND)
    full = await connection.request("textDocument/diagnostic", IDENTIFIER)
    assert full["kind"] == "full"
    assert full["items"]
    again = {**IDENTIFIER, "previousResultId": full["resultId"]}
    unchanged = await connection.request("textDocument/diagnostic", again)
    assert unchanged == {"kind": "unchanged", "resultId": full["resultId"]}
    connection.change(2, {"text": CLEAN})
    changed = await connection.request("textDocument/diagnostic", again)
    assert (changed["kind"], changed["items"]) == ("full", [])
    methods = [message.get("method") for message in connection.received]
    assert "textDocument/publishDiagnostics" not in methods


async def test_a_request_sees_the_version_that_was_there_when_it_was_sent(
    connection: Connection,
) -> None:
    def message(method: str, **rest: Any) -> bytes:
        return frame({"jsonrpc": "2.0", "method": method, **rest})

    item = {"uri": URI, "languageId": "python", "version": 1, "text": UNKNOWN_BACKEND}
    newer = {"textDocument": {"uri": URI, "version": 2}, "contentChanges": [{"text": CLEAN}]}
    at_once = b"".join(
        (
            message("initialize", id="i", params=initialize_params("neovim")),
            message("textDocument/didOpen", params={"textDocument": item}),
            message("textDocument/diagnostic", id="old", params=IDENTIFIER),
            message("textDocument/didChange", params=newer),
            message("textDocument/diagnostic", id="new", params=IDENTIFIER),
        )
    )

    async def chunks() -> AsyncIterator[bytes]:
        yield at_once
        assert (await connection.answer("old"))["result"]["items"]
        assert (await connection.answer("new"))["result"]["items"] == []

    assert await serve(connection.server, chunks()) == 1


async def test_of_a_document_that_is_closed_while_it_is_analysed_nothing_is_kept(
    ready: Connection,
) -> None:
    ready.open(UNKNOWN_BACKEND)
    ready.notify("textDocument/didClose", IDENTIFIER)
    await asyncio.gather(*ready.server.session._background)
    kept = ready.server.session.service(Analyses)
    assert kept._newest == kept._running == kept._checking == {}
    published = [m for m in ready.received if m.get("method", "").endswith("publishDiagnostics")]
    assert [each["params"]["diagnostics"] for each in published] == [[]]
