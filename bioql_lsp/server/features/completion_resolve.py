"""``completionItem/resolve``: documentation and the imports of the item that is looked at."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import Any

from lsprotocol import types

from bioql_lsp.analysis.api.docstrings import docstring
from bioql_lsp.analysis.api.load import load
from bioql_lsp.analysis.changes import import_edit
from bioql_lsp.analysis.hover_symbols import symbol_markdown
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.options import Options
from bioql_lsp.server.features.hover import as_plain
from bioql_lsp.server.session import Session, Snapshot

_FENCE = re.compile(r"`+")
_IMPORTS_MAX = 8


async def completion_resolve(session: Session, item: types.CompletionItem) -> types.CompletionItem:
    """The item with its documentation and the edits that import what it needs."""
    data = item.data if isinstance(item.data, dict) else {}
    uri, dotted = data.get("uri"), data.get("dotted")
    snapshot = session.find(uri) if isinstance(uri, str) else None
    options = snapshot.options if snapshot is not None else session.options
    if isinstance(dotted, str) and dotted:
        item.documentation = await _documentation(session, options, dotted, item.documentation)
    imports, line = data.get("imports"), data.get("line")
    if snapshot is not None and _are_statements(imports) and isinstance(line, int):
        edits = await session.analyse(import_edits, snapshot, imports, line)
        item.additional_text_edits = edits or None
    return item


def _are_statements(imports: Any) -> bool:
    is_list = isinstance(imports, list) and 0 < len(imports) <= _IMPORTS_MAX
    return is_list and all(isinstance(each, str) and each.strip() for each in imports)


def import_edits(snapshot: Snapshot, imports: Sequence[str], line: int) -> list[types.TextEdit]:
    """The edits that add import statements for a use in a line; empty where they can't help.

    What the file binds at its top level already is not imported again.
    """
    document = snapshot.document
    module = Module(snapshot.text, snapshot.options)
    bound = module.collected.scopes[0].bindings
    missing = [statement for statement in imports if statement.split()[-1] not in bound]
    if not missing:
        return []
    at = document.line_span(min(max(line, 0), document.line_count - 1)).start
    edit = import_edit(module, document.newline.join(missing), at)
    return [snapshot.positions.text_edit(edit)] if edit is not None else []


async def _documentation(
    session: Session, options: Options, dotted: str, before: str | types.MarkupContent | None
) -> str | types.MarkupContent | None:
    """What is known of a name, with what its own source says in the user's installation."""
    index = load(options.version)
    symbol = await session.analyse(index.lookup, dotted)
    if symbol is None:
        return before
    note = f"{before}\n\n" if isinstance(before, str) else ""
    markdown = note + symbol_markdown(index, options, dotted, symbol)
    text = None
    if session.installed is not None:
        text = await asyncio.to_thread(docstring, session.installed, dotted, index)
    if not session.client.has_markdown_completion:
        plain = as_plain(markdown)
        shown = f"{plain}\n\n{text}" if text else plain
        return types.MarkupContent(types.MarkupKind.PlainText, shown)
    shown = f"{markdown}\n\n{_fenced(text)}" if text else markdown
    return types.MarkupContent(types.MarkupKind.Markdown, shown)


def _fenced(text: str) -> str:
    longest = max((len(run) for run in _FENCE.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"
