"""What the action ``Fix BioQL code`` is about: a range of one version of a document.

The lazy action carries it as ``CodeAction.data``: ``{"kind": "fix", "uri", "version", "range"}``.
"""

from __future__ import annotations

from typing import Any

import attrs
import cattrs
from lsprotocol import types

from bioql_lsp.analysis.syntax import Syntax
from bioql_lsp.server.guard import ContentModifiedError
from bioql_lsp.server.session import Session, Snapshot
from bioql_lsp.text import Span

KIND = "fix"


@attrs.frozen
class FixTarget:
    """A range, in the client's positions, of one version of a document."""

    uri: str
    version: int
    range: types.Range

    def to_data(self) -> dict[str, Any]:
        """As `CodeAction.data`."""
        return {"kind": KIND, **attrs.asdict(self)}

    def locate(self, session: Session) -> tuple[Snapshot, Span]:
        """The document and the span in it. Raises ContentModifiedError after a change."""
        snapshot = unchanged_snapshot(session, self.uri, self.version)
        return snapshot, snapshot.positions.span(self.range)


def unchanged_snapshot(session: Session, uri: str, version: int) -> Snapshot:
    """The document that a menu was opened on. Raises ContentModifiedError after a change."""
    snapshot = session.snapshot(uri)
    if snapshot.version != version:
        raise ContentModifiedError("The document changed since the menu was opened. Open it again.")
    return snapshot


def read_target(data: object) -> FixTarget | None:
    """The target of an action; None for data that is not of this kind."""
    if not isinstance(data, dict) or data.get("kind") != KIND:
        return None
    try:
        return cattrs.structure(data, FixTarget)
    except Exception:  # cattrs raises whatever the wrong value makes it raise
        return None


def statement_span(syntax: Syntax, span: Span) -> Span:
    """The smallest whole statements around a span; whole lines where nothing can be parsed."""
    start_byte, end_byte = (len(syntax.text[:end].encode()) for end in (span.start, span.end))
    node = syntax.tree.root_node.descendant_for_byte_range(start_byte, end_byte)
    while node is not None and node.parent is not None:
        if node.parent.type in ("module", "block") and not node.has_error:
            return syntax.span(node)
        node = node.parent
    return line_span(syntax, span)


def line_span(syntax: Syntax, span: Span) -> Span:
    """The whole lines that a span lies on."""
    document = syntax.document
    first, last = (document.position(end).line for end in (span.start, span.end))
    return Span(document.line_span(first).start, document.line_span(last).end)
