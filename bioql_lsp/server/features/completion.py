"""``textDocument/completion``: what BioQL knows about the place."""

from __future__ import annotations

from lsprotocol import types

from bioql_lsp.analysis.completion import Proposal, complete
from bioql_lsp.server.features.completion_ai import ai_items
from bioql_lsp.server.session import Session, Snapshot
from bioql_lsp.settings import Mode
from bioql_lsp.text import Edit

_KINDS = {
    "argument": types.CompletionItemKind.Field,
    "value": types.CompletionItemKind.Value,
    "function": types.CompletionItemKind.Function,
    "class": types.CompletionItemKind.Class,
    "constant": types.CompletionItemKind.Constant,
    "module": types.CompletionItemKind.Module,
}


async def completion(
    session: Session, params: types.CompletionParams
) -> types.CompletionList | None:
    """The proposals at a position; None where the document is not open.

    A client without inline completion gets the model's suggestion here; it has to ask again while
    the user types.
    """
    snapshot = session.find(params.text_document.uri)
    if snapshot is None:
        return None
    offset = snapshot.positions.offset(params.position)
    version = snapshot.options.version
    proposals = await session.analyse(complete, snapshot.text, offset, version)
    items = [_item(snapshot, index, proposal) for index, proposal in enumerate(proposals)]
    takes_model = not session.client.has_inline_completion and _is_model_on(snapshot)
    if takes_model:
        items += await ai_items(session, snapshot, offset, has_proposals=bool(items))
    return types.CompletionList(is_incomplete=takes_model, items=items)


def _is_model_on(snapshot: Snapshot) -> bool:
    settings = snapshot.settings
    return settings.answers_from is not Mode.OFF and settings.inline_completion.enabled


def _item(snapshot: Snapshot, index: int, proposal: Proposal) -> types.CompletionItem:
    return types.CompletionItem(
        label=proposal.label,
        kind=_KINDS.get(proposal.kind, types.CompletionItemKind.Text),
        detail=proposal.detail or None,
        documentation=proposal.documentation or None,
        sort_text=f"{index:04d}",
        insert_text_format=types.InsertTextFormat.PlainText,
        text_edit=snapshot.positions.text_edit(Edit(proposal.span, proposal.new_text)),
    )
