"""A place in a text that is being written: what is open there, and what stands before it."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass
from functools import cached_property

from tree_sitter import Node

from bioql_lsp.analysis.api.symbols import Symbol
from bioql_lsp.analysis.brackets import OpenBracket, Openness, openness, segments_after
from bioql_lsp.analysis.evaluation import called_symbol
from bioql_lsp.analysis.module import Module
from bioql_lsp.text import Span

_SCAN_WHOLE_CHARS_MAX = 20_000
_AFTER_CHARS_MAX = 4_000
_STATEMENT_START = re.compile(r"^[A-Za-z@]", re.MULTILINE)
_KEYWORD = re.compile(r"\s*(?:#[^\r\n]*\r?\n\s*)*([A-Za-z_]\w*)\s*=(?!=)")
_LAST_WORD = re.compile(r"[A-Za-z_]\w*\Z")
_EXPRESSIONS = frozenset({"identifier", "attribute", "call", "parenthesized_expression"})
_ENDS_OF_VALUES = frozenset(")]}'\"")
_HOPS_MAX = 12


@dataclass(frozen=True, slots=True)
class Thing:
    """What an expression stands for: a name of BioQL's, or an instance of one of its classes."""

    symbol: Symbol | None = None
    class_dotted: str | None = None


NOTHING = Thing()


@dataclass(frozen=True)
class CallSite:
    """The call of something of BioQL's that a place lies in, as it is written around it.

    ``before`` and ``after`` are the other arguments; ``current`` is what is written of the one at
    the place, up to there. A place inside a list has ``in_list``; ``current`` ends before it then.
    """

    symbol: Symbol
    bracket: OpenBracket
    before: tuple[str, ...]
    current: str
    after: tuple[str, ...]
    in_list: bool = False

    @cached_property
    def keyword(self) -> str | None:
        """The keyword that the current argument is given under."""
        match = _KEYWORD.match(self.current)
        return match[1] if match else None

    @cached_property
    def value_text(self) -> str:
        """What is written of the current argument's value."""
        match = _KEYWORD.match(self.current)
        return self.current[match.end() if match else 0 :]

    @cached_property
    def keywords(self) -> dict[str, str]:
        """The other arguments that are given under a keyword, and the source of their values."""
        matches = ((piece, _KEYWORD.match(piece)) for piece in (*self.before, *self.after))
        return {match[1]: piece[match.end() :].strip() for piece, match in matches if match}

    @cached_property
    def position(self) -> int | None:
        """The position of the current argument; None where it can only be given by keyword."""
        is_late = any(_KEYWORD.match(piece) for piece in self.before)
        return None if is_late or self.keyword is not None else len(self.before)

    @cached_property
    def given(self) -> frozenset[str]:
        """The parameters that other arguments are given for."""
        positional = sum(1 for p in self.before if p.strip() and not _KEYWORD.match(p))
        return frozenset(self.keywords) | set(self.symbol.positional_names[:positional])

    @cached_property
    def parameter(self) -> str | None:
        """The parameter that the current argument is for, as far as it can be told."""
        if self.keyword is not None:
            return self.keyword if self.keyword in self.symbol.keyword_names else None
        names = self.symbol.positional_names
        position = self.position
        return names[position] if position is not None and position < len(names) else None

    def text_of(self, parameter: str) -> str | None:
        """The source of another argument's value; None where it is not given."""
        if parameter in self.keywords:
            return self.keywords[parameter]
        names = self.symbol.positional_names
        index = names.index(parameter) if parameter in names else len(self.before)
        is_given = index < len(self.before) and parameter in self.given
        return self.before[index].strip() if is_given else None


