"""What the analysis says about a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bioql_lsp.text import Edit, Span


class Severity(StrEnum):
    """How bad a finding is: an error will fail, a warning does not do what was meant."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that resolves a finding.

    A deterministic fix has one right outcome and is applied by ``bioql-lsp fix`` and by
    ``source.fixAll``; a suggestion (``is_deterministic`` false) needs a person's choice.
    """

    title: str
    edits: tuple[Edit, ...]
    is_deterministic: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One diagnosis: ``code`` is the rule's id (``BQ008``), ``fixes`` the best one first."""

    code: str
    severity: Severity
    message: str
    span: Span
    fixes: tuple[Fix, ...] = ()

    @property
    def deterministic_fix(self) -> Fix | None:
        """The fix that may be applied without asking, if there is one."""
        return next((fix for fix in self.fixes if fix.is_deterministic), None)
