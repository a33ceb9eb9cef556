"""The model's suggestion as a completion item, for clients without inline completion.

BioQL's own proposals never wait for a worker: where there are some, the model adds only what is
known already; it is asked where there are none.
"""

from __future__ import annotations

import re

from lsprotocol import types

from bioql_lsp.server.features.inline_completion import Suggestions
from bioql_lsp.server.session import Session, Snapshot
from bioql_lsp.text import Edit, Span

_WORD_BEFORE = re.compile(r"\w*\Z")
_LABEL_CHARACTERS_MAX = 60


async def ai_items(
    session: Session, snapshot: Snapshot, offset: int, has_proposals: bool
) -> list[types.CompletionItem]:
    """The suggestion for a place as an item that replaces the word before it, if there is one."""
    suggestions = session.service(Suggestions)
    if has_proposals:
        suggestion = await suggestions.known(snapshot, offset) or ""
    else:
        suggestion = await suggestions.suggest(snapshot, offset, is_explicit=False)
    if not suggestion:
        return []
    match = _WORD_BEFORE.search(snapshot.text, max(0, offset - 200), offset)
    word = match.group() if match else ""
    text = word + suggestion
    item = types.CompletionItem(
        label=text.strip().splitlines()[0][:_LABEL_CHARACTERS_MAX],
        kind=types.CompletionItemKind.Text,
        detail="BioQL model",
        documentation=text,
        sort_text="zzzz",
        filter_text=word,
        insert_text_format=types.InsertTextFormat.PlainText,
        text_edit=snapshot.positions.text_edit(Edit(Span(offset - len(word), offset), text)),
    )
    if session.client.has_insert_text_mode:
        item.insert_text_mode = types.InsertTextMode.AsIs
    return [item]
