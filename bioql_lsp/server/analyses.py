"""The analysis as features use it: once for each version of a document, under the settings."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bioql_lsp.analysis.api.load import NEWEST
from bioql_lsp.analysis.findings import Finding, Severity
from bioql_lsp.analysis.registry import check
from bioql_lsp.server.guard import ContentModifiedError
from bioql_lsp.server.session import Session, Snapshot
from bioql_lsp.settings import DiagnosticsSettings, Settings

# Where analysis takes long enough to lag behind typing, superseded versions are not analysed.
SKIPPABLE_LENGTH = 100_000


def version_of(settings: Settings) -> str:
    """The version of BioQL to check against."""
    return settings.bioql_version or NEWEST


async def findings(session: Session, snapshot: Snapshot) -> tuple[Finding, ...]:
    """Every finding in a snapshot that the settings show.

    Raises ContentModifiedError for a version of a long document that is no longer current.
    """
    found = await session.service(Analyses).check(snapshot)
    return shown(found, snapshot.settings.diagnostics)


def shown(found: Sequence[Finding], settings: DiagnosticsSettings) -> tuple[Finding, ...]:
    """The findings that the settings show, with the severity that they choose."""
    if not settings.enabled:
        return ()
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
        self._known: dict[str, tuple[object, asyncio.Future[tuple[Finding, ...] | None]]] = {}

    async def check(self, snapshot: Snapshot) -> tuple[Finding, ...]:
        """All findings in a snapshot, shared by everyone who asks for the same one."""
        version = version_of(snapshot.settings)
        key = (id(snapshot.document), version)
        known = self._known.get(snapshot.uri)
        if known is None or known[0] != key:
            future = asyncio.ensure_future(self._session.analyse(self._check, snapshot, version))
            future.add_done_callback(_consume)
            known = self._known[snapshot.uri] = (key, future)
        # Shielded: one request that is cancelled must not take the others' answer away.
        found = await asyncio.shield(known[1])
        if found is None:
            raise ContentModifiedError("The document has changed since.")
        return found

    def forget(self, uri: str) -> None:
        """Drop what was found in a document that was closed."""
        self._known.pop(uri, None)

    def _check(self, snapshot: Snapshot, version: str) -> tuple[Finding, ...] | None:
        if len(snapshot.text) > SKIPPABLE_LENGTH and not self._session.is_current(snapshot):
            return None
        return check(snapshot.text, version)


def _consume(future: asyncio.Future[tuple[Finding, ...] | None]) -> None:
    """Mark an exception as seen, so that none is reported for an analysis nobody waits for."""
    if not future.cancelled():
        future.exception()
