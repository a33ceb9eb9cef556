"""The OpenQASM text, read back by Qiskit."""

from __future__ import annotations

import math

import pytest

from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.program.qasm import to_qasm
from bioql_lsp.analysis.program.runnable import UnrunnableCircuitError

qasm3 = pytest.importorskip("qiskit.qasm3")
NAMES = {"cnot": "cx", "p": "cp"}


def read_back(text: str) -> list[tuple[str, tuple[int, ...], tuple[float, ...], tuple[int, ...]]]:
    circuit = qasm3.loads(to_qasm(compile_sentence(text)))
    return [
        (
            instruction.operation.name,
            tuple(circuit.find_bit(qubit).index for qubit in instruction.qubits),
            tuple(map(float, instruction.operation.params)),
            tuple(circuit.find_bit(bit).index for bit in instruction.clbits),
        )
        for instruction in circuit.data
    ]


@pytest.mark.parametrize(
    "text",
    [
        "create a bell state",
        "run qft on 5",
        "analyze dna 6",
        "h qubit 0. x qubit 1. y qubit 2. z qubit 0. cx 0 1. cz 1 2. swap qubits 0 and 2.",
        "ccx 0 1 2, rotate qubit 1 around y by 0.25 rad, measure qubit 1 into bit 6",
        "hello",
    ],
)
def test_qiskit_reads_exactly_the_compiled_operations(text):
    expected = [
        (
            NAMES.get(operation.gate, operation.gate),
            (*operation.controls, *operation.targets),
            operation.parameters,
            operation.classical_bits,
        )
        for operation in compile_sentence(text).operations
    ]
    assert read_back(text) == expected


def test_random_angles_are_drawn_once_marked_and_within_their_range():
    text = "simulate protein folding 4"
    qasm = to_qasm(compile_sentence(text))
    assert qasm == to_qasm(compile_sentence(text))
    assert qasm.count("// random") == 8
    assert "seed 7" in qasm
    angles = {name: [p[0] for n, _, p, _ in read_back(text) if n == name] for name in ("ry", "rz")}
    assert all(0 <= angle < 2 * math.pi for angle in angles["ry"])
    assert all(0 <= angle < math.pi for angle in angles["rz"])
    assert len(set(angles["ry"])) == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("read all qubits", "There is no circuit"),
        ("build superposition 600000", "1,200,000 operations"),
        ("cnot 1 1", "names one qubit twice: 1, 1"),
        ("make entanglement", "needs qubit 1, but the circuit has only 1"),
        ("x qubit 99999999999", "100,000,000,000 qubits"),
        ("rx qubit 0 " + "9" * 400, "angle is too large"),
    ],
)
def test_a_circuit_that_cannot_run_is_refused_with_the_reason(text, said):
    with pytest.raises(UnrunnableCircuitError, match=said):
        to_qasm(compile_sentence(text))
