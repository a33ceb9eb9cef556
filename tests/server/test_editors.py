"""Every editor's own initialize, over stdio and TCP, with a real client."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest
from lsprotocol import converters, types
from pytest_lsp import LanguageClient, make_test_lsp_client

from tests.server.harness import EDITORS, initialize_params
from tests.server.test_process import COMMAND

TEXT = (
    "from bioql import quantum\n"
    'note = "😀"\n'
    'quantum("Create a Bell state", api_key="k", num_shots=100)\n'
)
URI = "file:///workspace/bell.py"
ENCODINGS = {"vscode": "utf-16", "neovim": "utf-8", "helix": "utf-8", "emacs": "utf-32"}
WAIT_S = 30


def params_of(editor: str, token: str | None) -> types.InitializeParams:
    params = initialize_params(editor)
    if token is not None:
        params["initializationOptions"] = {"token": token}
    return converters.get_converter().structure(params, types.InitializeParams)


def new_client() -> LanguageClient:
    client = make_test_lsp_client()

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(_params: Any) -> None:
        return None

    return client


@pytest.fixture(params=["stdio", "tcp"])
async def transport(request: pytest.FixtureRequest) -> AsyncIterator[tuple[LanguageClient, Any]]:
    """A connected client and, over TCP, the token to show."""
    client = new_client()
    if request.param == "stdio":
        await client.start_io(*COMMAND, "--stdio")
        yield client, None
        await client.shutdown_session()
        assert client._server is not None
        assert await asyncio.wait_for(client._server.wait(), WAIT_S) == 0
        await client.stop()
        return
    process = await asyncio.create_subprocess_exec(
        *COMMAND, "--tcp", stdout=asyncio.subprocess.PIPE, stderr=sys.stderr
    )
    assert process.stdout is not None
    said = json.loads(await process.stdout.readline())
    await client.start_tcp(said["host"], said["port"])
    yield client, said["token"]
    await client.shutdown_session()
    assert await asyncio.wait_for(process.wait(), WAIT_S) == 0


@pytest.mark.parametrize("editor", EDITORS)
async def test_an_editor_opens_a_file_sees_findings_fixes_one_and_completes(
    transport: tuple[LanguageClient, Any], editor: str
) -> None:
    client, token = transport
    result = await client.initialize_session(params_of(editor, token))
    assert result.capabilities.position_encoding == ENCODINGS[editor]
    assert result.capabilities.inline_completion_provider is not None
    document = types.TextDocumentItem(uri=URI, language_id="python", version=1, text=TEXT)
    identifier = types.TextDocumentIdentifier(uri=URI)
    published = asyncio.ensure_future(
        client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    )
    await asyncio.sleep(0)
    client.text_document_did_open(types.DidOpenTextDocumentParams(document))
    if editor == "emacs":
        await asyncio.wait_for(published, WAIT_S)
        found = client.diagnostics[URI]
    else:
        published.cancel()
        report = await client.text_document_diagnostic_async(
            types.DocumentDiagnosticParams(text_document=identifier)
        )
        found = report.items
    assert {item.code for item in found} >= {"BQ003"}
    context = types.CodeActionContext(diagnostics=list(found))
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(identifier, found[0].range, context)
    )
    assert any(action.edit for action in actions or ())
    completed = await client.text_document_completion_async(
        types.CompletionParams(identifier, types.Position(2, 31))
    )
    assert isinstance(completed, types.CompletionList)
