"""Names that an answer reads and that nothing gives: Python would raise NameError."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator

from bioql_lsp.analysis.python_tree import readable_tree

_IDENTIFIER = re.compile(r"[^\W\d]\w*")
_GIVEN_BY_PYTHON = frozenset({*dir(builtins), "__file__", "__name__", "__doc__"})


def newly_unbound(before: str, after: str) -> frozenset[str]:
    """The names that ``after`` reads, nowhere binds, and that ``before`` does not hold at all.

    Scopes and order are not looked at: what is bound anywhere counts as bound. Empty where the text
    cannot be parsed, or a star import gives names that are not known here.
    """
    tree = readable_tree(after)
    if tree is None:
        return frozenset()
    bound = set(_bound_in(tree))
    if "*" in bound:
        return frozenset()
    read = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    unbound = read - bound - _GIVEN_BY_PYTHON
    return frozenset(unbound - set(_IDENTIFIER.findall(before))) if unbound else frozenset()


def _bound_in(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.ClassDef(name=name) | ast.arg(arg=name):
                yield name
            case ast.alias(name=name, asname=local):
                yield local or name.partition(".")[0]
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                yield name
            case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                yield name
