"""The state of one connection: documents, settings and what the client can do.

Every feature gets the `Session` and asks it for a `Snapshot`, an immutable view of one document in
one version together with the settings of that moment:

    snapshot = session.find(params.text_document.uri)      # None when it is not open; cells too
    offset = snapshot.positions.offset(params.position)    # code points from here on
    analysis = await analyses.analysis(session, snapshot)  # once for all features, incremental
    found = await analyses.findings(session, snapshot)     # what the settings show of it
    result = await session.analyse(function, argument)     # anything else, off the event loop
    if not session.is_current(snapshot): ...               # the user typed on meanwhile

State of a feature's own (a worker client, a cache) lives as long as the session under its class:
``session.service(WorkerClient)`` makes it on first use by ``WorkerClient(session)``; if it has an
``async def aclose(self)``, that runs when the connection ends.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from bioql_lsp.analysis.api.versions import NEWEST
from bioql_lsp.analysis.options import Options
from bioql_lsp.server.analysis_thread import AnalysisThread, Urgency
from bioql_lsp.server.client import Client
from bioql_lsp.server.convert import Positions
from bioql_lsp.server.documents import Documents, OpenDocument
from bioql_lsp.server.guard import RequestError, log_failure
from bioql_lsp.server.notebooks import Notebook, Notebooks
from bioql_lsp.settings import Settings
from bioql_lsp.text import Document

if TYPE_CHECKING:
    from bioql_lsp.analysis.api.installed import Installed
    from bioql_lsp.server.app import BioqlServer

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One version of one open document; ``notebook`` is the one that it is a cell of."""

    uri: str
    language_id: str
    document: Document
    positions: Positions
    settings: Settings
    options: Options
    notebook: Notebook | None = None

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text

    @property
    def version(self) -> int:
        """The version that the client gave this text."""
        return self.document.version or 0


@dataclass
class Session:
    """What the server knows during one connection; `server` is the way to the client."""

    server: BioqlServer
    client: Client
    settings: Settings = field(default_factory=Settings)
    installed: Installed | None = None
    documents: Documents = field(init=False)
    notebooks: Notebooks = field(init=False)
    _services: dict[type, Any] = field(init=False, default_factory=dict)
    _background: set[asyncio.Task[object]] = field(init=False, default_factory=set)
    _thread: AnalysisThread = field(init=False, default_factory=AnalysisThread)

    def __post_init__(self) -> None:
        self.documents = Documents(self.client.position_encoding)
        self.notebooks = Notebooks(self.documents)

    @property
    def options(self) -> Options:
        """Under what documents are analysed: the version set, else installed, else the newest."""
        installed, settings = self.installed, self.settings
        version = settings.bioql_version or (installed.version if installed else NEWEST)
        distributions = installed.distributions if installed else None
        return Options(version, settings.costs.warn_above_usd, distributions)

    def find(self, uri: str) -> Snapshot | None:
        """The newest version of an open document."""
        opened = self.documents.get(uri)
        return None if opened is None else self._snapshot(opened)

    def snapshot(self, uri: str) -> Snapshot:
        """The newest version of a document that must be open. Raises RequestError."""
        found = self.find(uri)
        if found is None:
            raise RequestError(f"{uri} is not open in the editor. Open it and try again.")
        return found

    def is_current(self, snapshot: Snapshot) -> bool:
        """Whether the document is open and still has the snapshot's text."""
        opened = self.documents.get(snapshot.uri)
        return opened is not None and opened.document is snapshot.document

    async def analyse(self, function: Callable[..., T], *arguments: Any) -> T:
        """Run an analysis in the session's one analysis thread, in the order of the calls."""
        return await self._thread.run(partial(function, *arguments))

    async def analyse_soon(self, function: Callable[..., T], *arguments: Any) -> T:
        """The same, after everything that somebody waits for while typing."""
        # A completion that waits for the same text is resumed in this turn of the loop or the
        # next: it shall be in the queue first.
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return await self._thread.run(partial(function, *arguments), Urgency.SOON)

    def service(self, kind: Callable[[Session], S]) -> S:
        """The session's one instance of a class, made on first use."""
        if kind not in self._services:
            self._services[kind] = kind(self)  # type: ignore[index]
        instance: S = self._services[kind]  # type: ignore[index]
        return instance

    def start(self, work: Coroutine[Any, Any, object], name: str) -> asyncio.Task[object]:
        """Run a coroutine beside the requests, until the session ends at the latest."""
        task = asyncio.ensure_future(work)
        self._background.add(task)
        task.add_done_callback(partial(self._finish, name))
        return task

    async def aclose(self) -> None:
        """End everything that belongs to the session."""
        tasks = tuple(self._background)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        closers = [close for s in self._services.values() if (close := getattr(s, "aclose", None))]
        for outcome in await asyncio.gather(*(c() for c in closers), return_exceptions=True):
            if isinstance(outcome, Exception):
                log_failure(outcome, "closing the session")
        self._thread.close()

    def _snapshot(self, opened: OpenDocument) -> Snapshot:
        positions = Positions(opened.document, self.client.position_encoding)
        return Snapshot(
            opened.uri,
            opened.language_id,
            opened.document,
            positions,
            self.settings,
            self.options,
            self.notebooks.around(opened.uri),
        )

    def _finish(self, name: str, task: asyncio.Task[object]) -> None:
        self._background.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log_failure(error, name)
