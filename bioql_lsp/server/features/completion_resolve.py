"""``completionItem/resolve``: documentation and the imports of the item that is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lsprotocol import types

from bioql_lsp.analysis.analysis import Analysis
from bioql_lsp.analysis.api.load import load
from bioql_lsp.analysis.changes import import_edit
from bioql_lsp.analysis.hover_symbols import symbol_markdown
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.options import Options
from bioql_lsp.server.analyses import analysis
from bioql_lsp.server.documentation import docstring_of, markup
from bioql_lsp.server.session import Session, Snapshot
from bioql_lsp.text import Edit

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
        found = await analysis(session, snapshot)
        edits = await session.analyse(import_edits, snapshot, found, imports, line)
        written = [snapshot.positions.text_edit(edit) for edit in edits]
        item.additional_text_edits = written or None
    return item


def _are_statements(imports: Any) -> bool:
    is_list = isinstance(imports, list) and 0 < len(imports) <= _IMPORTS_MAX
    return is_list and all(isinstance(each, str) and each.strip() for each in imports)


def import_edits(
    snapshot: Snapshot, found: Analysis, imports: Sequence[str], line: int
) -> list[Edit]:
    """The edits that add import statements for a use in a line; empty where they can't help.

    What the file, or another cell of the notebook, binds at its top level is not imported again.
    """
    document, module = snapshot.document, found.whole()
    missing = [each for each in imports if not _is_bound(module, each.split()[-1])]
    if not missing:
        return []
    at = document.line_span(min(max(line, 0), document.line_count - 1)).start
    edit = import_edit(module, document.newline.join(missing), at)
    return [edit] if edit is not None else []


def _is_bound(module: Module, name: str) -> bool:
    is_own = name in module.collected.scopes[0].bindings
    return is_own or module.surroundings.known_so_far(name).count > 0


async def _documentation(
    session: Session, options: Options, dotted: str, before: str | types.MarkupContent | None
) -> str | types.MarkupContent | None:
    """What is known of a name, with what its own source says in the user's installation."""
    markdown = await session.analyse(_markdown, options, dotted)
    if markdown is None:
        return before
    note = f"{before}\n\n" if isinstance(before, str) else ""
    text = await docstring_of(session, options.version, dotted)
    return markup(note + markdown, text, is_markdown=session.client.has_markdown_completion)


def _markdown(options: Options, dotted: str) -> str | None:
    index = load(options.version)
    symbol = index.lookup(dotted)
    return None if symbol is None else symbol_markdown(index, options, dotted, symbol)
