"""Which names a text binds and where, collected in one walk over the tree."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from tree_sitter import Node

from bioql_lsp.analysis.syntax import Syntax

_COMPREHENSIONS = frozenset(
    {"list_comprehension", "set_comprehension", "dictionary_comprehension", "generator_expression"}
)
_PATTERN_LEAVES = frozenset({"attribute", "subscript", "call", "string"})


class BindingKind(Enum):
    """How a name comes to be bound."""

    IMPORT = "import"
    VALUE = "value"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Binding:
    """One place where a name is bound: an import of ``target``, an assigned value, or else."""

    name: str
    kind: BindingKind
    node: Node
    target: str = ""
    value: Node | None = None


@dataclass(slots=True)
class Scope:
    """A function, class or comprehension: a stretch of bytes with names of its own."""

    start_byte: int
    end_byte: int
    parent: int
    is_class: bool = False
    bindings: dict[str, list[Binding]] = field(default_factory=lambda: defaultdict(list))


@dataclass
class Collected:
    """Everything that one walk finds."""

    scopes: list[Scope]
    calls: list[Node] = field(default_factory=list)
    attributes: list[Node] = field(default_factory=list)
    every_attribute: list[Node] = field(default_factory=list)
    imports: list[Node] = field(default_factory=list)
    subscripts: list[Node] = field(default_factory=list)
    loops: list[Node] = field(default_factory=list)
    awaits: list[Node] = field(default_factory=list)
    tries: list[Node] = field(default_factory=list)
    bindings: list[Binding] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _innermost: list[int] = field(default_factory=list)

    def scope_at(self, byte: int) -> int:
        """The innermost scope around a byte."""
        if not self._starts:
            self._index()
        return self._innermost[bisect_right(self._starts, byte) - 1]

    def scope_of(self, name: str, byte: int) -> int:
        """The scope that a name used at a byte belongs to; 0, the text's own, if none binds it."""
        index = self.scope_at(byte)
        is_innermost = True
        while index > 0:
            scope = self.scopes[index]
            if name in scope.bindings and (is_innermost or not scope.is_class):
                return index
            index, is_innermost = scope.parent, False
        return 0

    def _index(self) -> None:
        events = [(s.start_byte, 1, i) for i, s in enumerate(self.scopes)]
        events += [(s.end_byte, 0, -i) for i, s in enumerate(self.scopes)]
        current = 0
        for byte, is_start, index in sorted(events):
            current = index if is_start else max(self.scopes[-index].parent, 0)
            self._starts.append(byte)
            self._innermost.append(current)


def collect(syntax: Syntax) -> Collected:
    """Walk the whole tree once, without recursion."""
    found = Collected([Scope(0, len(syntax.source) + 1, -1)])
    open_scopes = [0]
    cursor = syntax.tree.walk()
    while True:
        node = cursor.node
        assert node is not None
        handlers = _HANDLERS.get(node.type, ()) if node.is_named else ()
        if handlers:
            while node.start_byte >= found.scopes[open_scopes[-1]].end_byte:
                open_scopes.pop()
        for handler in handlers:
            if handler == "scope":
                _open_scope(node, found, open_scopes)
            else:
                _record(syntax, node, handler, found, cursor.field_name)
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                _place(found)
                return found


def _record(
    syntax: Syntax, node: Node, handler: str, found: Collected, field_name: str | None
) -> None:
    if handler == "call":
        found.calls.append(node)
    elif handler == "attribute":
        found.every_attribute.append(node)
        if field_name != "object":
            found.attributes.append(node)
    elif handler == "import":
        found.imports.append(node)
        found.bindings += import_bindings(syntax, node)
    elif handler in _LISTS:
        getattr(found, handler).append(node)
    else:
        found.bindings += _bindings(syntax, node, handler)


def _open_scope(node: Node, found: Collected, open_scopes: list[int]) -> None:
    """Open the scope of a function (from its parameters on), class body or comprehension."""
    is_class = node.type == "class_definition"
    field_name = {"function_definition": "parameters", "class_definition": "body"}.get(node.type)
    first = node.child_by_field_name(field_name) if field_name else node
    if first is not None and first.start_byte < node.end_byte:
        found.scopes.append(Scope(first.start_byte, node.end_byte, open_scopes[-1], is_class))
        open_scopes.append(len(found.scopes) - 1)


def _place(found: Collected) -> None:
    for binding in found.bindings:
        scope = found.scopes[found.scope_at(binding.node.start_byte)]
        scope.bindings[binding.name].append(binding)


def import_bindings(syntax: Syntax, node: Node) -> Iterator[Binding]:
    """The names that an import statement binds, with the dotted names they stand for."""
    module = node.child_by_field_name("module_name")
    prefix = dotted_text(syntax, module) + "." if module is not None else ""
    for child in node.children_by_field_name("name"):
        name = child.child_by_field_name("name") if child.type == "aliased_import" else child
        alias = child.child_by_field_name("alias") if child.type == "aliased_import" else None
        if name is None:
            continue
        target = dotted_text(syntax, name)
        if alias is not None:
            yield Binding(syntax.node_text(alias), BindingKind.IMPORT, child, prefix + target)
        elif prefix:
            yield Binding(target, BindingKind.IMPORT, child, prefix + target)
        else:
            top = target.partition(".")[0]
            yield Binding(top, BindingKind.IMPORT, child, top)


def dotted_text(syntax: Syntax, node: Node) -> str:
    """A dotted name as it would be written without spaces."""
    return "".join(syntax.node_text(node).split())


def _bindings(syntax: Syntax, node: Node, field_name: str) -> Iterator[Binding]:
    target = node.child_by_field_name(field_name) if field_name != "self" else node
    if target is None:
        return
    value = node.child_by_field_name("right") if node.type == "assignment" else None
    if target.type == "identifier":
        is_value = value is not None
        kind = BindingKind.VALUE if is_value else BindingKind.OTHER
        yield Binding(syntax.node_text(target), kind, target, value=value)
        return
    pending = [target]
    while pending:
        inner = pending.pop()
        if inner.type == "identifier":
            yield Binding(syntax.node_text(inner), BindingKind.OTHER, inner)
        elif inner.type in {"default_parameter", "typed_default_parameter"}:
            pending += inner.children_by_field_name("name")
        elif inner.type == "typed_parameter":
            pending += inner.named_children[:1]
        elif inner.type not in _PATTERN_LEAVES:
            pending += inner.named_children


_LISTS = frozenset({"subscripts", "loops", "awaits", "tries"})
_HANDLERS: dict[str, tuple[str, ...]] = {
    "call": ("call",),
    "attribute": ("attribute",),
    "import_statement": ("import",),
    "import_from_statement": ("import",),
    "function_definition": ("name", "scope"),
    "class_definition": ("name", "scope"),
    "lambda": ("scope",),
    **dict.fromkeys(_COMPREHENSIONS, ("scope",)),
    "assignment": ("left",),
    "augmented_assignment": ("left",),
    "named_expression": ("name",),
    "for_statement": ("left", "loops"),
    "for_in_clause": ("left", "loops"),
    "while_statement": ("loops",),
    "subscript": ("subscripts",),
    "await": ("awaits",),
    "try_statement": ("tries",),
    "as_pattern_target": ("self",),
    "parameters": ("self",),
    "lambda_parameters": ("self",),
    "delete_statement": ("self",),
    "global_statement": ("self",),
    "nonlocal_statement": ("self",),
    "case_pattern": ("self",),
}
