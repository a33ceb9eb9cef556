"""Comments that silence rules: ``# bioql: ignore[BQ019]`` and ``# bioql: ignore-file[BQ019]``.

Behind code a comment covers the findings that begin or end on its line; alone on its line, those
of the next line of code. Without codes it covers every rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bioql_lsp.analysis.findings import Finding
from bioql_lsp.text import Document

_COMMENT = re.compile(
    r"#[ \t]*bioql:[ \t]*ignore(?P<file>-file)?[ \t]*(?:\[(?P<codes>[^\]\r\n]*)\])?(?![\w-])"
)
_MARK = "bioql:"


@dataclass(frozen=True, slots=True)
class FileIgnores:
    """What the comments for a whole file silence."""

    is_everything: bool = False
    codes: frozenset[str] = frozenset()

    @property
    def is_set(self) -> bool:
        """Whether anything is silenced."""
        return self.is_everything or bool(self.codes)

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is silenced."""
        return self.is_everything or finding.code in self.codes


def file_ignores(text: str) -> FileIgnores:
    """What the comments in a text silence in its whole file."""
    if _MARK not in text:
        return FileIgnores()
    found = [_codes(match) for match in _COMMENT.finditer(text) if match["file"]]
    return FileIgnores(
        any(codes is None for codes in found), frozenset().union(*(codes or () for codes in found))
    )


def unsuppressed(document: Document, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings that no comment for their line silences."""
    if _MARK not in document.text:
        yield from findings
        return
    by_line = _line_ignores(document)
    for finding in findings:
        if finding.span.start > len(document.text):
            yield finding  # it lies in another part, whose own comments count
            continue
        ends = {
            document.position(finding.span.start).line,
            document.position(finding.span.end).line,
        }
        ignores = [by_line[line] for line in ends if line in by_line]
        if not any(codes is None or finding.code in codes for codes in ignores):
            yield finding


def _codes(match: re.Match[str]) -> frozenset[str] | None:
    if match["codes"] is None:
        return None
    return frozenset(code.strip().upper() for code in match["codes"].split(",") if code.strip())


def _line_ignores(document: Document) -> dict[int, frozenset[str] | None]:
    found: dict[int, frozenset[str] | None] = {}
    next_code_line = -1
    for match in _COMMENT.finditer(document.text):
        if match["file"]:
            continue
        line = document.position(match.start()).line
        start = document.line_span(line).start
        if not document.text[start : match.start()].strip():
            if next_code_line <= line:  # comments one below the other cover the same line
                next_code_line = _next_code_line(document, line)
            line = next_code_line if next_code_line < document.line_count else line
        codes, known = _codes(match), found.get(line, frozenset())
        found[line] = None if codes is None or known is None else codes | known
    return found


def _next_code_line(document: Document, line: int) -> int:
    for following in range(line + 1, document.line_count):
        content = document.line_text(following).strip()
        if content and not content.startswith("#"):
            return following
    return document.line_count
