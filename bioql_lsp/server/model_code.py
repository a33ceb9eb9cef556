"""What the model, and the check of its answers, see of a document: Python, with what it needs."""

from __future__ import annotations

from bioql_lsp.analysis.bql import language_of
from bioql_lsp.analysis.cells import PYTHON
from bioql_lsp.assist.cells import Code, code_of_cell
from bioql_lsp.server.guard import RequestError
from bioql_lsp.server.session import Session, Snapshot

NO_PYTHON = (
    "The model writes Python, and {} is none. Open a Python file or a Python cell and ask there."
)


def is_python(snapshot: Snapshot) -> bool:
    """Whether a document is what the model writes; a ``.bql`` file and other cells are not."""
    if snapshot.notebook is not None:
        return snapshot.notebook.index_of(snapshot.uri) is not None
    return language_of(snapshot.uri, snapshot.language_id) is PYTHON


async def code_of(session: Session, snapshot: Snapshot) -> Code:
    """A document that is Python, a cell after those above it. Raises RequestError for others."""
    if not is_python(snapshot):
        raise RequestError(NO_PYTHON.format(snapshot.uri.rpartition("/")[2]))
    notebook = snapshot.notebook
    index = notebook.index_of(snapshot.uri) if notebook is not None else None
    if notebook is None or index is None:
        return Code(snapshot.document)
    above = [cell.document.text for cell in notebook.cells[:index]]
    return await session.analyse(code_of_cell, above, snapshot.document)