class Place:
    """An offset in a module (a text, or one part of a file)."""

    def __init__(self, module: Module, offset: int) -> None:
        self.module = module
        self.offset = min(max(offset, 0), len(module.text))

    @property
    def text(self) -> str:
        """The module's text."""
        return self.module.text

    @cached_property
    def open(self) -> Openness:
        """The brackets and the string that are open at the place."""
        return openness(self.text, _safe_start(self.text, self.offset), self.offset)

    @cached_property
    def word(self) -> Span:
        """The identifier that is typed before the place."""
        start = self.offset
        while start > 0 and (self.text[start - 1].isalnum() or self.text[start - 1] == "_"):
            start -= 1
        return Span(start, self.offset)

    @property
    def typed(self) -> str:
        """The text of that identifier."""
        return self.text[self.word.start : self.word.end]

    @cached_property
    def line_before(self) -> str:
        """The line up to the word."""
        start = max(self.text.rfind(end, 0, self.word.start) for end in "\r\n") + 1
        return self.text[start : self.word.start]

    @cached_property
    def byte(self) -> int:
        """Where the word begins, in bytes of the UTF-8 form: names are looked up from there."""
        return self.module.byte_at(self.word.start)

    @cached_property
    def readable(self) -> Module:
        """The module with what is written so far closed, where the text is no Python yet."""
        if not self.module.syntax.tree.root_node.has_error:
            return self.module
        text = self.text[: self.offset]
        ends_well = text[-1:] in _ENDS_OF_VALUES or bool(self.typed)
        if self.open.string_start is None and not ends_well:
            text += "_"
        text += self.open.closers
        return Module(text, self.module.options, self.module.surroundings)

    def call(self) -> CallSite | None:
        """The innermost call around the place, or around the list that it stands in."""
        brackets = self.open.brackets
        if not brackets:
            return None
        end = self.offset if self.open.string_start is None else self.open.string_start
        innermost = brackets[-1]
        if innermost.character == "[" and len(brackets) > 1 and brackets[-2].character == "(":
            return self._site(brackets[-2], innermost.offset, end, in_list=True)
        return self._site(innermost, end, end, in_list=False)

    def enclosing_call(self) -> CallSite | None:
        """The innermost call around the place, also through brackets that call nothing."""
        end = self.offset if self.open.string_start is None else self.open.string_start
        for bracket in reversed(self.open.brackets):
            if bracket.character == "(" and self._is_called(bracket):
                return self._site(bracket, end, end, in_list=False)
            end = bracket.offset
        return None

    def _is_called(self, bracket: OpenBracket) -> bool:
        """Whether a round bracket follows an expression."""
        before = self.text[: bracket.offset].rstrip(" \t")
        word = _LAST_WORD.search(before)
        is_keyword = word is not None and keyword.iskeyword(word.group())
        return not is_keyword and (word is not None or before[-1:] in (")", "]"))

    def _site(
        self, bracket: OpenBracket, end: int, place: int, *, in_list: bool
    ) -> CallSite | None:
        symbol = self.callee(bracket)
        if symbol is None:
            return None
        cuts = [bracket.offset, *bracket.commas]
        pieces = [
            self.text[start + 1 : stop]
            for start, stop in zip(cuts, [*bracket.commas, end], strict=True)
        ]
        after = () if in_list else self._after(place)
        return CallSite(symbol, bracket, tuple(pieces[:-1]), pieces[-1], after, in_list)

    def _after(self, place: int) -> tuple[str, ...]:
        """The arguments after the place's own."""
        if not place < len(self.text):
            return ()
        return tuple(segments_after(self.text, place, place + _AFTER_CHARS_MAX)[1:])

    def callee(self, bracket: OpenBracket) -> Symbol | None:
        """What is called with a bracket, if it is something of BioQL's."""
        if bracket.character != "(":
            return None
        end = len(self.text[: bracket.offset].rstrip(" \t"))
        chain = self._chain(end)
        if chain:
            symbol = self._walk(chain, end).symbol
            is_class = symbol is not None and symbol.kind in {"function", "class", "method"}
            return symbol if is_class else None
        node = self._node(end)
        return called_symbol(self.readable, node) if node is not None else None

    def thing_before(self, end: int) -> Thing:
        """What the expression stands for that ends at an offset."""
        chain = self._chain(end)
        if chain:
            return self._walk(chain, end)
        node = self._node(end)
        value = self.readable.value(node) if node is not None else None
        if value is None:
            return NOTHING
        symbol = self.module.index.lookup(value.dotted) if value.dotted else None
        return Thing(symbol, value.instance_of)

    def _chain(self, end: int) -> str:
        """The dotted name that ends at an offset; empty where it is no plain one."""
        start = end
        while start > 0 and (self.text[start - 1].isalnum() or self.text[start - 1] in "_."):
            start -= 1
        chain = self.text[start:end]
        is_plain = all(part.isidentifier() for part in chain.split("."))
        return chain if is_plain and len(chain.split(".")) <= _HOPS_MAX else ""

    def _walk(self, chain: str, end: int) -> Thing:
        """What a dotted name stands for at an offset."""
        head, *rest = chain.split(".")
        module, index = self.readable, self.module.index
        byte = self.module.byte_at(end - len(chain))
        dotted = module.resolve(head, byte)
        if dotted is not None:
            symbol = index.lookup(".".join([dotted, *rest]))
            is_value = symbol is not None and symbol.kind in {"constant", "attribute", "property"}
            made = symbol.returns_class if symbol is not None and is_value else None
            return Thing(symbol.unbound if symbol is not None else None, made)
        owner, symbol = module.known(head, byte).value.instance_of, None
        for name in rest:
            symbol = index.member(owner, name) if owner else None
            is_value = symbol is not None and symbol.kind in {"attribute", "property"}
            owner = symbol.returns_class if symbol is not None and is_value else None
        return Thing(symbol, owner)

    def _node(self, end: int) -> Node | None:
        """The expression in the tree that ends at an offset."""
        byte = self.module.byte_at(end)
        root = self.readable.syntax.tree.root_node
        node = root.descendant_for_byte_range(max(byte - 1, 0), byte)
        found = None
        while node is not None and node.end_byte == byte:
            if node.type in _EXPRESSIONS:
                found = node
            elif found is not None:
                break
            node = node.parent
        return found


def _safe_start(text: str, offset: int) -> int:
    """A place before the offset where nothing is open: the text's start, or a near statement."""
    if offset <= _SCAN_WHOLE_CHARS_MAX:
        return 0
    near = offset - _SCAN_WHOLE_CHARS_MAX // 2
    match = _STATEMENT_START.search(text, near, offset)
    return match.start() if match else near
