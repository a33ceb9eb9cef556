"""``textDocument/diagnostic``: findings for clients that pull them."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from bioql_lsp.server.analyses import findings
from bioql_lsp.server.diagnostics import diagnostics_json, report, result_id_of
from bioql_lsp.server.session import Session


async def diagnostic(session: Session, params: types.DocumentDiagnosticParams) -> dict[str, Any]:
    """A full report, or "unchanged" where the client has the same one already."""
    snapshot = session.find(params.text_document.uri)
    if snapshot is None:
        return {"kind": "full", "items": []}
    items = diagnostics_json(snapshot.positions, await findings(session, snapshot))
    return report(items, result_id_of(items), params.previous_result_id)
