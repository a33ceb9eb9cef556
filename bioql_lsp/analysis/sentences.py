"""The English sentences in a text: what BioQL receives, and where each character is written.

A sentence may be written in several pieces, with escapes, in triple quotes, as an f-string, or
under a name that is bound once. Places in it are turned into places in the source here, and edits
of it into edits of the source, so that nothing else has to know how strings are written.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tree_sitter import Node

from bioql_lsp.analysis.evaluation import value_of
from bioql_lsp.analysis.findings import Fix
from bioql_lsp.analysis.literals import Literal
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import ENHANCED, QUANTUM, Module
from bioql_lsp.analysis.program.biology import is_about_biology
from bioql_lsp.analysis.python_tree import python_expression
from bioql_lsp.text import Edit, Span

HOLE = "\ufffc"
"""Stands for a part of an f-string that is only known at run time."""
_PREVIEWS = frozenset(
    {
        "bioql.compiler.parse_english_to_circuit",
        "bioql.compiler.compile_english_to_qasm",
        "bioql.compiler.BioQLCompiler.parse_to_circuit",
        "bioql.compiler.BioQLCompiler.compile_to_qasm",
        "bioql.quantum_connector.parse_bioql_program",
    }
)
_NEWLINE = re.compile(r"\r\n|\r")
# Quotes around a plain literal, by how much longer it is than its value: before, and in all.
_QUOTES = {2: 1, 3: 2, 6: 3, 7: 4}
_CHARACTERS_MAX = 100_000


@dataclass(frozen=True, slots=True)
class _Written:
    """Characters of a string literal: the value, where each is written, and in which quotes."""

    text: str
    starts: tuple[int, ...]
    end: int
    is_raw: bool
    quote: str
    is_bytes: bool = False

    def source(self, offset: int) -> int:
        """Where a character of the piece is written; at its end, where it ends."""
        return self.starts[offset] if offset < len(self.starts) else self.end


@dataclass(frozen=True)
class Sentence:
    """A sentence that a call hands to BioQL.

    ``is_whole`` is false where a part of it is only known at run time; ``is_local`` says that it
    is compiled or previewed and not run. ``mode`` is that of the call where ``is_mode_known``.
    """

    text: str
    call: Call
    argument: Argument
    span: Span
    is_whole: bool
    is_local: bool
    mode: str | None = None
    is_mode_known: bool = True
    backend: str | None = None
    pieces: tuple[_Written, ...] = field(default=(), repr=False)

    def place(self, start: int, end: int) -> Span:
        """Where characters of the sentence are written."""
        if not self.pieces:
            return self.span
        first = self._source(start)
        last = self._source_end(end) if end > start else first
        return Span(first, max(first, last))

    def offset_of(self, source: int) -> int | None:
        """The character of the sentence that is written at an offset, None outside of it."""
        before = 0
        for piece in self.pieces:
            if piece.starts and piece.starts[0] <= source <= piece.end:
                inside = sum(1 for start in piece.starts if start < source)
                exact = inside < len(piece.starts) and piece.starts[inside] == source
                at_end = source == piece.end
                return before + (inside if exact or at_end else max(inside - 1, 0))
            if not piece.starts and piece.end == source:
                return before
            before += len(piece.text)
        return None

    def fix(self, fix: Fix) -> Fix | None:
        """A fix of the sentence as a fix of the source; None where it can't be written there."""
        edits = []
        for edit in fix.edits:
            written = self._edit(edit)
            if written is None:
                return None
            edits.append(written)
        return Fix(fix.title, tuple(edits), fix.is_deterministic)

    def _edit(self, edit: Edit) -> Edit | None:
        """An edit inside the one piece that holds all of it, where no hole of it lies."""
        before = 0
        for piece in self.pieces:
            start, end = edit.span.start - before, edit.span.end - before
            before += len(piece.text)
            if start < 0 or end > len(piece.text):
                continue
            text = _escaped(edit.new_text, piece)
            if text is None or HOLE in piece.text[start:end]:
                return None
            first = piece.source(start)
            return Edit(Span(first, piece.source(end) if end > start else first), text)
        return None

    def _source(self, offset: int) -> int:
        for piece in self.pieces:
            if offset < len(piece.text):
                return piece.source(offset)
            offset -= len(piece.text)
        return self.pieces[-1].end

    def _source_end(self, offset: int) -> int:
        for piece in self.pieces:
            if offset <= len(piece.text):
                return piece.source(offset)
            offset -= len(piece.text)
        return self.pieces[-1].end


def sentences(module: Module) -> tuple[Sentence, ...]:
    """The sentences that the calls in a text or part hand to BioQL's compiler, in order."""
    found = []
    for call in module.calls:
        argument = _program_argument(call)
        if argument is not None and (sentence := _read(module, call, argument)) is not None:
            found.append(sentence)
    return tuple(found)


def _program_argument(call: Call) -> Argument | None:
    if call.symbol.dotted not in _PREVIEWS and call.symbol.dotted not in {QUANTUM, ENHANCED}:
        return None
    names = call.symbol.positional_names
    return call.argument(names[0]) if names else None


