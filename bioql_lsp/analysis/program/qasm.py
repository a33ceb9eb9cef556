"""The compiled circuit as OpenQASM 3 that other tools can read."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from bioql_lsp.analysis.program.model import RANDOM, Compiled
from bioql_lsp.analysis.program.runnable import check_runnable

SEED = 7
_STANDARD_NAME = {"cnot": "cx", "p": "cp"}


def to_qasm(compiled: Compiled) -> str:
    """OpenQASM 3; UnrunnableCircuitError where there is no circuit, or none that can run."""
    check_runnable(compiled)
    lines = ["OPENQASM 3.0;", 'include "stdgates.inc";']
    if compiled.has_random:
        lines.append(
            f"// BioQL draws new random angles for each run; those marked come from seed {SEED}."
        )
    lines.append(f"qubit[{compiled.num_qubits}] q;")
    if "measure" in compiled.gate_counts:
        lines.append(f"bit[{compiled.num_bits}] c;")
    lines += _statements(compiled)
    return "\n".join(lines) + "\n"


def _statements(compiled: Compiled) -> Iterator[str]:
    drawn = compiled.drawn(Random(SEED))  # noqa: S311 - angles, not secrets
    for planned, operation in zip(compiled.operations, drawn, strict=True):
        if operation.gate == "measure":
            yield f"c[{operation.classical_bits[0]}] = measure q[{operation.targets[0]}];"
            continue
        name = _STANDARD_NAME.get(operation.gate, operation.gate)
        angles = ", ".join(map(repr, operation.parameters))
        qubits = ", ".join(f"q[{qubit}]" for qubit in (*operation.controls, *operation.targets))
        note = " // random" if planned.parameters == RANDOM else ""
        yield f"{name}({angles}) {qubits};{note}" if angles else f"{name} {qubits};{note}"
