"""The line above each run: its qubits, its cost, or why it cannot run."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bioql_lsp.analysis.analysis import Analysis
from bioql_lsp.analysis.costs import Run, cost_words, runs_of
from bioql_lsp.analysis.findings import Finding, Severity
from bioql_lsp.analysis.per_part import placed, relevant_parts
from bioql_lsp.analysis.program.summary import qubits
from bioql_lsp.text import Span

_NANO = 1_000_000_000
_REASON_CHARS_MAX = 90
_WARNING = "⚠ "


@dataclass(frozen=True, slots=True)
class Lens:
    """What is said above a run. ``place`` is the function's name in the text."""

    place: Span
    title: str
    run: Run


def lenses(
    analysis: Analysis, findings: Sequence[Finding], warn_above_usd: float
) -> Iterator[Lens]:
    """A lens for each run of a text, in order of place; ``findings`` are sorted by place."""
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    starts = [finding.span.start for finding in errors]
    for index, part in relevant_parts(analysis):
        for run in runs_of(part):
            problem = None
            for span in _spans(analysis, index, run):
                near = errors[bisect_left(starts, span.start) : bisect_left(starts, span.end + 1)]
                problem = problem or next((f for f in near if f.span.end <= span.end), None)
            place = analysis.place(0, index, run.function_span)
            yield Lens(place, _title(run, problem, warn_above_usd), run)


def _spans(analysis: Analysis, index: int, run: Run) -> Iterator[Span]:
    """Where a mistake keeps a run from working: in the call, and in its sentence."""
    yield analysis.place(0, index, run.span)
    sentence = placed(analysis, index, run.sentence.span) if run.sentence is not None else None
    if sentence is not None:
        yield sentence


def _title(run: Run, problem: Finding | None, warn_above_usd: float) -> str:
    size = [qubits(run.compiled.num_qubits)] if run.compiled is not None else []
    if problem is not None:
        return " · ".join([*size, f"cannot run: {_reason(problem)}"])
    is_dear = (run.total_nano_usd or 0) > warn_above_usd * _NANO
    return " · ".join([*size, (_WARNING if is_dear else "") + cost_words(run)])


def _reason(problem: Finding) -> str:
    sentence = problem.message.partition(". ")[0].rstrip(".")
    if len(sentence) > _REASON_CHARS_MAX:
        sentence = sentence.partition(": ")[0]
    if len(sentence) > _REASON_CHARS_MAX:
        sentence = sentence[:_REASON_CHARS_MAX].rpartition(" ")[0] + " …"
    return sentence
