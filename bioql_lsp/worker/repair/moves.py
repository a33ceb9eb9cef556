"""Fixes that reach outside of a range, made to stay in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bioql_lsp.analysis.brackets import openness
from bioql_lsp.analysis.findings import Finding, Fix
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.rules._results import parents
from bioql_lsp.analysis.rules.result_guard import _BLOCKS, guard_lines
from bioql_lsp.text import Edit, Span

_IMPORTS: Final = re.compile(r"\s*(?:(?:import [\w.]+|from [\w.]+ import \w+)\s*)+")
_LITERAL: Final = re.compile(r"""["'\d-]|None\b|True\b|False\b""")
_UNGUARDED: Final = "BQ028"


def inside(module: Module, place: Span, finding: Finding, fix: Fix) -> Fix | None:
    """The fix with all its edits in ``place``; None where that cannot be.

    An import goes to the range's start, a constant's value to where the constant is used, and the
    check of a result before the statement that reads it.
    """
    edits: list[Edit] = []
    for edit in fix.edits:
        if _holds(place, edit.span):
            edits.append(edit)
            continue
        moved = next(_moved(module, place, finding, edit), None)
        if moved is None:
            return None
        edits.append(moved)
    return Fix(fix.title, tuple(edits), fix.is_deterministic)


def _moved(module: Module, place: Span, finding: Finding, edit: Edit) -> Iterator[Edit]:
    if edit.span.length == 0 and _IMPORTS.fullmatch(edit.new_text):
        yield from _import_at(module, place, edit.new_text)
    elif _LITERAL.match(module.text, edit.span.start) and _holds(place, finding.span):
        if module.text[finding.span.start : finding.span.end].isidentifier():
            yield Edit(finding.span, edit.new_text)
    elif (renamed := _renamed(module, edit)) and _holds(place, finding.span):
        yield from _import_at(module, place, renamed)
    elif finding.code == _UNGUARDED:
        yield from _guard_at(module, place, finding)


def _holds(place: Span, span: Span) -> bool:
    return place.start <= span.start and span.end <= place.end


def _renamed(module: Module, edit: Edit) -> str:
    """The import of what an edit puts in the place of an imported name; empty for other edits."""
    imported = next((i for i in module.imported if i.span == edit.span and i.is_from), None)
    if imported is None or not edit.new_text.isidentifier():
        return ""
    return f"from {imported.target.rpartition('.')[0]} import {edit.new_text}"


def _import_at(module: Module, place: Span, statements: str) -> Iterator[Edit]:
    """The import on lines of its own before the range's first statement."""
    text, start = module.text, place.start
    line_start = module.document.line_span(module.document.position(start).line).start
    if text[line_start:start].strip() or openness(text, 0, line_start).brackets:
        return
    first = start + len(text[start : place.end]) - len(text[start : place.end].lstrip())
    if first >= place.end:
        return
    own_line = module.document.line_span(module.document.position(first).line).start
    indent = text[own_line:first]
    lines = [line.strip() for line in statements.split("\n") if line.strip()]
    newline = module.document.newline + indent
    yield Edit(Span(first, first), "".join(line + newline for line in lines))


def _guard_at(module: Module, place: Span, finding: Finding) -> Iterator[Edit]:
    """The check of a result on lines of its own before the statement that reads it."""
    member = next((m for m in module.members if m.span == finding.span), None)
    if member is None or member.owner.type != "identifier":
        return
    statement = member.node
    for outer in parents(member.node):
        if outer.type in _BLOCKS:
            break
        statement = outer
    start = module.syntax.span(statement).start
    line = module.document.line_span(module.document.position(start).line)
    indent = module.text[line.start : start]
    if indent.strip() or start < place.start:
        return
    name = module.syntax.node_text(member.owner)
    newline = module.document.newline
    lines = guard_lines(module, statement, name, indent)
    yield Edit(Span(start, start), newline.join(lines).lstrip() + newline + indent)
