"""``workspace/didChangeConfiguration`` and ``didChangeWatchedFiles``: read the settings anew."""

from __future__ import annotations

from lsprotocol import types

from bioql_lsp.server import configuration
from bioql_lsp.server.session import Session
from bioql_lsp.server.workspace_findings import WorkspaceFindings
from bioql_lsp.sources import SUFFIXES


async def did_change_configuration(
    session: Session, params: types.DidChangeConfigurationParams
) -> None:
    """Take the settings from the notification, or ask for them where it holds none."""
    await configuration.refresh(session, params.settings)


async def did_change_watched_files(
    session: Session, params: types.DidChangeWatchedFilesParams
) -> None:
    """A ``pyproject.toml`` or the environment changed, or files that are not open."""
    is_source = [change.uri.lower().endswith(SUFFIXES) for change in params.changes]
    if any(is_source):
        session.service(WorkspaceFindings).start()
    if not all(is_source) or not is_source:
        await configuration.refresh(session)
