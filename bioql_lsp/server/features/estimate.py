"""``bioql.estimate``: what the run at a place, or every run in a file, lists at."""

from __future__ import annotations

from typing import Any

import attrs
from lsprotocol import types

from bioql_lsp.analysis.analysis import Analysis
from bioql_lsp.analysis.costs import Run, cost_words, decimal_text, runs_of
from bioql_lsp.analysis.per_part import placed, relevant_parts
from bioql_lsp.server.analyses import analysis
from bioql_lsp.server.client import client_commands
from bioql_lsp.server.guard import RequestError
from bioql_lsp.server.session import Session, Snapshot
from bioql_lsp.server.told import tell
from bioql_lsp.text import Span

_COMMAND = "bioql.estimate"


@attrs.frozen
class EstimateArguments:
    """A document, and the place of one run in it where only that one is meant."""

    uri: str
    position: types.Position | None = None


async def estimate(session: Session, arguments: EstimateArguments) -> dict[str, Any]:
    """``{runs: [{line, backend, shots, usd, num_qubits, message}], total_usd, unknown_count}``.

    Lines are zero-based, amounts decimal strings; ``usd`` is null where the cost is only known at
    run time, and ``unknown_count`` tells how many of those the total leaves out.
    """
    snapshot = session.snapshot(arguments.uri)
    found = await analysis(session, snapshot)
    offset = None
    if arguments.position is not None:
        offset = snapshot.positions.offset(arguments.position)
    runs = await session.analyse(_runs, found, offset)
    if offset is not None and not runs:
        raise RequestError("There is no run here. Put the cursor into a call of quantum().")
    known = [run.total_nano_usd for _, run in runs if run.total_nano_usd is not None]
    if _COMMAND not in client_commands(session.server.initialize_params):
        tell(session, _summary([run for _, run in runs], sum(known)))
    return {
        "runs": [_run(snapshot, start, run) for start, run in runs],
        "total_usd": decimal_text(sum(known)),
        "unknown_count": len(runs) - len(known),
    }


def _summary(runs: list[Run], total_nano_usd: int) -> str:
    """What a person is told who sees no answers of commands."""
    if len(runs) == 1:
        return f"This run: {cost_words(runs[0])}."
    return f"{len(runs)} runs in this file, together {decimal_text(total_nano_usd)} USD."


def _runs(found: Analysis, offset: int | None) -> list[tuple[int, Run]]:
    """The runs with where they begin: all of them, or the innermost one around a place."""
    every = [
        (found.place(0, index, run.span), _sentence_span(found, index, run), run)
        for index, part in relevant_parts(found)
        for run in runs_of(part)
    ]
    if offset is not None:
        every = [each for each in every if _is_at(offset, each[0]) or _is_at(offset, each[1])]
        every = sorted(every, key=lambda each: each[0].length)[:1]
    return [(span.start, run) for span, _, run in every]


def _sentence_span(found: Analysis, index: int, run: Run) -> Span | None:
    return placed(found, index, run.sentence.span) if run.sentence is not None else None


def _is_at(offset: int, span: Span | None) -> bool:
    return span is not None and span.start <= offset <= span.end


def _run(snapshot: Snapshot, start: int, run: Run) -> dict[str, Any]:
    total = run.total_nano_usd
    return {
        "line": snapshot.document.position(start).line,
        "backend": run.backend,
        "shots": run.shots,
        "usd": decimal_text(total) if total is not None else None,
        "num_qubits": run.compiled.num_qubits if run.compiled is not None else None,
        "message": cost_words(run),
    }
