"""Findings as LSP diagnostics.

A file may have thousands, and they are sent after every keystroke: so they are written as plain
JSON, which takes a tenth of the time that typed diagnostics take on their way out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from lsprotocol import types

from bioql_lsp.analysis.findings import Finding, Severity
from bioql_lsp.server.convert import Positions
from bioql_lsp.server.session import Snapshot

SOURCE = "bioql"
_RESULT_ID_BYTES = 12
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFORMATION: types.DiagnosticSeverity.Information,
}


def to_diagnostic(snapshot: Snapshot, finding: Finding) -> types.Diagnostic:
    """One finding in the client's positions."""
    return types.Diagnostic(
        range=snapshot.positions.range(finding.span),
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        source=SOURCE,
        message=finding.message,
    )


def diagnostics_json(positions: Positions, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings in the client's positions, as JSON."""
    return [
        {
            "range": {
                "start": positions.place(finding.span.start),
                "end": positions.place(finding.span.end),
            },
            "severity": _SEVERITIES[finding.severity].value,
            "code": finding.code,
            "source": SOURCE,
            "message": finding.message,
        }
        for finding in findings
    ]


def result_id_of(items: Sequence[dict[str, Any]]) -> str:
    """The name of a report, which is made of its diagnostics."""
    return hashlib.blake2b(repr(items).encode("utf-8"), digest_size=_RESULT_ID_BYTES).hexdigest()


def report(
    items: Sequence[dict[str, Any]], result_id: str, previous_result_id: str | None
) -> dict[str, Any]:
    """A full report for a client that pulls, or "unchanged" where it has the same one already."""
    if previous_result_id == result_id:
        return {"kind": "unchanged", "resultId": result_id}
    return {"kind": "full", "items": items, "resultId": result_id}
