"""What one module of the package binds, read from its source without running it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from bioql_lsp.analysis.api.classes import class_entry
from bioql_lsp.analysis.api.signatures import function_entry, source_text
from bioql_lsp.analysis.python_tree import python_tree

IMPORT_ERRORS = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
_NOTHING_CAUGHT: frozenset[str] = frozenset()


@dataclass
class ImportGroup:
    """The imports of one ``try`` that swallows ImportError, and what its handler binds instead."""

    imports: list[tuple[str, str, str]] = field(default_factory=list)
    fallbacks: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class EagerImport:
    """An import that runs with the module: which module, and the exceptions that are caught."""

    module: str
    name: str | None
    caught: frozenset[str]


@dataclass
class ModuleFacts:
    """The names of a module before references to other modules are followed.

    ``uses`` are the dotted names that definitions evaluate at import (base classes, defaults),
    ``optional`` the names that are bound only where a package of others is installed.
    """

    name: str
    is_package: bool
    names: dict[str, dict[str, Any]] = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)
    groups: list[ImportGroup] = field(default_factory=list)
    exports: list[tuple[ast.expr | None, list[str]]] = field(default_factory=list)
    eager: list[EagerImport] = field(default_factory=list)
    requires: list[str] = field(default_factory=list)
    uses: list[str] = field(default_factory=list)
    optional: dict[str, str] = field(default_factory=dict)
    error: str | None = None
    is_open: bool = False


@dataclass(frozen=True)
class Place:
    """Where a statement stands: its guarded imports, its condition, what is caught around it."""

    group: ImportGroup | None = None
    condition: ast.expr | None = None
    caught: frozenset[str] = _NOTHING_CAUGHT
    is_certain: bool = True


def read_module(name: str, is_package: bool, source: bytes, package: str) -> ModuleFacts:
    """Read one module. A file that does not parse gives facts with ``error`` set."""
    facts = ModuleFacts(name, is_package)
    try:
        tree = python_tree(source)
        _Reader(facts, package).read_body(tree.body, Place())
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None)
        reason = f"SyntaxError, line {line}" if line else type(error).__name__
        return ModuleFacts(name, is_package, error=reason)
    return facts


class _Reader:
    """Walks the statements that run at import, in order; function bodies are left out."""

    def __init__(self, facts: ModuleFacts, package: str) -> None:
        self.facts = facts
        self.package = package

    def read_body(self, body: list[ast.stmt], place: Place) -> None:
        for statement in body:
            self.read(statement, place)

    def read(self, statement: ast.stmt, place: Place) -> None:
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self.facts.names[statement.name] = function_entry(statement, self._absolute)
                self.facts.is_open |= statement.name == "__getattr__"
            case ast.ClassDef():
                self.facts.names[statement.name] = class_entry(statement, self._absolute)
            case ast.Import():
                self._read_import(statement, place)
            case ast.ImportFrom():
                self._read_import_from(statement, place)
            case ast.Expr(value=ast.Call() as call):
                self._read_export_call(call, place.condition)
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
                self._read_assignment(statement, place.condition)
            case _:
                self._read_block(statement, place)
        if place.is_certain and not place.caught:
            self.facts.uses += _evaluated(statement)

    def _read_block(self, statement: ast.stmt, place: Place) -> None:
        match statement:
            case ast.Try():
                self._read_try(statement, place)
            case ast.If() if _is_main(statement.test):
                return
            case ast.If():
                self._read_if(statement, replace(place, is_certain=False))
            case ast.For() | ast.While() | ast.With():
                for name in _bound_names(statement):
                    self.facts.names.setdefault(name, {"k": "v"})
                self.read_body(statement.body, place)
            case ast.Delete():
                for target in statement.targets:
                    if isinstance(target, ast.Name):
                        self.facts.names.pop(target.id, None)

    def _read_if(self, statement: ast.If, place: Place) -> None:
        """Both branches; what both bind is as the first one has it."""
        before = dict(self.facts.names)
        self.read_body(statement.body, replace(place, condition=statement.test))
        first = {n: e for n, e in self.facts.names.items() if before.get(n) is not e}
        self.read_body(statement.orelse, place)
        self.facts.names |= first

    def _read_import(self, statement: ast.Import, place: Place) -> None:
        for alias in statement.names:
            top = alias.name.partition(".")[0]
            target = alias.name if alias.asname else top
            bound = alias.asname or top
            self.facts.names[bound] = {"k": "s" if top == self.package else "x", "m": target}
            self._note_import(alias.name, None, bound, place)

    def _read_import_from(self, statement: ast.ImportFrom, place: Place) -> None:
        module = self._absolute(statement)
        is_ours = module.partition(".")[0] == self.package
        for alias in statement.names:
            if alias.name == "*":
                self.facts.stars += [module] if is_ours else []
                self.facts.is_open |= not is_ours
                self._note_import(module, None, "*", place)
                continue
            bound = alias.asname or alias.name
            if is_ours:
                self.facts.names[bound] = {"k": "r", "m": module, "n": alias.name}
                if place.group is not None:
                    place.group.imports.append((bound, module, alias.name))
            else:
                self.facts.names[bound] = {"k": "x", "m": f"{module}.{alias.name}"}
            self._note_import(module, alias.name, bound, place)

    def _note_import(self, module: str, name: str | None, bound: str, place: Place) -> None:
        top = module.partition(".")[0]
        if not place.is_certain or top in sys.stdlib_module_names:
            return
        if top == self.package:
            self.facts.eager.append(EagerImport(module, name, place.caught))
        elif not place.caught & IMPORT_ERRORS:
            self.facts.requires.append(top)
        else:
            self.facts.optional[bound] = top

    def _absolute(self, statement: ast.ImportFrom) -> str:
        if not statement.level:
            return statement.module or ""
        parts = self.facts.name.split(".")
        drop = statement.level - (1 if self.facts.is_package else 0)
        parts = parts[: len(parts) - drop] if drop else parts
        return ".".join([*parts, *([statement.module] if statement.module else [])])

    def _read_try(self, statement: ast.Try, place: Place) -> None:
        caught = frozenset(name for handler in statement.handlers for name in _caught(handler))
        group = ImportGroup() if caught & IMPORT_ERRORS else None
        inside = replace(place, group=group, caught=place.caught | caught)
        self.read_body([*statement.body, *statement.orelse], inside)
        kept = dict(self.facts.names)
        for handler in statement.handlers:
            inner = ModuleFacts(self.facts.name, self.facts.is_package)
            _Reader(inner, self.package).read_body(handler.body, Place(is_certain=False))
            if group is not None:
                group.fallbacks |= inner.names
            for name, entry in inner.names.items():
                self.facts.names[name] = kept.get(name, entry)
                self.facts.optional.pop(name, None)
        if group is not None and group.imports:
            self.facts.groups.append(group)
        self.read_body(statement.finalbody, replace(place, group=None))

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
            if isinstance(statement, ast.AnnAssign):
                entry["a"] = source_text(statement.annotation)
            self.facts.names[name] = entry

    def _read_export_call(self, call: ast.Call, condition: ast.expr | None) -> None:
        if ast.unparse(call.func) in {"__all__.append", "__all__.extend"} and call.args:
            self.facts.exports.append((condition, _strings(call.args[0])))


def _is_main(test: ast.expr) -> bool:
    """Whether a block runs in scripts alone: nothing in it is bound by an import."""
    return ast.unparse(test) in {"__name__ == '__main__'", "'__main__' == __name__"}


def _caught(handler: ast.ExceptHandler) -> Iterator[str]:
    if handler.type is None:
        yield "BaseException"
    for node in ast.walk(handler.type or ast.Tuple([], ast.Load())):
        if isinstance(node, ast.Name):
            yield node.id


def _evaluated(statement: ast.stmt) -> Iterator[str]:
    """The dotted names that defining a function or class evaluates: its bases and defaults."""
    expressions: list[ast.expr] = []
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            defaults = [*statement.args.defaults, *statement.args.kw_defaults]
            expressions = [default for default in defaults if default is not None]
        case ast.ClassDef():
            expressions = statement.bases
            for inner in statement.body:
                yield from _evaluated(inner)
    for expression in expressions:
        if isinstance(expression, ast.Attribute | ast.Name):
            yield ast.unparse(expression)


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
