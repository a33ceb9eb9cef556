"""Whatever is wrong on the way to a worker: one clear message, and the editor works on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.server_ai.conftest import RemoteWorker, StartEditor
from tests.server_ai.editor import Editor

IMPORT = "from bioql import quantum\n\n"
HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>"


@asynccontextmanager
async def answering(response: bytes) -> AsyncIterator[str]:
    """A server on loopback that answers everything with the same bytes."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(response)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def ask_twice(editor: Editor) -> str:
    """Two requests while typing; the one message that the user saw."""
    editor.open(IMPORT)
    assert await editor.suggestion(is_explicit=False) == ""
    editor.change(IMPORT + "\n")
    assert await editor.suggestion(is_explicit=False) == ""
    (message,) = editor.messages
    assert editor.usages == []
    await editor.diagnostics(2)
    return message


async def test_no_key_is_said_once(start_editor: StartEditor) -> None:
    async with answering(HTML) as url:
        message = await ask_twice(await start_editor(environment={"BIOQL_WORKER_URL": url}))
    assert "No BioQL API key" in message
    assert "BIOQL_API_KEY" in message


async def test_a_wrong_key_is_said_once_and_never_repeated(
    start_editor: StartEditor, remote: RemoteWorker
) -> None:
    editor = await start_editor(environment=remote.environment("bioql_live_wrong_1234"))
    message = await ask_twice(editor)
    assert "refused the API key" in message
    assert "bioql_live_wrong_1234" not in message + editor.log
    status = editor.said("bioql/status")[-1]
    assert status["state"] == "offline"
    assert status["message"] in message


async def test_a_worker_that_is_not_there_is_said_once(start_editor: StartEditor) -> None:
    async with answering(b"") as url:
        pass
    editor = await start_editor(
        environment={"BIOQL_WORKER_URL": url, "BIOQL_API_KEY": "bioql_live_1"}
    )
    message = await ask_twice(editor)
    assert "connection refused" in message
    assert editor.states[-1] == "offline"
    assert editor.said("bioql/status")[-1]["command"]["command"] == "bioql.restartWorker"


async def test_garbage_is_said_once(start_editor: StartEditor) -> None:
    async with answering(HTML) as url:
        editor = await start_editor(
            environment={"BIOQL_WORKER_URL": url, "BIOQL_API_KEY": "bioql_live_1"}
        )
        message = await ask_twice(editor)
    assert "does not answer like a BioQL worker" in message
    assert "bioql.workerUrl" in message


@pytest.mark.parametrize("mode", ["remote"])
async def test_a_remote_mode_without_a_url_says_what_to_set(
    start_editor: StartEditor, mode: str
) -> None:
    message = await ask_twice(await start_editor({"mode": mode}))
    assert "bioql.workerUrl" in message
