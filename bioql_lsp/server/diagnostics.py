"""Findings as LSP diagnostics.

A file may have thousands, and they are sent after every keystroke: so they are written as plain
JSON, which takes a tenth of the time that typed diagnostics take on their way out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lsprotocol import types

from bioql_lsp.analysis.findings import Finding, Severity
from bioql_lsp.server.convert import Positions
from bioql_lsp.server.session import Snapshot

SOURCE = "bioql"
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
