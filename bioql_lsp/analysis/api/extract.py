"""What one module of the package binds, read from its source without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bioql_lsp.analysis.api.signatures import class_entry, function_entry, source_text

_IMPORT_ERRORS = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}


@dataclass
class ImportGroup:
    """The imports of one ``try`` that swallows ImportError, and what its handler binds instead."""

    imports: list[tuple[str, str, str]] = field(default_factory=list)
    fallbacks: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass
class ModuleFacts:
    """The names of a module before references to other modules are followed."""

    name: str
    is_package: bool
    names: dict[str, dict[str, Any]] = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)
    groups: list[ImportGroup] = field(default_factory=list)
    exports: list[tuple[ast.expr | None, list[str]]] = field(default_factory=list)
    error: str | None = None
    is_open: bool = False


def read_module(name: str, is_package: bool, source: bytes, package: str) -> ModuleFacts:
    """Read one module. A file that does not parse gives facts with ``error`` set."""
    facts = ModuleFacts(name, is_package)
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None)
        facts.error = f"SyntaxError, line {line}" if line else type(error).__name__
        return facts
    _Reader(facts, package).read_body(tree.body, None, None)
    return facts


class _Reader:
    """Walks the statements that run at import, in order; function bodies are left out."""

    def __init__(self, facts: ModuleFacts, package: str) -> None:
        self.facts = facts
        self.package = package

    def read_body(
        self, body: list[ast.stmt], group: ImportGroup | None, condition: ast.expr | None
    ) -> None:
        for statement in body:
            self.read(statement, group, condition)

    def read(
        self, statement: ast.stmt, group: ImportGroup | None, condition: ast.expr | None
    ) -> None:
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self.facts.names[statement.name] = function_entry(statement)
                self.facts.is_open |= statement.name == "__getattr__"
            case ast.ClassDef():
                self.facts.names[statement.name] = class_entry(statement)
            case ast.Import():
                self._read_import(statement)
            case ast.ImportFrom():
                self._read_import_from(statement, group)
            case ast.Expr(value=ast.Call() as call):
                self._read_export_call(call, condition)
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
                self._read_assignment(statement, condition)
            case _:
                self._read_block(statement, group, condition)

    def _read_block(
        self, statement: ast.stmt, group: ImportGroup | None, condition: ast.expr | None
    ) -> None:
        match statement:
            case ast.Try():
                self._read_try(statement, condition)
            case ast.If():
                self.read_body(statement.body, group, statement.test)
                self.read_body(statement.orelse, group, condition)
            case ast.For() | ast.While() | ast.With():
                for name in _bound_names(statement):
                    self.facts.names.setdefault(name, {"k": "v"})
                self.read_body(statement.body, group, condition)
            case ast.Delete():
                for target in statement.targets:
                    if isinstance(target, ast.Name):
                        self.facts.names.pop(target.id, None)

    def _read_import(self, statement: ast.Import) -> None:
        for alias in statement.names:
            top = alias.name.partition(".")[0]
            target = alias.name if alias.asname else top
            kind = "s" if top == self.package else "x"
            self.facts.names[alias.asname or top] = {"k": kind, "m": target}

    def _read_import_from(self, statement: ast.ImportFrom, group: ImportGroup | None) -> None:
        module = self._absolute(statement)
        is_ours = module.partition(".")[0] == self.package
        for alias in statement.names:
            if alias.name == "*":
                self.facts.stars += [module] if is_ours else []
                self.facts.is_open |= not is_ours
                continue
            bound = alias.asname or alias.name
            if is_ours:
                self.facts.names[bound] = {"k": "r", "m": module, "n": alias.name}
                if group is not None:
                    group.imports.append((bound, module, alias.name))
            else:
                self.facts.names[bound] = {"k": "x", "m": f"{module}.{alias.name}"}

    def _absolute(self, statement: ast.ImportFrom) -> str:
        if not statement.level:
            return statement.module or ""
        parts = self.facts.name.split(".")
        drop = statement.level - (1 if self.facts.is_package else 0)
        parts = parts[: len(parts) - drop] if drop else parts
        return ".".join([*parts, *([statement.module] if statement.module else [])])

    def _read_try(self, statement: ast.Try, condition: ast.expr | None) -> None:
        caught = {name for handler in statement.handlers for name in _caught(handler)}
        group = ImportGroup() if caught & _IMPORT_ERRORS else None
        self.read_body([*statement.body, *statement.orelse], group, condition)
        kept = dict(self.facts.names)
        for handler in statement.handlers:
            inner = ModuleFacts(self.facts.name, self.facts.is_package)
            _Reader(inner, self.package).read_body(handler.body, None, None)
            if group is not None:
                group.fallbacks |= inner.names
            for name, entry in inner.names.items():
                self.facts.names[name] = kept.get(name, entry)
        if group is not None and group.imports:
            self.facts.groups.append(group)
        self.read_body(statement.finalbody, None, condition)

    def _read_assignment(
        self, statement: ast.Assign | ast.AnnAssign | ast.AugAssign, condition: ast.expr | None
    ) -> None:
        for name in _bound_names(statement):
            if name == "__all__":
                self.facts.exports.append((condition, _strings(statement.value)))
                if not isinstance(statement, ast.AugAssign):
                    self.facts.exports[:-1] = []
            entry: dict[str, Any] = {"k": "v", "v": source_text(statement.value)}
            if isinstance(statement.value, ast.Call):
                entry["c"] = source_text(statement.value.func)
            self.facts.names[name] = entry

    def _read_export_call(self, call: ast.Call, condition: ast.expr | None) -> None:
        if ast.unparse(call.func) in {"__all__.append", "__all__.extend"} and call.args:
            self.facts.exports.append((condition, _strings(call.args[0])))


def _caught(handler: ast.ExceptHandler) -> Iterator[str]:
    if handler.type is None:
        yield "BaseException"
    for node in ast.walk(handler.type or ast.Tuple([], ast.Load())):
        if isinstance(node, ast.Name):
            yield node.id


def _strings(node: ast.expr | None) -> list[str]:
    items = node.elts if isinstance(node, ast.List | ast.Tuple) else [node]
    return [i.value for i in items if isinstance(i, ast.Constant) and isinstance(i.value, str)]


def _bound_names(statement: ast.stmt) -> Iterator[str]:
    targets: list[ast.expr] = []
    match statement:
        case ast.Assign():
            targets = statement.targets
        case ast.AnnAssign() | ast.AugAssign() | ast.For():
            targets = [statement.target]
        case ast.With():
            targets = [item.optional_vars for item in statement.items if item.optional_vars]
    for target in targets:
        for node in ast.walk(target):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id
