"""``textDocument/semanticTokens``: the words inside sentences, by what BioQL makes of them.

Each kind of word is one of the protocol's own types, which every theme colours, with a modifier
of ours for themes that tell more apart. What a part of a file gives is kept until it changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from weakref import WeakKeyDictionary

from lsprotocol import types

from bioql_lsp.analysis.analysis import Analysis, Part
from bioql_lsp.analysis.names import located
from bioql_lsp.analysis.per_part import relevant_parts
from bioql_lsp.analysis.tokens import Token, tokens_of, without_overlaps
from bioql_lsp.server.analyses import analysis
from bioql_lsp.server.convert import Positions
from bioql_lsp.server.session import Session
from bioql_lsp.server.token_legend import TOKEN_LEGEND, TOKEN_TYPES
from bioql_lsp.text import Document, Span

_NUMBERS = {
    kind: (TOKEN_LEGEND.token_types.index(type_), 1 << number)
    for number, (kind, type_) in enumerate(TOKEN_TYPES.items())
}


class _Placed(NamedTuple):
    """One token on one line, in the client's units."""

    line: int
    character: int
    length: int
    kind: str


async def full(session: Session, params: types.SemanticTokensParams) -> types.SemanticTokens | None:
    """The tokens of a whole document."""
    return await _tokens(session, params.text_document.uri, None)


async def in_range(
    session: Session, params: types.SemanticTokensRangeParams
) -> types.SemanticTokens | None:
    """The tokens on the lines of a range."""
    return await _tokens(session, params.text_document.uri, params.range)


async def _tokens(
    session: Session, uri: str, range_: types.Range | None
) -> types.SemanticTokens | None:
    snapshot = session.find(uri)
    if snapshot is None:
        return None
    found = await analysis(session, snapshot)
    tokens = session.service(Tokens)
    return types.SemanticTokens(await session.analyse(tokens.of, snapshot.document, found, range_))


class Tokens:
    """The tokens of the parts of all documents; a session has one."""

    def __init__(self, session: Session) -> None:
        self._encoding = session.client.position_encoding
        self._known: WeakKeyDictionary[Part, tuple[_Placed, ...]] = WeakKeyDictionary()

    def of(self, document: Document, found: Analysis, range_: types.Range | None) -> list[int]:
        """The tokens in the protocol's form: five numbers each, relative to the one before."""
        placed = self._placed(document, found)
        if range_ is not None:
            first, last = sorted((range_.start.line, range_.end.line))
            placed = (token for token in placed if first <= token.line <= last)
        return _relative(placed)

    def _placed(self, document: Document, found: Analysis) -> Iterator[_Placed]:
        """The tokens in order; parts without any are not touched, for they may be unread yet."""
        own = dict(relevant_parts(found))
        foreign = _written_elsewhere(own.values())
        for index, part in enumerate(found.cells[0].parts if own else ()):
            more = foreign.get(part.number, [])
            if not more and index not in own:
                continue
            if more:
                mine = [*_written_here(part), *more] if index in own else more
                tokens = tuple(self._lines(part, sorted(mine, key=_order)))
            else:
                tokens = self._of_part(part)
            line = document.position(found.cells[0].starts[index]).line
            for token in tokens:
                yield token._replace(line=token.line + line)

    def _of_part(self, part: Part) -> tuple[_Placed, ...]:
        if part not in self._known:
            self._known[part] = tuple(self._lines(part, _written_here(part)))
        return self._known[part]

    def _lines(self, part: Part, tokens: Iterable[Token]) -> Iterator[_Placed]:
        """Tokens cut at line ends, which not every client can go over."""
        document = part.module.document
        positions = Positions(document, self._encoding)
        for token in without_overlaps(list(tokens)):
            for span in _by_line(document, token.span):
                start, end = positions.place(span.start), positions.place(span.end)
                length = end["character"] - start["character"]
                yield _Placed(start["line"], start["character"], length, token.kind)


def _written_here(part: Part) -> list[Token]:
    return [token for token in tokens_of(part) if located(token.span)[0] is None]


def _written_elsewhere(parts: Iterable[Part]) -> dict[int, list[Token]]:
    """The words of sentences that stand in another part than their call, by that part's number."""
    found: dict[int, list[Token]] = {}
    for part in parts:
        for token in tokens_of(part):
            number, span = located(token.span)
            if number is not None:
                found.setdefault(number, []).append(Token(span, token.kind))
    return found


def _order(token: Token) -> tuple[int, int]:
    return token.span.start, -token.span.end


def _by_line(document: Document, span: Span) -> Iterator[Span]:
    first, last = document.position(span.start).line, document.position(span.end).line
    for line in range(first, last + 1):
        whole = document.line_span(line)
        start, end = max(span.start, whole.start), min(span.end, whole.end)
        if start < end:
            yield Span(start, end)


def _relative(tokens: Iterable[_Placed]) -> list[int]:
    data: list[int] = []
    line = character = 0
    for token in tokens:
        if token.line != line:
            character = 0
        kind, modifiers = _NUMBERS[token.kind]
        data += (token.line - line, token.character - character, token.length, kind, modifiers)
        line, character = token.line, token.character
    return data
