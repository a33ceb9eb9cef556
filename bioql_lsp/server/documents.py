"""The open documents, kept in the protocol's own lines and in code points.

pygls' store cuts lines with `str.splitlines`, also at form feeds and U+2028, and misplaces a
character past the end of the last line; this one builds on `bioql_lsp.text`.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, replace

from lsprotocol import types

from bioql_lsp.server.convert import Positions
from bioql_lsp.text import Document, Edit, Span

logger = logging.getLogger(__name__)

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document as the client has it open."""

    uri: str
    language_id: str
    document: Document


class Documents:
    """All open documents by URI."""

    def __init__(self, position_encoding: str) -> None:
        self._encoding = position_encoding
        self._open: dict[str, OpenDocument] = {}

    def get(self, uri: str) -> OpenDocument | None:
        """The document with a URI, if it is open."""
        return self._open.get(uri)

    def uris(self) -> tuple[str, ...]:
        """The URIs of all open documents."""
        return tuple(self._open)

    def open(self, item: types.TextDocumentItem) -> None:
        """Take a document that the client opened."""
        text = _without_lone_surrogates(item.text)
        document = Document(text, item.version, item.uri)
        self._open[item.uri] = OpenDocument(item.uri, str(item.language_id), document)

    def change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Apply the client's changes, one after another."""
        opened = self._open.get(params.text_document.uri)
        if opened is None:
            logger.warning("a change of a document that is not open was ignored")
            return
        document = opened.document
        version = params.text_document.version
        for change in params.content_changes:
            document = self._changed(document, change, version)
        if not params.content_changes:
            document = document.replaced(Edit(Span(0, 0), ""), version)
        self._open[opened.uri] = replace(opened, document=document)

    def close(self, uri: str) -> None:
        """Forget a document that the client closed."""
        self._open.pop(uri, None)

    def _changed(
        self, document: Document, change: types.TextDocumentContentChangeEvent, version: int
    ) -> Document:
        text = _without_lone_surrogates(change.text)
        if isinstance(change, types.TextDocumentContentChangeWholeDocument):
            return Document(text, version, document.path)
        span = Positions(document, self._encoding).span(change.range)
        return document.replaced(Edit(span, text), version)


def _without_lone_surrogates(text: str) -> str:
    """Half of a pair can't be encoded; what replaces it is as long in every encoding."""
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)
