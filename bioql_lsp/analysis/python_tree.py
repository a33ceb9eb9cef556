"""CPython's own parse of a source, silent about what only deserves a warning.

One thread at a time parses: before Python 3.12, parses of several threads may count each other's
depth and raise SystemError (gh-106905), and which warnings are shown is a setting of the process.
"""

from __future__ import annotations

import ast
import threading
import warnings

_TURN = threading.Lock()


def python_tree(source: str | bytes) -> ast.Module:
    """The statements of a source. Nothing is compiled or executed. Raises as ``ast.parse`` does."""
    with _TURN, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source)


def python_expression(source: str) -> ast.expr:
    """The expression that a source is. Raises as ``ast.parse`` does."""
    with _TURN, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source, mode="eval").body


def readable_tree(text: str) -> ast.Module | None:
    """The same; None where the text is no Python."""
    try:
        return python_tree(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
