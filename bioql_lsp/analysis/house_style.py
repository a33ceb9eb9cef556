"""Runs in the house style: the key from the environment, a backend by name, success checked."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.analysis import Analysis
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.fixall import fix_rounds, smallest_edit
from bioql_lsp.analysis.module import RUNNERS, Module
from bioql_lsp.analysis.registry import rules, run_rule
from bioql_lsp.analysis.rules.result_guard import guard_behind
from bioql_lsp.analysis.scopes import BindingKind
from bioql_lsp.text import Edit

# Where the key comes from, which backend runs it, arguments by name, results that are checked.
_CODES = frozenset(
    {"BQ002", "BQ003", "BQ004", "BQ005", "BQ006", "BQ008", "BQ012", "BQ022", "BQ028"}
)
_UNCHECKED = "unchecked run"


def house_style_edits(analysis: Analysis) -> tuple[Edit, ...]:
    """What brings the runs in a file, or in one cell, into the house style; empty if nothing."""
    if not analysis.uses_bioql or not analysis.cells:
        return ()
    code = analysis.cells[0].text

    def find(changed: str) -> list[Finding]:
        return list(_departures(analysis.whole_of(changed)))

    return smallest_edit(code, fix_rounds(code, find, analysis.language.is_broken))


def _departures(module: Module) -> Iterator[Finding]:
    """What departs from the style and has one right fix."""
    length = len(module.text)
    for each in rules():
        if each.code in _CODES:
            for finding in run_rule(each, module):
                fix = finding.deterministic_fix
                if fix is not None and all(edit.span.end <= length for edit in fix.edits):
                    yield finding
    yield from _unchecked_runs(module)


def _unchecked_runs(module: Module) -> Iterator[Finding]:
    """The runs whose result has a name that nobody checks, also where nothing reads it yet."""
    for binding in module.collected.bindings:
        if binding.kind is not BindingKind.VALUE or binding.value is None:
            continue
        is_run = module.value(binding.value).producer in RUNNERS
        if not is_run or module.known(binding.name, binding.node.start_byte).is_checked:
            continue
        edit = guard_behind(module, binding)
        if edit is not None:
            fix = Fix("Check success after the run", (edit,))
            span = module.syntax.span(binding.node)
            yield Finding(_UNCHECKED, Severity.INFORMATION, "", span, (fix,))
