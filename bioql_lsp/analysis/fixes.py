"""The fixes of findings. Unlike a diagnosis a fix may reach across the file: an import, a rename.

So they are made on the whole text, by the rules that found something, when somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bioql_lsp.analysis.findings import Finding
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.options import Options
from bioql_lsp.analysis.registry import rules, run_rule


def with_fixes(text: str, options: Options, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings of a text together with their fixes."""
    wanted = list(findings)
    codes = {finding.code for finding in wanted}
    if not codes:
        return ()
    module = Module(text, options)
    found = {
        (f.code, f.span, f.message): f.fixes
        for each in rules()
        if each.code in codes
        for f in run_rule(each, module)
    }
    return tuple(replace(f, fixes=found.get((f.code, f.span, f.message), ())) for f in wanted)
