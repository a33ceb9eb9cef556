"""NL004: states and algorithms that BioQL does not know by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bioql_lsp.analysis.findings import Fix, Severity
from bioql_lsp.analysis.program.equivalence import measuring, sentence
from bioql_lsp.analysis.program.lints_accident import accident
from bioql_lsp.analysis.program.lints_model import Lint, LintInfo, Sentence, replacing
from bioql_lsp.analysis.program.lints_numbers import NUMBER_WORDS, named_counts
from bioql_lsp.analysis.program.model import Operation
from bioql_lsp.text import Span

GHZ_QUBITS_DEFAULT = 3
GHZ_QUBITS_MAX = 156
_GHZ = r"ghz|greenberger[\s\u2013-]+horne[\s\u2013-]+zeilinger|cat\s+state"
_NAMES = re.compile(
    rf"""(?<![^\W_])(?:(?P<ghz>{_GHZ})|w[\s-]state|dicke\s+state|cluster\s+state|graph\s+state
    |vqe|variational\s+quantum\s+eigensolver|qaoa|max-?\s?cut|shor(?:'s)?|teleport\w*
    |(?:quantum\s+)?phase\s+estimation|qpe|amplitude\s+(?:estimation|amplification)
    |deutsch(?:[\s-]+jozsa)?|bernstein(?:[\s-]+vazirani)?|simon's|hhl|quantum\s+walk
    |boson\s+sampling|superdense\s+coding|bb84|key\s+distribution|swap\s+test|trotter\w*
    |(?:quantum\s+)?annealing|surface\s+code|error\s+correct\w*|(?P<random>random\s+(?:numbers?|bits?))
    |(?P<grover>grover(?:'s)?(?:\s+(?:search|algorithm))*))(?![^\W_])""",
    re.IGNORECASE | re.VERBOSE,
)
_GHZ_WORDS = re.compile(
    rf"\b(?:create|make|prepare|build|generate|produce|construct|an?|the|of|on|with|using|for|and"
    rf"|then|state|qubits?|qubit|measure|all|them|it|everything|please|{'|'.join(NUMBER_WORDS)}"
    rf"|\d+|{_GHZ})\b|[\s.,;:-]",
    re.IGNORECASE,
)


def _unknown(read: Sentence) -> Iterator[Lint]:
    compiled = read.compiled
    if compiled.error or any(each.gate != "measure" for each in compiled.statements):
        return
    match = _NAMES.search(read.text)
    if match is None or (match["grover"] and compiled.context == "dna_analysis"):
        yield from _larger_pair(read)
        return
    name, span = match.group(), Span(*match.span())
    made = f"runs {_made(read)} instead"
    severity = Severity.WARNING
    if compiled.context != "general" and accident(read) is None:
        severity = Severity.INFORMATION
        made = f"runs its fixed circuit for {compiled.context.replace('_', ' ')}"
    message = f"BioQL does not know '{name}' and {made}."
    fixes: tuple[Fix, ...] = ()
    if match["ghz"]:
        fixes = _ghz_fix(read)
    elif match["grover"]:
        fixes = _grover_fix(read)
    elif match["random"]:
        fixes = _random_fix(read)
    yield UNKNOWN_NAME.at(span, message, *fixes, severity=severity)


def _made(read: Sentence) -> str:
    compiled = read.compiled
    if not compiled.operation_count:
        return "an empty circuit"
    if compiled.context != "general":
        return f"its circuit for {compiled.context.replace('_', ' ')}"
    if compiled.gate_counts.get("cnot"):
        return "a Bell pair"
    return "another circuit"


def _ghz_fix(read: Sentence) -> tuple[Fix, ...]:
    named = named_counts(read.text)
    numbers = re.findall(r"(?<![\w.])\d{1,4}(?![\w.])", read.text)
    number = named[0].value if named else int(numbers[0]) if numbers else GHZ_QUBITS_DEFAULT
    if not 2 <= number <= GHZ_QUBITS_MAX:
        return ()
    is_all = not _GHZ_WORDS.sub("", read.text)
    title = f"Spell out the GHZ state of {number} qubits"
    return (replacing(read.whole, ghz_sentence(number), title, is_sure=is_all),)


def ghz_sentence(num_qubits: int) -> str:
    """The sentence for a GHZ state of two or more qubits, measured."""
    chain = (Operation("cnot", (qubit + 1,), (qubit,)) for qubit in range(num_qubits - 1))
    return sentence((Operation("h", (0,)), *chain, *measuring(range(num_qubits))))


def _grover_fix(read: Sentence) -> tuple[Fix, ...]:
    named = named_counts(read.text)
    number = named[0].value if named else 3
    new_text = f"use {number} qubits for grover search"
    title = f"Write '{new_text}' (a fixed search, not for your item)"
    return (replacing(read.whole, new_text, title, is_sure=False),)


def _random_fix(read: Sentence) -> tuple[Fix, ...]:
    named = named_counts(read.text)
    new_text = f"Prepare a superposition of {named[0].value if named else 3} qubits"
    title = f"Write '{new_text}', whose counts are random"
    return (replacing(read.whole, new_text, title, is_sure=False),)


def _larger_pair(read: Sentence) -> Iterator[Lint]:
    """Entanglement of more than two qubits: BioQL entangles 0 and 1 alone."""
    compiled = read.compiled
    if compiled.intent not in {"bell_state", "entanglement"} or read.meant.gates:
        return
    larger = next((each for each in named_counts(read.text) if each.value > 2), None)
    if larger is None or larger.value > GHZ_QUBITS_MAX:
        return
    message = f"BioQL entangles qubits 0 and 1 alone, not {larger.value} qubits."
    title = f"Spell out a GHZ state of {larger.value} qubits"
    fix = replacing(read.whole, ghz_sentence(larger.value), title, is_sure=False)
    yield UNKNOWN_NAME.at(larger.span, message, fix)


UNKNOWN_NAME = LintInfo(
    code="NL004",
    severity=Severity.WARNING,
    title="BioQL does not know this state or algorithm",
    why="BioQL knows Bell states, superpositions, 'grover search' and its fixed circuits for "
    "proteins, drugs and DNA. Every other name compiles to an empty or unrelated circuit.",
    fix="Spells a GHZ state out as h and cnot gates. The others need a circuit of your own.",
    good=(
        "h qubit 0. cnot 0 1. cnot 1 2. measure qubit 0. measure qubit 1. measure qubit 2",
        "use 3 qubits for grover search",
        "Create a Bell state",
    ),
    bad=(
        "Create a GHZ state",
        "Prepare a 4-qubit GHZ state and measure all qubits",
        "Make a GHZ state of five qubits",
        "Run VQE for H2",
        "Use QAOA to solve MaxCut",
        "Teleport a qubit",
        "Factor 15 with Shor's algorithm",
        "Use Grover's algorithm on 3 qubits",
        "Create an entangled state of 5 qubits",
        "Simulate protein folding with 6 qubits using VQE",
    ),
    check=_unknown,
)
