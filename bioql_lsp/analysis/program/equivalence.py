"""Whether two lists of operations are the same circuit, and how BioQL is told to make one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from bioql_lsp.analysis.program.angles import decimal_radians
from bioql_lsp.analysis.program.model import Operation

OPERATIONS_COMPARED_MAX = 400
_RADIANS_TOLERANCE = 1e-9
_PAULI = frozenset({"x", "y", "z"})
_AXIS = {"z": "z", "rz": "z", "cz": "z", "x": "x", "rx": "x", "cnot": "x", "ccx": "x"}
_AXIS |= {"y": "y", "ry": "y", "measure": "z", "h": "h"}
_PLAIN = {
    "h": "h qubit {0}",
    "x": "x qubit {0}",
    "y": "y qubit {0}",
    "z": "z qubit {0}",
    "cnot": "cnot {0} {1}",
    "cz": "cz {0} {1}",
    "ccx": "controlled controlled not {0} {1} {2}",
    "swap": "swap qubits {0} and {1}",
    "measure": "measure qubit {0}",
}


def statement(operation: Operation) -> str:
    """The words that make BioQL add exactly this operation. KeyError for one it can't be told."""
    gate = operation.gate
    qubits = (*operation.controls, *operation.targets)
    if gate in {"rx", "ry", "rz"}:
        angle = decimal_radians(float(operation.parameters[0]))
        return f"rotate qubit {qubits[0]} around {gate[1]} by {angle} radians"
    bits = operation.classical_bits
    into = f" into bit {bits[0]}" if bits and bits != operation.targets else ""
    return _PLAIN[gate].format(*qubits) + into


def sentence(operations: Iterable[Operation], num_qubits: int = 0) -> str:
    """The sentence for some operations, with the number of qubits where they do not tell it."""
    listed = tuple(operations)
    needed = 1 + max((qubit for each in listed for qubit in qubits_of(each)), default=-1)
    start = (f"use {num_qubits} qubits",) if num_qubits > needed else ()
    return ". ".join((*start, *map(statement, listed)))


def qubits_of(operation: Operation) -> tuple[int, ...]:
    """The qubits that an operation touches, controls first."""
    return (*operation.controls, *operation.targets)


def measuring(qubits: Iterable[int]) -> tuple[Operation, ...]:
    """The measurement of each qubit into the bit of its number."""
    return tuple(Operation("measure", (qubit,), (), (), (qubit,)) for qubit in qubits)


def first_conflict(meant: Sequence[Operation], made: Sequence[Operation]) -> tuple[int, int] | None:
    """The indices of two meant operations that are made in the other order, where it matters.

    ``made`` must hold the same operations as ``meant``.
    """
    position = _positions(meant, made)
    if position is None:
        return 0, 0
    for second in range(1, len(meant)):
        for first in range(second):
            swapped = position[first] > position[second]
            if swapped and not commute(meant[first], meant[second]):
                return first, second
    return None


def is_same_circuit(meant: Sequence[Operation], made: Sequence[Operation]) -> bool:
    """Whether two lists hold the same operations in an order that gives the same result."""
    if len(meant) != len(made) or len(meant) > OPERATIONS_COMPARED_MAX:
        return False
    return _positions(meant, made) is not None and first_conflict(meant, made) is None


def _positions(meant: Sequence[Operation], made: Sequence[Operation]) -> list[int] | None:
    """Where each meant operation is among those made; None where one is missing."""
    free = list(range(len(made)))
    positions = []
    for operation in meant:
        found = next((at for at in free if is_same(operation, made[at])), None)
        if found is None:
            return None
        free.remove(found)
        positions.append(found)
    return positions


def is_same(one: Operation, other: Operation) -> bool:
    """Whether two operations do the same; angles may differ by a rounding error."""
    if one.gate != other.gate:
        return False
    if one.gate in {"cz", "swap"}:
        return set(qubits_of(one)) == set(qubits_of(other))
    if one.targets != other.targets or sorted(one.controls) != sorted(other.controls):
        return False
    return one.classical_bits == other.classical_bits and _same_angle(one, other)


def _same_angle(one: Operation, other: Operation) -> bool:
    if isinstance(one.parameters, str) or isinstance(other.parameters, str):
        return False
    pairs = zip(one.parameters, other.parameters, strict=False)
    return len(one.parameters) == len(other.parameters) and all(
        math.isclose(a, b, rel_tol=0, abs_tol=_RADIANS_TOLERANCE) for a, b in pairs
    )


def commute(one: Operation, other: Operation) -> bool:
    """Whether the order of two operations is surely of no matter (a global phase is none)."""
    shared = set(qubits_of(one)) & set(qubits_of(other))
    if not shared or {one.gate, other.gate} <= _PAULI:
        return True
    if one.gate == other.gate == "measure":
        return one == other or one.classical_bits != other.classical_bits
    if is_same(one, other):
        return True
    return all(_axis(one, qubit) == _axis(other, qubit) != "" for qubit in shared)


def _axis(operation: Operation, qubit: int) -> str:
    """The axis that an operation is diagonal in on a qubit; empty where there is none."""
    return "z" if qubit in operation.controls else _AXIS.get(operation.gate, "")
