"""Signatures and constructors as the index stores them, read from a syntax tree.

A parameter is ``[name, kind, annotation, default]``; kinds are ``p`` positional only, ``a`` either
way, ``v`` for ``*args``, ``k`` keyword only and ``w`` for ``**kwargs``.
"""

from __future__ import annotations

import ast
from typing import Any

Parameter = list[str | None]
_TEXT_CHARS_MAX = 80


def source_text(node: ast.AST | None) -> str | None:
    """An expression as one short line of source, or None for no expression."""
    if node is None:
        return None
    text = ast.unparse(node)
    return text if len(text) <= _TEXT_CHARS_MAX else f"<{type(node).__name__}>"


def parameters_of(arguments: ast.arguments) -> list[Parameter]:
    """The parameters of a function in the order they are written."""
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults: list[ast.expr | None] = [None] * (len(positional) - len(arguments.defaults))
    defaults += arguments.defaults
    found: list[Parameter] = []
    for index, (arg, default) in enumerate(zip(positional, defaults, strict=True)):
        kind = "p" if index < len(arguments.posonlyargs) else "a"
        found.append([arg.arg, kind, source_text(arg.annotation), source_text(default)])
    if arguments.vararg:
        found.append([arguments.vararg.arg, "v", source_text(arguments.vararg.annotation), None])
    for arg, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        found.append([arg.arg, "k", source_text(arg.annotation), source_text(default)])
    if arguments.kwarg:
        found.append([arguments.kwarg.arg, "w", source_text(arguments.kwarg.annotation), None])
    return found


def decorator_names(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """The decorators' last parts: ``dataclass`` for ``@dataclasses.dataclass(...)``."""
    names = set()
    for decorator in node.decorator_list:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        names.add(ast.unparse(target).rpartition(".")[2])
    return names


def function_entry(node: ast.FunctionDef | ast.AsyncFunctionDef) -> dict[str, Any]:
    """A function as the index stores it."""
    entry: dict[str, Any] = {
        "k": "f",
        "p": parameters_of(node.args),
        "r": source_text(node.returns),
    }
    if isinstance(node, ast.AsyncFunctionDef):
        entry["y"] = 1
    if decorator_names(node) - {"staticmethod", "classmethod", "abstractmethod", "overload"}:
        entry["d"] = 1
    return entry


def _method_entry(node: ast.FunctionDef | ast.AsyncFunctionDef) -> dict[str, Any]:
    entry = function_entry(node)
    if "staticmethod" not in decorator_names(node):
        entry["p"] = entry["p"][1:]
    return entry


def class_entry(node: ast.ClassDef) -> dict[str, Any]:
    """A class as the index stores it, its constructor still without what the bases add."""
    methods: dict[str, Any] = {}
    attributes: dict[str, str | None] = {}
    fields: list[list[Any]] = []
    for statement in node.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            if decorator_names(statement) & {"property", "cached_property"}:
                attributes[statement.name] = source_text(statement.returns)
            elif not decorator_names(statement) & {"setter", "deleter", "overload"}:
                methods[statement.name] = _method_entry(statement)
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            attributes[statement.target.id] = source_text(statement.annotation)
            fields += _field(statement)
        elif isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    attributes[target.id] = None
    return {
        "k": "c",
        "b": [ast.unparse(base) for base in node.bases],
        "t": "dataclass" if "dataclass" in decorator_names(node) else "class",
        "i": methods.pop("__init__", {"p": None})["p"],
        "m": methods,
        "at": attributes,
        "fields": fields,
        "options": _dataclass_options(node),
    }


def _dataclass_options(node: ast.ClassDef) -> dict[str, bool]:
    options: dict[str, bool] = {}
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith("dataclass"):
            for keyword in decorator.keywords:
                if keyword.arg and isinstance(keyword.value, ast.Constant):
                    options[keyword.arg] = bool(keyword.value.value)
    return options


def _field(statement: ast.AnnAssign) -> list[list[Any]]:
    """One field of a dataclass or a model, as a parameter; nothing where it is none."""
    annotation = source_text(statement.annotation) or ""
    assert isinstance(statement.target, ast.Name)
    name = statement.target.id
    if "ClassVar" in annotation or name == "model_config":
        return []
    kind, default, value = "a", source_text(statement.value), statement.value
    if isinstance(value, ast.Call) and ast.unparse(value.func).rpartition(".")[2] in {
        "field",
        "Field",
    }:
        given = {keyword.arg: keyword.value for keyword in value.keywords}
        if _is_constant(given.get("init"), False):
            return []
        kind = "k" if _is_constant(given.get("kw_only"), True) else "a"
        has_default = "default" in given or "default_factory" in given
        first = value.args[0] if value.args else given.get("default")
        if first is not None:
            has_default = not _is_constant(first, Ellipsis)
        default = (source_text(first) or "...") if has_default else None
    return [[name, kind, annotation, default]]


def _is_constant(node: ast.expr | None, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value
