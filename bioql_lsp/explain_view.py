"""What ``bioql-lsp explain`` prints: a compiled sentence as JSON, and in plain words."""

from __future__ import annotations

import contextlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from bioql_lsp.analysis.program.diagram import to_text
from bioql_lsp.analysis.program.model import Compiled, readable
from bioql_lsp.analysis.program.summary import count_origin, gate_totals
from bioql_lsp.simulation import Counts, SimulationError
from bioql_lsp.text import Span, apply_edits

if TYPE_CHECKING:
    from bioql_lsp.analysis.findings import Fix
    from bioql_lsp.analysis.program.lints_model import Lint

_CHUNK = 10_000
_OUTCOMES_MAX = 16
_BAR_CHARACTERS = 40
_QUOTED_CHARACTERS_MAX = 60


def as_json(
    compiled: Compiled, lints: Sequence[Lint], simulated: Counts | SimulationError | None = None
) -> Iterator[str]:
    """One line of JSON in pieces: a circuit may have a million operations."""
    if compiled.error is not None:
        yield json.dumps({"error": compiled.error})
        return
    with _numbers_of_any_length():
        head = {"num_qubits": compiled.num_qubits, "context": compiled.context}
        yield json.dumps(head)[:-1] + ', "ops": ['
        yield from _operations_as_json(compiled)
        tail: dict[str, Any] = {
            "lints": [_lint_as_data(compiled.text, lint) for lint in lints],
            "random": compiled.has_random,
        }
        if compiled.is_truncated:
            tail |= {"truncated": True, "gate_counts": dict(compiled.gate_counts)}
        if simulated is not None:
            tail["simulation"] = _simulated_as_data(simulated)
        yield "], " + json.dumps(tail)[1:]


def as_text(
    compiled: Compiled, lints: Sequence[Lint], simulated: Counts | SimulationError | None = None
) -> str:
    """The circuit, where it comes from and what is wrong with the sentence, in plain words."""
    lines = [*_circuit_lines(compiled), *(("",) if lints else ())]
    lines += (line for lint in lints for line in _lint_lines(lint))
    if simulated is not None:
        lines += ["", *_simulated_lines(simulated)]
    return "\n".join(lines) + "\n"


def _circuit_lines(compiled: Compiled) -> list[str]:
    if compiled.error is not None:
        return [f"BioQL can't compile this sentence. It says: {compiled.error}"]
    lines = [
        f"Qubits:  {readable(compiled.num_qubits)}, {count_origin(compiled)}",
        f"Subject: {compiled.context.replace('_', ' ')}",
        f"Reason:  {_reason(compiled)}",
        f"Gates:   {gate_totals(compiled)}",
    ]
    if compiled.has_random:
        lines.append("Random:  angles shown as (?) differ each time that BioQL compiles it")
    if ignored := _ignored(compiled):
        lines.append(f"Ignored: {ignored}")
    if compiled.operation_count:
        lines += ["", to_text(compiled)]
    return lines


@contextlib.contextmanager
def _numbers_of_any_length() -> Iterator[None]:
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(limit)


def _operations_as_json(compiled: Compiled) -> Iterator[str]:
    operations = (list(operation[:4]) for operation in compiled.operations)
    separator = ""
    while chunk := list(islice(operations, _CHUNK)):
        # JSON has no infinity, but a number too large for a float is read as one.
        yield separator + json.dumps(chunk)[1:-1].replace("Infinity", "1e999")
        separator = ", "


def _lint_as_data(text: str, lint: Lint) -> dict[str, Any]:
    fix = _best_fix(lint)
    return {
        "code": lint.code,
        "message": lint.message,
        "fix": None
        if fix is None
        else {
            "title": fix.title,
            "edits": [
                {"start": edit.span.start, "end": edit.span.end, "newText": edit.new_text}
                for edit in sorted(fix.edits)
            ],
            "text": apply_edits(text, fix.edits),
        },
    }


def _best_fix(lint: Lint) -> Fix | None:
    return lint.deterministic_fix or next(iter(lint.fixes), None)


def _simulated_as_data(simulated: Counts | SimulationError) -> dict[str, Any]:
    if isinstance(simulated, SimulationError):
        return {"error": simulated.message}
    return {"counts": dict(simulated.counts)}


def _quoted(text: str, span: Span) -> str:
    words = " ".join(text[span.start : span.end].split())
    if len(words) > _QUOTED_CHARACTERS_MAX:
        words = words[: _QUOTED_CHARACTERS_MAX - 1] + "…"
    return f'"{words}"'


def _reason(compiled: Compiled) -> str:
    words = " and ".join(_quoted(compiled.text, span) for span in compiled.matched_words)
    if compiled.stage == "intent":
        return f"the words {words} decide alone"
    if compiled.stage == "special":
        return f"the phrase {words} decides alone"
    if compiled.stage == "context":
        return f"{words} adds a fixed circuit before the gates that are spelled out"
    return "the gates that are spelled out" if compiled.statements else "BioQL found nothing in it"


def _ignored(compiled: Compiled) -> str:
    used = [*compiled.matched_words, *(s.span for s in compiled.statements)]
    if compiled.count_span:
        used.append(compiled.count_span)
    left = [_quoted(compiled.text, span) for span in _gaps(compiled.text, used)]
    if compiled.stage in ("intent", "special"):
        return "all other words" if left else ""
    shown = ", ".join(left[:5])
    return f"{shown} and more" if len(left) > 5 else shown


def _gaps(text: str, used: Iterable[Span]) -> Iterator[Span]:
    """The stretches of text between the spans that hold a letter or digit."""
    at = 0
    for span in [*sorted(used), Span(len(text), len(text))]:
        if span.start > at and re.search(r"\w", text[at : span.start]):
            yield Span(at, span.start)
        at = max(at, span.end)


def _lint_lines(lint: Lint) -> Iterator[str]:
    yield f"{lint.code} {lint.severity}: {lint.message}"
    if fix := _best_fix(lint):
        yield f"    fix: {fix.title}"


def _simulated_lines(simulated: Counts | SimulationError) -> Iterator[str]:
    if isinstance(simulated, SimulationError):
        yield f"Not simulated: {simulated.message}"
    else:
        yield from histogram(simulated)


def histogram(counted: Counts) -> Iterator[str]:
    """The lines that show how often each outcome came, the most frequent ones first."""
    yield f"Simulated on this machine, {counted.shots:,} shots:"
    ranked = sorted(counted.counts.items(), key=lambda item: (-item[1], item[0]))
    for outcome, count in ranked[:_OUTCOMES_MAX]:
        bar = "█" * max(1, round(_BAR_CHARACTERS * count / ranked[0][1]))
        yield f"  {outcome} {count:>7,} {bar}"
    if len(ranked) > _OUTCOMES_MAX:
        yield f"  and {len(ranked) - _OUTCOMES_MAX:,} other outcomes"
