"""Where string literals and comments stand in a Python text, however broken the text is.

A literal that is not closed ends at the end of its line (of the text, for a triple-quoted one).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bioql_lsp.text import Span

_TOKEN = re.compile(
    r"""
    \#[^\r\n]*
    | (?P<prefix>\b[rRbBuUfF]{1,2}|)
      (?P<quote>\"{3}|'{3}|\"|')
    """,
    re.VERBOSE,
)
_BODY = {
    '"': re.compile(r'(?:[^"\\\r\n]|\\(?:\r\n|.)|\\\Z)*', re.DOTALL),
    "'": re.compile(r"(?:[^'\\\r\n]|\\(?:\r\n|.)|\\\Z)*", re.DOTALL),
    '"""': re.compile(r'(?:[^"\\]|\\.|\\\Z|"(?!""))*', re.DOTALL),
    "'''": re.compile(r"(?:[^'\\]|\\.|\\\Z|'(?!''))*", re.DOTALL),
}


@dataclass(frozen=True, slots=True)
class Literal:
    """A string literal: ``span`` covers all of it, ``content`` what stands between its quotes."""

    span: Span
    content: Span
    quote: str
    is_closed: bool

    def holds(self, offset: int) -> bool:
        """Whether a cursor at ``offset`` stands between the quotes."""
        return self.content.start <= offset <= self.content.end


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment from its ``#`` to the end of its line."""

    span: Span

    def holds(self, offset: int) -> bool:
        """Whether a cursor at ``offset`` stands behind the ``#``."""
        return self.span.start < offset <= self.span.end


def tokens(text: str) -> Iterator[Literal | Comment]:
    """Every string literal and comment of a text, in order."""
    cursor = 0
    while match := _TOKEN.search(text, cursor):
        quote = match["quote"]
        if quote is None:
            yield Comment(Span(match.start(), match.end()))
            cursor = match.end()
            continue
        body = _BODY[quote].match(text, match.end())
        content_end = body.end() if body else match.end()
        is_closed = text.startswith(quote, content_end)
        cursor = content_end + len(quote) if is_closed else content_end
        yield Literal(Span(match.start(), cursor), Span(match.end(), content_end), quote, is_closed)


def token_at(text: str, offset: int) -> Literal | Comment | None:
    """The literal or comment that a cursor at ``offset`` stands in."""
    for token in tokens(text):
        if token.span.start > offset:
            return None
        if token.holds(offset):
            return token
    return None
