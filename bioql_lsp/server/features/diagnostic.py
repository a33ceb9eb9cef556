"""``textDocument/diagnostic``: findings for clients that pull them."""

from __future__ import annotations

import hashlib

from lsprotocol import types

from bioql_lsp.server.analyses import findings
from bioql_lsp.server.diagnostics import to_diagnostics
from bioql_lsp.server.session import Session

_RESULT_ID_BYTES = 12


async def diagnostic(
    session: Session, params: types.DocumentDiagnosticParams
) -> types.DocumentDiagnosticReport:
    """A full report, or "unchanged" where the client has the same one already."""
    snapshot = session.find(params.text_document.uri)
    if snapshot is None:
        return types.RelatedFullDocumentDiagnosticReport(items=[])
    items = to_diagnostics(snapshot, await findings(session, snapshot))
    digest = hashlib.blake2b(repr(items).encode("utf-8"), digest_size=_RESULT_ID_BYTES)
    result_id = digest.hexdigest()
    if params.previous_result_id == result_id:
        return types.RelatedUnchangedDocumentDiagnosticReport(result_id=result_id)
    return types.RelatedFullDocumentDiagnosticReport(items=items, result_id=result_id)
