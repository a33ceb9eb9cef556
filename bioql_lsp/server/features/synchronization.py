"""``textDocument/didOpen``, ``didChange`` and ``didClose``: keep the text, answer with findings.

A client that does not pull gets ``publishDiagnostics`` for every version, also when nothing in it
changed; analyses run in the order of the versions, so the newest is published last.
"""

from __future__ import annotations

from lsprotocol import types

from bioql_lsp.server.analyses import Analyses
from bioql_lsp.server.publishing import start_publishing
from bioql_lsp.server.session import Session


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
