"""``textDocument/inlayHint``: the qubits of each sentence and the cost of each run."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from bioql_lsp.analysis.analysis import Analysis
from bioql_lsp.analysis.hints import hints
from bioql_lsp.server.analyses import analysis
from bioql_lsp.server.session import Session, Snapshot
from bioql_lsp.text import Span


async def inlay_hint(session: Session, params: types.InlayHintParams) -> list[dict[str, Any]]:
    """The hints in a range of a document, as JSON."""
    snapshot = session.find(params.text_document.uri)
    if snapshot is None or not snapshot.settings.inlay_hints.enabled:
        return []
    within = snapshot.positions.span(params.range)
    return await session.analyse(_all, snapshot, await analysis(session, snapshot), within)


def _all(snapshot: Snapshot, found: Analysis, within: Span) -> list[dict[str, Any]]:
    return [
        {
            "position": snapshot.positions.place(hint.span.end),
            "label": hint.label,
            "tooltip": hint.tooltip,
            "paddingLeft": True,
        }
        for hint in hints(found)
        if within.start <= hint.span.end <= within.end
    ]
