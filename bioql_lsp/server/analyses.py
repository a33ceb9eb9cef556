"""The analysis as features use it: once for each version of a document, under the settings."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bioql_lsp.analysis.analysis import Analysis, analyse
from bioql_lsp.analysis.findings import Finding, Severity
from bioql_lsp.server.guard import ContentModifiedError
from bioql_lsp.server.session import Session, Snapshot
from bioql_lsp.settings import DiagnosticsSettings

# Where analysis takes long enough to lag behind typing, superseded versions are not analysed.
SKIPPABLE_LENGTH = 100_000


async def analysis(session: Session, snapshot: Snapshot) -> Analysis:
    """What is known of a snapshot; it is made from that of the version before.

    Raises ContentModifiedError for a version of a long document that is no longer current.
    """
    return await session.service(Analyses).of(snapshot)


async def findings(session: Session, snapshot: Snapshot) -> tuple[Finding, ...]:
    """Every finding in a snapshot that the settings show, without fixes.

    Raises ContentModifiedError for a version of a long document that is no longer current.
    """
    found = (await analysis(session, snapshot)).findings
    return shown(found, snapshot.settings.diagnostics)


def shown(found: Sequence[Finding], settings: DiagnosticsSettings) -> tuple[Finding, ...]:
    """The findings that the settings show, with the severity that they choose."""
    if not settings.enabled:
        return ()
    if not settings.severity and not settings.ignore:
        return tuple(found)
    result: list[Finding] = []
    for finding in found:
        severity = settings.severity.get(finding.code, finding.severity)
        if finding.code not in settings.ignore and severity != "off":
            result.append(replace(finding, severity=Severity(severity)))
    return tuple(result)


class Analyses:
    """The newest analysis of each document; a session has one (`Session.service`)."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._running: dict[str, tuple[object, asyncio.Future[Analysis | None]]] = {}
        self._newest: dict[str, Analysis] = {}

    async def of(self, snapshot: Snapshot) -> Analysis:
        """The analysis of a snapshot, shared by everyone who asks for the same one."""
        key = (id(snapshot.document), snapshot.options)
        running = self._running.get(snapshot.uri)
        if running is None or running[0] != key:
            future = asyncio.ensure_future(self._session.analyse(self._analyse, snapshot))
            future.add_done_callback(_consume)
            running = self._running[snapshot.uri] = (key, future)
        # Shielded: one request that is cancelled must not take the others' answer away.
        found = await asyncio.shield(running[1])
        if found is None:
            raise ContentModifiedError("The document has changed since.")
        return found

    def forget(self, uri: str) -> None:
        """Drop what was found in a document that was closed."""
        self._running.pop(uri, None)
        self._newest.pop(uri, None)

    def _analyse(self, snapshot: Snapshot) -> Analysis | None:
        if len(snapshot.text) > SKIPPABLE_LENGTH and not self._session.is_current(snapshot):
            return None
        found = analyse(snapshot.text, snapshot.options, self._newest.get(snapshot.uri))
        self._newest[snapshot.uri] = found
        assert found.findings is not None  # made here, off the event loop
        return found


def _consume(future: asyncio.Future[Analysis | None]) -> None:
    """Mark an exception as seen, so that none is reported for an analysis nobody waits for."""
    if not future.cancelled():
        future.exception()
