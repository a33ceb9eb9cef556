"""CPython's own parse of a source, silent about what only deserves a warning."""

from __future__ import annotations

import ast
import warnings


def python_tree(source: str | bytes) -> ast.Module:
    """The statements of a source. Nothing is compiled or executed. Raises as ``ast.parse`` does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source)


def python_expression(source: str) -> ast.expr:
    """The expression that a source is. Raises as ``ast.parse`` does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source, mode="eval").body
