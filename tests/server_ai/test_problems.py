"""Whatever is wrong on the way to a worker: one clear message, and the editor works on."""

from __future__ import annotations

import json
from pathlib import Path

from tests.server_ai.conftest import StartEditor
from tests.server_ai.editor import CAPABILITIES, URI, message_of_two_requests
from tests.server_ai.sockets import HTML, answering, error, response

IMPORT = "from bioql import quantum\n\n"


async def test_each_problem_is_said_once_with_what_to_do(start_editor: StartEditor) -> None:
    async with answering(b"") as closed:
        pass
    async with answering(HTML) as html:
        editor = await start_editor({"mode": "remote"})
        editor.open(IMPORT)
        assert "bioql.workerUrl" in await message_of_two_requests(editor)

        await editor.configure({"workerUrl": html.url})
        message = await message_of_two_requests(editor)
        assert "No BioQL API key" in message
        assert "BIOQL_API_KEY" in message
        assert html.requests == []

        await editor.configure({"workerUrl": html.url, "apiKey": "bioql_live_1"})
        message = await message_of_two_requests(editor)
        assert "does not answer like a BioQL worker" in message
        assert "bioql.workerUrl" in message

        await editor.configure({"workerUrl": closed.url, "apiKey": "bioql_live_2"})
        assert "connection refused" in await message_of_two_requests(editor)
        status = editor.said("bioql/status")[-1]
        assert status["state"] == "offline"
        assert status["command"]["command"] == "bioql.restartWorker"


async def test_a_key_is_not_sent_to_another_worker_than_it_was_set_for(
    start_editor: StartEditor,
) -> None:
    async with answering(HTML) as peer, answering(HTML) as other:
        environment = {"BIOQL_WORKER_URL": peer.url, "BIOQL_API_KEY": "bioql_live_1"}
        editor = await start_editor(environment=environment)
        editor.open(IMPORT)
        await message_of_two_requests(editor)
        await editor.configure({"workerUrl": other.url})
        result = await editor.result(editor.generate("make a bell state"))
    assert other.requests == []
    assert "bioql.restartWorker" in result["message"]


async def test_keys_in_the_document_never_leave_the_machine(start_editor: StartEditor) -> None:
    secret = "bioql_live_from_the_buffer_1"
    text = f'{IMPORT}KEY = "{secret}"\nr = quantum("x", api_key="other secret 2")\n'
    async with answering(HTML) as peer:
        environment = {"BIOQL_WORKER_URL": peer.url, "BIOQL_API_KEY": "bioql_live_1"}
        editor = await start_editor(environment=environment)
        editor.open(text)
        await editor.suggestion()
        await editor.result(editor.generate(f"use {secret} here"))
        span = {"start": editor.place(0), "end": editor.place()}
        await editor.result(
            editor.command("bioql.fix", {"uri": URI, "range": span}),
        )
    assert len(peer.requests) == 3
    sent = b"".join(peer.requests)
    assert secret.encode() not in sent
    assert b"other secret 2" not in sent
    assert secret not in editor.log


async def test_a_first_request_waits_for_the_settings_of_the_client(
    start_editor: StartEditor, folder: Path
) -> None:
    capabilities = json.loads(json.dumps(CAPABILITIES))
    capabilities["workspace"]["configuration"] = True
    editor = await start_editor(capabilities=capabilities)
    editor.settings = {"mode": "off"}
    editor.open(IMPORT)
    assert await editor.suggestion() == ""
    assert not (folder / "run").exists()
    assert editor.messages == []


async def test_a_rate_limit_is_said_once_with_its_end_and_nothing_is_sent_until_then(
    start_editor: StartEditor,
) -> None:
    limited = response(429, error("rate_limited"), extra="Retry-After: 600\r\n")
    async with answering(limited) as peer:
        environment = {"BIOQL_WORKER_URL": peer.url, "BIOQL_API_KEY": "bioql_live_1"}
        editor = await start_editor(environment=environment)
        editor.open(IMPORT)
        message = await message_of_two_requests(editor)
        assert "600 s" in message
        result = await editor.result(editor.generate("make a bell state"))
        assert result["message"] in message
        assert len(peer.requests) == 1
        assert editor.states == ["rate_limited"]