def _read(module: Module, call: Call, argument: Argument) -> Sentence | None:
    if argument.node is None or argument.star:
        return None
    pieces: tuple[_Written, ...]
    if argument.node.type in {"string", "concatenated_string"}:
        pieces, span = tuple(_pieces(module, argument.node)), argument.value_span
        if any(piece.is_bytes for piece in pieces):
            return None
    else:
        literal = argument.literal
        if literal is None or not isinstance(literal.value, str):
            return None
        pieces, span = _plain_piece(literal), literal.span
    text = "".join(piece.text for piece in pieces) if pieces else argument.text or ""
    if len(text) > _CHARACTERS_MAX or (call.symbol.dotted == ENHANCED and is_about_biology(text)):
        return None
    mode = call.argument("mode")
    return Sentence(
        text,
        call,
        argument,
        span,
        HOLE not in text,
        call.symbol.dotted in _PREVIEWS,
        call.text("mode"),
        not call.has_star and (mode is None or mode.literal is not None),
        call.text("backend"),
        pieces,
    )


def _plain_piece(literal: Literal) -> tuple[_Written, ...]:
    """The characters of a literal that stands elsewhere, where it is written as it reads."""
    text = literal.value
    assert isinstance(text, str)
    quotes = _QUOTES.get(literal.span.length - len(text))
    if quotes is None:
        return ()
    start = literal.span.start + quotes
    places = tuple(range(start, start + len(text)))
    # The quote is not known here, so nothing that holds one is written into it (`_escaped`).
    return (_Written(text, places, start + len(text), False, ""),)


def _pieces(module: Module, node: Node) -> Iterator[_Written]:
    strings = node.named_children if node.type == "concatenated_string" else [node]
    for string in strings:
        if string.type == "string":
            yield _piece(module, string)


def _piece(module: Module, string: Node) -> _Written:
    opening = next((c for c in string.children if c.type == "string_start"), None)
    head = module.syntax.node_text(opening) if opening is not None else '"'
    prefix = head.lower().rstrip("\"'")
    is_raw = "r" in prefix
    reader = _Reader(module, is_raw)
    end = module.syntax.span(opening).end if opening is not None else 0
    for child in string.children:
        if child.type == "string_content":
            reader.read_content(child)
            end = module.syntax.span(child).end
        elif child.type == "interpolation":
            reader.read_hole(child)
            end = module.syntax.span(child).end
    quote = head[len(prefix) :]
    text, starts = "".join(reader.text), tuple(reader.starts)
    return _Written(text, starts, end, is_raw, quote, "b" in prefix)


class _Reader:
    """Reads the characters of one string literal one after another."""

    def __init__(self, module: Module, is_raw: bool) -> None:
        self._module = module
        self._is_raw = is_raw
        self.text: list[str] = []
        self.starts: list[int] = []

    def read_content(self, node: Node) -> None:
        """Read what stands between the quotes or two holes."""
        span = self._module.syntax.span(node)
        position = span.start
        for child in node.children:
            place = self._module.syntax.span(child)
            self._read_plain(position, place.start)
            source = self._module.syntax.node_text(child)
            self._add(self._decoded(child.type, source), place.start)
            position = place.end
        self._read_plain(position, span.end)

    def read_hole(self, node: Node) -> None:
        """Read an expression in braces: its value if that is known."""
        start = self._module.syntax.span(node).start
        inner = [child for child in node.named_children if child.type != "comment"]
        value = value_of(self._module, inner[0]).literal if len(inner) == 1 else None
        is_known = value is not None and isinstance(value.value, str | int)
        self._add(str(value.value) if is_known and value is not None else HOLE, start)

    def _read_plain(self, start: int, end: int) -> None:
        source = self._module.text[start:end]
        position = 0
        for match in _NEWLINE.finditer(source):
            self._add_each(source[position : match.start()], start + position)
            self._add("\n", start + match.start())
            position = match.end()
        self._add_each(source[position:], start + position)

    def _add_each(self, text: str, start: int) -> None:
        self.text.append(text)
        self.starts += range(start, start + len(text))

    def _add(self, text: str, start: int) -> None:
        self.text.append(text)
        self.starts += [start] * len(text)

    def _decoded(self, kind: str, source: str) -> str:
        if kind == "escape_interpolation":
            return source[:1]
        if self._is_raw:
            return source
        try:
            value = ast.literal_eval(python_expression(f'"{source}"'))
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return source
        return value if isinstance(value, str) else source


def _escaped(text: str, piece: _Written) -> str | None:
    """A text as it is written inside a literal's quotes."""
    if not any(character in text for character in "\\\"'{}\r\n"):
        return text
    if piece.is_raw or not piece.quote or "{" in text or "}" in text:
        return None
    quote = piece.quote[0]
    escaped = text.replace("\\", "\\\\").replace(quote, f"\\{quote}")
    return escaped.replace("\r", "\\r").replace("\n", "\\n")
