"""Short remarks within the lines: how many qubits a sentence takes, what a run lists at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bioql_lsp.analysis.analysis import Analysis, Part
from bioql_lsp.analysis.costs import (
    Billing,
    Run,
    amount,
    compiled_of,
    cost_words,
    per_shot,
    runs_of,
)
from bioql_lsp.analysis.per_part import everywhere, per_part
from bioql_lsp.analysis.program.summary import qubits
from bioql_lsp.text import Span


@dataclass(frozen=True, slots=True)
class Hint:
    """A remark behind a span, and a sentence that says more."""

    span: Span
    label: str
    tooltip: str


def hints(analysis: Analysis) -> Iterator[Hint]:
    """Every hint of a text, in order of place, no two of them alike."""
    found = {replace(hint, span=span) for span, hint in everywhere(analysis, _hints_of)}
    yield from sorted(found, key=lambda hint: (hint.span.end, hint.label, hint.tooltip))


@per_part
def _hints_of(part: Part) -> tuple[Hint, ...]:
    return (*_qubit_hints(part), *filter(None, map(_cost_hint, runs_of(part))))


def _qubit_hints(part: Part) -> Iterator[Hint]:
    for sentence in part.module.sentences:
        compiled = compiled_of(part.module, sentence)
        if compiled is not None:
            words = qubits(compiled.num_qubits)
            yield Hint(sentence.span, f"→ {words}", f"BioQL compiles this sentence to {words}.")


def _cost_hint(run: Run) -> Hint | None:
    if run.billing is not Billing.BY_THE_SHOT or run.price_nano_usd is None:
        return None
    total = run.total_nano_usd
    label = per_shot(run.price_nano_usd) if total is None else f"≈ {amount(total)} USD"
    behind = run.shots_span or run.span
    return Hint(behind, label, f"BioQL's list price: {cost_words(run)}.")
