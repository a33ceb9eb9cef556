"""The analysis as features use it: once for each version of a document, under the settings."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from operator import is_
from typing import Any

from bioql_lsp.analysis.analysis import Analysis, analyse_cells
from bioql_lsp.analysis.bql import language_of
from bioql_lsp.analysis.cells import PYTHON, Language
from bioql_lsp.analysis.findings import Finding
from bioql_lsp.analysis.notebook_text import python_of
from bioql_lsp.analysis.options import Options
from bioql_lsp.project import shown
from bioql_lsp.server.documents import OpenDocument
from bioql_lsp.server.guard import ContentModifiedError
from bioql_lsp.server.notebooks import Notebook
from bioql_lsp.server.session import Session, Snapshot
from bioql_lsp.text import Document

# Where analysis takes long enough to lag behind typing, superseded versions are not analysed.
SKIPPABLE_LENGTH = 100_000


async def analysis(session: Session, snapshot: Snapshot, *, is_typing: bool = False) -> Analysis:
    """What is known of a snapshot; it is made from that of the version before.

    A cell of a notebook is analysed with all others, and shown as if it were a file. Somebody who
    ``is_typing`` does not wait for the rules. Raises ContentModifiedError for a version of a long
    document that is no longer current.
    """
    return await session.service(Analyses).of(snapshot, is_typing=is_typing)


async def findings(session: Session, snapshot: Snapshot) -> tuple[Finding, ...]:
    """Every finding in a snapshot that the settings show, without fixes.

    Raises ContentModifiedError for a version of a long document that is no longer current.
    """
    found = (await analysis(session, snapshot)).findings
    return shown(found, snapshot.settings.diagnostics)


async def of_notebook(session: Session, notebook: Notebook, options: Options) -> Analysis:
    """What is known of all cells of a notebook.

    Raises ContentModifiedError for a version of a long notebook that is no longer current.
    """
    return await session.service(Analyses).of_texts(_Texts(notebook.uri, notebook.cells, options))


@dataclass(frozen=True, slots=True)
class _Texts:
    """What is analysed in one go: a document, or the cells of a notebook."""

    uri: str
    cells: tuple[OpenDocument, ...]
    options: Options
    is_notebook: bool = True

    def is_same(self, other: _Texts) -> bool:
        """Whether the other is about the same versions of the same texts."""
        return (
            self.options == other.options
            and len(self.cells) == len(other.cells)
            and all(map(is_, self.documents, other.documents))
        )

    @property
    def documents(self) -> list[Document]:
        """The texts in order."""
        return [cell.document for cell in self.cells]

    @property
    def language(self) -> Language:
        """What all of it is written in."""
        if self.is_notebook or not self.cells:
            return PYTHON
        return language_of(self.uri, self.cells[0].language_id)


class Analyses:
    """The newest analysis of each document or notebook; a session has one (`Session.service`)."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._running: dict[str, tuple[_Texts, asyncio.Future[Analysis | None]]] = {}
        self._checking: dict[str, tuple[Analysis, asyncio.Future[None]]] = {}
        self._newest: dict[str, Analysis] = {}
        self._code: dict[str, tuple[Document, str]] = {}

    async def of(self, snapshot: Snapshot, *, is_typing: bool = False) -> Analysis:
        """The analysis of a snapshot, shared by everyone who asks for the same one."""
        notebook = snapshot.notebook
        index = notebook.index_of(snapshot.uri) if notebook is not None else None
        if notebook is None or index is None:
            opened = OpenDocument(snapshot.uri, snapshot.language_id, snapshot.document)
            cells = (opened,) if notebook is None else ()
            texts = _Texts(snapshot.uri, cells, snapshot.options, is_notebook=False)
            return await self.of_texts(texts, is_typing=is_typing)
        texts = _Texts(notebook.uri, notebook.cells, snapshot.options)
        return (await self.of_texts(texts, is_typing=is_typing)).view(index)

    async def of_texts(self, texts: _Texts, *, is_typing: bool = False) -> Analysis:
        """The analysis of a document or a notebook."""
        running = self._running.get(texts.uri)
        if running is None or not running[0].is_same(texts):
            future = asyncio.ensure_future(self._session.analyse(self._analyse, texts))
            future.add_done_callback(_consume)
            running = self._running[texts.uri] = (texts, future)
        # Shielded: one request that is cancelled must not take the others' answer away.
        found = await asyncio.shield(running[1])
        if found is None:
            raise ContentModifiedError("The document has changed since.")
        if not is_typing:
            await self._check(texts.uri, found)
        if texts.cells and not any(map(self._is_open, texts.cells)):
            for uri in (texts.uri, *(cell.uri for cell in texts.cells)):
                self.forget(uri)  # closed meanwhile
        return found

    async def _check(self, uri: str, found: Analysis) -> None:
        """Have the rules look at an analysis, once for everyone who asks."""
        checking = self._checking.get(uri)
        if checking is None or checking[0] is not found:
            future = asyncio.ensure_future(self._session.analyse_soon(_find, found))
            future.add_done_callback(_consume)
            checking = self._checking[uri] = (found, future)
        await asyncio.shield(checking[1])

    def forget(self, uri: str) -> None:
        """Drop what was found in a document, a notebook or a cell that was closed."""
        self._running.pop(uri, None)
        self._checking.pop(uri, None)
        self._newest.pop(uri, None)
        self._code.pop(uri, None)

    async def forget_all(self) -> None:
        """Drop everything, also what is being worked out: what it was checked against is gone."""
        self._running.clear()
        self._checking.clear()
        await self._session.analyse(self._newest.clear)

    def _analyse(self, texts: _Texts) -> Analysis | None:
        length = sum(len(document.text) for document in texts.documents)
        if length > SKIPPABLE_LENGTH and not self._is_current(texts):
            return None
        before = self._newest.get(texts.uri)
        found = analyse_cells(self._read(texts), texts.options, before, texts.language)
        self._newest[texts.uri] = found
        return found

    def _is_current(self, texts: _Texts) -> bool:
        newest = (self._session.documents.get(cell.uri) for cell in texts.cells)
        return all(
            opened is not None and opened.document is document
            for opened, document in zip(newest, texts.documents, strict=True)
        )

    def _is_open(self, cell: OpenDocument) -> bool:
        return self._session.documents.get(cell.uri) is not None

    def _read(self, texts: _Texts) -> list[str]:
        if not texts.is_notebook:
            return [document.text for document in texts.documents] or [""]
        return [self._python_of(cell) for cell in texts.cells]

    def _python_of(self, cell: OpenDocument) -> str:
        """A cell's code; that of one which did not change is the very same object."""
        known = self._code.get(cell.uri)
        if known is None or known[0] is not cell.document:
            known = self._code[cell.uri] = (cell.document, python_of(cell.document.text))
        return known[1]


def _find(found: Analysis) -> None:
    """Work out the findings here, off the event loop; the analysis keeps them."""
    assert found.findings_by_cell is not None


def _consume(future: asyncio.Future[Any]) -> None:
    """Mark an exception as seen, so that none is reported for an analysis nobody waits for."""
    if not future.cancelled():
        future.exception()
