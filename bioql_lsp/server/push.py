"""Diagnostics to a client that has them pushed, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lsprotocol import types

from bioql_lsp.server.session import Session


def publish_items(
    session: Session, uri: str, version: int | None, items: Sequence[dict[str, Any]]
) -> None:
    """Send diagnostics for a version of a document; ``version`` None for a file on disk."""
    params = {"uri": uri, "diagnostics": items} | ({} if version is None else {"version": version})
    session.server.protocol.notify_json(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)


def clear(session: Session, uri: str) -> None:
    """Take a document's findings off the screen, unless the client pulls."""
    if not session.client.has_pull_diagnostics:
        publish_items(session, uri, None, [])
