"""``notebookDocument/didOpen``, ``didChange``, ``didSave`` and ``didClose``.

A cell's findings are published under the cell's own URI; an edit in one may change those of
others, which are published then too.
"""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from bioql_lsp.server.analyses import Analyses
from bioql_lsp.server.publishing import CellFindings, start_publishing_notebook
from bioql_lsp.server.push import clear
from bioql_lsp.server.session import Session


def did_open(session: Session, params: types.DidOpenNotebookDocumentParams) -> None:
    """Take a notebook that was opened, with its cells' texts."""
    session.notebooks.open(params)
    cells = [item.uri for item in params.cell_text_documents]
    start_publishing_notebook(session, params.notebook_document.uri, cells)


def did_change(session: Session, params: types.DidChangeNotebookDocumentParams) -> None:
    """Take a notebook's next version: other cells, another order, other texts, other data."""
    changed, left = session.notebooks.change(params)
    _forget(session, left)
    start_publishing_notebook(session, params.notebook_document.uri, changed)


def did_save(_session: Session, _params: types.DidSaveNotebookDocumentParams) -> None:
    """Nothing depends on what is on disk."""


def did_close(session: Session, params: types.DidCloseNotebookDocumentParams) -> None:
    """Forget a notebook and take the findings in its cells off the screen."""
    uri = params.notebook_document.uri
    _forget(session, session.notebooks.close(uri))
    session.service(Analyses).forget(uri)


def _forget(session: Session, cells: Iterable[str]) -> None:
    for cell in cells:
        session.service(Analyses).forget(cell)
        session.service(CellFindings).forget(cell)
        clear(session, cell)
