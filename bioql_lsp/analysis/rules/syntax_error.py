"""BQ000: the text is no Python."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.findings import Finding, Severity
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule


@rule(
    code="BQ000",
    severity=Severity.ERROR,
    title="The text is not valid Python",
    why="Python cannot run a file that it cannot parse, and nothing after the mistake is checked.",
    fix="None by itself; complete the line that the message names.",
    good=("from bioql import quantum\n",),
    bad=('from bioql import quantum\nquantum("Create a Bell state",\n',),
    is_absence=True,
)
def check(module: Module) -> Iterator[Finding]:
    """One finding for each parse error."""
    for error in module.syntax.errors:
        yield Finding("BQ000", Severity.ERROR, f"Python syntax: {error.message}", error.span)
