"""Is the engine's text an answer? Fit it to its place and verify it there."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal

from bioql_lsp.analysis.findings import Finding
from bioql_lsp.analysis.verify import verify
from bioql_lsp.worker.extract import (
    as_replacement,
    as_statements,
    shorter_versions,
    strip_fences,
    without_known_imports,
)
from bioql_lsp.worker.work import Work

SHORTER_VERSIONS_MAX = 8
SECONDS_MAX = 1.0
"""After that, no shorter version is tried any more."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The code to hand out, empty when it is withheld."""

    is_accepted: bool
    code: str
    repaired: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def check(work: Work, text: str, finish: Literal["stop", "length"]) -> Checked:
    """Verify what the engine wrote in the buffer that it is meant for.

    An inline completion, and any answer that was cut, is also tried without its last lines.
    """
    whole = text if work.kind == "complete" else strip_fences(text)
    candidates = [whole]
    if work.kind == "complete" or finish == "length":
        candidates += shorter_versions(whole, SHORTER_VERSIONS_MAX)
    refused = Checked(False, "")
    deadline_seconds = time.monotonic() + SECONDS_MAX
    for candidate in candidates:
        if not candidate.strip():
            break
        checked = _verified(work, candidate)
        if checked.is_accepted:
            return checked
        if candidate is whole:
            refused = checked
        if time.monotonic() > deadline_seconds:
            break
    return refused


def _verified(work: Work, candidate: str) -> Checked:
    if work.kind == "generate":
        candidate = without_known_imports(candidate, work.before[: work.span.start])
        candidate = as_statements(candidate, work.before, work.span.start)
    elif work.kind == "fix":
        candidate = as_replacement(candidate, work.before, work.span)
    verdict = verify(work.before, work.span, candidate, work.version)
    code = verdict.code if verdict.is_accepted else ""
    return Checked(verdict.is_accepted, code, verdict.repaired, verdict.remaining)
