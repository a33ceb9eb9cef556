"""NL005, NL006: gates that the sentence spells out and BioQL drops."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.findings import Severity
from bioql_lsp.analysis.program.equivalence import is_same_circuit
from bioql_lsp.analysis.program.lints_accident import accident
from bioql_lsp.analysis.program.lints_angles import is_only_the_angle
from bioql_lsp.analysis.program.lints_model import Lint, LintInfo, Sentence
from bioql_lsp.analysis.program.lints_rewrite import (
    OPERATIONS_MAX,
    difference,
    is_bell,
    is_spelled_out,
    statement_fix,
    whole_sentence_fix,
)
from bioql_lsp.analysis.program.meant import Kind, MeantStatement
from bioql_lsp.analysis.program.model import Operation, readable
from bioql_lsp.text import Span

_NAMES = {
    "bell_state": "a Bell state",
    "entanglement": "a Bell pair",
    "qft": "a Fourier transform",
    "drug_design": "a drug design",
    "drug_docking": "a docking",
    "protein_folding": "a protein folding",
    "dna_analysis": "a DNA analysis",
    "gate_application": "a Bell pair",
}


def _measured_all(read: Sentence) -> Iterator[Lint]:
    compiled = read.compiled
    if compiled.intent != "measurement" or is_bell(read.text):
        return
    fix = whole_sentence_fix(read)
    place = read.meant.measure_all
    words = compiled.matched_words
    span = place.span if place else Span(words[0].start, words[0].end)
    meant = read.meant.operations
    if read.meant.is_whole and meant and is_same_circuit(meant, compiled.operations):
        message = (
            "BioQL makes a Bell pair of every sentence that measures all qubits; this one happens "
            "to mean just that."
        )
        yield MEASURED_ALL.at(span, message, *fix, severity=Severity.INFORMATION)
        return
    shown = " and ".join(f"'{read.slice(word)}'" for word in words)
    dropped = " and drops the gates" if read.meant.gates else ""
    message = f"Because of {shown} BioQL makes a Bell pair on 2 qubits{dropped}."
    yield MEASURED_ALL.at(span, message, *fix)


def _dropped(read: Sentence) -> Iterator[Lint]:
    if not is_spelled_out(read):
        yield from _dropped_by_an_intent(read)
        return
    for meant in read.meant.statements:
        message = _what_is_dropped(read, meant)
        if message:
            yield DROPPED.at(meant.span, message, *statement_fix(read, meant))


def _what_is_dropped(read: Sentence, meant: MeantStatement) -> str:
    shown = read.slice(meant.span)
    if meant.kind is Kind.UNKNOWN_GATE:
        return f"BioQL has no {meant.name} gate; '{shown}' is left out without a word."
    made = [each.operation for each in read.made_in(meant.span)]
    if meant.operations is None or is_only_the_angle(read, meant):
        return ""
    missing, extra = difference(meant.operations, made)
    if not missing or (made and extra):
        return ""
    if made:
        return f"BioQL reads only a part of '{shown}' and leaves the rest out."
    what = "gate" if meant in read.meant.gates else "measurement"
    return f"BioQL does not read '{shown}'; the {what} is left out without a word."


def _dropped_by_an_intent(read: Sentence) -> Iterator[Lint]:
    compiled, meant = read.compiled, read.meant
    if compiled.error or compiled.intent == "measurement":
        return
    if not meant.gates:
        is_asked = is_bell(read.text) or accident(read) is not None
        if compiled.intent == "gate_application" and not is_asked:
            yield _nameless_gate(read)
        return
    gates = [operation for each in meant.gates for operation in each.operations or ()]
    made = [each for each in compiled.operations[:OPERATIONS_MAX] if each.gate != "measure"]
    is_clear = all(each.operations is not None for each in meant.gates)
    if is_clear and (is_same_circuit(gates, made) or _is_asked_pair(read, gates)):
        return
    span = Span(meant.gates[0].span.start, meant.gates[-1].span.end)
    message = f"BioQL takes this for {_taken_for(read)} and drops the gates that are spelled out."
    yield DROPPED.at(span, message, *whole_sentence_fix(read))


def _is_asked_pair(read: Sentence, gates: list[Operation]) -> bool:
    """Whether "entangle qubits 0 and 1" is all there is, for which a Bell pair is right."""
    pair = Operation("cnot", (1,), (0,))
    is_bell_made = read.compiled.gate_counts.get("cnot") == 1 and read.compiled.num_qubits == 2
    return is_bell_made and gates == [pair] and read.meant.gates[0].is_entangling


def _taken_for(read: Sentence) -> str:
    compiled = read.compiled
    if compiled.gate_counts.get("p"):
        return _NAMES["qft"]
    if compiled.gate_counts.get("cnot") and compiled.stage == "special":
        return _NAMES["bell_state"]
    return _NAMES.get(
        compiled.intent or "", f"a superposition of {readable(compiled.num_qubits)} qubits"
    )


def _nameless_gate(read: Sentence) -> Lint:
    words = read.compiled.matched_words
    shown = " and ".join(f"'{read.slice(word)}'" for word in words)
    message = (
        f"Because of {shown} BioQL makes a Bell pair, whatever gate is meant; "
        "write gates as 'h qubit 0'."
    )
    return DROPPED.at(words[-1], message)


MEASURED_ALL = LintInfo(
    code="NL005",
    severity=Severity.WARNING,
    title="Measuring all qubits makes a Bell pair",
    why="A word for measuring and 'all' or 'everything' decide the whole circuit: BioQL prepares "
    "and measures a Bell pair on two qubits and drops every gate of the sentence.",
    fix="Names each measurement: 'measure qubit 0. measure qubit 1'.",
    good=(
        "h qubit 0. cnot 0 1. measure qubit 0. measure qubit 1",
        "Create a Bell state and measure all qubits",
        "Prepare a superposition of 3 qubits and measure all qubits",
    ),
    bad=(
        "h qubit 0. h qubit 1. h qubit 2. measure all qubits",
        "x qubit 0. cnot 0 1. measure everything",
        "h qubit 0. cnot 0 1. measure all qubits",
        "Use 4 qubits. h qubit 3. measure all 4 qubits",
        "Take a reading of all samples",
    ),
    check=_measured_all,
)
DROPPED = LintInfo(
    code="NL006",
    severity=Severity.WARNING,
    title="A gate that the sentence names is not in the circuit",
    why="Words such as 'apply' with 'hadamard' or 'gate', or the name of a state, decide the whole "
    "circuit and everything else is dropped. Gates in a spelling that BioQL does not know are "
    "left out without an error, and the run is billed all the same.",
    fix="Writes the gates as BioQL reads them: 'h qubit 0', 'cnot 0 1'.",
    good=(
        "h qubit 0. cnot 0 1. measure qubit 0. measure qubit 1",
        "Create a Bell state",
        "swap qubits 0 and 1. measure qubit 0. measure qubit 1",
        "Entangle qubits 0 and 1. Measure qubit 0. Measure qubit 1.",
    ),
    bad=(
        "Apply a Hadamard gate to qubit 0 and a CNOT gate from qubit 0 to qubit 1",
        "Apply an X gate to qubit 2, then measure qubit 2",
        "toffoli 0 1 2. measure qubit 2",
        "h 0. measure qubit 0",
        "h qubit 0 and 1. measure qubit 0. measure qubit 1",
        "h qubit 0. cnot 0 1. measure both qubits",
        "Apply Hadamard to all 5 qubits",
        "rx(pi/2) on qubit 1. measure qubit 1",
        "t qubit 0. h qubit 0. measure qubit 0",
        "Create a Bell state. x qubit 0",
    ),
    check=_dropped,
)
LINTS = (MEASURED_ALL, DROPPED)
