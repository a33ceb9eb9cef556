"""BQ050: a mode that BioQL does not know."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.changes import delete_argument
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._shared import (
    CRISPR_MODE,
    is_crispr_mode,
    is_quantum,
    replace_literal,
)

_HEAD = 'import os\n\nfrom bioql import quantum\n\nKEY = os.environ["BIOQL_API_KEY"]\n'
_GUIDE = _HEAD + 'quantum("Score CRISPR guide GATACCATGATCACGAAGGT", KEY, "simulator", mode="{}")\n'
_BELL = _HEAD + 'quantum("Create a Bell state", KEY, "ibm_torino", 100, mode={})\n'


@rule(
    code="BQ050",
    severity=Severity.WARNING,
    title="There is no such mode",
    why='quantum() knows one mode, "crispr" in lower case, and ignores every other value.',
    fix='Writes "crispr" where only the case differs, deletes the argument otherwise.',
    good=(_GUIDE.format("crispr"), _BELL.format("None")),
    bad=(_GUIDE.format("CRISPR"), _BELL.format('"hardware"')),
)
def check(module: Module) -> Iterator[Finding]:
    """A finding for each mode that is ignored."""
    for call in module.runs:
        argument = call.argument("mode") if is_quantum(call) else None
        if argument is None or argument.literal is None or "mode" not in call.symbol.keyword_names:
            continue
        value = argument.literal.value
        if value is None or value == CRISPR_MODE:
            continue
        message = f'quantum() knows only mode="{CRISPR_MODE}" and ignores this one.'
        fixes = tuple(_fixes(module, call, argument))
        yield Finding("BQ050", Severity.WARNING, message, argument.value_span, fixes)


def _fixes(module: Module, call: Call, argument: Argument) -> Iterator[Fix]:
    if argument.literal is not None and is_crispr_mode(argument.literal.value):
        yield replace_literal(argument, f'"{CRISPR_MODE}"', f'Write mode="{CRISPR_MODE}"')
    elif argument.keyword is not None and call.is_whole:
        yield Fix("Delete mode=", (delete_argument(module, call, argument),))
