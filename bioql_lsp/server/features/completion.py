"""``textDocument/completion``: what BioQL knows about the place."""

from __future__ import annotations

import re
from typing import Any

from lsprotocol import types

from bioql_lsp.analysis.analysis import Analysis
from bioql_lsp.analysis.completion import Offer, Proposal, offer_at
from bioql_lsp.analysis.snippets import plain_text
from bioql_lsp.server.analyses import analysis
from bioql_lsp.server.client import Client
from bioql_lsp.server.features import load
from bioql_lsp.server.features.completion_resolve import import_edits
from bioql_lsp.server.messages import PlainJson
from bioql_lsp.server.model_code import is_python
from bioql_lsp.server.session import Session, Snapshot
from bioql_lsp.settings import Mode
from bioql_lsp.text import Span

_Kind = types.CompletionItemKind
_KINDS: dict[str, int] = {
    "argument": _Kind.Field,
    "value": _Kind.Value,
    "phrase": _Kind.Text,
    "snippet": _Kind.Snippet,
    "function": _Kind.Function,
    "class": _Kind.Class,
    "constant": _Kind.Constant,
    "module": _Kind.Module,
    "method": _Kind.Method,
    "property": _Kind.Property,
    "attribute": _Kind.Field,
    "enum member": _Kind.EnumMember,
}
_SNIPPET = types.InsertTextFormat.Snippet.value
_PLAIN_TEXT = types.InsertTextFormat.PlainText.value
_SPACE = " "
# Where a space begins something new: a name in an import, an argument, a clause of a sentence.
_BEGINS = re.compile(r"(?:,|\.|;|\bfrom[ \t]+bioql[\w.]*[ \t]+import)[ \t]\Z")
_LINE_CHARS_MAX = 300


async def completion(session: Session, params: types.CompletionParams) -> dict[str, Any] | None:
    """The proposals at a position; None where the document is not open.

    A client without inline completion gets the model's suggestion here; it has to ask again while
    the user types. The model is asked where there is nothing, or nothing but guesses at a name.
    """
    snapshot = session.find(params.text_document.uri)
    if snapshot is None:
        return None
    offset = snapshot.positions.offset(params.position)
    is_space = params.context is not None and params.context.trigger_character == _SPACE
    if is_space and not _BEGINS.search(snapshot.text[max(0, offset - _LINE_CHARS_MAX) : offset]):
        return PlainJson(isIncomplete=False, items=[])
    found = await analysis(session, snapshot, is_typing=True)
    offer, items, defaults = await session.analyse(
        _offered, session.client, snapshot, found, offset
    )
    takes_model = (
        not is_space and not session.client.has_inline_completion and _is_model_on(snapshot)
    )
    if not takes_model:
        return PlainJson(isIncomplete=offer.is_incomplete, items=items, **defaults)
    has_proposals = not all(each.is_guess for each in offer.proposals)
    ai_items = await session.analyse(load, "completion_ai:ai_items")
    items += await ai_items(session, snapshot, offset, has_proposals=has_proposals)
    return {"isIncomplete": True, "items": items, **defaults}


def _offered(
    client: Client, snapshot: Snapshot, found: Analysis, offset: int
) -> tuple[Offer, list[Any], dict[str, Any]]:
    offer = offer_at(found, offset)
    items = _Items(client, snapshot, found, offset, offer)
    return offer, items.made(), items.defaults


def _is_model_on(snapshot: Snapshot) -> bool:
    settings = snapshot.settings
    is_on = settings.answers_from is not Mode.OFF and settings.inline_completion.enabled
    return is_on and is_python(snapshot)


class _Items:
    """Makes the items of one answer, as JSON."""

    def __init__(
        self, client: Client, snapshot: Snapshot, found: Analysis, offset: int, offer: Offer
    ) -> None:
        self._offer = offer
        self._client = client
        self._snapshot = snapshot
        self._found = found
        self._line = snapshot.document.position(offset).line
        self._ranges: dict[Span, dict[str, Any]] = {}
        spans = {offer.span_of(each) for each in offer.proposals}
        is_shared = client.has_item_edit_range and len(spans) == 1
        self._shared_span = spans.pop() if is_shared else None

    @property
    def defaults(self) -> dict[str, Any]:
        """What holds for every item, for clients that take it once instead of in each."""
        if self._shared_span is None:
            return {}
        return {"itemDefaults": {"editRange": self._range(self._shared_span)}}

    def made(self) -> list[dict[str, Any]]:
        """An item for each proposal, in their order."""
        return [self._item(index, each) for index, each in enumerate(self._offer.proposals)]

    def _item(self, index: int, proposal: Proposal) -> dict[str, Any]:
        is_snippet = proposal.kind == "snippet" and self._client.has_snippets
        item: dict[str, Any] = {
            "label": proposal.label,
            "kind": _KINDS[proposal.kind],
            "sortText": f"{index:04d}",
            "insertTextFormat": _SNIPPET if is_snippet else _PLAIN_TEXT,
        }
        text = self._text(proposal, is_snippet=is_snippet)
        if self._shared_span is None:
            range_ = self._range(self._offer.span_of(proposal))
            item["textEdit"] = {"range": range_, "newText": text}
        elif text != proposal.label:
            item["textEditText"] = text
        if proposal.detail:
            item["detail"] = proposal.detail
        if proposal.documentation:
            item["documentation"] = proposal.documentation
        if proposal.filter_text:
            item["filterText"] = proposal.filter_text
        if proposal.is_discouraged and self._client.has_completion_tags:
            item["tags"] = [int(types.CompletionItemTag.Deprecated)]
        if is_snippet and self._client.has_insert_text_mode:
            item["insertTextMode"] = int(types.InsertTextMode.AdjustIndentation)
        self._add_imports(item, proposal)
        return item

    def _add_imports(self, item: dict[str, Any], proposal: Proposal) -> None:
        """What is worked out later for the item that the user looks at; at once if it must be."""
        if proposal.imports and not self._client.has_lazy_import_edits:
            edits = import_edits(self._snapshot, self._found, proposal.imports, self._line)
            item["additionalTextEdits"] = [
                {"range": self._range(edit.span), "newText": edit.new_text} for edit in edits
            ]
        elif proposal.dotted or proposal.imports:
            data: dict[str, Any] = {"uri": self._snapshot.uri, "dotted": proposal.dotted}
            if proposal.imports:
                data |= {"imports": list(proposal.imports), "line": self._line}
            item["data"] = data

    def _text(self, proposal: Proposal, *, is_snippet: bool) -> str:
        """The new text with the document's line ends; without snippets, filled in and indented."""
        text = proposal.new_text
        if proposal.kind != "snippet":
            return text
        newline = self._snapshot.document.newline
        if not is_snippet:
            line = self._snapshot.document.line_text(self._line)
            newline += line[: len(line) - len(line.lstrip())]
            text = plain_text(text)
        return text.replace("\n", newline)

    def _range(self, span: Span) -> dict[str, Any]:
        if span not in self._ranges:
            place = self._snapshot.positions.place
            self._ranges[span] = {"start": place(span.start), "end": place(span.end)}
        return self._ranges[span]
