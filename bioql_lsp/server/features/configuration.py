"""``workspace/didChangeConfiguration`` and ``didChangeWatchedFiles``: read the settings anew."""

from __future__ import annotations

from lsprotocol import types

from bioql_lsp.server import configuration
from bioql_lsp.server.session import Session


async def did_change_configuration(
    session: Session, params: types.DidChangeConfigurationParams
) -> None:
    """Take the settings from the notification, or ask for them where it holds none."""
    await configuration.refresh(session, params.settings)


async def did_change_watched_files(
    session: Session, _params: types.DidChangeWatchedFilesParams
) -> None:
    """A ``pyproject.toml`` changed."""
    await configuration.refresh(session)
