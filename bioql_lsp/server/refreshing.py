"""Asking the client to ask again for what depends on the settings and not only on the text."""

from __future__ import annotations

from bioql_lsp.server.session import Session


def refresh_remarks(session: Session) -> None:
    """Have code lenses and inlay hints asked for anew, in clients that can."""
    if session.client.has_code_lens_refresh:
        session.server.workspace_code_lens_refresh(None)
    if session.client.has_inlay_hint_refresh:
        session.server.workspace_inlay_hint_refresh(None)
