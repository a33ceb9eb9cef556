"""The circuits that BioQL has ready, as layers: a formula each, so that any size is immediate."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

from bioql_lsp.analysis.program.model import RANDOM, Layer, Operation

Circuit = Callable[[int], tuple[Layer, ...]]
DRUG_QUBITS_MAX = 8
DNA_QUBITS_MAX = 6


def one(operation: Operation) -> Layer:
    """A layer of a single operation."""
    return Layer(operation.gate, 1, lambda _: operation)


def _on_each(gate: str, num_qubits: int) -> Layer:
    return Layer(gate, num_qubits, lambda i: Operation(gate, (i,)))


def _rotated(gate: str, num_qubits: int, angle_max: float) -> Layer:
    return Layer(gate, num_qubits, lambda i: Operation(gate, (i,), (), RANDOM), angle_max)


def _measured(num_qubits: int) -> Layer:
    return Layer("measure", num_qubits, lambda i: Operation("measure", (i,), (), (), (i,)))


def _neighbours_paired(num_qubits: int) -> Layer:
    return Layer("cnot", num_qubits // 2, lambda i: Operation("cnot", (2 * i + 1,), (2 * i,)))


def bell(num_qubits: int) -> tuple[Layer, ...]:
    """Qubits 0 and 1 entangled whatever the number of qubits, which are all measured."""
    entangled = one(Operation("cnot", (1,), (0,)))
    return one(Operation("h", (0,))), entangled, _measured(num_qubits)


def superposition(num_qubits: int) -> tuple[Layer, ...]:
    """Every qubit in an equal superposition, measured."""
    return _on_each("h", num_qubits), _measured(num_qubits)


def fourier(num_qubits: int) -> tuple[Layer, ...]:
    """The quantum Fourier transform; OverflowError beyond 1024 qubits, as in BioQL."""
    angles = tuple(math.pi / 2**distance for distance in range(1, min(num_qubits, 1025)))
    layers: list[Layer] = []
    for i in range(num_qubits):
        layers += one(Operation("h", (i,))), _phases(i, num_qubits, angles)
    last = num_qubits - 1
    swaps = Layer("swap", num_qubits // 2, lambda i: Operation("swap", (i,), (last - i,)))
    return *layers, swaps, _measured(num_qubits)


def _phases(target: int, num_qubits: int, angles: tuple[float, ...]) -> Layer:
    return Layer(
        "p",
        num_qubits - 1 - target,
        lambda i: Operation("p", (target,), (target + 1 + i,), (angles[i],)),
    )


def folding(num_qubits: int) -> tuple[Layer, ...]:
    """The ansatz for protein folding."""
    skipped = Layer("cnot", max(num_qubits - 2, 0), lambda i: Operation("cnot", (i + 2,), (i,)))
    return (
        _on_each("h", num_qubits),
        _neighbours_paired(num_qubits),
        _rotated("ry", num_qubits, 2 * math.pi),
        skipped,
        _rotated("rz", num_qubits, math.pi),
        _measured(num_qubits),
    )


def drug(num_qubits: int) -> tuple[Layer, ...]:
    """The ansatz for drugs and molecules: a star of CZ around the middle qubit."""
    centre = num_qubits // 2
    star = Layer(
        "cz", num_qubits - 1, lambda i: Operation("cz", (i + 1 if i >= centre else i,), (centre,))
    )
    return (
        _on_each("h", num_qubits),
        _neighbours_paired(num_qubits),
        _rotated("rx", num_qubits, math.pi / 2),
        star,
        _rotated("ry", num_qubits, math.pi),
        _measured(num_qubits),
    )


def dna(num_qubits: int) -> tuple[Layer, ...]:
    """The search that BioQL uses for DNA: its oracle is fixed, whatever the sequence."""
    phase_flip = one(Operation("cz", (1,), (0,)))
    toffoli = one(Operation("ccx", (2,), (0, 1)))
    hadamards, flips = _on_each("h", num_qubits), _on_each("x", num_qubits)
    diffusion = (phase_flip,) if num_qubits == 2 else (toffoli,) if num_qubits > 2 else ()
    return (
        hadamards,
        *((phase_flip,) if num_qubits >= 2 else ()),
        *((toffoli,) if num_qubits >= 4 else ()),
        hadamards,
        flips,
        *diffusion,
        flips,
        hadamards,
        _measured(num_qubits),
    )


CIRCUIT_OF_CONTEXT: Mapping[str, Circuit] = MappingProxyType(
    {
        "protein_folding": folding,
        "drug_discovery": lambda num_qubits: drug(min(num_qubits, DRUG_QUBITS_MAX)),
        "dna_analysis": lambda num_qubits: dna(min(num_qubits, DNA_QUBITS_MAX)),
        "molecular_simulation": drug,
    }
)
