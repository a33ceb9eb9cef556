"""Messages to the person at the editor."""

from __future__ import annotations

from lsprotocol import types

from bioql_lsp.server.session import Session


def tell(session: Session, message: str) -> None:
    """Show a short message."""
    session.server.window_show_message(
        types.ShowMessageParams(type=types.MessageType.Info, message=f"BioQL: {message}")
    )
