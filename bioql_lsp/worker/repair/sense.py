"""How odd a program is that parses: what nobody would mean, whatever the grammar lets pass."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from typing import Final

_BUILTINS: Final = frozenset(dir(builtins)) | {"__file__", "__name__", "__doc__"}
_NO_FUNCTION: Final = (
    ast.Constant, ast.JoinedStr, ast.Dict, ast.DictComp, ast.List, ast.ListComp, ast.Set, ast.Tuple
)  # fmt: skip
_ARITIES: Final = {"getattr": (2, 3), "hasattr": (2, 2), "isinstance": (2, 2), "len": (1, 1)}
_NO_STREAM: Final = frozenset({"print", "str", "repr", "len"})
_STRING_HAS: Final = frozenset(dir(str))
_UNBOUND, _CALLED_LITERAL, _ARITY, _TUPLE_KEY, _NO_EFFECT = 2.0, 3.0, 2.0, 1.5, 1.0


def oddity(tree: ast.Module) -> float:
    """0 for a program with nothing odd in it."""
    return _UNBOUND * len(unbound(tree)) + sum(map(_oddity, ast.walk(tree)))


def unbound(tree: ast.Module) -> frozenset[str]:
    """The names that are read and that nothing in the whole program binds."""
    bound, used = set(_BUILTINS), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            used.add(node.id)
        elif isinstance(node, ast.alias) and node.name == "*":
            return frozenset()
        else:
            bound.update(_bound_by(node))
    return frozenset(used - bound)


def _bound_by(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.alias):
        yield node.asname or node.name.partition(".")[0]
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
        yield node.name


def _oddity(node: ast.AST) -> float:
    if isinstance(node, ast.Call):
        return _call_oddity(node)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Constant):
        is_text = isinstance(node.value.value, str)
        return _CALLED_LITERAL if is_text and node.attr not in _STRING_HAS else 0.0
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Call):
        function = node.value.func
        return _NO_EFFECT if isinstance(function, ast.Name) and function.id == "print" else 0.0
    if isinstance(node, ast.Subscript):
        return _subscript_oddity(node)
    if isinstance(node, ast.Expr) and not isinstance(
        node.value, ast.Call | ast.Constant | ast.Await | ast.Yield | ast.YieldFrom
    ):
        return _NO_EFFECT
    return 0.0


def _subscript_oddity(node: ast.Subscript) -> float:
    if isinstance(node.slice, ast.Tuple):
        is_key = any(isinstance(each, ast.Constant) for each in node.slice.elts)
        return _TUPLE_KEY if is_key else 0.0
    key = node.slice.value if isinstance(node.slice, ast.Constant) else None
    is_text = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    is_number = isinstance(node.value, ast.Constant) and not is_text
    return _CALLED_LITERAL if is_number or (is_text and isinstance(key, str)) else 0.0


def _call_oddity(node: ast.Call) -> float:
    if isinstance(node.func, _NO_FUNCTION):
        return _CALLED_LITERAL
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name in _NO_STREAM and any(isinstance(each, ast.GeneratorExp) for each in node.args):
        return _NO_EFFECT
    limits = _ARITIES.get(name)
    if limits is None or any(isinstance(each, ast.Starred) for each in node.args):
        return 0.0
    return 0.0 if limits[0] <= len(node.args) <= limits[1] else _ARITY
