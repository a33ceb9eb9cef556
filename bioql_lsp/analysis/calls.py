"""Calls of BioQL's functions, classes and methods, read with their arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tree_sitter import Node

from bioql_lsp.analysis.evaluation import called_symbol, value_of
from bioql_lsp.analysis.model import Argument, Call

if TYPE_CHECKING:
    from bioql_lsp.analysis.module import Module

_STARS = {"list_splat": "*", "dictionary_splat": "**"}


def read_call(module: Module, node: Node) -> Call | None:
    """The call that a node is, if it is one of something of BioQL's."""
    function = node.child_by_field_name("function")
    arguments = node.child_by_field_name("arguments")
    if function is None or arguments is None:
        return None
    symbol = called_symbol(module, function)
    if symbol is None:
        return None
    span = module.syntax.span(arguments)
    is_list = arguments.type == "argument_list"
    children = [c for c in arguments.named_children if c.type != "comment"] if is_list else []
    return Call(
        module.syntax.span(node),
        module.syntax.span(function),
        symbol,
        tuple(_argument(module, child, position) for position, child in enumerate(children)),
        span.start,
        max(span.end - 1, span.start),
        is_list and not arguments.has_error and span.length >= 2,
        node,
    )


def _argument(module: Module, node: Node, position: int) -> Argument:
    syntax = module.syntax
    span = syntax.span(node)
    name = node.child_by_field_name("name") if node.type == "keyword_argument" else None
    value = node.child_by_field_name("value") if name is not None else node
    return Argument(
        span,
        syntax.span(value) if value is not None else span,
        syntax.node_text(name) if name is not None else None,
        syntax.span(name) if name is not None else None,
        _STARS.get(node.type, ""),
        value_of(module, value),
        position,
        value,
    )
