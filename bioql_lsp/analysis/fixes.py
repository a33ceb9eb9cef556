"""The fixes of findings. Unlike a diagnosis a fix may reach across the file: an import, a rename.

So they are made on a whole text, by the rules that found something, when somebody asks. A cell of
a notebook is a whole text here: what stands in another cell is not edited from this one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from bioql_lsp.analysis.analysis import Analysis
from bioql_lsp.analysis.cells import PYTHON, Language
from bioql_lsp.analysis.findings import Finding, Fix
from bioql_lsp.analysis.fixall import compatible, fix_rounds, smallest_edit
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.options import Options
from bioql_lsp.analysis.registry import findings_in, rules, run_rule
from bioql_lsp.analysis.suppression import file_ignores
from bioql_lsp.text import Edit

IsShown = Callable[[Finding], bool]


def fixes_in(module: Module, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings of a whole text, or of a whole cell, together with their fixes."""
    wanted = list(findings)
    codes = {finding.code for finding in wanted}
    if not codes:
        return ()
    found = {
        (f.code, f.span, f.message): _written_in(module, f.fixes)
        for each in rules()
        if each.code in codes
        for f in run_rule(each, module)
    }
    return tuple(replace(f, fixes=found.get((f.code, f.span, f.message), ())) for f in wanted)


def check_text(text: str, options: Options, language: Language = PYTHON) -> tuple[Finding, ...]:
    """Everything that is found in a file, in order of place, with fixes."""
    return _found_in(language.module(text, options))


def fix_text(
    text: str,
    options: Options,
    language: Language = PYTHON,
    is_shown: IsShown = lambda _finding: True,
) -> str:
    """A file after every deterministic fix of what is shown."""

    def find(changed: str) -> Iterable[Finding]:
        return filter(is_shown, check_text(changed, options, language))

    return fix_rounds(text, find, language.is_broken)


def fix_cell_edits(
    analysis: Analysis, text: str, is_shown: IsShown = lambda _finding: True
) -> tuple[Edit, ...]:
    """What all deterministic fixes change in the one text of an analysis, as it is shown.

    ``text`` is that text as the editor has it: what is blanked in the analysis is not touched.
    """

    def find(changed: str) -> Iterable[Finding]:
        module = analysis.whole_of(changed)
        found = _found_in(module) if analysis.uses_bioql else ()
        return [f for f in found if is_shown(f) and not analysis.is_ignored(f)]

    code = analysis.cells[0].text
    edits = smallest_edit(code, fix_rounds(code, find, analysis.language.is_broken))
    is_untouched = all(_is_same(code, text, edit) for edit in edits)
    return edits if is_untouched else tuple(compatible(f.deterministic_fix for f in find(code)))


def _found_in(module: Module) -> tuple[Finding, ...]:
    """The findings in a whole text or cell, with the fixes that are written in it."""
    if not (module.uses_bioql or module.is_part):
        return ()
    ignores = file_ignores(module.text)
    length = len(module.text)
    return tuple(
        replace(f, fixes=_written_in(module, f.fixes))
        for f in findings_in(module)
        if f.span.end <= length and not ignores.covers(f)
    )


def _written_in(module: Module, fixes: Iterable[Fix]) -> tuple[Fix, ...]:
    """The fixes that edit nothing outside of a text, which is another cell of a notebook."""
    length = len(module.text)
    return tuple(fix for fix in fixes if all(edit.span.end <= length for edit in fix.edits))


def _is_same(code: str, text: str, edit: Edit) -> bool:
    start, end = edit.span.start, edit.span.end
    return code[start:end] == text[start:end]
