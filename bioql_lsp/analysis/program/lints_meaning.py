"""NL001, NL004, NL015, NL020: what the sentence asks for and BioQL does not do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bioql_lsp.analysis.findings import Fix, Severity
from bioql_lsp.analysis.program.equivalence import qubits_of
from bioql_lsp.analysis.program.known_molecules import LIGAND_SMILES, RECEPTOR_PDB_IDS
from bioql_lsp.analysis.program.lints_accident import accident
from bioql_lsp.analysis.program.lints_docking import docking_sentence
from bioql_lsp.analysis.program.lints_model import Lint, LintInfo, Sentence, replacing
from bioql_lsp.analysis.program.lints_names import UNKNOWN_NAME
from bioql_lsp.analysis.program.lints_rewrite import whole_sentence_fix
from bioql_lsp.text import Span

_SHOWN_CHARS_MAX = 40
_PHRASES = (
    (r"entangl|bell|epr|pair", "Create a Bell state"),
    (r"superpos|hadamard|uniform|random", "Prepare a superposition of 3 qubits"),
    (r"protein|fold|peptide", "Simulate protein folding with 6 qubits"),
    (r"dna|gene|genom|sequenc", "Analyze the DNA sequence with 4 qubits"),
    (r"search|grover", "use 3 qubits for grover search"),
    (r"fourier|qft", "Create a QFT with 4 qubits"),
)
_CIRCUIT_OF = {"dna_analysis": "its DNA search", "gate_application": "a Bell pair"}
_NEGATION = re.compile(
    r"\b(?:do\s+not|don['\u2019]?t|does\s+not|must\s+not|should\s+not|shouldn['\u2019]?t|never"
    r"|without|avoid(?:ing)?|not|no|instead\s+of|rather\s+than)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[.,;:\n]|\bbut\b", re.IGNORECASE)
_CODE = re.compile(
    r"\bOPENQASM\b|\b[qc]reg\b|\b(?:qubit|bit)\[\d+\]|\bQuantumCircuit\(|^\s*(?:import|from)\s+\w+"
    r"\s*(?:import\b|$)",
    re.MULTILINE,
)
_MEASURING = re.compile(r"\b(?:measur\w*|readout|reading out)\b", re.IGNORECASE)


def is_code(text: str) -> bool:
    """Whether a text is a program in OpenQASM or Python, of which BioQL reads words alone."""
    return _CODE.search(text) is not None


def _nothing(read: Sentence) -> Iterator[Lint]:
    compiled = read.compiled
    if is_code(read.text):
        message = "This is program code; BioQL reads English sentences and runs none of it."
        yield NOTHING.at(read.whole, message)
        return
    if compiled.error:
        yield _refused(read)
        return
    for made in compiled.statements:
        qubits = qubits_of(made.operation)
        if len(set(qubits)) < len(qubits):
            message = f"'{read.slice(made.span)}' names one qubit twice; BioQL cannot build that."
            yield NOTHING.at(made.span, message, severity=Severity.ERROR)
    if compiled.operation_count == 0:
        message = "BioQL knows nothing in this sentence and makes an empty circuit."
        yield NOTHING.at(read.whole, message, *_known_phrases(read))
    else:
        yield from _by_accident(read)


def _refused(read: Sentence) -> Lint:
    place = read.meant.measure_all
    if place is not None:
        message = f"BioQL fails on '{read.slice(place.span)}'; measure each qubit by its number."
        fix = whole_sentence_fix(read)
        return NOTHING.at(place.span, message, *fix, severity=Severity.ERROR)
    number = re.search(r"\d{1000,}", read.text)
    span = Span(*number.span()) if number else read.whole
    message = "BioQL fails on this number, which has too many digits."
    if not number:
        message = f"BioQL refuses the sentence: {_compiler_message(read)}"
    return NOTHING.at(span, message, severity=Severity.ERROR)


def _compiler_message(read: Sentence) -> str:
    return (read.compiled.error or "").rpartition(": ")[2]


def _known_phrases(read: Sentence) -> Iterator[Fix]:
    phrase = _named_docking(read.text)
    if phrase:
        yield replacing(read.whole, phrase, f"Write '{phrase}'", is_sure=False)
    for pattern, phrase in _PHRASES:
        if re.search(rf"\b(?:{pattern})", read.text, re.IGNORECASE):
            yield replacing(read.whole, phrase, f"Write '{phrase}'", is_sure=False)


def _named_docking(text: str) -> str:
    """The docking of a ligand and a receptor that BioQL's tables have, where both are named."""
    if not re.search(r"dock|bind|affinity", text, re.IGNORECASE):
        return ""
    words = set(re.findall(r"[a-z0-9-]+", text.lower()))
    ligand = next((name for name in LIGAND_SMILES if name in words), None)
    receptor = next((name for name in RECEPTOR_PDB_IDS if name in words), None)
    if ligand is None or receptor is None:
        return ""
    return docking_sentence(LIGAND_SMILES[ligand], RECEPTOR_PDB_IDS[receptor], None)


