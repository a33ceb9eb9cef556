"""What may be put into a text that is not Python yet, because somebody is still writing it."""

from __future__ import annotations

from bioql_lsp.analysis.additions import added_findings, known_findings
from bioql_lsp.analysis.brackets import openness
from bioql_lsp.analysis.findings import Severity
from bioql_lsp.analysis.registry import rules
from bioql_lsp.analysis.syntax import parse

_BRACKETS_MAX = 4


def goes_on_well(start: str, candidate: str, version: str) -> bool:
    """Whether ``candidate`` continues ``start`` as Python does, adding no error of its own.

    What is only missing yet is no error: whoever writes will go on writing.
    """
    if not is_unfinished_python(start + candidate) and not _continues_statement(start, candidate):
        return False
    absences = {rule.code for rule in rules() if rule.is_absence}
    known = known_findings(_closed(start), version)
    return not any(
        finding.severity is Severity.ERROR and finding.code not in absences
        for finding in added_findings(_closed(start + candidate), known, version)
    )


def is_unfinished_python(text: str) -> bool:
    """Whether closing what is open, or giving the last line its block, makes it parse."""
    closed = _closed(text)
    if not parse(closed).is_broken:
        return True
    line = closed.rstrip().rpartition("\n")[2]
    if not line.rstrip().endswith(":"):
        return False
    indent = line[: len(line) - len(line.lstrip())]
    return not parse(f"{closed.rstrip()}\n{indent}    pass\n").is_broken


def _closed(text: str) -> str:
    return text + openness(text, 0, len(text)).closers


def _continues_statement(start: str, candidate: str) -> bool:
    """Whether the last statement goes on well in a text that is broken before its last line."""
    line_start = start.rfind("\n") + 1
    if is_unfinished_python(start[:line_start]):
        return False
    brackets = openness(start, 0, len(start)).brackets[-_BRACKETS_MAX:]
    starts = {line_start, *(start.rfind("\n", 0, each.offset) + 1 for each in brackets)}
    return any(is_unfinished_python(_in_block(start[at:] + candidate)) for at in starts)


def _in_block(piece: str) -> str:
    return "if True:\n" + piece if piece[:1] in (" ", "\t") else piece
