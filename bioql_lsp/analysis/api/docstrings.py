"""The documentation that BioQL's own source holds, read from the user's installation on demand."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from bioql_lsp.analysis.api.installed import Installed
from bioql_lsp.analysis.api.load import Index
from bioql_lsp.analysis.python_tree import python_tree

_FILE_BYTES_MAX = 2 * 1024 * 1024
_TEXT_CHARS_MAX = 20_000


def docstring(installed: Installed, dotted: str, index: Index) -> str | None:
    """The docstring of a module, class, function or method, dedented; None where there is none.

    A wrapper without one has that of the function that it hands everything to. Never raises.
    """
    symbol = index.lookup(dotted)
    if symbol is None or installed.package_folder is None:
        return None
    for name in (symbol.dotted, symbol.forwards_to or symbol.dotted):
        target = index.lookup(name)
        path = _file_of(installed.package_folder, target.module) if target is not None else None
        if target is not None and path is not None:
            text = _in_file(path, target.dotted.removeprefix(target.module).lstrip("."))
            if text:
                return text[:_TEXT_CHARS_MAX]
    return None


def _file_of(package_folder: Path, module: str) -> Path | None:
    parts = module.split(".")[1:]
    base = package_folder.joinpath(*parts)
    choices = [base / "__init__.py", *([base.with_suffix(".py")] if parts else [])]
    try:
        return next((path for path in choices if path.is_file()), None)
    except (OSError, ValueError):
        return None


def _in_file(path: Path, name: str) -> str | None:
    try:
        state = path.stat()
    except OSError:
        return None
    if state.st_size > _FILE_BYTES_MAX:
        return None
    return _docstrings(path, state.st_mtime_ns, state.st_size).get(name)


@lru_cache(maxsize=32)
def _docstrings(path: Path, mtime_ns: int, size_bytes: int) -> dict[str, str]:
    """Every docstring of a file by qualified name; the module's own has the empty name."""
    try:
        with path.open("rb") as stream:
            tree = python_tree(stream.read(size_bytes))
        return dict(_walk(tree, ""))
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return {}


def _walk(node: ast.AST, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        text = ast.get_docstring(node, clean=False)
        if text:
            yield name, inspect.cleandoc(text).strip()
    for child in ast.iter_child_nodes(node):
        match child:
            case (
                ast.ClassDef(name=own) | ast.FunctionDef(name=own) | ast.AsyncFunctionDef(name=own)
            ):
                if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield from _walk(child, f"{name}.{own}" if name else own)
            case ast.If() | ast.Try() | ast.ExceptHandler() | ast.With():
                yield from _walk(child, name)
