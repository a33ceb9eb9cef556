"""The values of literals, computed without evaluating anything of the user's."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from tree_sitter import Node

from bioql_lsp.analysis.python_tree import python_expression
from bioql_lsp.analysis.syntax import Syntax
from bioql_lsp.text import Span

Value = str | int | float | bool | None
_LITERAL_CHARS_MAX = 100_000
_NUMBER_BITS_MAX = 256
_DEPTH_MAX = 20
_PLAIN_TEXT = re.compile(r"""'[^'\\\r\n]*'|"[^"\\\r\n]*\"""")
_SIMPLE = {"true": True, "false": False, "none": None}


@dataclass(frozen=True, slots=True)
class Literal:
    """A value known from the source and the place where it is written."""

    value: Value
    span: Span

    @property
    def is_text(self) -> bool:
        """Whether the value is a string."""
        return isinstance(self.value, str)


def read_literal(syntax: Syntax, node: Node) -> Literal | None:
    """The literal that an expression is, or None where it is none."""
    try:
        value = _value(syntax, node, 0)
    except (_NoLiteralError, ValueError, SyntaxError, MemoryError, RecursionError, OverflowError):
        return None
    return Literal(value, syntax.span(node))


class _NoLiteralError(Exception):
    """The expression is no literal."""


def _value(syntax: Syntax, node: Node, depth: int) -> Value:
    kind = node.type
    if depth > _DEPTH_MAX:
        raise _NoLiteralError
    if kind in {"string", "concatenated_string"}:
        return _text_value(syntax, node)
    if kind in {"integer", "float"}:
        return _number(syntax.node_text(node))
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if kind == "parenthesized_expression" and node.named_child_count == 1:
        return _value(syntax, node.named_children[0], depth + 1)
    if kind == "unary_operator":
        return _unary(syntax, node, depth)
    if kind == "binary_operator":
        return _binary(syntax, node, depth)
    raise _NoLiteralError


def _text_value(syntax: Syntax, node: Node) -> str:
    if node.end_byte - node.start_byte > _LITERAL_CHARS_MAX or node.has_error:
        raise _NoLiteralError
    span = syntax.span(node)
    source = syntax.text[span.start : span.end]
    if _PLAIN_TEXT.fullmatch(source):
        return source[1:-1]
    tree = python_expression(f"({source})")
    if not isinstance(tree, ast.Constant) or not isinstance(tree.value, str):
        raise _NoLiteralError
    return tree.value


def _number(source: str) -> int | float:
    digits = source.replace("_", "")
    if not re.fullmatch(r"[0-9a-fA-FoOxXbB.+-]{1,60}", digits):
        raise _NoLiteralError
    if re.fullmatch(r"0[xXoObB].*", digits):
        return int(digits, 0)
    return int(digits) if digits.isdigit() else float(digits)


def _unary(syntax: Syntax, node: Node, depth: int) -> Value:
    argument, operator = node.child_by_field_name("argument"), node.child_by_field_name("operator")
    if argument is None or operator is None:
        raise _NoLiteralError
    value = _value(syntax, argument, depth + 1)
    if isinstance(value, str | bool) or value is None or operator.type not in {"-", "+"}:
        raise _NoLiteralError
    return -value if operator.type == "-" else value


def _binary(syntax: Syntax, node: Node, depth: int) -> Value:
    parts = [node.child_by_field_name(name) for name in ("left", "operator", "right")]
    if None in parts:
        raise _NoLiteralError
    left = _value(syntax, parts[0], depth + 1)  # type: ignore[arg-type]
    right = _value(syntax, parts[2], depth + 1)  # type: ignore[arg-type]
    operator = parts[1].type  # type: ignore[union-attr]
    if not (type(left) is int and type(right) is int):
        raise _NoLiteralError
    results = {"+": left + right, "-": left - right, "*": left * right}
    if operator not in results or results[operator].bit_length() > _NUMBER_BITS_MAX:
        raise _NoLiteralError
    return results[operator]
