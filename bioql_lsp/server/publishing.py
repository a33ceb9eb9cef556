"""Findings on their way to a client that has them pushed."""

from __future__ import annotations

from lsprotocol import types

from bioql_lsp.server.analyses import findings
from bioql_lsp.server.diagnostics import diagnostics_json
from bioql_lsp.server.guard import ContentModifiedError
from bioql_lsp.server.session import Session, Snapshot


def show_findings_again(session: Session) -> None:
    """Publish every open document's findings anew, or have the client pull them."""
    for uri in session.documents.uris():
        start_publishing(session, uri)
    if session.client.has_pull_diagnostics and session.client.has_diagnostic_refresh:
        session.server.workspace_diagnostic_refresh(None)


def start_publishing(session: Session, uri: str) -> None:
    """Analyse and publish a document's newest version, unless the client pulls."""
    snapshot = session.find(uri)
    if snapshot is not None and not session.client.has_pull_diagnostics:
        session.start(_publish(session, snapshot), "publishing diagnostics")


async def _publish(session: Session, snapshot: Snapshot) -> None:
    try:
        found = await findings(session, snapshot)
    except ContentModifiedError:
        return
    if session.find(snapshot.uri) is None:
        return
    session.server.protocol.notify_json(
        types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS,
        {
            "uri": snapshot.uri,
            "version": snapshot.version,
            "diagnostics": diagnostics_json(snapshot.positions, found),
        },
    )
