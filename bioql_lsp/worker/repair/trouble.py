"""What a fix is asked to mend, and whether a rewriting has mended it and harmed nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from bioql_lsp.analysis.findings import Finding, Severity
from bioql_lsp.analysis.module import load_module
from bioql_lsp.analysis.python_tree import python_tree
from bioql_lsp.analysis.registry import SYNTAX_CODE, check
from bioql_lsp.analysis.syntax import parse
from bioql_lsp.analysis.verify import verify
from bioql_lsp.text import Span
from bioql_lsp.wire import FindingOut
from bioql_lsp.worker.repair.sense import unbound

Identity: TypeAlias = tuple[str, str, str]
_SILENT: Final = Severity.INFORMATION


class Trouble:
    """The findings in a range that are to go.

    They are those that were reported there: the errors and warnings among them, or else the hints
    that have one right fix; where nothing was reported, every error and warning in the range.
    ``is_known`` says that the analysis finds all of them here too, so that it can tell when they
    are gone.
    """

    def __init__(
        self, before: str, span: Span, findings: Sequence[FindingOut], version: str
    ) -> None:
        self.before, self.version = before, version
        end = min(span.end, len(before))
        self.span = Span(min(span.start, end), end)
        found = check(before, version)
        here = [f for f in found if f.span.touches(self.span)]
        reported = [f for f in findings if Span(f.start, max(f.end, f.start)).touches(self.span)]
        loud = [f for f in reported if f.severity != _SILENT.value]
        self.addressed: tuple[Finding, ...] = tuple(
            f
            for f in here
            if any(_is_same(f, each) for each in loud or reported)
            or (not reported and f.severity is not _SILENT)
        )
        if not loud and reported:
            self.addressed = tuple(f for f in self.addressed if f.deterministic_fix is not None)
        self.is_known = all(any(_is_same(f, each) for f in self.addressed) for each in loud)
        self._has_calls = _calls_in(before, self.span, version)
        is_broken = parse(before).is_broken
        self._unbound = _free_words(before, version) if is_broken else unbound_in(before)
        self._asked = {_identity(f, before) for f in self.addressed}
        self._kept = Counter(_identity(f, before) for f in found)
        self._kept.subtract(_identity(f, before) for f in self.addressed)

    @property
    def is_no_python(self) -> bool:
        """Whether the text does not parse, and that is to go."""
        return any(finding.code == SYNTAX_CODE for finding in self.addressed)

    def after(self, piece: str) -> str:
        """The whole text with a piece in the range's place."""
        return self.before[: self.span.start] + piece + self.before[self.span.end :]

    def left(self, piece: str) -> list[Finding]:
        """What is still to go with a piece in place, and the errors and warnings that it adds."""
        text = self.after(piece)
        kept = self._kept.copy()
        left = []
        for finding in check(text, self.version):
            identity = _identity(finding, text)
            if kept[identity] > 0:
                kept[identity] -= 1
            elif finding.severity is not _SILENT or identity in self._asked:
                left.append(finding)
        return left

    def is_mended_by(self, piece: str) -> bool:
        """Whether a piece resolves all of it, adds no trouble, and is accepted as it is."""
        text = self.after(piece)
        if parse(text).is_broken and (self.is_no_python or not parse(self.before).is_broken):
            return False
        place = Span(self.span.start, self.span.start + len(piece))
        if self._has_calls and not _calls_in(text, place, self.version):
            return False
        if self.left(piece) or not unbound_in(text) <= self._unbound:
            return False
        verdict = verify(self.before, self.span, piece, self.version)
        return verdict.is_accepted and verdict.code == piece

    def shortfall(self, piece: str) -> int | None:
        """How many findings a verified piece leaves to go; None where it makes nothing better.

        What is reported but not found here, such as a package that is not installed, cannot be
        judged and is let pass.
        """
        if self.addressed and self.is_mended_by(piece):
            return 0
        if _lines(piece) == _lines(self.before[self.span.start : self.span.end]):
            return None
        if not self.addressed:
            return 0
        text, left = self.after(piece), self.left(piece)
        asked = [f for f in left if _identity(f, text) in self._asked]
        is_readable_now = self.is_no_python and all(f.code != SYNTAX_CODE for f in asked)
        is_worse = len(asked) < len(left) and not is_readable_now
        return None if is_worse or len(asked) >= len(self.addressed) else max(len(left), 1)


def _lines(text: str) -> list[str]:
    """A text without what nobody sees at the ends of lines, or as empty lines around it."""
    return [line.rstrip() for line in text.rstrip().lstrip("\r\n").splitlines()]


def _calls_in(text: str, place: Span, version: str) -> bool:
    """Whether anything of BioQL's is called in a range: who takes that away mends nothing."""
    calls = load_module(text, version).calls
    return any(place.start <= c.span.start and c.span.end <= place.end for c in calls)


def unbound_in(text: str) -> frozenset[str]:
    """The names that nothing in a program binds; none for a text that does not parse."""
    try:
        return unbound(python_tree(text.removeprefix("\ufeff")))
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return frozenset()


def _free_words(text: str, version: str) -> frozenset[str]:
    """The words of a text that does not parse which nothing in it seems to bind."""
    bound = {binding.name for binding in load_module(text, version).collected.bindings}
    return frozenset(re.findall(r"\w+", text)) - bound


def _is_same(finding: Finding, reported: FindingOut) -> bool:
    """Whether a finding is the one that somebody reports, whose message may hide a key."""
    place = Span(reported.start, max(reported.end, reported.start))
    return finding.code == reported.code and finding.span.touches(place)


def _identity(finding: Finding, text: str) -> Identity:
    """What makes a finding the same one in two versions of a text."""
    if finding.code == SYNTAX_CODE:
        return finding.code, "", ""
    return finding.code, finding.message, text[finding.span.start : finding.span.end]


def as_reported(findings: Iterable[Finding]) -> list[FindingOut]:
    """Findings as a request carries them."""
    return [
        FindingOut(
            code=f.code,
            severity=f.severity.value,
            message=f.message,
            start=f.span.start,
            end=f.span.end,
        )
        for f in findings
    ]
