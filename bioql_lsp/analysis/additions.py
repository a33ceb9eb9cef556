"""Which findings a text has that another one had not."""

from __future__ import annotations

from collections import Counter
from typing import TypeAlias

from bioql_lsp.analysis.findings import Finding
from bioql_lsp.analysis.registry import SYNTAX_CODE, check

Known: TypeAlias = Counter[tuple[str, str, str]]


def known_findings(text: str, version: str) -> Known:
    """The findings of a text, as `added_findings` compares them."""
    return Counter(_identity(finding, text) for finding in check(text, version))


def added_findings(text: str, known: Known, version: str) -> tuple[Finding, ...]:
    """The findings of a text that are not among the known ones."""
    left = known.copy()
    added = []
    for finding in check(text, version):
        identity = _identity(finding, text)
        if left[identity] > 0:
            left[identity] -= 1
        else:
            added.append(finding)
    return tuple(added)


def _identity(finding: Finding, text: str) -> tuple[str, str, str]:
    """What makes a finding the same one in two versions of a text."""
    if finding.code == SYNTAX_CODE:
        return finding.code, "", ""
    return finding.code, finding.message, text[finding.span.start : finding.span.end]
