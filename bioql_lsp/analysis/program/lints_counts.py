"""NL002, NL003, NL019: the number of qubits that BioQL takes is not the one that is meant."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis import backends
from bioql_lsp.analysis.findings import Fix, Severity
from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.program.equivalence import qubits_of
from bioql_lsp.analysis.program.lints_model import Lint, LintInfo, Sentence, replacing
from bioql_lsp.analysis.program.lints_numbers import (
    QUBITS_DEFAULT,
    NamedCount,
    NamedShots,
    counts_something_else,
    named_counts,
    named_shots,
    word_around,
)
from bioql_lsp.analysis.program.model import readable
from bioql_lsp.text import Edit, Span, apply_edits

LOCAL_QUBITS_MAX = 30
_OPERATIONS_CHECKED_MAX = 64
_LARGEST = max(backends.USABLE, key=lambda each: each.qubits or 0)
# Always two qubits, whatever number the sentence names.
_PAIRS = frozenset({"bell_state", "measurement", "gate_application"})


def _unread(read: Sentence) -> Iterator[Lint]:
    compiled = read.compiled
    if compiled.error or compiled.stage == "gates" or compiled.intent in _PAIRS:
        return
    named = named_counts(read.text)
    used = compiled.num_qubits
    if named:
        is_read = any(each.value == used for each in named)
        if not is_read and compiled.count_source != "digits" and not read.meant.gates:
            yield _other_number(read, named[0])
    elif compiled.count_source == "word" and compiled.count_span:
        yield from _number_in_a_word(read, compiled.count_span)


def _other_number(read: Sentence, named: NamedCount) -> Lint:
    used = read.compiled.num_qubits
    qubits = _qubits(used)
    shown = read.slice(named.span)
    if read.compiled.intent == "drug_design":
        message = f"BioQL designs drugs on 6 qubits always and ignores '{shown}'."
        return UNREAD.at(named.span, message, severity=Severity.INFORMATION)
    message = f"BioQL does not read '{shown}' here and makes {qubits}, not {named.value}."
    fixes = [replacing(named.span, str(named.value), f"Write {named.value}")]
    start = Span(read.whole.start, read.whole.start)
    title = f"Start with 'use {named.value} qubits'"
    fixes.append(replacing(start, f"use {named.value} qubits. ", title))
    fits = [fix for fix in fixes if makes(read, fix, named.value)]
    return UNREAD.at(named.span, message, *fits[:1], severity=_severity(read))


def _number_in_a_word(read: Sentence, span: Span) -> Iterator[Lint]:
    text, compiled = read.text, read.compiled
    around = word_around(text, span)
    if compiled.num_qubits > 1 and around == span and not counts_something_else(read, span):
        return
    qubits = _qubits(compiled.num_qubits)
    place = word_around(text, compiled.matched_words[-1]) if compiled.num_qubits == 1 else span
    shown = f"'{read.slice(span)}'"
    shown += "" if around == span else f" in '{read.slice(around)}'"
    message = f"No number of qubits is written; BioQL reads {shown} as one and makes {qubits}."
    severity = _severity(read)
    if severity is Severity.ERROR:
        message += " The circuit needs more, so the run fails."
    elif compiled.num_qubits > 1:
        severity = Severity.INFORMATION
    yield UNREAD.at(place, message, *_suggested_count(read), severity=severity)


def _qubits(number: int) -> str:
    return "1 qubit" if number == 1 else f"{readable(number)} qubits"


def _suggested_count(read: Sentence) -> tuple[Fix, ...]:
    if read.compiled.intent == "entanglement":
        phrase = "Create a Bell state"
        return (replacing(read.whole, phrase, f"Write '{phrase}'", is_sure=False),)
    number = QUBITS_DEFAULT.get(read.compiled.intent or "")
    if number is None:
        return ()
    end = len(read.text[: read.whole.end].rstrip(".!"))
    fix = replacing(Span(end, end), f" with {number} qubits", f"Use {number} qubits", is_sure=False)
    return (fix,) if makes(read, fix, number) else ()


def _severity(read: Sentence) -> Severity:
    """Error where an operation names a qubit that the circuit does not have."""
    compiled = read.compiled
    fails = any(
        qubit >= compiled.num_qubits
        for operation in compiled.operations[:_OPERATIONS_CHECKED_MAX]
        for qubit in qubits_of(operation)
    )
    return Severity.ERROR if fails else Severity.WARNING


def makes(read: Sentence, fix: Fix, num_qubits: int) -> bool:
    """Whether the fixed sentence compiles to the same subject on so many qubits."""
    made, before = compile_sentence(apply_edits(read.text, fix.edits)), read.compiled
    is_same = (made.intent, made.context, made.error) == (before.intent, before.context, None)
    return is_same and made.num_qubits == num_qubits


def _misread(read: Sentence) -> Iterator[Lint]:
    compiled = read.compiled
    if compiled.error:
        return
    taken = compiled.count_span if compiled.count_source == "digits" else None
    shots = next(named_shots(read.text), None)
    if shots:
        is_taken = taken is not None and taken.overlaps(shots.span)
        yield _shots(read, shots, is_taken=is_taken)
        if is_taken:
            taken = None
    named = named_counts(read.text)
    if taken is None or any(each.value == compiled.num_qubits for each in named):
        return
    number = read.slice(taken)
    if named:
        wanted = named[0]
        message = f"BioQL takes this {number} for the number of qubits, not the {wanted.value}."
        yield MISREAD.at(taken, message, *_count_first(read, wanted))
    elif counts_something_else(read, taken):
        message = f"BioQL takes this {number} for the number of qubits."
        yield MISREAD.at(taken, message, *_default_first(read))


def _count_first(read: Sentence, wanted: NamedCount) -> tuple[Fix, ...]:
    start = Span(read.whole.start, read.whole.start)
    insertion = Edit(start, f"On {wanted.value} qubits: ")
    title = "Put the number of qubits first"
    fixes = (Fix(title, (insertion, Edit(wanted.phrase, ""))), Fix(title, (insertion,)))
    return tuple(fix for fix in fixes if makes(read, fix, wanted.value))[:1]


def _default_first(read: Sentence) -> tuple[Fix, ...]:
    number = QUBITS_DEFAULT.get(read.compiled.intent or "")
    if number is None:
        return ()
    start = Span(read.whole.start, read.whole.start)
    new_text = f"On {number} qubits: "
    return (replacing(start, new_text, f"Put '{new_text.strip()}' first", is_sure=False),)


def _shots(read: Sentence, shots: NamedShots, *, is_taken: bool) -> Lint:
    shown = read.slice(shots.span)
    argument = ("shots", str(shots.value))
    if not is_taken:
        message = (
            f"BioQL does not read '{shown}' in the sentence; shots is an argument of the call."
        )
        fix = replacing(shots.phrase, "", f"Move it to shots={shots.value}")
        made = compile_sentence(apply_edits(read.text, fix.edits))
        is_same = made.gate_counts == read.compiled.gate_counts and not made.error
        return MISREAD.at(shots.span, message, *((fix,) if is_same else ()), argument=argument)
    message = f"BioQL makes {shots.value} qubits of '{shown}'; shots is an argument of the call."
    named = named_counts(read.text)
    number = named[0].value if named else QUBITS_DEFAULT.get(read.compiled.intent or "", 2)
    new_text = "" if named else f" on {number} qubits"
    title = f"Move it to shots={shots.value}" + ("" if named else f" and use {number} qubits")
    fix = replacing(shots.phrase, new_text, title, is_sure=bool(named))
    fixes = (fix,) if makes(read, fix, number) else ()
    return MISREAD.at(shots.span, message, *fixes, argument=argument)


def _too_many(read: Sentence) -> Iterator[Lint]:
    compiled = read.compiled
    known = backends.backend(read.backend) if read.backend else None
    is_known = known is not None and known.qubits is not None
    limit = known.qubits if known and known.qubits else _LARGEST.qubits or 0
    name = known.name if known and is_known else "the largest backend"
    if read.is_local:
        limit, name = LOCAL_QUBITS_MAX, "a simulation on one machine"
    if compiled.num_qubits <= limit:
        return
    severity = Severity.WARNING if read.is_local else Severity.ERROR
    span = compiled.count_span or read.whole
    message = (
        f"The circuit needs {readable(compiled.num_qubits)} qubits; {name} has room for {limit}."
    )
    yield TOO_MANY.at(span, message, severity=severity)


UNREAD = LintInfo(
    code="NL002",
    severity=Severity.WARNING,
    title="The number of qubits is not read",
    why="Where a sentence has no digits BioQL looks for number words inside other words, and the "
    "first of them is 'a': nearly every such sentence makes one qubit.",
    fix="Writes the number in digits; where none is named, offers the usual one.",
    good=(
        "Prepare a superposition of 5 qubits",
        "Docking of SMILES CCO to PDB 5IKT on 6 qubits",
        "Simulate protein folding with 6 qubits",
        "Create a superposition of 1 qubit",
    ),
    bad=(
        "Prepare a superposition",
        "Prepare a superposition of three qubits",
        "Simulate protein folding",
        "Create entanglement",
        "superposition of 5 qubits",
        "grover search on 3 qubits",
        "Analyze the DNA sequence",
    ),
    check=_unread,
)
MISREAD = LintInfo(
    code="NL003",
    severity=Severity.WARNING,
    title="Another number is taken for the number of qubits",
    why="BioQL takes the first whole number that stands alone, also that of shots or poses, the 2 "
    "of COX-2 or a ring number of a SMILES. Shots are an argument of the call; in the sentence "
    "they are not read.",
    fix="Moves shots to the argument and puts the number of qubits first.",
    good=(
        "On 6 qubits: docking of SMILES CCO to PDB 5IKT with 20 poses",
        "Prepare a superposition of 3 qubits",
    ),
    bad=(
        "Create a superposition with 2048 shots",
        "Create a Bell state with 1000 shots",
        "Create with 2048 shots a superposition of 5 qubits",
        "Docking of SMILES CCO to PDB 5IKT with 20 poses on 6 qubits",
        "Docking of SMILES CCO to PDB 5IKT of COX-2",
        "Docking of SMILES O[C@H]1(C)CCCCC1 to PDB 5IKT",
        "Simulate protein folding at 300 K",
    ),
    check=_misread,
)
TOO_MANY = LintInfo(
    code="NL019",
    severity=Severity.ERROR,
    title="The circuit has more qubits than the backend",
    why="The backend refuses such a circuit; a simulation on one machine runs out of memory "
    f"beyond about {LOCAL_QUBITS_MAX} qubits.",
    fix="None: choose fewer qubits or another backend.",
    good=("Prepare a superposition of 100 qubits",),
    bad=("Prepare a superposition of 5000 qubits", "h qubit 2000. measure qubit 2000"),
    check=_too_many,
)
LINTS = (UNREAD, MISREAD, TOO_MANY)
