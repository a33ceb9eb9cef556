"""The findings in every file of the workspace, also in those that are not open.

Files are analysed one at a time in the session's analysis thread, in the order in which jobs come
there: whoever types waits for one file at most. A file that did not change is not read again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from bioql_lsp.analysis.analysis import analyse_cells
from bioql_lsp.analysis.bql import language_of
from bioql_lsp.analysis.cells import PYTHON
from bioql_lsp.analysis.options import Options
from bioql_lsp.project import shown
from bioql_lsp.server.analyses import findings
from bioql_lsp.server.convert import Positions
from bioql_lsp.server.diagnostics import diagnostics_json, result_id_of
from bioql_lsp.server.guard import ContentModifiedError
from bioql_lsp.server.options import folder_of
from bioql_lsp.server.push import publish_items
from bioql_lsp.server.session import Session
from bioql_lsp.settings import DiagnosticsSettings
from bioql_lsp.sources import SourceError, find, read
from bioql_lsp.text import Document

FILES_MAX = 2_000
FILE_BYTES_MAX = 1024 * 1024


@dataclass(frozen=True)
class FileFindings:
    """The diagnostics of one file, as JSON; ``version`` is None for a file that is not open."""

    uri: str
    version: int | None
    items: list[dict[str, Any]]

    @cached_property
    def result_id(self) -> str:
        """Names the diagnostics by their content."""
        return result_id_of(self.items)


@dataclass(frozen=True, slots=True)
class _File:
    """A file on disk: which, and what tells that it changed."""

    path: Path
    modified_ns: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class _Job:
    """Everything that the findings in a file on disk depend on."""

    file: _File
    options: Options
    settings: DiagnosticsSettings = field(hash=False)
    position_encoding: str


class WorkspaceFindings:
    """Looks through the workspace; a session has one."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[Path, tuple[_Job, FileFindings]] = {}
        self._published: set[str] = set()
        self._task: asyncio.Task[object] | None = None

    async def every(self) -> AsyncIterator[FileFindings]:
        """The findings of every file, open or not; a document wins over what is on disk."""
        files = await asyncio.to_thread(_files, self._folders())
        self._forget_all_but({file.path for file in files})
        for file in files:
            uri = self._open_documents().get(file.path)
            found = await (self.of_document(uri) if uri else self._of_file(file))
            if found is not None:
                yield found

    async def of_document(self, uri: str) -> FileFindings | None:
        """The findings of an open document; None where it is not open or about to change."""
        snapshot = self._session.find(uri)
        if snapshot is None:
            return None
        try:
            found = await findings(self._session, snapshot)
        except ContentModifiedError:
            return None
        items = diagnostics_json(snapshot.positions, found)
        return FileFindings(uri, snapshot.version, items)

    def start(self) -> None:
        """Publish the findings in closed files anew where the settings ask for them."""
        if self._session.client.has_pull_diagnostics or not (self._is_on or self._published):
            return
        if self._task is not None:
            self._task.cancel()
        self._task = self._session.start(self._publish(), "looking through the workspace")

    def forget_all(self) -> None:
        """Look at every file again next time."""
        self._known = {}

    @property
    def _is_on(self) -> bool:
        return self._session.settings.diagnostics.workspace

    async def _publish(self) -> None:
        before, now = set(self._published), set[str]()
        if self._is_on:
            async for found in self.every():
                if found.version is None and (found.items or found.uri in before):
                    publish_items(self._session, found.uri, None, found.items)
                if found.version is None and found.items:
                    now.add(found.uri)
                    self._published.add(found.uri)
        opened = set(self._session.documents.uris())
        for uri in before - now - opened:
            publish_items(self._session, uri, None, [])
        self._published = now

    async def _of_file(self, file: _File) -> FileFindings:
        settings = self._session.settings.diagnostics
        encoding = self._session.client.position_encoding
        job = _Job(file, self._session.options, settings, encoding)
        every = self._known
        known = every.get(file.path)
        if known is None or known[0] != job:
            found = await self._session.analyse(_findings_on_disk, job)
            known = every[file.path] = (job, found)
        return known[1]

    def _forget_all_but(self, paths: set[Path]) -> None:
        for path in self._known.keys() - paths:
            del self._known[path]

    def _folders(self) -> list[Path]:
        workspace = self._session.server.workspace
        uris = list(workspace.folders) or [workspace.root_uri]
        return [folder for uri in uris if (folder := folder_of(uri)) is not None]

    def _open_documents(self) -> dict[Path, str]:
        paths = ((folder_of(uri), uri) for uri in self._session.documents.uris())
        return {path: uri for path, uri in paths if path is not None}


def _files(folders: list[Path]) -> list[_File]:
    """The files to look at, in order, each once; what is too large or gone is left out."""
    found: dict[Path, _File] = {}
    for folder in folders:
        try:
            for path in islice(find(folder), FILES_MAX - len(found)):
                status = path.stat()
                if status.st_size <= FILE_BYTES_MAX:
                    found[path] = _File(path, status.st_mtime_ns, status.st_size)
        except (OSError, SourceError):
            continue
    return list(found.values())


def _findings_on_disk(job: _Job) -> FileFindings:
    path = job.file.path
    uri = path.as_uri()
    language = language_of(path.name)
    try:
        text = read(path).text
    except SourceError:
        return FileFindings(uri, None, [])
    if language is PYTHON and "bioql" not in text:
        return FileFindings(uri, None, [])
    found = shown(analyse_cells([text], job.options, None, language).findings, job.settings)
    items = diagnostics_json(Positions(Document(text), job.position_encoding), found)
    return FileFindings(uri, None, items)