def _by_accident(read: Sentence) -> Iterator[Lint]:
    found = accident(read)
    if found is None:
        return
    known, word = found
    made = _CIRCUIT_OF[read.compiled.intent or ""]
    message = f"BioQL finds '{read.slice(known)}' in '{read.slice(word)}' and runs {made}."
    yield NOTHING.at(word, message)


def _no_phases(read: Sentence) -> Iterator[Lint]:
    if not read.compiled.gate_counts.get("p"):
        return
    word = re.search(r"qft|(?:quantum\s+)?fourier(?:\s+transform)?", read.text, re.IGNORECASE)
    span = Span(*word.span()) if word else read.whole
    message = (
        "BioQL leaves the controlled phases out when it builds the circuit: what runs is h on "
        "every qubit and swaps, no Fourier transform."
    )
    yield NO_PHASES.at(span, message)


def _negated(read: Sentence) -> Iterator[Lint]:
    compiled = read.compiled
    if compiled.error or compiled.operation_count == 0:
        return
    for negation in _NEGATION.finditer(read.text):
        clause_end = _CLAUSE_END.search(read.text, negation.end())
        end = clause_end.start() if clause_end else len(read.text)
        end = min(end, negation.end() + _SHOWN_CHARS_MAX)
        denied = _denied(read, Span(negation.end(), end))
        if denied and not any(s.span.overlaps(Span(*negation.span())) for s in read.meant.gates):
            message = (
                f"BioQL ignores '{negation.group()}': the circuit has what "
                f"'{read.slice(denied)}' asks for."
            )
            yield NEGATED.at(Span(*negation.span()), message)


def _denied(read: Sentence, clause: Span) -> Span | None:
    """What stands in a clause and decides about the circuit all the same."""
    compiled = read.compiled
    places = [each.span for each in compiled.statements]
    # The first word of an intent is its verb, which says nothing of what is made.
    places += compiled.matched_words[1:] if compiled.intent else compiled.matched_words
    found = next((place for place in places if place.overlaps(clause)), None)
    measuring = _MEASURING.search(read.text, clause.start, clause.end)
    if found is None and measuring and compiled.gate_counts.get("measure"):
        return Span(*measuring.span())
    return found


NOTHING = LintInfo(
    code="NL001",
    severity=Severity.WARNING,
    title="BioQL does not understand the sentence",
    why="A sentence without a known phrase compiles to an empty circuit, without an error; a few "
    "make the compiler fail, and some fire by accident because a known word is a part of another.",
    fix="Offers a phrase that BioQL understands; 'read all qubits' becomes single measurements.",
    good=("Create a Bell state", "Prepare a superposition of 3 qubits", "measure qubit 0"),
    bad=(
        "Compute the ground state of H2",
        "Please entangle my qubits",
        "Bonjour",
        "Dock aspirin against COX-2",
        "OPENQASM 3.0; qubit[2] q; h q[0];",
        "h qubit 0. cnot 0 1. read all qubits",
        "cnot 1 1. measure qubit 1",
        "Show the general trend",
        "Investigate the cause",
    ),
    check=_nothing,
)
NO_PHASES = LintInfo(
    code="NL015",
    severity=Severity.WARNING,
    title="The Fourier transform loses its phases",
    why="BioQL reads the controlled phases of a Fourier transform but drops them when it builds "
    "the circuit that runs: h and swap gates are left, which is another operation.",
    fix="None: build the transform with Qiskit instead.",
    good=("Prepare a superposition of 4 qubits",),
    bad=("Create a QFT with 4 qubits", "Apply the quantum Fourier transform to 3 qubits"),
    check=_no_phases,
)
NEGATED = LintInfo(
    code="NL020",
    severity=Severity.WARNING,
    title="A negation is ignored",
    why="BioQL looks for words and does not see what stands around them: 'do not flip qubit 0' "
    "flips qubit 0.",
    fix="None: leave out what is not wanted.",
    good=(
        "controlled not from qubit 0 to qubit 1. measure qubit 1",
        "Create a Bell state without noise",
        "not qubit 0. measure qubit 0",
    ),
    bad=(
        "h qubit 0. do not flip qubit 0. measure qubit 0",
        "Prepare a superposition of 3 qubits without measuring",
        "Create a superposition of 2 qubits, not a Bell state",
    ),
    check=_negated,
)
LINTS = (NOTHING, UNKNOWN_NAME, NO_PHASES, NEGATED)
