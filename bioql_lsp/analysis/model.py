"""What the rules talk about: calls, their arguments, imported names, references."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tree_sitter import Node

from bioql_lsp.analysis.api.load import Symbol
from bioql_lsp.analysis.literals import Literal
from bioql_lsp.analysis.values import Value
from bioql_lsp.text import Span


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a call. ``star`` is ``*`` or ``**`` where it is unpacked."""

    span: Span
    value_span: Span
    keyword: str | None
    keyword_span: Span | None
    star: str
    value: Value
    position: int
    node: Node | None

    @property
    def literal(self) -> Literal | None:
        """The literal that is given, also by a name that is bound to it once."""
        return self.value.literal

    @property
    def text(self) -> str | None:
        """The string that is given, where it is known to be one."""
        literal = self.value.literal
        return literal.value if literal is not None and isinstance(literal.value, str) else None


@dataclass(frozen=True)
class Call:
    """A call of something of BioQL's. ``is_whole`` says that its arguments are all readable."""

    span: Span
    function_span: Span
    symbol: Symbol
    arguments: tuple[Argument, ...]
    open_paren: int
    close_paren: int
    is_whole: bool
    node: Node

    def keyword(self, name: str) -> Argument | None:
        """The argument given under a keyword, the first where there are several."""
        return self._by_keyword.get(name)

    @cached_property
    def _by_keyword(self) -> dict[str, Argument]:
        return {a.keyword: a for a in reversed(self.arguments) if a.keyword is not None}

    @cached_property
    def positional(self) -> tuple[Argument, ...]:
        """The arguments given by position."""
        return tuple(a for a in self.arguments if a.keyword is None and not a.star)

    @cached_property
    def has_star(self) -> bool:
        """Whether something is unpacked into the call, so that not all of it is known."""
        return any(a.star for a in self.arguments)

    @cached_property
    def by_position(self) -> dict[str, Argument]:
        """The parameters that get their argument by position; empty where that isn't known."""
        if self.has_star:
            return {}
        return dict(zip(self.symbol.positional_names, self.positional, strict=False))

    def argument(self, name: str) -> Argument | None:
        """The argument that a parameter receives, by keyword or by position."""
        return self._by_keyword.get(name) or self.by_position.get(name)

    def text(self, name: str) -> str | None:
        """The string that a parameter receives, where it is known."""
        argument = self.argument(name)
        return argument.text if argument is not None else None


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


@dataclass(frozen=True, slots=True)
class Member:
    """``name`` is read of an instance of a class of BioQL's: ``result.counts``.

    ``owner`` is what stands before the dot, ``span`` the name behind it, ``node`` both.
    """

    value: Value
    name: str
    span: Span
    node: Node
    owner: Node

    @property
    def class_dotted(self) -> str:
        """The class that the name is read of an instance of."""
        return self.value.instance_of or ""

    @property
    def call(self) -> Node | None:
        """The call that has the attribute as its function, if it is called."""
        parent = self.node.parent
        if parent is None or parent.type != "call":
            return None
        return parent if parent.child_by_field_name("function") == self.node else None
