"""``textDocument/diagnostic``: findings for clients that pull them."""

from __future__ import annotations

import hashlib
from typing import Any

from lsprotocol import types

from bioql_lsp.server.analyses import findings
from bioql_lsp.server.diagnostics import diagnostics_json
from bioql_lsp.server.session import Session

_RESULT_ID_BYTES = 12


async def diagnostic(session: Session, params: types.DocumentDiagnosticParams) -> dict[str, Any]:
    """A full report, or "unchanged" where the client has the same one already."""
    snapshot = session.find(params.text_document.uri)
    if snapshot is None:
        return {"kind": "full", "items": []}
    items = diagnostics_json(snapshot.positions, await findings(session, snapshot))
    return report(items, params.previous_result_id)


def report(items: list[dict[str, Any]], previous_result_id: str | None) -> dict[str, Any]:
    """The report of diagnostics, which names them by their content."""
    digest = hashlib.blake2b(repr(items).encode("utf-8"), digest_size=_RESULT_ID_BYTES)
    result_id = digest.hexdigest()
    if previous_result_id == result_id:
        return {"kind": "unchanged", "resultId": result_id}
    return {"kind": "full", "items": items, "resultId": result_id}
