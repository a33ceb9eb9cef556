"""``textDocument/didOpen``, ``didChange`` and ``didClose``: keep the text, answer with findings.

A client that does not pull gets ``publishDiagnostics`` for every version, also when nothing in it
changed; analyses run in the order of the versions, so the newest is published last.
"""

from __future__ import annotations

from lsprotocol import types

from bioql_lsp.server.analyses import Analyses, findings
from bioql_lsp.server.diagnostics import to_diagnostics
from bioql_lsp.server.guard import ContentModifiedError
from bioql_lsp.server.session import Session, Snapshot


def did_open(session: Session, params: types.DidOpenTextDocumentParams) -> None:
    """Take a document that was opened."""
    session.documents.open(params.text_document)
    start_publishing(session, params.text_document.uri)


def did_change(session: Session, params: types.DidChangeTextDocumentParams) -> None:
    """Take a document's next version."""
    session.documents.change(params)
    start_publishing(session, params.text_document.uri)


def did_close(session: Session, params: types.DidCloseTextDocumentParams) -> None:
    """Forget a document and take its findings off the screen."""
    uri = params.text_document.uri
    session.documents.close(uri)
    session.service(Analyses).forget(uri)
    if not session.client.has_pull_diagnostics:
        session.server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=uri, diagnostics=[])
        )


def start_publishing(session: Session, uri: str) -> None:
    """Analyse and publish a document's newest version, unless the client pulls."""
    snapshot = session.find(uri)
    if snapshot is not None and not session.client.has_pull_diagnostics:
        session.start(_publish(session, snapshot), "publishing diagnostics")


async def _publish(session: Session, snapshot: Snapshot) -> None:
    try:
        found = await findings(session, snapshot)
    except ContentModifiedError:
        return
    if session.find(snapshot.uri) is None:
        return
    session.server.text_document_publish_diagnostics(
        types.PublishDiagnosticsParams(
            uri=snapshot.uri,
            version=snapshot.version,
            diagnostics=to_diagnostics(snapshot, found),
        )
    )
