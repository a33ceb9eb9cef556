"""What BioQL makes of one word of a sentence."""

from __future__ import annotations

from bioql_lsp.analysis.chemistry import check_smiles
from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.program.equivalence import statement
from bioql_lsp.analysis.program.known_molecules import (
    LIGAND_SMILES,
    RECEPTOR_PDB_IDS,
)
from bioql_lsp.analysis.program.markdown import code, plain
from bioql_lsp.analysis.program.model import GateStatement
from bioql_lsp.analysis.program.words import Word, WordKind

_GATES = {
    "h": "Hadamard: puts qubit {0} into superposition",
    "x": "X: flips qubit {0}",
    "y": "Y on qubit {0}",
    "z": "Z: flips the phase of qubit {0}",
    "cnot": "Controlled not: flips qubit {1} where qubit {0} is 1",
    "cz": "Controlled Z on qubits {0} and {1}",
    "ccx": "Toffoli: flips qubit {2} where qubits {0} and {1} are 1",
    "swap": "Swaps qubits {0} and {1}",
    "rx": "Rotates qubit {0} around x by {angle} radians",
    "ry": "Rotates qubit {0} around y by {angle} radians",
    "rz": "Rotates qubit {0} around z by {angle} radians",
    "measure": "Measures qubit {0} into bit {bit}",
}
_MEANINGS = {
    WordKind.GUIDE: 'the guide, which BioQL reads with mode="crispr" alone',
    WordKind.NUMBER: "the number of qubits",
    WordKind.VERB: "a verb that BioQL looks for, also inside other words",
    WordKind.TERM: "a term that BioQL looks for, also inside other words",
}


def word_line(text: str, word: Word) -> str:
    """One line about a word."""
    shown = text[word.start : word.end]
    made = _made_at(text, word)
    if made is not None:
        return _gate(made)
    if word.kind is WordKind.SMILES:
        return _smiles(shown)
    if word.kind is WordKind.PDB:
        return _pdb(shown)
    return f"{code(shown)}: {_MEANINGS[word.kind]}."


def _made_at(text: str, word: Word) -> GateStatement | None:
    made = compile_sentence(text).statements
    inside = (s for s in made if s.span.start <= word.start and word.end <= s.span.end)
    return max(inside, key=lambda each: each.span.length, default=None)


def _gate(made: GateStatement) -> str:
    operation = made.operation
    qubits = (*operation.controls, *operation.targets)
    parameters = operation.parameters
    angle = parameters[0] if parameters and not isinstance(parameters, str) else 0
    bit = operation.classical_bits[0] if operation.classical_bits else ""
    what = _GATES[operation.gate].format(*qubits, angle=angle, bit=bit)
    return f"{what}. BioQL reads {code(statement(operation))}; its place is given by the gate type."


def _smiles(shown: str) -> str:
    problem = check_smiles(shown)
    if problem:
        return f"{code(shown)}: what BioQL reads as the SMILES. {plain(problem.message)}"
    name = next((name for name, smiles in LIGAND_SMILES.items() if smiles == shown), None)
    return f"{code(shown)}: the SMILES that BioQL reads" + (f" ({name})." if name else ".")


def _pdb(shown: str) -> str:
    names = [name.upper() for name, pdb_id in RECEPTOR_PDB_IDS.items() if pdb_id == shown.upper()]
    about = f", which BioQL's table has as {', '.join(names)}" if names else ""
    return f"{code(shown)}: the PDB id that BioQL reads{about}."
