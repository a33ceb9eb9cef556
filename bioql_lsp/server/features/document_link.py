"""``textDocument/documentLink``: the pages about the molecules that a text names."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from bioql_lsp.analysis.analysis import Analysis
from bioql_lsp.analysis.links import Link, links
from bioql_lsp.server.analyses import analysis
from bioql_lsp.server.session import Session, Snapshot


async def document_link(session: Session, params: types.DocumentLinkParams) -> list[dict[str, Any]]:
    """The links of a document, as JSON. Nothing is fetched."""
    snapshot = session.find(params.text_document.uri)
    if snapshot is None:
        return []
    found = await analysis(session, snapshot)
    return await session.analyse(_all, snapshot, found, session.client.has_link_tooltips)


def _all(snapshot: Snapshot, found: Analysis, has_tooltips: bool) -> list[dict[str, Any]]:
    return [_link(snapshot, link, has_tooltips) for link in links(found)]


def _link(snapshot: Snapshot, link: Link, has_tooltips: bool) -> dict[str, Any]:
    start, end = (snapshot.positions.place(at) for at in (link.span.start, link.span.end))
    result: dict[str, Any] = {"range": {"start": start, "end": end}, "target": link.url}
    if has_tooltips:
        result["tooltip"] = link.tooltip
    return result
