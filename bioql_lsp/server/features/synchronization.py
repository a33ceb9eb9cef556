"""``textDocument/didOpen``, ``didChange`` and ``didClose``: keep the text, answer with findings.

A client that does not pull gets ``publishDiagnostics`` for every version, also when nothing in it
changed; analyses run in the order of the versions, so the newest is published last.
"""

from __future__ import annotations

from lsprotocol import types

from bioql_lsp.server.analyses import Analyses
from bioql_lsp.server.publishing import start_publishing, start_publishing_notebook
from bioql_lsp.server.push import clear
from bioql_lsp.server.session import Session
from bioql_lsp.server.workspace_findings import WorkspaceFindings


def did_open(session: Session, params: types.DidOpenTextDocumentParams) -> None:
    """Take a document that was opened; the text of a cell comes with its notebook."""
    uri = params.text_document.uri
    if session.notebooks.is_cell(uri):
        return
    session.documents.open(params.text_document)
    start_publishing(session, uri)


def did_change(session: Session, params: types.DidChangeTextDocumentParams) -> None:
    """Take a document's next version."""
    uri = params.text_document.uri
    session.documents.change(params)
    notebook = session.notebooks.around(uri)
    if notebook is None:
        start_publishing(session, uri)
    else:
        start_publishing_notebook(session, notebook.uri, [uri])


def did_close(session: Session, params: types.DidCloseTextDocumentParams) -> None:
    """Forget a document and take its findings off the screen."""
    uri = params.text_document.uri
    if session.notebooks.is_cell(uri):
        return
    session.documents.close(uri)
    session.service(Analyses).forget(uri)
    clear(session, uri)
    session.service(WorkspaceFindings).start()
