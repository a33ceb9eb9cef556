"""Does a fix remove what it was asked to remove, and leave the rest of the code alone?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bioql_lsp.analysis.additions import added_findings, known_findings
from bioql_lsp.analysis.api.load import NEWEST
from bioql_lsp.analysis.findings import Finding, Severity
from bioql_lsp.analysis.registry import check
from bioql_lsp.analysis.syntax import parse


@dataclass(frozen=True, slots=True)
class Changes:
    """What a diff of lines touches: old lines, gaps between them, and the lines put in."""

    lines: frozenset[int]
    gaps: frozenset[int]
    added: frozenset[str]


def is_resolved(broken: str, right: str, answer: str) -> bool:
    """Whether what the right code does away with is gone, and nothing bad is new. Never raises.

    What is found in the right code as well, such as a note on a placeholder, may stay.
    """
    if parse(answer).is_broken and not parse(right).is_broken:
        return False
    kept = {_identity(finding, right) for finding in check(right)}
    asked = {_identity(finding, broken) for finding in check(broken)} - kept
    if any(_identity(finding, answer) in asked for finding in check(answer)):
        return False
    new = added_findings(answer, known_findings(broken, NEWEST), NEWEST)
    return all(
        finding.severity is Severity.INFORMATION or _identity(finding, answer) in kept
        for finding in new
    )


def _identity(finding: Finding, text: str) -> tuple[str, str, str]:
    return finding.code, finding.message, text[finding.span.start : finding.span.end]


def is_untouched_elsewhere(broken: str, right: str, answer: str) -> bool:
    """Whether an answer changes only lines that differ between the broken and the right code.

    Lines that both put in, such as an import, may stand at another place.
    """
    allowed, made = changes(broken, right), changes(broken, answer)
    near = allowed.gaps | {gap for line in allowed.lines for gap in (line, line + 1)}
    if not made.lines <= allowed.lines:
        return False
    return made.gaps <= near or made.added <= allowed.added | {""}


def changes(before: str, after: str) -> Changes:
    """What has to be done to one text to get the other, line by line."""
    old, new = before.rstrip().splitlines(), after.rstrip().splitlines()
    lines: set[int] = set()
    gaps: set[int] = set()
    added: set[str] = set()
    for kind, start, end, new_start, new_end in _operations(old, new):
        if kind == "insert":
            gaps.add(start)
            added |= {line.strip() for line in new[new_start:new_end]}
        elif any(line.strip() for line in (*old[start:end], *new[new_start:new_end])):
            lines |= set(range(start, end))
    return Changes(frozenset(lines), frozenset(gaps), frozenset(added))


def _operations(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return (code for code in matcher.get_opcodes() if code[0] != "equal")
