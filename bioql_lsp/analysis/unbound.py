"""BioQL's names that a text uses without binding them: forgotten imports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from bioql_lsp.analysis.module import PACKAGE, Module, is_ours
from bioql_lsp.text import Span

_CHAIN_MAX = 12


@dataclass(frozen=True, slots=True)
class Unbound:
    """A name that nothing binds, where it stands, and the import that would bind it."""

    name: str
    span: Span
    statement: str


def unbound_names(module: Module) -> Iterator[Unbound]:
    """The unbound names that are called, or reached through, and that BioQL code needs."""
    if _has_foreign_star(module):
        return
    heads = [node.child_by_field_name("function") for node in module.collected.calls]
    for head in [*heads, *module.collected.attributes]:
        name = _first_name(head)
        if name is None:
            continue
        text = module.syntax.node_text(name)
        statement = _needed_import(module, text, is_called=name == head)
        if statement is None or module.known(text, name.start_byte).count:
            continue
        if module.resolve(text, name.start_byte) is None:
            yield Unbound(text, module.syntax.span(name), statement)


def _first_name(node: Node | None) -> Node | None:
    for _ in range(_CHAIN_MAX):
        if node is None or node.type != "attribute":
            break
        node = node.child_by_field_name("object")
    return node if node is not None and node.type == "identifier" else None


def _needed_import(module: Module, name: str, *, is_called: bool) -> str | None:
    if name in {PACKAGE, "os"}:
        return None if is_called else f"import {name}"
    symbol = module.index.lookup(f"{PACKAGE}.{name}") if is_called else None
    if symbol is None or symbol.kind not in {"function", "class"}:
        return None
    return f"from {PACKAGE} import {name}"


def _has_foreign_star(module: Module) -> bool:
    return not all(is_ours(source) for source in module.all_stars)
