"""A compiled sentence in a few plain words."""

from __future__ import annotations

from bioql_lsp.analysis.program.model import Compiled, readable

_SUBJECTS = {
    "protein_folding": "the fixed protein folding circuit",
    "drug_discovery": "the fixed drug circuit",
    "dna_analysis": "the fixed search circuit",
    "molecular_simulation": "the fixed molecule circuit",
}


def qubits(number: int) -> str:
    """A number of qubits: ``1 qubit``, ``5 qubits``."""
    return "1 qubit" if number == 1 else f"{readable(number)} qubits"


def gate_totals(compiled: Compiled) -> str:
    """How many operations of each gate: ``3 h, 1 cnot, 3 measure``."""
    counts = compiled.gate_counts.items()
    return ", ".join(f"{readable(count)} {gate}" for gate, count in counts) or "no operation"


def count_origin(compiled: Compiled) -> str:
    """Where the number of qubits comes from, as the end of a sentence."""
    span, source = compiled.count_span, compiled.count_source
    shown = compiled.text[span.start : span.end][:40] if span else ""
    if source == "word":
        return f"BioQL reads '{shown}' as a number"
    if source == "index":
        return f"as many as qubit {shown} needs"
    if span:
        return f"read from '{shown}'"
    return "always, whatever the sentence says" if source == "fixed" else "by default"


def summary(compiled: Compiled) -> str:
    """The circuit in one line: ``2 qubits: 1 h, 1 cnot, 2 measure``."""
    if compiled.error is not None:
        return "BioQL fails on this sentence"
    if not compiled.operation_count:
        return "an empty circuit"
    subject = _SUBJECTS.get(compiled.context)
    about = f" ({subject})" if subject else ""
    return f"{qubits(compiled.num_qubits)}{about}: {gate_totals(compiled)}"
