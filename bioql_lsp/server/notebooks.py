"""The open notebooks: which cells they have, in order. The cells' texts are open documents.

A client that synchronizes notebooks sends a cell's text here and not by ``textDocument/didOpen``;
requests name a cell by its own URI, as if it were a file.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lsprotocol import types

from bioql_lsp.server.documents import Documents, OpenDocument

logger = logging.getLogger(__name__)

NOTEBOOK_TYPE = "jupyter-notebook"
PYTHON_ID = "python"
SYNC = types.NotebookDocumentSyncOptions(
    notebook_selector=[
        types.NotebookDocumentFilterWithNotebook(
            notebook=NOTEBOOK_TYPE, cells=[types.NotebookCellLanguage(language=PYTHON_ID)]
        )
    ],
    save=False,
)


@dataclass(frozen=True, slots=True)
class Notebook:
    """One version of an open notebook: its cells that are Python, in order, and their texts."""

    uri: str
    cells: tuple[OpenDocument, ...]

    def index_of(self, cell_uri: str) -> int | None:
        """Which of the cells a URI names; None for one that is no Python."""
        return next((i for i, cell in enumerate(self.cells) if cell.uri == cell_uri), None)


class Notebooks:
    """All open notebooks by URI, and for each cell the notebook that it is in."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._cells: dict[str, list[types.NotebookCell]] = {}
        self._notebook_of: dict[str, str] = {}

    def uris(self) -> tuple[str, ...]:
        """The URIs of all open notebooks."""
        return tuple(self._cells)

    def get(self, uri: str) -> Notebook | None:
        """The newest version of a notebook, if it is open."""
        cells = self._cells.get(uri)
        if cells is None:
            return None
        code = (cell.document for cell in cells if cell.kind == types.NotebookCellKind.Code)
        opened = (self._documents.get(cell_uri) for cell_uri in code)
        python = (each for each in opened if each is not None and each.language_id == PYTHON_ID)
        return Notebook(uri, tuple(python))

    def is_cell(self, uri: str) -> bool:
        """Whether a document is the cell of an open notebook."""
        return uri in self._notebook_of

    def around(self, cell_uri: str) -> Notebook | None:
        """The notebook that a cell is in; None for a document that is no cell."""
        uri = self._notebook_of.get(cell_uri)
        return None if uri is None else self.get(uri)

    def open(self, params: types.DidOpenNotebookDocumentParams) -> None:
        """Take a notebook that the client opened."""
        uri = params.notebook_document.uri
        self._cells[uri] = list(params.notebook_document.cells)
        self._add(uri, params.cell_text_documents)

    def change(self, params: types.DidChangeNotebookDocumentParams) -> tuple[set[str], set[str]]:
        """Take a notebook's next version; returns the cells that changed and those that left."""
        uri, changes = params.notebook_document.uri, params.change.cells
        cells = self._cells.get(uri)
        if cells is None:
            logger.warning("a change of a notebook that is not open was ignored")
            return set(), set()
        if changes is None:
            return set(), set()
        changed: set[str] = set()
        left: set[str] = set()
        if changes.structure is not None:
            left = self._remove(changes.structure.did_close or ())
            array = changes.structure.array
            cells[array.start : array.start + array.delete_count] = array.cells or ()
            changed |= self._add(uri, changes.structure.did_open or ())
        for data in changes.data or ():
            cells[:] = [data if cell.document == data.document else cell for cell in cells]
        for content in changes.text_content or ():
            self._documents.change(
                types.DidChangeTextDocumentParams(content.document, content.changes)
            )
            changed.add(content.document.uri)
        return changed, left - changed

    def close(self, uri: str) -> set[str]:
        """Forget a notebook that the client closed; returns the cells that left with it."""
        self._cells.pop(uri, None)
        cells = [cell for cell, notebook in self._notebook_of.items() if notebook == uri]
        return self._remove(types.TextDocumentIdentifier(cell) for cell in cells)

    def _add(self, uri: str, items: Sequence[types.TextDocumentItem]) -> set[str]:
        for item in items:
            self._documents.open(item)
            self._notebook_of[item.uri] = uri
        return {item.uri for item in items}

    def _remove(self, items: Iterable[types.TextDocumentIdentifier]) -> set[str]:
        removed = {item.uri for item in items if self._notebook_of.pop(item.uri, None) is not None}
        for uri in removed:
            self._documents.close(uri)
        return removed
