"""Whether a compiled circuit can run at all: BioQL compiles many that can't."""

from __future__ import annotations

import math

from bioql_lsp.analysis.program.model import OPERATIONS_MAX, Compiled, Operation, readable


class UnrunnableCircuitError(ValueError):
    """A circuit that no tool can run; the message says why and what to do."""


def check_runnable(compiled: Compiled) -> None:
    """Raise UnrunnableCircuitError unless the circuit can be handed to other tools."""
    if compiled.error is not None:
        raise UnrunnableCircuitError(f"There is no circuit: {compiled.error}")
    if compiled.is_truncated:
        count, most = readable(compiled.operation_count), readable(OPERATIONS_MAX)
        raise UnrunnableCircuitError(
            f"The circuit has {count} operations, more than {most}. Ask for fewer qubits."
        )
    if compiled.num_bits > OPERATIONS_MAX:
        raise UnrunnableCircuitError(
            f"The circuit needs {readable(compiled.num_bits)} qubits or bits. Use lower numbers."
        )
    for operation in compiled.operations:
        _check_operation(operation, compiled.num_qubits)


def _check_operation(operation: Operation, num_qubits: int) -> None:
    qubits = (*operation.controls, *operation.targets)
    if len(set(qubits)) < len(qubits):
        raise UnrunnableCircuitError(
            f"A {operation.gate} gate names one qubit twice: {', '.join(map(str, qubits))}. "
            "Use different qubits."
        )
    if max(qubits) >= num_qubits:
        raise UnrunnableCircuitError(
            f"The {operation.gate} gate needs qubit {max(qubits)}, but the circuit has only "
            f"{num_qubits}. Ask for {max(qubits) + 1} qubits."
        )
    if any(angle == math.inf for angle in operation.parameters):
        raise UnrunnableCircuitError("An angle is too large. Use a smaller number of radians.")
