"""What the rules talk about: calls, their arguments, imported names, references."""

from __future__ import annotations

from dataclasses import dataclass

from tree_sitter import Node

from bioql_lsp.analysis.api.load import Symbol
from bioql_lsp.analysis.literals import Literal
from bioql_lsp.text import Span


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a call. ``star`` is ``*`` or ``**`` where it is unpacked."""

    span: Span
    value_span: Span
    keyword: str | None
    keyword_span: Span | None
    star: str
    literal: Literal | None
    node: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A call of something of BioQL's. ``is_whole`` says that its arguments are all readable."""

    span: Span
    function_span: Span
    symbol: Symbol
    arguments: tuple[Argument, ...]
    open_paren: int
    close_paren: int
    is_whole: bool

    def keyword(self, name: str) -> Argument | None:
        """The argument given under a keyword."""
        return next((a for a in self.arguments if a.keyword == name), None)

    @property
    def positional(self) -> tuple[Argument, ...]:
        """The arguments given by position."""
        return tuple(a for a in self.arguments if a.keyword is None and not a.star)

    @property
    def has_star(self) -> bool:
        """Whether something is unpacked into the call, so that not all of it is known."""
        return any(a.star for a in self.arguments)

    def argument(self, name: str) -> Argument | None:
        """The argument that a parameter receives, by keyword or by position."""
        found = self.keyword(name)
        if found is not None or self.has_star or self.symbol.parameters is None:
            return found
        order = [p.name for p in self.symbol.parameters if p.kind in "pa"]
        if name not in order or order.index(name) >= len(self.positional):
            return None
        return self.positional[order.index(name)]


@dataclass(frozen=True, slots=True)
class ImportedName:
    """A name imported from BioQL, or a module of it: where, what, and under which name."""

    node: Node
    statement: Node
    target: str
    bound: str
    span: Span
    is_from: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """A dotted name of BioQL's that the text uses: ``bq.Circuit`` stands for ``bioql.Circuit``."""

    dotted: str
    span: Span
    last_span: Span
    node: Node
