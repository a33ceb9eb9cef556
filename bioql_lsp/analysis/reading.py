"""The names in a text, read from its tree: imports, identifiers, attributes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tree_sitter import Node

from bioql_lsp.analysis.model import ImportedName, Member, Reference
from bioql_lsp.analysis.scopes import Collected, import_bindings
from bioql_lsp.analysis.syntax import Syntax
from bioql_lsp.analysis.values import is_ours

if TYPE_CHECKING:
    from bioql_lsp.analysis.module import Module

_CHECKS = frozenset({"success", "error_message"})


def imported_names(syntax: Syntax, collected: Collected) -> tuple[ImportedName, ...]:
    """What is imported from BioQL, in order."""
    found = []
    for statement in collected.imports:
        is_from = statement.type == "import_from_statement"
        for binding in import_bindings(syntax, statement):
            if is_ours(binding.target):
                name = binding.node.child_by_field_name("name") or binding.node
                target = binding.target if is_from else syntax.node_text(name)
                span = syntax.span(name)
                found.append(
                    ImportedName(binding.node, statement, target, binding.name, span, is_from)
                )
    return tuple(found)


def star_modules(syntax: Syntax, collected: Collected) -> tuple[str, ...]:
    """The modules that everything is imported from."""
    found = []
    for statement in collected.imports:
        source = statement.child_by_field_name("module_name")
        if source is not None and any(c.type == "wildcard_import" for c in statement.children):
            found.append(syntax.node_text(source))
    return tuple(found)


def references(module: Module) -> tuple[Reference, ...]:
    """The attributes that are reached through a module of BioQL's, in order."""
    found = []
    for node in module.collected.attributes:
        dotted, last = module.dotted(node), node.child_by_field_name("attribute")
        if dotted is not None and last is not None:
            found.append(
                Reference(dotted, module.syntax.span(node), module.syntax.span(last), node)
            )
    return tuple(found)


def members(module: Module) -> tuple[Member, ...]:
    """The attributes that are read of instances of BioQL's classes, in order."""
    found, syntax = [], module.syntax
    for node in module.collected.every_attribute:
        owner, last = node.child_by_field_name("object"), node.child_by_field_name("attribute")
        if owner is None or last is None or last.is_missing:
            continue
        value = module.value(owner)
        if value.instance_of is not None:
            found.append(Member(value, syntax.node_text(last), syntax.span(last), node, owner))
    return tuple(found)


def checked_names(module: Module) -> frozenset[tuple[str, int]]:
    """The names whose ``success`` is looked at, with their scopes."""
    found = set()
    for node in module.collected.every_attribute:
        last, owner = node.child_by_field_name("attribute"), node.child_by_field_name("object")
        if last is None or owner is None or owner.type != "identifier":
            continue
        if module.syntax.node_text(last) in _CHECKS:
            name = module.syntax.node_text(owner)
            found.add((name, module.scope_of(name, owner.start_byte)))
    return frozenset(found)


def uses_of(module: Module, imported: ImportedName) -> tuple[Node, ...]:
    """The identifiers that stand for what an import statement binds, in order."""
    found = []
    for node in module.identifiers.get(imported.bound, ()):
        bindings = module.bindings_of(imported.bound, node.start_byte)
        is_this = any(b.node == imported.node for b in bindings)
        if is_this and not any(_holds(b.node, node) for b in bindings):
            found.append(node)
    return tuple(node for node in found if not _is_keyword_name(node))


def _holds(outer: Node, inner: Node) -> bool:
    return outer.start_byte <= inner.start_byte < outer.end_byte


def _is_keyword_name(node: Node) -> bool:
    parent = node.parent
    if parent is None or parent.type != "keyword_argument":
        return False
    return parent.child_by_field_name("name") == node


def identifiers(syntax: Syntax) -> dict[str, list[Node]]:
    """The identifiers outside attributes, by name."""
    found: dict[str, list[Node]] = defaultdict(list)
    cursor = syntax.tree.walk()
    while True:
        node = cursor.node
        assert node is not None
        if node.type == "identifier" and cursor.field_name != "attribute":
            found[syntax.node_text(node)].append(node)
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return found
