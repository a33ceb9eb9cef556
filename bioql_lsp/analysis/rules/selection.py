"""BQ062: functions that choose a backend and do not choose as they are asked to."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.changes import delete_argument
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule

_BEST = "bioql.quantum_connector.select_best_backend"
_OPTIMAL = "bioql.quantum_connector.select_optimal_backend"
_QUBITS_MAX = 133
_FIRST_WITH_HARDWARE_ONLY = (7,)
_HEAD = "from bioql.quantum_connector import select_best_backend, select_optimal_backend\n\n"


@rule(
    code="BQ062",
    severity=Severity.ERROR,
    title="No backend is selected that way",
    why="select_best_backend ignores prefer_simulator since BioQL 7, and select_optimal_backend "
    f"raises BackendNotAvailableError for more than {_QUBITS_MAX} qubits.",
    fix="Suggests to leave prefer_simulator out.",
    good=(
        _HEAD + "select_best_backend(5)\n",
        _HEAD + f"select_optimal_backend({_QUBITS_MAX})\n",
    ),
    bad=(
        _HEAD + "select_best_backend(5, prefer_simulator=True)\n",
        _HEAD + f"select_optimal_backend({_QUBITS_MAX + 1})\n",
    ),
)
def check(module: Module) -> Iterator[Finding]:
    """A finding for each preference that is ignored, and each size that nothing has."""
    if module.release < _FIRST_WITH_HARDWARE_ONLY:
        return
    for call in module.calls:
        if call.symbol.dotted == _BEST:
            argument = call.argument("prefer_simulator")
            if argument is not None and argument.literal is not None and argument.literal.value:
                message = (
                    "BioQL 7 ignores prefer_simulator: the answer may be hardware. Leave it out."
                )
                fixes = tuple(_without(module, call, argument))
                yield Finding("BQ062", Severity.ERROR, message, argument.span, fixes)
        elif call.symbol.dotted == _OPTIMAL:
            argument = call.argument("required_qubits")
            number = argument.literal.value if argument is not None and argument.literal else None
            if argument is not None and type(number) is int and number > _QUBITS_MAX:
                message = (
                    f"No backend here has {number} qubits, the largest has {_QUBITS_MAX}: the "
                    "call raises BackendNotAvailableError."
                )
                yield Finding("BQ062", Severity.ERROR, message, argument.value_span)


def _without(module: Module, call: Call, argument: Argument) -> Iterator[Fix]:
    if argument.keyword is not None:
        edit = delete_argument(module, call, argument)
        yield Fix("Leave prefer_simulator out", (edit,), is_deterministic=False)
