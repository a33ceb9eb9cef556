"""What an expression stands for: a literal, a thing of BioQL's, or an instance of its classes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tree_sitter import Node

from bioql_lsp.analysis.api.load import Symbol
from bioql_lsp.analysis.literals import Literal, read_literal
from bioql_lsp.analysis.values import NO_VALUE, Value

if TYPE_CHECKING:
    from bioql_lsp.analysis.module import Module

_PARTS_MAX = 12
_HOPS_MAX = 6
_CRISPR = "crispr"
CIRCUIT = "QuantumCircuit"
_KINDS = {
    "list": "list",
    "list_comprehension": "list",
    "tuple": "tuple",
    "set": "set",
    "set_comprehension": "set",
    "dictionary": "dict",
    "dictionary_comprehension": "dict",
    "generator_expression": "generator",
    "lambda": "function",
}


def value_of(module: Module, node: Node | None, hops: int = 0) -> Value:
    """The value of an expression, as far as the source tells; ``hops`` bounds chains of names."""
    if node is None or hops > _HOPS_MAX:
        return NO_VALUE
    reader = _READERS.get(node.type)
    if reader is not None:
        return reader(module, node, hops)
    if node.type in _KINDS:
        return Value(kind=_KINDS[node.type])
    literal = read_literal(module.syntax, node)
    return Value(literal) if literal is not None else NO_VALUE


def _enclosed(module: Module, node: Node, hops: int) -> Value:
    literal = read_literal(module.syntax, node)
    if literal is not None:
        return Value(literal)
    inner = node.child_by_field_name("value") or next(iter(node.named_children), None)
    return value_of(module, inner, hops + 1)


def _name(module: Module, node: Node, hops: int) -> Value:
    name = module.syntax.node_text(node)
    dotted = module.resolve(name, node.start_byte, hops)
    if dotted is not None:
        return Value(dotted=dotted)
    return module.known(name, node.start_byte, hops).value


def _attribute(module: Module, node: Node, hops: int) -> Value:
    parts: list[str] = []
    current: Node | None = node
    while current is not None and current.type == "attribute" and len(parts) < _PARTS_MAX:
        last = current.child_by_field_name("attribute")
        if last is None or last.is_missing:
            return NO_VALUE
        parts.append(module.syntax.node_text(last))
        current = current.child_by_field_name("object")
    if current is None or current.type != "identifier":
        return NO_VALUE
    base = value_of(module, current, hops)
    if base.dotted is not None:
        return Value(dotted=".".join([base.dotted, *reversed(parts)]))
    return NO_VALUE


def _call(module: Module, node: Node, hops: int) -> Value:
    function = node.child_by_field_name("function")
    if function is None:
        return NO_VALUE
    symbol = called_symbol(module, function, hops)
    if symbol is None:
        name = module.syntax.node_text(function).rpartition(".")[2]
        return Value(kind=name) if name[:1].isupper() and name.isidentifier() else NO_VALUE
    instance_of = symbol.dotted if symbol.kind == "class" else symbol.returns_class
    if instance_of is None:
        kind = CIRCUIT if CIRCUIT in (symbol.returns or "") else ""
        return Value(kind=kind, producer=symbol.dotted)
    return Value(
        instance_of=instance_of, producer=symbol.dotted, is_crispr=_is_crispr(module, node, symbol)
    )


def called_symbol(module: Module, function: Node, hops: int = 0) -> Symbol | None:
    """The function, class or method of BioQL's that the head of a call names."""
    if function.type not in {"identifier", "attribute"}:
        return None
    dotted = value_of(module, function, hops).dotted
    if dotted is not None:
        symbol = module.index.lookup(dotted)
        return symbol.unbound if symbol is not None else None
    if function.type != "attribute":
        return None
    last = function.child_by_field_name("attribute")
    owner = value_of(module, function.child_by_field_name("object"), hops + 1).instance_of
    if last is None or owner is None:
        return None
    symbol = module.index.member(owner, module.syntax.node_text(last))
    return symbol if symbol is not None and symbol.kind == "method" else None


def _is_crispr(module: Module, call: Node, symbol: Symbol) -> bool | None:
    """Whether a run has ``mode="crispr"``; None where that cannot be told."""
    arguments = call.child_by_field_name("arguments")
    if arguments is None or "mode" not in symbol.keyword_names:
        return False
    position = symbol.positional_names.index("mode")
    given = [child for child in arguments.named_children if child.type != "comment"]
    if any(child.type in {"list_splat", "dictionary_splat"} for child in given):
        return None
    plain = [child for child in given if child.type != "keyword_argument"]
    mode = plain[position] if len(plain) > position else None
    for child in given:
        name = child.child_by_field_name("name") if child.type == "keyword_argument" else None
        if name is not None and module.syntax.node_text(name) == "mode":
            mode = child.child_by_field_name("value")
    if mode is None:
        return False
    literal: Literal | None = value_of(module, mode, 1).literal
    return None if literal is None else literal.value == _CRISPR


_READERS: dict[str, Callable[[Module, Node, int], Value]] = {
    "identifier": _name,
    "attribute": _attribute,
    "call": _call,
    "parenthesized_expression": _enclosed,
    "named_expression": _enclosed,
}
