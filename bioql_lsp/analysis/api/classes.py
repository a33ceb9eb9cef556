"""Classes as the index stores them, read from a syntax tree.

A class is ``{"k": "c", "b": bases, "t": kind, "i": parameters of its constructor, "m": methods,
"pr": properties with the annotation of their value, "at": attributes of the class and "ia": of
its instances, each with ``[annotation, value]``}``. ``fields``, ``options`` and ``no_init`` only
serve to work the constructor out.
"""

from __future__ import annotations

import ast
from typing import Any

from bioql_lsp.analysis.api.signatures import (
    Absolute,
    FunctionNode,
    called_class,
    decorator_names,
    local_imports,
    method_entry,
    source_text,
)

_FIELD_CALLS = {"field", "Field"}


def class_entry(node: ast.ClassDef, absolute: Absolute) -> dict[str, Any]:
    """A class as the index stores it, its constructor still without what the bases add."""
    entry: dict[str, Any] = {
        "k": "c",
        "b": [ast.unparse(base) for base in node.bases],
        "t": "dataclass" if "dataclass" in decorator_names(node) else "class",
        "m": {},
        "pr": {},
        "at": {},
        "ia": {},
        "fields": [],
        "options": _dataclass_options(node),
    }
    for statement in node.body:
        _read_statement(statement, entry, absolute)
    for name in [n for n in entry["ia"] if n in entry["at"] or n in entry["pr"]]:
        del entry["ia"][name]
    entry["i"] = entry["m"].pop("__init__", {"p": None})["p"]
    return entry


def _read_statement(statement: ast.stmt, entry: dict[str, Any], absolute: Absolute) -> None:
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            decorators = decorator_names(statement)
            entry["ia"] |= _instance_attributes(statement, absolute)
            if decorators & {"property", "cached_property"}:
                entry["pr"][statement.name] = source_text(statement.returns)
            elif not decorators & {"setter", "deleter", "overload"}:
                entry["m"][statement.name] = method_entry(statement, absolute)
        case ast.AnnAssign(target=ast.Name(id=name)):
            annotation = source_text(statement.annotation)
            entry["at"][name] = [annotation, source_text(statement.value)]
            entry["fields"] += _field(name, statement)
        case ast.Assign():
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    entry["at"][target.id] = [None, source_text(statement.value)]
        case ast.ClassDef(name=name):
            entry["at"][name] = [None, None]


def _instance_attributes(node: FunctionNode, absolute: Absolute) -> dict[str, list[str | None]]:
    """What a method assigns to ``self``, with the annotation of the value where it can be told."""
    if not node.args.args:
        return {}
    itself = node.args.args[0].arg
    annotations = {
        a.arg: source_text(a.annotation) for a in [*node.args.args, *node.args.kwonlyargs]
    }
    local = local_imports(node, absolute)
    found: dict[str, list[str | None]] = {}
    for statement in ast.walk(node):
        if not isinstance(statement, ast.Assign | ast.AnnAssign):
            continue
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        for target in targets:
            match target:
                case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner == itself:
                    annotation = _annotation_of(statement, annotations, local)
                    if name not in found or annotation is not None:
                        found[name] = [annotation, None]
    return found


def _annotation_of(
    statement: ast.Assign | ast.AnnAssign,
    annotations: dict[str, str | None],
    local: dict[str, tuple[str, str]],
) -> str | None:
    if isinstance(statement, ast.AnnAssign):
        return source_text(statement.annotation)
    if isinstance(statement.value, ast.Name):
        return annotations.get(statement.value.id)
    return called_class(statement.value, local)


def _dataclass_options(node: ast.ClassDef) -> dict[str, bool]:
    options: dict[str, bool] = {}
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith("dataclass"):
            for keyword in decorator.keywords:
                if keyword.arg and isinstance(keyword.value, ast.Constant):
                    options[keyword.arg] = bool(keyword.value.value)
    return options


def _field(name: str, statement: ast.AnnAssign) -> list[list[Any]]:
    """One field of a dataclass or a model, as a parameter; nothing where it is none."""
    annotation = source_text(statement.annotation) or ""
    if "ClassVar" in annotation or name == "model_config":
        return []
    kind, default, value = "a", source_text(statement.value), statement.value
    if isinstance(value, ast.Call) and ast.unparse(value.func).rpartition(".")[2] in _FIELD_CALLS:
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
