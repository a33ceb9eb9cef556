"""BQ064: a name of BioQL's is used but not imported."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.changes import import_edit
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules.star_imports import is_left_out
from bioql_lsp.analysis.unbound import unbound_names


@rule(
    code="BQ064",
    severity=Severity.ERROR,
    title="A BioQL name is not imported",
    why="The file imports something of BioQL's, but not this name: Python raises NameError.",
    fix="Adds the import.",
    good=("from bioql import get_logger\nget_logger()\n",),
    bad=(
        "from bioql import quantum\nget_logger()\n",
        "from bioql import quantum\nbioql.get_info()\n",
    ),
)
def check(module: Module) -> Iterator[Finding]:
    """A finding for each use of a BioQL name that nothing binds."""
    if not module.index.is_exact or not (module.imported or module.stars or module.is_part):
        return
    for unbound in unbound_names(module):
        if unbound.name == "os" or is_left_out(module, unbound):
            continue
        message = f"{unbound.name} is not imported, so it raises NameError."
        edit = import_edit(module, unbound.statement, unbound.span.start)
        fixes = (Fix(f"Add: {unbound.statement}", (edit,)),) if edit else ()
        yield Finding("BQ064", Severity.ERROR, message, unbound.span, fixes)
