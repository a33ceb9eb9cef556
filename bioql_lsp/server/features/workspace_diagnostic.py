"""``workspace/diagnostic``: the findings of all files, for clients that pull them."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from bioql_lsp.server.diagnostics import report
from bioql_lsp.server.session import Session
from bioql_lsp.server.workspace_findings import FileFindings, WorkspaceFindings


async def workspace_diagnostic(
    session: Session, params: types.WorkspaceDiagnosticParams
) -> dict[str, Any]:
    """A report for each file with findings, and for each that the client knows something of."""
    previous = {each.uri: each.value for each in params.previous_result_ids}
    workspace = session.service(WorkspaceFindings)
    items = []
    async for found in workspace.every():
        known = previous.pop(found.uri, None)
        if found.items or known is not None:
            items.append(_document_report(found, known))
    for uri, known in previous.items():
        left = await workspace.of_document(uri) or FileFindings(uri, None, [])
        items.append(_document_report(left, known))
    return {"items": items}


def _document_report(found: FileFindings, known: str | None) -> dict[str, Any]:
    head = {"uri": found.uri, "version": found.version}
    return head | report(found.items, found.result_id, known)
