"""Runs in a ``try`` that cannot fail, and in loops without a pause."""

from __future__ import annotations

from tree_sitter import Node

from bioql_lsp.analysis.findings import Finding
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.rules._naming import Names
from bioql_lsp.analysis.rules._results import parents
from bioql_lsp.analysis.rules.result_guard import guard_lines
from bioql_lsp.text import Edit, Span
from bioql_lsp.worker.repair.imports import without_statement

_LOOPS = frozenset({"for_statement", "while_statement"})
_PAUSE_SECONDS = 1


def without_handler(module: Module, finding: Finding) -> list[Edit]:
    """BQ029: the run without its ``try``, and its result checked instead."""
    edits = without_handler_alone(module, finding)
    statement = _handled(module, finding) if edits else None
    return [*edits, *_unused_imports(module, statement)] if statement is not None else []


def without_handler_alone(module: Module, finding: Finding) -> list[Edit]:
    """The same, whatever becomes of an import that only the handler used."""
    statement = _handled(module, finding)
    body = statement.child_by_field_name("body") if statement is not None else None
    if statement is None or body is None or statement.named_child_count != 2:
        return []
    lines = _dedented(module, statement, body)
    run = body.named_children[-1]
    name = _assigned(module, run)
    if lines is None or name is None:
        return []
    start = module.syntax.span(statement).start
    line_start = module.document.line_span(module.document.position(start).line).start
    indent = module.text[line_start:start]
    if indent.strip():
        return []
    if f"{name}.success" not in module.text:
        lines += guard_lines(module, statement, name, indent)
    text = module.document.newline.join(lines).lstrip(" \t")
    return [Edit(module.syntax.span(statement), text)]


def _handled(module: Module, finding: Finding) -> Node | None:
    """The ``try`` whose handler a finding is about."""
    for statement in module.collected.tries:
        place = module.syntax.span(statement)
        if place.start <= finding.span.start and finding.span.end <= place.end:
            return statement
    return None


def _dedented(module: Module, statement: Node, body: Node) -> list[str] | None:
    """The lines of a body as far to the left as its statement."""
    document = module.document
    outer = document.position(module.syntax.span(statement).start).character
    inner = document.position(module.syntax.span(body).start).character
    rows = range(body.start_point.row, body.end_point.row + 1)
    lines = [document.line_text(row) for row in rows]
    if any(line.strip() and line[:inner].strip() for line in lines):
        return None
    return [line[inner - outer :] if line.strip() else "" for line in lines]


def _assigned(module: Module, run: Node) -> str | None:
    """The name that the last statement of a body gives a value."""
    assignment = run.named_children[0] if run.type == "expression_statement" else None
    left = assignment.child_by_field_name("left") if assignment is not None else None
    if assignment is None or assignment.type != "assignment" or left is None:
        return None
    return module.syntax.node_text(left) if left.type == "identifier" else None


def _unused_imports(module: Module, statement: Node) -> list[Edit]:
    """The imports of what only the handlers used."""
    edits = []
    for imported in module.imported:
        uses = module.uses_of(imported)
        is_only_there = bool(uses) and all(
            statement.start_byte <= use.start_byte < statement.end_byte
            and any(outer.type == "except_clause" for outer in parents(use))
            for use in uses
        )
        if is_only_there and len(imported.statement.children_by_field_name("name")) == 1:
            edits.append(without_statement(module, imported))
    return edits


def paused_loop(module: Module, finding: Finding) -> list[Edit]:
    """BQ060: a pause at the end of a ``for`` loop that runs programs."""
    call = next((c for c in module.runs if c.function_span == finding.span), None)
    if call is None or finding.fixes:
        return []
    loop = next((outer for outer in parents(call.node) if outer.type in _LOOPS), None)
    body = loop.child_by_field_name("body") if loop is not None else None
    if loop is None or body is None or loop.type != "for_statement":
        return []
    first, last = body.named_children[0], body.named_children[-1]
    if first.start_point.row == loop.start_point.row:
        return []
    names = Names(module, call.span.start)
    name, imports = names.module_name("time"), names.imports()
    if name is None or imports is None:
        return []
    indent = module.document.line_text(first.start_point.row)[: first.start_point.column]
    end = module.document.line_span(last.end_point.row).end
    text = f"{module.document.newline}{indent}{name}.sleep({_PAUSE_SECONDS})"
    return [*imports, Edit(Span(end, end), text)]
