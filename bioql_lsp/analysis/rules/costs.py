"""BQ019: what a run is listed at."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.backends import BackendState
from bioql_lsp.analysis.changes import add_argument
from bioql_lsp.analysis.costs import amount, per_shot
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.model import Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._prospects import Bill, bill_of
from bioql_lsp.analysis.rules._shared import replace_literal

_NANO = 1_000_000_000
_HINT_FROM_NANO_USD = 500 * _NANO
_FEW_SHOTS = 100
_HEAD = 'import os\n\nfrom bioql import quantum\n\nKEY = os.environ["BIOQL_API_KEY"]\n'
_CALL = _HEAD + 'quantum("Create a Bell state", api_key=KEY, backend="{}"{})\n'


@rule(
    code="BQ019",
    severity=Severity.INFORMATION,
    title="What the run is listed at",
    why="BioQL lists hardware at 3.00 USD a shot, and runs 1024 shots where none are given. "
    f"Reported from {amount(_HINT_FROM_NANO_USD)} USD on, and where hardware gets the default "
    "number of shots; a warning above the limit that the setting costs.warnAboveUsd names. A run "
    "that another rule says cannot succeed has no price.",
    fix=f"Suggests {_FEW_SHOTS} shots; how much to spend is yours to decide.",
    good=(
        _CALL.format("ibm_torino", ", shots=100"),
        _CALL.format("simulator_statevector", ""),
    ),
    bad=(
        _CALL.format("ibm_torino", ""),
        _CALL.format("ibm_brisbane", ", shots=1000"),
    ),
    severity_varies=True,
)
def check(module: Module) -> Iterator[Finding]:
    """A finding for each run with a price worth a word."""
    limit = module.options.warn_above_usd
    for call in module.runs:
        bill = bill_of(module, call)
        if bill is None:
            continue
        is_warning = limit is not None and bill.total_nano_usd > limit * _NANO
        if is_warning or _is_worth_a_word(call, bill):
            severity = Severity.WARNING if is_warning else Severity.INFORMATION
            yield _finding(module, call, bill, severity)


def _is_worth_a_word(call: Call, bill: Bill) -> bool:
    is_default = call.argument("shots") is None and bill.backend.state is BackendState.HARDWARE
    return is_default or bill.total_nano_usd >= _HINT_FROM_NANO_USD


def _finding(module: Module, call: Call, bill: Bill, severity: Severity) -> Finding:
    argument = call.argument("shots")
    shots = f"{bill.shots} shot" + ("" if bill.shots == 1 else "s")
    counted = shots if argument is not None else f"the default of {shots}"
    message = (
        f"This run is listed at {amount(bill.total_nano_usd)} USD: {counted} at "
        f"{bill.backend.name}, {per_shot(bill.price_nano_usd)}."
    )
    span = argument.value_span if argument is not None else call.function_span
    return Finding("BQ019", severity, message, span, tuple(_fewer(module, call, bill)))


def _fewer(module: Module, call: Call, bill: Bill) -> Iterator[Fix]:
    """The offer to run fewer shots, where these are many."""
    if bill.shots <= _FEW_SHOTS:
        return
    title = f"Run {_FEW_SHOTS} shots ({amount(bill.price_nano_usd * _FEW_SHOTS)} USD)"
    argument = call.argument("shots")
    if argument is not None:
        yield replace_literal(argument, str(_FEW_SHOTS), title, is_sure=False)
    else:
        edit = add_argument(module, call, f"shots={_FEW_SHOTS}")
        yield Fix(title, (edit,), is_deterministic=False)
