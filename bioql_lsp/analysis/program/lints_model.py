"""What a lint of a sentence is, and what its checks get to see."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from bioql_lsp.analysis.findings import Fix, Severity
from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.program.meant import Meant, read_meant
from bioql_lsp.analysis.program.model import Compiled, GateStatement
from bioql_lsp.analysis.program.molecules import Molecules, read_molecules
from bioql_lsp.text import Edit, Span


@dataclass(frozen=True, slots=True)
class Lint:
    """One remark on a sentence; offsets and edits count code points in it.

    ``argument`` is a name and a Python literal: an argument of the call that belongs to the first
    fix, or is the fix where there is no other.
    """

    code: str
    severity: Severity
    message: str
    start: int
    end: int
    fixes: tuple[Fix, ...] = ()
    argument: tuple[str, str] | None = None

    @property
    def deterministic_fix(self) -> Fix | None:
        """The fix that may be applied without asking, if there is one."""
        return next((fix for fix in self.fixes if fix.is_deterministic), None)


@dataclass(frozen=True)
class Sentence:
    """A sentence with what is known of the call that it stands in."""

    text: str
    mode: str | None = None
    is_mode_known: bool = True
    backend: str | None = None
    is_local: bool = False

    @cached_property
    def compiled(self) -> Compiled:
        """What BioQL makes of it."""
        return compile_sentence(self.text)

    @cached_property
    def meant(self) -> Meant:
        """The gates that a reader would find in it."""
        return read_meant(self.text)

    @cached_property
    def molecules(self) -> Molecules:
        """The SMILES and PDB ids that it names and those that BioQL extracts."""
        return read_molecules(self.text)

    @property
    def whole(self) -> Span:
        """The sentence without the white space around it."""
        start = len(self.text) - len(self.text.lstrip())
        return Span(start, max(start, len(self.text.rstrip())))

    @cached_property
    def _made(self) -> tuple[list[int], list[GateStatement], int]:
        """The statements that BioQL reads by place, their starts, and the longest one's length."""
        made = sorted(self.compiled.statements, key=lambda each: each.span.start)
        longest = max((each.span.length for each in made), default=0)
        return [each.span.start for each in made], made, longest

    def made_in(self, span: Span) -> tuple[GateStatement, ...]:
        """The statements that BioQL reads in a place."""
        starts, made, longest = self._made
        near = made[bisect_left(starts, span.start - longest) : bisect_left(starts, span.end)]
        return tuple(each for each in near if each.span.overlaps(span))

    def slice(self, span: Span) -> str:
        """The text under a span."""
        return self.text[span.start : span.end]


Check = Callable[[Sentence], Iterator[Lint]]


@dataclass(frozen=True, slots=True)
class LintInfo:
    """A lint's documentation and its check. ``bad`` sentences get it, ``good`` ones do not."""

    code: str
    severity: Severity
    title: str
    why: str
    fix: str
    good: tuple[str, ...]
    bad: tuple[str, ...]
    check: Check

    def at(
        self,
        span: Span,
        message: str,
        *fixes: Fix,
        severity: Severity | None = None,
        argument: tuple[str, str] | None = None,
    ) -> Lint:
        """This lint at a place."""
        level = severity or self.severity
        return Lint(self.code, level, message, span.start, span.end, fixes, argument)


def replacing(span: Span, new_text: str, title: str, *, is_sure: bool = True) -> Fix:
    """A fix that replaces the text under a span."""
    return Fix(title, (Edit(span, new_text),), is_sure)
