"""NL008, NL009, NL010: gates that BioQL adds, moves or never measures."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.findings import Fix, Severity
from bioql_lsp.analysis.program.equivalence import (
    first_conflict,
    measuring,
    qubits_of,
    sentence,
    statement,
)
from bioql_lsp.analysis.program.lints_model import Lint, LintInfo, Sentence
from bioql_lsp.analysis.program.lints_numbers import word_around
from bioql_lsp.analysis.program.lints_rewrite import (
    difference,
    is_spelled_out,
    statement_fix,
)
from bioql_lsp.analysis.program.meant import Kind
from bioql_lsp.analysis.program.model import GateStatement
from bioql_lsp.text import Edit, Span

_STATEMENTS_MAX = 200


def _extra(read: Sentence) -> Iterator[Lint]:
    if not is_spelled_out(read):
        return
    told: list[Span] = []
    for meant in read.meant.gates:
        made = [each.operation for each in read.made_in(meant.span)]
        if meant.operations is None or not made:
            continue
        extra = difference(meant.operations, made)[1]
        if meant.kind is Kind.ROTATION:
            extra = [each for each in extra if each.gate not in {"rx", "ry", "rz"}]
        if not extra:
            continue
        told.append(meant.span)
        added = ", ".join(dict.fromkeys(map(statement, extra)))
        message = f"BioQL also reads '{added}' in '{read.slice(meant.span)}' and adds that gate."
        yield EXTRA.at(meant.span, message, *statement_fix(read, meant))
    for made_statement in read.compiled.statements:
        span = made_statement.span
        is_inside = span.start > 0 and read.text[span.start - 1].isalnum()
        if is_inside and not any(span.overlaps(each) for each in told):
            told.append(span)
            yield _inside_a_word(read, made_statement)


def _inside_a_word(read: Sentence, made: GateStatement) -> Lint:
    start = word_around(read.text, Span(made.span.start, made.span.start)).start
    span = Span(start, made.span.end)
    message = f"BioQL reads '{statement(made.operation)}' in '{read.slice(span)}' and adds it."
    return EXTRA.at(span, message)


def _moved(read: Sentence) -> Iterator[Lint]:
    compiled = read.compiled
    if not is_spelled_out(read) or len(compiled.statements) > _STATEMENTS_MAX:
        return
    if compiled.stage == "context":
        yield from _after_the_subject(read)
    in_text = sorted(compiled.statements, key=lambda each: (each.span.start, each.span.end))
    meant = [each.operation for each in in_text]
    conflict = first_conflict(meant, [each.operation for each in compiled.statements])
    if conflict is None:
        return
    first, second = (in_text[index] for index in conflict)
    message = (
        f"BioQL runs '{read.slice(second.span)}' before '{read.slice(first.span)}': it sorts by "
        "gate (h, x, y, z, cnot, cz, ccx, swap, rotations, measurements), not by the sentence."
    )
    yield MOVED.at(second.span, message)


def _after_the_subject(read: Sentence) -> Iterator[Lint]:
    gates = [each for each in read.compiled.statements if each.gate != "measure"]
    if not gates:
        return
    first = min(gates, key=lambda each: each.span.start)
    message = (
        f"BioQL runs the circuit for {read.compiled.context.replace('_', ' ')} and measures it "
        f"before '{read.slice(first.span)}', which then changes nothing."
    )
    yield MOVED.at(first.span, message)


def _unmeasured(read: Sentence) -> Iterator[Lint]:
    if not is_spelled_out(read) or read.compiled.stage == "context":
        return
    meant = read.meant
    made = [each.operation for each in read.compiled.statements]
    spelled = [op for each in meant.gates for op in each.operations or ()]
    if any(each.kind in {Kind.MEASURE, Kind.MEASURE_ALL} for each in meant.statements):
        return
    qubits = sorted({qubit for op in (*made, *spelled) for qubit in qubits_of(op)})
    if any(op.gate == "measure" for op in made) or not qubits:
        return
    message = "No qubit is measured, so the run gives no counts."
    spans = [each.span for each in meant.gates] + [each.span for each in read.compiled.statements]
    last = max(spans, key=lambda span: span.end)
    fixes = _append_measures(read, tuple(qubits)) if len(qubits) <= _STATEMENTS_MAX else ()
    yield UNMEASURED.at(last, message, *fixes)


def _append_measures(read: Sentence, qubits: tuple[int, ...]) -> tuple[Fix, ...]:
    end = read.whole.end
    stripped = read.text[:end]
    # A dot right after an angle would make BioQL drop the rotation.
    joint = " " if stripped.endswith((".", ";", ",")) else ", " if stripped[-1].isdigit() else ". "
    measures = sentence(measuring(qubits))
    which = "qubit" if len(qubits) == 1 else "qubits"
    title = f"Measure {which} {', '.join(map(str, qubits[:8]))}{'...' if len(qubits) > 8 else ''}"
    return (Fix(title, (Edit(Span(end, end), joint + measures),)),)


EXTRA = LintInfo(
    code="NL008",
    severity=Severity.WARNING,
    title="BioQL reads a gate that the sentence does not mean",
    why="BioQL finds gates anywhere in the text, also at the end of another word: 'rx qubit 0 1.5' "
    "holds 'x qubit 0', 'ccx 0 1 2' holds 'cx 0 1', 'with qubit 1' holds 'h qubit 1'.",
    fix="Writes the gate in the one form that BioQL reads once.",
    good=(
        "rotate qubit 0 around x by 1.5 radians. measure qubit 0",
        "controlled controlled not 0 1 2. measure qubit 2",
        "z qubit 1. measure qubit 1",
    ),
    bad=(
        "rx qubit 0 1.5, measure qubit 0",
        "ry qubit 1 0.25, measure qubit 1",
        "rz qubit 0 pi/2. measure qubit 0",
        "ccx 0 1 2. measure qubit 2",
        "h qubit 1. phase flip qubit 1. measure qubit 1",
        "cnot qubit 0 qubit 1. measure qubit 1",
        "entangle qubit 0 with qubit 1. measure qubit 0. measure qubit 1",
        "measure qubit 0. compare it with qubit 1",
    ),
    check=_extra,
)
MOVED = LintInfo(
    code="NL009",
    severity=Severity.WARNING,
    title="The gates do not run in the order of the sentence",
    why="BioQL runs all h gates first, then x, y, z, cnot, cz, ccx, swap, rotations and "
    "measurements. Where two of them do not commute the circuit is another one.",
    fix="None: BioQL cannot be told another order.",
    good=(
        "h qubit 0. x qubit 1. cnot 0 1. measure qubit 0. measure qubit 1",
        "x qubit 1. h qubit 0. measure qubit 0. measure qubit 1",
        "cnot 0 1. x qubit 1. measure qubit 0. measure qubit 1",
    ),
    bad=(
        "x qubit 0. h qubit 0. measure qubit 0",
        "cnot 0 1. h qubit 0. measure qubit 0. measure qubit 1",
        "measure qubit 0. h qubit 0",
        "use 3 qubits for grover search. x qubit 0",
    ),
    check=_moved,
)
UNMEASURED = LintInfo(
    code="NL010",
    severity=Severity.WARNING,
    title="Nothing is measured",
    why="A circuit without a measurement gives no counts: the run is billed and tells nothing.",
    fix="Appends a measurement of each qubit that the gates touch.",
    good=(
        "h qubit 0. cnot 0 1. measure qubit 0. measure qubit 1",
        "Prepare a superposition of 3 qubits",
    ),
    bad=(
        "h qubit 0. cnot 0 1",
        "rotate qubit 2 around y by 0.5",
        "swap qubits 0 and 1.",
    ),
    check=_unmeasured,
)
LINTS = (EXTRA, MOVED, UNMEASURED)
