"""When two English sentences mean the same to BioQL."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bioql_lsp.analysis.chemistry import read_guide
from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.program.equivalence import qubits_of
from bioql_lsp.analysis.program.model import Compiled, Operation
from bioql_lsp.analysis.program.molecules import read_molecules

_OPERATIONS_MAX = 20_000
_DIGITS = 6
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_COMMON = frozenset(
    {"a", "an", "and", "the", "of", "for", "to", "with", "on", "using", "use", "in", "into", "by"}
    | {"at", "from", "against", "treat", "targeting", "target", "qubit", "qubits", "its", "new"}
    | {"simulate", "simulation", "design", "designing", "generate", "create", "find", "make"}
    | {"novel", "drug", "molecule", "molecules", "medicine", "candidate", "inhibitor", "run"}
    | {"protein", "proteins", "folding", "fold", "conformation", "dock", "docking", "binding"}
    | {"affinity", "ligand", "smiles", "pdb", "receptor", "dna", "sequence", "analyze"}
    | {"analysis", "calculate", "compute", "estimate", "predict"}
)
"""Words that say what is done, not to what."""


def sentence_key(text: str, mode: object = None) -> str:
    """Equal for sentences that compile to the same circuit and name the same molecules.

    In CRISPR mode BioQL reads nothing but the guide.
    """
    if mode == "crispr":
        place = read_guide(text)
        return f"guide {text[slice(*place)].upper()}" if place else f"no guide in {text!r}"
    compiled = compile_sentence(text)
    if compiled.error is not None:
        return f"error {text!r}"
    return f"circuit({_circuit(compiled)}; {_molecules(text)})"


def _circuit(compiled: Compiled) -> str:
    head = f"{compiled.num_qubits} qubits, {compiled.num_classical_bits} bits, {compiled.context}"
    if compiled.operation_count > _OPERATIONS_MAX:
        return f"{head}: {dict(compiled.gate_counts)}"
    return f"{head}: {' '.join(_in_order(compiled.operations))}"


def _in_order(operations: Iterable[Operation]) -> list[str]:
    """Operations sorted as early as their qubits allow: those on other qubits may swap."""
    depth: dict[str, int] = {}
    placed: list[tuple[int, str]] = []
    for operation in operations:
        wires = [f"q{qubit}" for qubit in qubits_of(operation)]
        wires += [f"c{bit}" for bit in operation.classical_bits]
        level = 1 + max((depth.get(wire, 0) for wire in wires), default=0)
        depth.update(dict.fromkeys(wires, level))
        placed.append((level, _written(operation)))
    return [text for _, text in sorted(placed)]


def _written(operation: Operation) -> str:
    gate, targets, controls, parameters, bits = operation
    if gate in {"cz", "swap"}:
        controls, targets = (), tuple(sorted((*controls, *targets)))
    angles = (
        parameters
        if isinstance(parameters, str)
        else ",".join(f"{angle:.{_DIGITS}f}" for angle in parameters)
    )
    return f"{gate}{sorted(controls)}{list(targets)}<{angles}>{list(bits)}"


def _molecules(text: str) -> str:
    """What a sentence about biology names: BioQL looks it up, or the user reads it there."""
    read = read_molecules(text)
    if read.application == "general":
        named = (read.smiles, read.read_smiles, read.pdb, read.read_pdb)
        return f"{[name.text if name else None for name in named]}"
    smiles = [name.text if name else None for name in (read.smiles, read.read_smiles)]
    ids = [name.text.upper() if name else None for name in (read.pdb, read.read_pdb)]
    rest = text
    for found in (read.smiles, read.pdb):
        rest = rest.replace(found.text, " ") if found else rest
    words = {word.lower() for word in _WORD.findall(rest)} - _COMMON
    return f"{read.application}, {smiles}, {ids}, {read.looked_up_pdb_id}, {sorted(words)}"
