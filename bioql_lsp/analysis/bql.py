"""``.bql`` files: every line that is neither blank nor a comment is a sentence.

No version of BioQL reads these files itself; a line is understood as what its compiler is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from bioql_lsp.analysis.analysis import Analysis, analyse_cells
from bioql_lsp.analysis.api.load import NEWEST, load
from bioql_lsp.analysis.api.symbols import Symbol
from bioql_lsp.analysis.cells import PYTHON, Language
from bioql_lsp.analysis.findings import Fix
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.options import DEFAULTS, Options
from bioql_lsp.analysis.parts import Piece
from bioql_lsp.analysis.sentences import Sentence
from bioql_lsp.analysis.syntax import Syntax, parse
from bioql_lsp.analysis.values import NO_VALUE
from bioql_lsp.text import Document, Span

SUFFIX = ".bql"
LANGUAGE_IDS = frozenset({"bql", "bioql"})
_COMPILER = "bioql.compiler.parse_english_to_circuit"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_SENTENCE = re.compile(r"^[ \t\ufeff]*(?P<text>[^#\s\ufeff][^\r\n]*?)[ \t]*$")


@dataclass(frozen=True)
class Line(Sentence):
    """A sentence that is written as it reads."""

    def place(self, start: int, end: int) -> Span:
        """Where characters of the sentence are written."""
        return Span(self.span.start + start, self.span.start + end)

    def offset_of(self, source: int) -> int | None:
        """The character of the sentence that is written at an offset, None outside of it."""
        is_inside = self.span.start <= source <= self.span.end
        return source - self.span.start if is_inside else None

    def fix(self, fix: Fix) -> Fix | None:
        """A fix of the sentence as a fix of the file; None where it needs a line of its own."""
        if any("\n" in edit.new_text or "\r" in edit.new_text for edit in fix.edits):
            return None
        edits = tuple(
            type(edit)(self.place(edit.span.start, edit.span.end), edit.new_text)
            for edit in fix.edits
        )
        return Fix(fix.title, edits, fix.is_deterministic)


class BqlModule(Module):
    """A ``.bql`` file, or a part of one, as the rules see it: sentences and no Python."""

    @property
    def mentions_bioql(self) -> bool:
        """Always: it is all about BioQL."""
        return True

    @property
    def uses_bioql(self) -> bool:
        """Always, as above."""
        return True

    def with_surroundings(self, _surroundings: object) -> Module:
        """The same: there are no names."""
        return self

    @cached_property
    def syntax(self) -> Syntax:
        """The tree of no Python at all."""
        return parse("")

    @cached_property
    def document(self) -> Document:
        """The text by lines."""
        return Document(self.text)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences, in order."""
        spans = (_sentence_span(self.text, line) for line in _lines(self.text))
        return tuple(self._sentence(span) for span in spans if span is not None)

    def _sentence(self, span: Span) -> Line:
        # Nothing is called here; what asks about the call learns that none of it is known.
        call = Call(
            span=span,
            function_span=Span(span.start, span.start),
            symbol=_compiler(),
            arguments=(),
            open_paren=span.start,
            close_paren=span.end,
            is_whole=False,
            node=self.syntax.tree.root_node,
        )
        argument = Argument(span, span, None, None, "", NO_VALUE, 0, None)
        text = self.text[span.start : span.end]
        return Line(text, call, argument, span, is_whole=True, is_local=True, is_mode_known=False)


def _compiler() -> Symbol:
    symbol = load(NEWEST).lookup(_COMPILER)
    assert symbol is not None
    return symbol


def _lines(text: str) -> Iterator[Span]:
    """The lines with their line ends."""
    for match in _LINE.finditer(text):
        if match.end() > match.start():
            yield Span(match.start(), match.end())


def _sentence_span(text: str, line: Span) -> Span | None:
    """Where the sentence in a line stands; None for a blank line or a comment."""
    match = _SENTENCE.match(text[line.start : line.end].rstrip("\r\n"))
    if match is None:
        return None
    return Span(line.start + match.start("text"), line.start + match.end("text"))


def split_lines(text: str, before: Sequence[Piece] = ()) -> list[Piece]:
    """The parts of a text: a sentence each, with the comments and blank lines above it."""
    pieces: list[Piece] = []
    begin = 0
    for line in _lines(text):
        if _sentence_span(text, line) is not None or line.end == len(text):
            pieces.append(Piece(text[begin : line.end]))
            begin = line.end
    return _reused(pieces or [Piece("")], before)


def _reused(pieces: list[Piece], before: Sequence[Piece]) -> list[Piece]:
    """The parts, with the objects from before for those that stayed, at the start and end."""
    shared = min(len(pieces), len(before))
    head = 0
    while head < shared and pieces[head] == before[head]:
        head += 1
    tail = 0
    while tail < shared - head and pieces[-1 - tail] == before[-1 - tail]:
        tail += 1
    middle = pieces[head : len(pieces) - tail]
    return [*before[:head], *middle, *before[len(before) - tail :]]


BQL = Language(split_lines, BqlModule, is_broken=lambda _text: False)


def language_of(path: str, language_id: str = "") -> Language:
    """What a file is written in, by its name or by what the editor says."""
    is_bql = PurePath(path).suffix.lower() == SUFFIX or language_id.lower() in LANGUAGE_IDS
    return BQL if is_bql else PYTHON


def analyse_bql(text: str, options: Options = DEFAULTS, before: Analysis | None = None) -> Analysis:
    """The analysis of a ``.bql`` file; ``before``, that of an earlier version, makes it cheap."""
    return analyse_cells([text], options, before, BQL)
