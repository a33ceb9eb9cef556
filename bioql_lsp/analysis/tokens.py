"""The words of the sentences in a text, by what BioQL makes of them, for colouring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bioql_lsp.analysis.analysis import Part
from bioql_lsp.analysis.per_part import per_part
from bioql_lsp.analysis.program.words import WordKind, words
from bioql_lsp.analysis.sentences import HOLE, Sentence
from bioql_lsp.text import Span


@dataclass(frozen=True, slots=True)
class Token:
    """A word in the source; its span is that of its part, or an address in another one."""

    span: Span
    kind: WordKind


@per_part
def tokens_of(part: Part) -> tuple[Token, ...]:
    """The words of the sentences in a part, in order of place, none over another."""
    found = sorted(
        (token for sentence in part.module.sentences for token in _tokens(sentence)),
        key=lambda token: (token.span.start, -token.span.end),
    )
    return tuple(without_overlaps(found))


def without_overlaps(tokens: list[Token]) -> Iterator[Token]:
    """Tokens in order of place; of those over another one the first."""
    end = -1
    for token in tokens:
        if token.span.start >= end and token.span.length:
            yield token
            end = token.span.end


def _tokens(sentence: Sentence) -> Iterator[Token]:
    if sentence.offset_of(sentence.span.start) is None and not sentence.pieces:
        return
    for word in words(sentence.text):
        if HOLE not in sentence.text[word.start : word.end]:
            for span in _written(sentence, word.start, word.end):
                yield Token(span, word.kind)


def _written(sentence: Sentence, start: int, end: int) -> Iterator[Span]:
    """Where a word is written: in several places where it goes over quotes or a hole's value."""
    whole = sentence.place(start, end)
    if whole.length == end - start:
        yield whole
        return
    current: Span | None = None
    for index in range(start, end):
        place = sentence.place(index, index + 1)
        if current is not None and place.start == current.end:
            current = Span(current.start, place.end)
            continue
        if current is not None:
            yield current
        current = place
    if current is not None:
        yield current
