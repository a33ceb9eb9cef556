"""Imports from where a name is not, moved to where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bioql_lsp.analysis.findings import Finding
from bioql_lsp.analysis.model import ImportedName
from bioql_lsp.analysis.module import PACKAGE, Module
from bioql_lsp.analysis.rules._imports import move_import
from bioql_lsp.analysis.spelling import homes, modules_with
from bioql_lsp.text import Edit, Span

_THINGS: Final = frozenset({"function", "class"})
_FROM_PACKAGE: Final = re.compile(rf"from {PACKAGE} import (\w+(?:, *\w+)*)")


def unknown_import(module: Module, finding: Finding) -> list[Edit]:
    """BQ001: a name that BioQL has in another place, or the nearest one here, wherever it is used.

    The invented state classes have a fix of their own.
    """
    imported = next((i for i in module.imported if i.span == finding.span and i.is_from), None)
    if imported is None or finding.deterministic_fix is not None:
        return []
    owner, _, name = imported.target.rpartition(".")
    if edits := _moved(module, imported):
        return edits
    new = module.index.nearest(owner, name)
    if new is None or module.index.lookup(owner) is None:
        return []
    uses = module.uses_of(imported) if imported.bound == name else ()
    return [Edit(span, new) for span in (finding.span, *(module.syntax.span(u) for u in uses))]


def under_the_wrong_name(module: Module, finding: Finding) -> list[Edit]:
    """BQ001: the nearest name, bound to the wrong one, where that is used out of reach."""
    imported = next((i for i in module.imported if i.span == finding.span and i.is_from), None)
    if imported is None or finding.deterministic_fix is not None:
        return []
    owner, _, name = imported.target.rpartition(".")
    new = module.index.nearest(owner, name) if module.index.lookup(owner) is not None else None
    if new is None or imported.bound != name:
        return []
    return [Edit(finding.span, f"{new} as {name}")]


def under_the_old_name(module: Module, finding: Finding) -> list[Edit]:
    """BQ036: the import from where the thing is, bound to the name that is used out of reach."""
    imported = next((i for i in module.imported if i.span == finding.span and i.is_from), None)
    fix = finding.deterministic_fix
    statement = module.syntax.span(imported.statement) if imported is not None else None
    if imported is None or fix is None or fix.edits[0].span != statement or len(fix.edits) < 2:
        return []
    if all(edit.span.start < statement.end for edit in fix.edits):
        return []
    return [Edit(statement, f"{fix.edits[0].new_text} as {imported.bound}")]


def forgotten_import(module: Module, finding: Finding) -> list[Edit]:
    """BQ064: the name among those that are imported already, or for the package that is not used.

    Names stand in the order in which import sorters put them.
    """
    name = module.text[finding.span.start : finding.span.end]
    if name == PACKAGE:
        return []
    for imported in module.imported:
        statement = module.syntax.span(imported.statement)
        text = module.text[statement.start : statement.end]
        if text == f"import {PACKAGE}" and not module.uses_of(imported):
            return [Edit(statement, f"from {PACKAGE} import {name}")]
        match = _FROM_PACKAGE.fullmatch(text)
        if match is not None:
            names = sorted({*match[1].replace(" ", "").split(","), name}, key=_order)
            return [Edit(statement, f"from {PACKAGE} import {', '.join(names)}")]
    return []


def _order(name: str) -> tuple[int, str]:
    """Constants first, then classes, then the rest."""
    return (0 if name.isupper() else 1 if name[:1].isupper() else 2, name)


def broken_import(module: Module, finding: Finding) -> list[Edit]:
    """BQ037, BQ038: the same for a module that cannot be imported; without use it is left out."""
    for imported in module.imported:
        source = imported.statement.child_by_field_name("module_name")
        place = module.syntax.span(source) if source is not None else None
        if finding.span not in (imported.span, place):
            continue
        if imported.is_from and (edits := _moved(module, imported)):
            return edits
        if not any(module.uses_of(each) for each in _of_statement(module, imported)):
            return [without_statement(module, imported)]
    return []


def _of_statement(module: Module, imported: ImportedName) -> Iterator[ImportedName]:
    return (i for i in module.imported if i.statement == imported.statement)


def _moved(module: Module, imported: ImportedName) -> list[Edit]:
    """The import from the one module that has the name, or has it nearest to the top."""
    name = imported.target.rpartition(".")[2]
    index = module.index
    found = []
    for place in modules_with(index).get(name, ()):
        symbol = index.lookup(f"{place}.{name}")
        if symbol is not None and symbol.kind in _THINGS:
            found.append((place.count("."), symbol.dotted))
    top = {dotted for depth, dotted in found if depth == min(found)[0]}
    if len(top) != 1:
        return []
    home = next(homes(index, name, top.pop()), None)
    fixes = move_import(module, imported, home, name) if home is not None else ()
    return list(fixes[0].edits) if fixes else []


def without_statement(module: Module, imported: ImportedName) -> Edit:
    """The statement's lines gone, or just the statement where it shares them."""
    span, document = module.syntax.span(imported.statement), module.document
    first, last = (document.position(at).line for at in (span.start, span.end))
    lines = Span(document.line_span(first).start, document.line_span(last).end)
    is_alone = module.text[lines.start : lines.end].strip() == module.text[span.start : span.end]
    if not is_alone:
        return Edit(span, "pass")
    has_next = last + 1 < document.line_count
    return Edit(Span(lines.start, document.line_starts[last + 1] if has_next else lines.end), "")
