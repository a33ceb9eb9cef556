"""``textDocument/codeLens``: above each run what it costs, and what can be done for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
from lsprotocol import types

from bioql_lsp.analysis.analysis import Analysis
from bioql_lsp.analysis.costs import Run
from bioql_lsp.analysis.lenses import Lens, lenses
from bioql_lsp.project import shown
from bioql_lsp.server.analyses import analysis
from bioql_lsp.server.client import client_commands
from bioql_lsp.server.session import Session, Snapshot
from bioql_lsp.simulation import NUM_QUBITS_MAX, SHOTS_DEFAULT, SHOTS_MAX

PREVIEW_COMMAND = "bioql.previewCircuit"
_SIMULATE_TITLE = "Simulate locally, free"


async def code_lens(session: Session, params: types.CodeLensParams) -> list[dict[str, Any]]:
    """The lenses of a document, as JSON: a file may have hundreds."""
    snapshot = session.find(params.text_document.uri)
    if snapshot is None or not snapshot.settings.code_lens.enabled:
        return []
    found = await analysis(session, snapshot)
    has_preview = PREVIEW_COMMAND in client_commands(session.server.initialize_params)
    return await session.analyse(_all, snapshot, found, has_preview)


def _all(snapshot: Snapshot, found: Analysis, has_preview: bool) -> list[dict[str, Any]]:
    # A run fails whether or not the editor shows why.
    settings = attrs.evolve(snapshot.settings.diagnostics, enabled=True)
    findings = shown(found.findings, settings)
    limit = snapshot.settings.costs.warn_above_usd
    return [
        each
        for lens in lenses(found, findings, limit)
        for each in _lenses(snapshot, lens, has_preview)
    ]


def _lenses(snapshot: Snapshot, lens: Lens, has_preview: bool) -> Iterator[dict[str, Any]]:
    start = snapshot.positions.place(lens.place.start)
    range_ = {"start": start, "end": snapshot.positions.place(lens.place.end)}
    place = {"uri": snapshot.uri, "position": start}
    shows = PREVIEW_COMMAND if has_preview else "bioql.explain"
    command = shows if lens.run.compiled is not None else "bioql.estimate"
    yield _lens(range_, lens.title, command, place)
    if _is_simulable(lens.run):
        shots = lens.run.shots
        asked = shots if shots is not None and shots <= SHOTS_MAX else SHOTS_DEFAULT
        yield _lens(range_, _SIMULATE_TITLE, "bioql.simulate", {**place, "shots": asked})


def _lens(
    range_: dict[str, Any], title: str, command: str, argument: dict[str, Any]
) -> dict[str, Any]:
    return {
        "range": range_,
        "command": {"title": title, "command": command, "arguments": [argument]},
    }


def _is_simulable(run: Run) -> bool:
    compiled = run.compiled
    if compiled is None or compiled.num_qubits > NUM_QUBITS_MAX:
        return False
    return "measure" in compiled.gate_counts
