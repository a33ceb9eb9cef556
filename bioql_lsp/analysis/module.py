"""One text as the rules see it: what its names stand for in BioQL, and its calls of BioQL."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property, lru_cache

from tree_sitter import Node

from bioql_lsp.analysis.api.load import NEWEST, Index, load, release
from bioql_lsp.analysis.literals import Literal, read_literal
from bioql_lsp.analysis.model import Argument, Call, ImportedName, Reference
from bioql_lsp.analysis.scopes import (
    Binding,
    BindingKind,
    Collected,
    Scope,
    collect,
    import_bindings,
)
from bioql_lsp.analysis.syntax import Syntax, parse
from bioql_lsp.text import Document

PACKAGE = "bioql"
QUANTUM = "bioql.quantum_connector.quantum"
ENHANCED = "bioql.enhanced_quantum.enhanced_quantum"
RUNNERS = frozenset({QUANTUM, ENHANCED})
_MENTION = re.compile(r"\bbioql\b")
_IMPORT = re.compile(r"^[ \t\f]*(?:from|import)[ \t]+(?:[\w., \t]*\W)?bioql\b", re.MULTILINE)
_PARTS_MAX = 12
_ALIAS_HOPS_MAX = 5


class Module:
    """One text checked against one version of BioQL."""

    def __init__(self, text: str, version: str = NEWEST) -> None:
        self.text = text
        self.version = version

    @cached_property
    def mentions_bioql(self) -> bool:
        """Whether the word stands in the text at all: without it there is nothing to say."""
        return _MENTION.search(self.text) is not None

    @cached_property
    def uses_bioql(self) -> bool:
        """Whether the text imports BioQL, also in a line that does not parse yet."""
        return self.mentions_bioql and _IMPORT.search(self.text) is not None

    @cached_property
    def release(self) -> tuple[int, ...]:
        """The version as numbers."""
        return release(self.version)

    @cached_property
    def syntax(self) -> Syntax:
        """The parsed text."""
        return parse(self.text)

    @property
    def document(self) -> Document:
        """The text by lines."""
        return self.syntax.document

    def byte_at(self, offset: int) -> int:
        """The byte offset of a code point."""
        return len(self.text[:offset].encode(errors="surrogatepass"))

    @cached_property
    def index(self) -> Index:
        """The API that names are looked up in."""
        return load(self.version)

    @cached_property
    def collected(self) -> Collected:
        """Scopes, bindings, calls and attributes."""
        return collect(self.syntax)

    @cached_property
    def imported(self) -> tuple[ImportedName, ...]:
        """What is imported from BioQL, in order."""
        found = []
        for statement in self.collected.imports:
            is_from = statement.type == "import_from_statement"
            for binding in import_bindings(self.syntax, statement):
                if is_ours(binding.target):
                    name = binding.node.child_by_field_name("name") or binding.node
                    target = binding.target if is_from else self.syntax.node_text(name)
                    span = self.syntax.span(name)
                    found.append(
                        ImportedName(binding.node, statement, target, binding.name, span, is_from)
                    )
        return tuple(found)

    def bindings_of(self, name: str, byte: int) -> list[Binding]:
        """The bindings that a name has where it is used: those of the innermost scope with any."""
        scopes = self.collected.scopes
        index = self.collected.scope_at(byte)
        is_innermost = True
        while index >= 0:
            scope: Scope = scopes[index]
            if name in scope.bindings and (is_innermost or not scope.is_class):
                return scope.bindings[name]
            index, is_innermost = scope.parent, False
        return []

    def dotted(self, node: Node, hops: int = 0) -> str | None:
        """The dotted name of BioQL's that an expression stands for, or None."""
        parts: list[str] = []
        current: Node | None = node
        while current is not None and current.type == "attribute" and len(parts) < _PARTS_MAX:
            last = current.child_by_field_name("attribute")
            if last is None:
                return None
            parts.append(self.syntax.node_text(last))
            current = current.child_by_field_name("object")
        if current is None or current.type != "identifier":
            return None
        base = self.resolve(self.syntax.node_text(current), current.start_byte, hops)
        return ".".join([base, *reversed(parts)]) if base is not None else None

    def resolve(self, name: str, byte: int, hops: int = 0) -> str | None:
        """The dotted name of BioQL's that a plain name stands for at a byte, or None."""
        bindings = self.bindings_of(name, byte)
        targets = [b.target for b in bindings if b.kind is BindingKind.IMPORT]
        if targets and is_ours(targets[0]):
            others = [b for b in bindings if b.kind is not BindingKind.IMPORT]
            return targets[0] if all(_is_none(b.value) for b in others) else None
        if not bindings and name in self._star_names:
            return self._star_names[name]
        is_alias = len(bindings) == 1 and bindings[0].kind is BindingKind.VALUE
        if is_alias and hops < _ALIAS_HOPS_MAX and bindings[0].value is not None:
            value = bindings[0].value
            return self.dotted(value, hops + 1) if value.type in _NAMES else None
        return None

    @cached_property
    def _star_names(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for statement in self.collected.imports:
            source = statement.child_by_field_name("module_name")
            if source is None or not any(c.type == "wildcard_import" for c in statement.children):
                continue
            module = self.syntax.node_text(source)
            if is_ours(module):
                found |= {name: f"{module}.{name}" for name in self.index.exported(module)}
        return found

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """The attributes that are reached through a module of BioQL's, in order."""
        found = []
        for node in self.collected.attributes:
            dotted = self.dotted(node)
            last = node.child_by_field_name("attribute")
            if dotted is not None and last is not None:
                span = self.syntax.span(node)
                found.append(Reference(dotted, span, self.syntax.span(last), node))
        return tuple(found)

    def uses_of(self, imported: ImportedName) -> tuple[Node, ...]:
        """The identifiers that stand for what an import statement binds, in order."""
        found = []
        for node in self._identifiers.get(imported.bound, ()):
            bindings = self.bindings_of(imported.bound, node.start_byte)
            is_this = any(b.node == imported.node for b in bindings)
            if is_this and not any(_holds(b.node, node) for b in bindings):
                found.append(node)
        return tuple(node for node in found if not _is_keyword_name(node))

    @cached_property
    def _identifiers(self) -> dict[str, list[Node]]:
        """The identifiers outside attributes, by name."""
        found: dict[str, list[Node]] = defaultdict(list)
        cursor = self.syntax.tree.walk()
        while True:
            node = cursor.node
            assert node is not None
            if node.type == "identifier" and cursor.field_name != "attribute":
                found[self.syntax.node_text(node)].append(node)
            if cursor.goto_first_child():
                continue
            while not cursor.goto_next_sibling():
                if not cursor.goto_parent():
                    return found

    @cached_property
    def runs(self) -> tuple[Call, ...]:
        """The calls that hand a program to BioQL to run it."""
        return tuple(call for call in self.calls if call.symbol.dotted in RUNNERS)

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """The calls of functions and classes of BioQL's, in order."""
        return tuple(call for node in self.collected.calls if (call := self._call(node)))

    def _call(self, node: Node) -> Call | None:
        function = node.child_by_field_name("function")
        arguments = node.child_by_field_name("arguments")
        if function is None or arguments is None or function.type not in _NAMES:
            return None
        dotted = self.dotted(function)
        symbol = self.index.lookup(dotted) if dotted else None
        if symbol is None:
            return None
        span = self.syntax.span(arguments)
        is_list = arguments.type == "argument_list"
        children = [c for c in arguments.named_children if c.type != "comment"] if is_list else []
        return Call(
            self.syntax.span(node),
            self.syntax.span(function),
            symbol,
            tuple(self._argument(child, position) for position, child in enumerate(children)),
            span.start,
            max(span.end - 1, span.start),
            is_list and not arguments.has_error and span.length >= 2,
        )

    def _argument(self, node: Node, position: int) -> Argument:
        stars = {"list_splat": "*", "dictionary_splat": "**"}
        span = self.syntax.span(node)
        name = node.child_by_field_name("name") if node.type == "keyword_argument" else None
        value = node.child_by_field_name("value") if name is not None else node
        return Argument(
            span,
            self.syntax.span(value) if value is not None else span,
            self.syntax.node_text(name) if name is not None else None,
            self.syntax.span(name) if name is not None else None,
            stars.get(node.type, ""),
            self.literal(value) if value is not None else None,
            position,
        )

    def literal(self, node: Node) -> Literal | None:
        """The literal that an expression is, or that its name is bound to once."""
        if node.type != "identifier":
            return read_literal(self.syntax, node)
        bindings = self.bindings_of(self.syntax.node_text(node), node.start_byte)
        if len(bindings) != 1 or bindings[0].value is None:
            return None
        return read_literal(self.syntax, bindings[0].value)


_NAMES = frozenset({"identifier", "attribute"})


def is_ours(dotted: str) -> bool:
    """Whether a dotted name belongs to BioQL."""
    return dotted == PACKAGE or dotted.startswith(f"{PACKAGE}.")


def _holds(outer: Node, inner: Node) -> bool:
    return outer.start_byte <= inner.start_byte < outer.end_byte


def _is_keyword_name(node: Node) -> bool:
    parent = node.parent
    if parent is None or parent.type != "keyword_argument":
        return False
    return parent.child_by_field_name("name") == node


def _is_none(node: Node | None) -> bool:
    return node is not None and node.type == "none"


@lru_cache(maxsize=4)
def load_module(text: str, version: str = NEWEST) -> Module:
    """A text as the rules see it; the last few are remembered."""
    return Module(text, version)
