"""Rewriting import statements: is one guarded, and how one of its names moves to another module."""

from __future__ import annotations

from tree_sitter import Node

from bioql_lsp.analysis.findings import Fix
from bioql_lsp.analysis.model import ImportedName
from bioql_lsp.analysis.module import Module
from bioql_lsp.text import Edit, Span

_PARENTS_MAX = 6


def is_guarded(statement: Node) -> bool:
    """Whether an import stands in a ``try`` whose handlers may catch its failure."""
    node: Node | None = statement
    for _ in range(_PARENTS_MAX):
        node = node.parent if node is not None else None
        if node is None or node.type in {"function_definition", "class_definition", "module"}:
            return False
        if node.type == "try_statement":
            return any(child.type == "except_clause" for child in node.children)
    return False


def move_import(module: Module, imported: ImportedName, source: str, name: str) -> tuple[Fix, ...]:
    """Import ``name`` from ``source`` instead, keeping the name that the text uses for it."""
    if not imported.is_from:
        return ()
    is_renamed = name != imported.target.rpartition(".")[2]
    keeps_alias = imported.bound != imported.target.rpartition(".")[2]
    uses = module.uses_of(imported) if is_renamed and not keeps_alias else ()
    suffix = f" as {imported.bound}" if keeps_alias else ""
    line = f"from {source} import {name}{suffix}"
    statement = module.syntax.span(imported.statement)
    names = imported.statement.children_by_field_name("name")
    if len(names) == 1:
        edits = [Edit(statement, line)]
    else:
        edits = [_drop_name(module, imported, names), _append(module, statement, line)]
    edits += [Edit(module.syntax.span(use), name) for use in uses]
    return (Fix(f"Import {name} from {source}", tuple(edits)),)


def _drop_name(module: Module, imported: ImportedName, names: list[Node]) -> Edit:
    position = names.index(imported.node)
    spans = [module.syntax.span(node) for node in names]
    if position + 1 < len(names):
        return Edit(Span(spans[position].start, spans[position + 1].start), "")
    return Edit(Span(spans[position - 1].end, spans[position].end), "")


def _append(module: Module, statement: Span, line: str) -> Edit:
    document = module.document
    line_start = document.line_span(document.position(statement.start).line).start
    indent = module.text[line_start : statement.start]
    end_line = document.line_span(document.position(statement.end).line)
    is_alone = not indent.strip() and not module.text[statement.end : end_line.end].strip()
    separator = f"{document.newline}{indent}" if is_alone else "; "
    return Edit(Span(statement.end, statement.end), separator + line)
