"""Which operation stands in which column of a drawing: as far left as its wires are free."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from bioql_lsp.analysis.program.model import RANDOM, Compiled, Operation, readable

_SCANNED_MAX = 20_000
CONTROL, NEGATED, SWAPPED = "●", "⊕", "x"
_MARKS = {"cz": CONTROL, "cnot": NEGATED, "ccx": NEGATED, "swap": SWAPPED}


@dataclass(frozen=True, slots=True)
class Placed:
    """One operation of a drawing: the label on each of its wires, by the wire's place."""

    operation: Operation
    column: int
    labels: tuple[tuple[int, str], ...]

    @property
    def top(self) -> int:
        """The uppermost wire that it touches."""
        return min(wire for wire, _ in self.labels)

    @property
    def bottom(self) -> int:
        """The lowest wire that it touches."""
        return max(wire for wire, _ in self.labels)


@dataclass(frozen=True, slots=True)
class Layout:
    """A drawing within its bounds: the qubit of each wire, what is placed, what is left out."""

    qubits: tuple[int, ...]
    placed: tuple[Placed, ...]
    num_columns: int
    num_qubits_hidden: int
    num_operations_hidden: int

    @property
    def left_out(self) -> str:
        """What the drawing does not show, as a sentence; empty where it shows everything."""
        hidden = [
            f"{readable(count)} {noun}{'' if count == 1 else 's'}"
            for count, noun in (
                (self.num_qubits_hidden, "qubit"),
                (self.num_operations_hidden, "operation"),
            )
            if count
        ]
        return f"Not drawn: {' and '.join(hidden)}." if hidden else ""


def arranged(compiled: Compiled, wires_max: int, columns_max: int) -> Layout:
    """The operations in columns; of a large circuit the lowest qubits and the first columns."""
    scanned = tuple(islice(compiled.operations, _SCANNED_MAX))
    qubits = _wires(compiled.num_qubits, scanned, wires_max)
    placed = _placed(scanned, qubits, columns_max)
    return Layout(
        qubits,
        placed,
        max((one.column + 1 for one in placed), default=0),
        compiled.num_qubits - sum(qubit < compiled.num_qubits for qubit in qubits),
        compiled.operation_count - len(placed),
    )


def _wires(num_qubits: int, operations: Iterable[Operation], wires_max: int) -> tuple[int, ...]:
    touched = {qubit for one in operations for qubit in (*one.controls, *one.targets)}
    if num_qubits <= wires_max:
        touched |= set(range(num_qubits))
    return tuple(sorted(touched)[:wires_max])


def _placed(
    operations: Iterable[Operation], qubits: tuple[int, ...], columns_max: int
) -> tuple[Placed, ...]:
    wire_of = {qubit: wire for wire, qubit in enumerate(qubits)}
    free = [0] * len(qubits)
    placed = []
    for operation in operations:
        touched = [wire_of.get(qubit) for qubit in (*operation.controls, *operation.targets)]
        wires = [wire for wire in touched if wire is not None]
        if not wires:
            continue
        spanned = slice(min(wires), max(wires) + 1)
        # What touches a hidden wire is left out, and so is all that comes after it on its wires.
        column = columns_max if len(wires) < len(touched) else max(free[spanned])
        is_shown = column < columns_max
        free[spanned] = [column + is_shown] * len(free[spanned])
        if is_shown:
            placed.append(Placed(operation, column, tuple(_labels(operation, wires))))
    return tuple(placed)


def _labels(operation: Operation, wires: list[int]) -> Iterable[tuple[int, str]]:
    target = len(operation.controls)
    control = SWAPPED if operation.gate == "swap" else CONTROL
    yield from ((wire, control) for wire in wires[:target])
    yield wires[target], _target_label(operation)


def _target_label(operation: Operation) -> str:
    if operation.gate == "measure":
        qubit, bit = operation.targets[0], operation.classical_bits[0]
        return "M" if qubit == bit else f"M→{readable(bit)}"
    if operation.gate in _MARKS:
        return _MARKS[operation.gate]
    name = operation.gate.upper()
    if operation.parameters == RANDOM:
        return f"{name}(?)"
    return f"{name}({operation.parameters[0]:.3g})" if operation.parameters else name
