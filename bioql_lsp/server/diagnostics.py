"""Findings as LSP diagnostics."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from bioql_lsp.analysis.findings import Finding, Severity
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


def to_diagnostics(snapshot: Snapshot, findings: Iterable[Finding]) -> list[types.Diagnostic]:
    """Findings in the client's positions."""
    return [to_diagnostic(snapshot, finding) for finding in findings]
