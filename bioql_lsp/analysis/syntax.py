"""A tolerant parse: a tree for any text, the places where it is no Python, offsets in code points.

tree-sitter counts in bytes and never fails; CPython's own parser says most precisely what is
wrong. A text is called broken where CPython refuses it, and what tree-sitter alone objects to is
ignored, because its grammar lags behind the language.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import tree_sitter_python
from tree_sitter import Language, Node, Parser, Tree

from bioql_lsp.analysis.parts import split
from bioql_lsp.analysis.python_tree import python_tree
from bioql_lsp.text import Document, Position, Span

PYTHON = Language(tree_sitter_python.language())
ERROR_KIND_ID = 65535
_CPYTHON_CHARS_MAX = 1_000_000
_ERRORS_MAX = 100
_BATCH_CHARS_MAX = 50_000
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LONE_RETURN = re.compile(r"\r(?!\n)")
_WIDE = re.compile(r"[^\x00-\x7f]")
_NEWER_KINDS = frozenset({"type_alias_statement", "type_parameter"})


@dataclass(frozen=True, slots=True)
class ParseError:
    """A place where the text is not Python."""

    message: str
    span: Span


class Offsets:
    """Byte offsets of a text's UTF-8 form turned into code points."""

    def __init__(self, text: str) -> None:
        self._characters = [] if text.isascii() else [m.start() for m in _WIDE.finditer(text)]
        self._ends: list[int] = []
        extra = 0
        for index in self._characters:
            code = ord(text[index])
            width = 2 if code < 0x800 else 3 if code < 0x10000 else 4
            extra += width - 1
            self._ends.append(index + extra + 1)

    def to_code_point(self, byte: int) -> int:
        """The code point that a byte offset lies at or in."""
        if not self._ends:
            return byte
        before = bisect_right(self._ends, byte)
        base, extra = 0, 0
        if before:
            base = self._characters[before - 1] + 1
            extra = self._ends[before - 1]
        offset = base + byte - extra
        limit = self._characters[before] if before < len(self._characters) else offset
        return min(offset, limit)


class Syntax:
    """One text, parsed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.document = Document(text)
        cleaned = _LONE_RETURN.sub("\n", _LONE_SURROGATE.sub("\ufffd", text))
        self.source = cleaned.encode()
        self.offsets = Offsets(text)
        self.tree: Tree = Parser(PYTHON).parse(self.source)

    def span(self, node: Node) -> Span:
        """A node's place in code points."""
        convert = self.offsets.to_code_point
        return Span(convert(node.start_byte), convert(node.end_byte))

    def node_text(self, node: Node) -> str:
        """The source of a node."""
        return self.source[node.start_byte : node.end_byte].decode(errors="replace")

    @cached_property
    def error_nodes(self) -> tuple[Node, ...]:
        """The outermost nodes that tree-sitter could not read, or had to invent."""
        found: list[Node] = []
        pending = [self.tree.root_node] if self.tree.root_node.has_error else []
        while pending and len(found) < _ERRORS_MAX:
            node = pending.pop()
            if node.is_error or node.is_missing:
                found.append(node)
            elif node.has_error:
                pending += reversed(node.children)
        return tuple(found)

    @cached_property
    def errors(self) -> tuple[ParseError, ...]:
        """Why the text is no Python: the first mistake, seen in the statement that it stands in."""
        if len(self.text) > _CPYTHON_CHARS_MAX:
            return tuple(self._tree_error(node) for node in self.error_nodes)
        start = 0
        for piece in split(self.text):
            error = cpython_error(piece.text)
            if error is not None:
                if self._is_newer_python(error) and not self.error_nodes:
                    return ()
                span = Span(error.span.start + start, error.span.end + start)
                return (ParseError(error.message, span),)
            start += len(piece.text)
        return ()

    @property
    def is_broken(self) -> bool:
        """Whether the text is not Python."""
        return bool(self.errors)

    def _tree_error(self, node: Node) -> ParseError:
        if node.is_missing:
            return ParseError(f"{node.type} is missing", self.span(node))
        span = self.span(node)
        line = self.document.line_span(self.document.position(span.start).line)
        return ParseError(
            "invalid syntax", Span(span.start, max(span.start, min(span.end, line.end)))
        )

    def _is_newer_python(self, error: ParseError) -> bool:
        """Whether only this interpreter is too old for a text that its grammar accepts."""
        if "f-string" in error.message:
            return True
        cursor = self.tree.walk()
        while True:
            node = cursor.node
            if node is not None and node.type in _NEWER_KINDS:
                return True
            if cursor.goto_first_child():
                continue
            while not cursor.goto_next_sibling():
                if not cursor.goto_parent():
                    return False


def broken_texts(texts: Sequence[str]) -> Iterator[int]:
    """The indices of those statements that are no Python, many of them looked at in one go."""
    start = 0
    while start < len(texts):
        stop, length = start, 0
        while stop < len(texts) and (stop == start or length < _BATCH_CHARS_MAX):
            length += len(texts[stop])
            stop += 1
        batch = texts[start:stop]
        joined = "".join(text if text.endswith(("\n", "\r")) else f"{text}\n" for text in batch)
        if cpython_error(joined) is not None:
            errors = map(cpython_error, batch)
            yield from (start + index for index, error in enumerate(errors) if error is not None)
        start = stop


@lru_cache(maxsize=4096)
def cpython_error(text: str) -> ParseError | None:
    """What CPython's parser objects to, or None. Nothing is compiled or executed."""
    shift = 1 if text.startswith("\ufeff") else 0
    source = _LONE_SURROGATE.sub("\ufffd", text[shift:])
    try:
        python_tree(source)
    except SyntaxError as error:
        return ParseError(error.msg or "invalid syntax", _error_span(text, shift, error))
    except ValueError:
        at = max(text.find("\0"), 0)
        return ParseError("the text holds a null byte", Span(at, min(at + 1, len(text))))
    except (MemoryError, RecursionError):
        return ParseError("the text is nested too deeply", Span(0, 0))
    return None


def _error_span(text: str, shift: int, error: SyntaxError) -> Span:
    document = Document(text)
    line = max((error.lineno or 1) - 1, 0)
    bom = shift if line == 0 else 0
    start = document.offset(Position(line, max((error.offset or 1) - 1, 0) + bom))
    end = start
    if error.end_lineno == error.lineno and error.end_offset:
        end = document.offset(Position(line, max(error.end_offset - 1, 0) + bom))
    return Span(start, max(end, min(start + 1, len(text)), start))


@lru_cache(maxsize=4)
def parse(text: str) -> Syntax:
    """Parse a text; the last few are remembered."""
    return Syntax(text)
