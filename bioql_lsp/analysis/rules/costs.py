"""BQ019: what a run is listed at."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.backends import Backend, BackendState
from bioql_lsp.analysis.changes import add_argument
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.model import Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._prospects import (
    SHOTS_DEFAULT,
    in_usd,
    price_nano_usd,
    priced_backend,
    shots_of,
)
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
    f"Reported from {in_usd(_HINT_FROM_NANO_USD)} USD on, and where hardware gets the default "
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
        found, price = priced_backend(module, call), price_nano_usd(module, call)
        if found is None or price is None:
            continue
        is_warning = limit is not None and price > limit * _NANO
        if is_warning or _is_worth_a_word(call, found, price):
            severity = Severity.WARNING if is_warning else Severity.INFORMATION
            yield _finding(module, call, found, price, severity)


def _is_worth_a_word(call: Call, found: Backend, price: int) -> bool:
    is_default = call.argument("shots") is None and found.state is BackendState.HARDWARE
    return is_default or price >= _HINT_FROM_NANO_USD


def _finding(module: Module, call: Call, found: Backend, price: int, severity: Severity) -> Finding:
    argument, shots = call.argument("shots"), shots_of(call)
    counted = f"{shots} shots" if argument is not None else f"the default of {SHOTS_DEFAULT} shots"
    message = (
        f"This run is listed at {in_usd(price)} USD: {counted} at {found.price_usd} USD each on "
        f"{found.name}."
    )
    span = argument.value_span if argument is not None else call.function_span
    return Finding("BQ019", severity, message, span, tuple(_fewer(module, call, found)))


def _fewer(module: Module, call: Call, found: Backend) -> Iterator[Fix]:
    """The offer to run fewer shots, where these are many."""
    shots, argument = shots_of(call), call.argument("shots")
    if shots is None or shots <= _FEW_SHOTS or found.price_nano_usd is None:
        return
    title = f"Run {_FEW_SHOTS} shots ({in_usd(found.price_nano_usd * _FEW_SHOTS)} USD)"
    if argument is not None:
        yield replace_literal(argument, str(_FEW_SHOTS), title, is_sure=False)
    else:
        edit = add_argument(module, call, f"shots={_FEW_SHOTS}")
        yield Fix(title, (edit,), is_deterministic=False)
