"""Findings on their way to a client that has them pushed."""

from __future__ import annotations

from collections.abc import Iterable

from bioql_lsp.analysis.findings import Finding
from bioql_lsp.project import shown
from bioql_lsp.server.analyses import findings, of_notebook
from bioql_lsp.server.convert import Positions
from bioql_lsp.server.diagnostics import diagnostics_json
from bioql_lsp.server.documents import OpenDocument
from bioql_lsp.server.guard import ContentModifiedError
from bioql_lsp.server.notebooks import Notebook
from bioql_lsp.server.push import publish_items
from bioql_lsp.server.refreshing import refresh_remarks
from bioql_lsp.server.session import Session, Snapshot
from bioql_lsp.server.workspace_findings import WorkspaceFindings
from bioql_lsp.text import Document


class CellFindings:
    """What the client was told about the cells of notebooks; a session has one.

    Due are the versions of a cell that have not been answered yet, the oldest first.
    """

    def __init__(self, _session: Session) -> None:
        self.told: dict[str, tuple[Finding, ...]] = {}
        self._due: dict[str, list[Document]] = {}

    def expect(self, cell: OpenDocument) -> None:
        """Note that a version waits for its answer."""
        self._due.setdefault(cell.uri, []).append(cell.document)

    def take_due(self, cell: OpenDocument) -> bool:
        """Whether a version waits for its answer; afterwards neither it nor an older one does."""
        due = self._due.get(cell.uri, [])
        for index, document in enumerate(due):
            if document is cell.document:
                del due[: index + 1]
                return True
        return False

    def forget(self, cell_uri: str) -> None:
        """Drop what was said about a cell that was closed."""
        self.told.pop(cell_uri, None)
        self._due.pop(cell_uri, None)


def show_findings_again(session: Session) -> None:
    """Publish all findings anew, or have the client pull them; hints and lenses too."""
    for uri in session.notebooks.uris():
        notebook = session.notebooks.get(uri)
        start_publishing_notebook(session, uri, [c.uri for c in notebook.cells] if notebook else [])
    for uri in session.documents.uris():
        if not session.notebooks.is_cell(uri):
            start_publishing(session, uri)
    if session.client.has_pull_diagnostics:
        _refresh(session)
    session.service(WorkspaceFindings).start()
    refresh_remarks(session)


def start_publishing(session: Session, uri: str) -> None:
    """Analyse and publish a document's newest version, unless the client pulls."""
    snapshot = session.find(uri)
    if snapshot is not None and not session.client.has_pull_diagnostics:
        session.start(_publish(session, snapshot), "publishing diagnostics")


def start_publishing_notebook(session: Session, uri: str, changed: Iterable[str]) -> None:
    """Analyse a notebook and publish the changed cells' findings, and others' that differ now.

    A client that pulls asks about the cell that it changed; of the others it has to be told.
    """
    notebook = session.notebooks.get(uri)
    if notebook is not None:
        due = set(changed)
        for cell in notebook.cells:
            if cell.uri in due:
                session.service(CellFindings).expect(cell)
        session.start(_publish_notebook(session, notebook), "publishing diagnostics")


async def _publish(session: Session, snapshot: Snapshot) -> None:
    try:
        found = await findings(session, snapshot)
    except ContentModifiedError:
        return
    if session.find(snapshot.uri) is None:
        return
    items = diagnostics_json(snapshot.positions, found)
    publish_items(session, snapshot.uri, snapshot.version, items)


async def _publish_notebook(session: Session, notebook: Notebook) -> None:
    settings = session.settings.diagnostics
    try:
        analysis = await of_notebook(session, notebook, session.options)
    except ContentModifiedError:
        return  # the cells stay due
    state = session.service(CellFindings)
    is_other_stale = False
    for cell, every in zip(notebook.cells, analysis.findings_by_cell, strict=True):
        if session.documents.get(cell.uri) is None:
            continue
        found = shown(every, settings)
        is_due = state.take_due(cell)
        is_different = state.told.get(cell.uri, ()) != found
        if (is_due or is_different) and not session.client.has_pull_diagnostics:
            _publish_cell(session, cell, found)
        is_other_stale |= is_different and not is_due
        state.told[cell.uri] = found
    if is_other_stale and session.client.has_pull_diagnostics:
        _refresh(session)


def _publish_cell(session: Session, cell: OpenDocument, found: tuple[Finding, ...]) -> None:
    positions = Positions(cell.document, session.client.position_encoding)
    items = diagnostics_json(positions, found)
    publish_items(session, cell.uri, cell.document.version or 0, items)


def _refresh(session: Session) -> None:
    if session.client.has_diagnostic_refresh:
        session.server.workspace_diagnostic_refresh(None)
