"""The one class that an annotation names, read from its text."""

from __future__ import annotations

import ast
from functools import lru_cache

from bioql_lsp.analysis.python_tree import python_expression

_WRAPPERS = {"Optional", "Union", "Annotated", "Final", "ClassVar"}
_CHARS_MAX = 200
_DEPTH_MAX = 8


@lru_cache(maxsize=2048)
def class_in(annotation: str) -> str | None:
    """The dotted name in ``X``, ``"X"``, ``Optional[X]``, ``X | None``; None for anything else."""
    return _from_text(annotation, 0)


def _from_text(text: str, depth: int) -> str | None:
    if len(text) > _CHARS_MAX or depth > _DEPTH_MAX:
        return None
    try:
        return _from_node(python_expression(text.strip()), depth)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _from_node(node: ast.expr, depth: int) -> str | None:
    match node:
        case ast.Constant(value=str() as text):
            return _from_text(text, depth + 1)
        case ast.Name() | ast.Attribute():
            return ast.unparse(node)
        case ast.Subscript(value=ast.Name() | ast.Attribute() as wrapper, slice=inner):
            name = ast.unparse(wrapper).rpartition(".")[2]
            options = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            if name == "Annotated":
                options = options[:1]
            return _only(options, depth) if name in _WRAPPERS else None
        case ast.BinOp(op=ast.BitOr(), left=left, right=right):
            return _only([left, right], depth)
    return None


def _only(options: list[ast.expr], depth: int) -> str | None:
    kept = [o for o in options if not (isinstance(o, ast.Constant) and o.value is None)]
    return _from_node(kept[0], depth + 1) if len(kept) == 1 and depth < _DEPTH_MAX else None
