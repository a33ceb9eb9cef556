"""BQ058: a star import does not bring the name."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.changes import import_edit
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.module import PACKAGE, Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.unbound import Unbound, unbound_names


def is_left_out(module: Module, unbound: Unbound) -> bool:
    """Whether a star import of BioQL would bring an unbound name, were it in ``__all__``."""
    return PACKAGE in module.all_stars and unbound.name not in {PACKAGE, "os"}


@rule(
    code="BQ058",
    severity=Severity.WARNING,
    title="The star import does not bring this name",
    why="from bioql import * gives only what BioQL lists in __all__; the other names, all of "
    "bioql.qec among them, raise NameError unless they are imported by name.",
    fix="Adds an import of the name.",
    good=(
        "from bioql import *\nfrom bioql import run_benchmark\n\nrun_benchmark('H2')\n",
        "from bioql import *\n\nget_logger()\n",
    ),
    bad=("from bioql import *\n\nrun_benchmark('H2')\n",),
)
def check(module: Module) -> Iterator[Finding]:
    """A finding for each use of a name that the star import leaves out."""
    if not module.index.is_exact or PACKAGE not in module.all_stars:
        return
    for unbound in unbound_names(module):
        if not is_left_out(module, unbound):
            continue
        message = (
            f"from bioql import * does not bring {unbound.name}, so it raises NameError; import "
            "it by name."
        )
        edit = import_edit(module, unbound.statement, unbound.span.start)
        fixes = (Fix(f"Add: {unbound.statement}", (edit,)),) if edit else ()
        yield Finding("BQ058", Severity.WARNING, message, unbound.span, fixes)
