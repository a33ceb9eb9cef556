"""Repairs without a model, and what is needed of a model's repair.

Pure functions of texts and findings: what ``POST /v1/fix`` can answer from our own rules, and how
a rewriting is cut down to what the findings ask for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bioql_lsp.analysis.api.load import NEWEST
from bioql_lsp.analysis.findings import Finding, Fix
from bioql_lsp.analysis.fixall import compatible
from bioql_lsp.analysis.module import load_module
from bioql_lsp.text import Edit, OverlappingEditsError, Span, apply_edits
from bioql_lsp.wire import FindingOut
from bioql_lsp.worker.repair.changes import Budget, smallest_changes
from bioql_lsp.worker.repair.moves import inside
from bioql_lsp.worker.repair.rules import own_fixes
from bioql_lsp.worker.repair.syntax import ranked_repairs
from bioql_lsp.worker.repair.trouble import Trouble, unbound_in

_ROUNDS_MAX: Final = 8
_CANDIDATES_MAX: Final = 8
_CODE_CHARS_MAX: Final = 50_000
_CHECKED_CHARS_MAX: Final = 500_000
"""Of all texts that are checked for one repair: one of 50 KB takes 0.15 s."""
_PENALTY_MAX: Final = 1.9
"""What more speaks against is no likely repair: a name that nothing binds, a string called."""
# Several suggestions, of which the first is what this house does; of others none is taken.
_FIRST_IS_USUAL: Final = frozenset({"BQ007", "BQ010", "BQ013", "BQ021"})


def rule_repair(
    code: str, span: Span, findings: Sequence[FindingOut], version: str = NEWEST
) -> str | None:
    """What stands in ``span`` after our own repairs; None where they do not resolve the findings.

    The repairs are deterministic fixes, suggestions without an alternative, and for what is no
    Python the one likeliest mark. Every finding that was asked about is gone then, the text
    parses, and no error or warning has come. Nothing is repaired in a huge text, or where it takes
    too many tries: that would keep others waiting.
    """
    if len(code) > _CODE_CHARS_MAX:
        return None
    trouble = Trouble(code, span, findings, version)
    if not trouble.addressed or not trouble.is_known:
        return None
    piece = code[trouble.span.start : trouble.span.end]
    budget = Budget(_CHECKED_CHARS_MAX // max(len(code), 1))
    is_no_python = trouble.is_no_python
    mended = _likeliest(trouble, budget) if is_no_python else _mended(trouble, piece, budget)
    return mended if mended is not None and mended.strip() and mended != piece else None


def least_change(trouble: Trouble, answer: str, is_wanted: Callable[[], bool]) -> str | None:
    """A rewriting with as few of its changes as resolve the findings.

    None where it does not resolve them, or where nothing is to resolve.
    """
    if not trouble.addressed or not trouble.is_mended_by(answer):
        return None
    old = trouble.before[trouble.span.start : trouble.span.end]

    def is_good(piece: str) -> bool:
        return is_wanted() and trouble.is_mended_by(piece)

    return smallest_changes(old, answer, is_good, len(trouble.before))


def _likeliest(trouble: Trouble, budget: Budget) -> str | None:
    """The likeliest repair of what does not parse; None where two are, or may be, as likely."""
    best: tuple[float, str] | None = None
    for candidate in ranked_repairs(trouble.before, trouble.span)[:_CANDIDATES_MAX]:
        if candidate.penalty > (_PENALTY_MAX if best is None else best[0]):
            break
        mended = _mended(trouble, candidate.text, budget)
        if budget.is_overdrawn:
            return None
        if mended is None or (best is not None and mended == best[1]):
            continue
        if best is not None:
            return None
        best = candidate.penalty, mended
    return best[1] if best is not None else None


def _mended(trouble: Trouble, piece: str, budget: Budget) -> str | None:
    """A piece after our own fixes, in rounds; None where they do not resolve all."""
    bound = unbound_in(trouble.after(piece))
    for _ in range(_ROUNDS_MAX):
        left = trouble.left(piece) if budget.take() else []
        edits = _edits(trouble, piece, left) if left else []
        if not edits:
            break
        shift = trouble.span.start
        local = [Edit(Span(e.span.start - shift, e.span.end - shift), e.new_text) for e in edits]
        try:
            piece = apply_edits(piece, local)
        except OverlappingEditsError:
            return None
    is_bound = unbound_in(trouble.after(piece)) <= bound
    return piece if is_bound and budget.take(2) and trouble.is_mended_by(piece) else None


def _edits(trouble: Trouble, piece: str, left: Sequence[Finding]) -> list[Edit]:
    """The edits of as many fixes as fit together, all of them in the range."""
    module = load_module(trouble.after(piece), trouble.version)
    start = trouble.span.start
    place = Span(start, start + len(piece))
    chosen: list[Edit] = []
    for finding in left:
        fixes = (*own_fixes(module, finding), _choice(finding))
        moved = (inside(module, place, finding, fix) for fix in fixes if fix is not None)
        fix = next((each for each in moved if each is not None), None)
        if fix is not None:
            chosen = _together(chosen, fix)
    return chosen


def _together(chosen: list[Edit], fix: Fix) -> list[Edit]:
    return compatible([Fix("", tuple(chosen)), fix])


def _choice(finding: Finding) -> Fix | None:
    """The fix of a finding that needs nobody's choice."""
    if finding.deterministic_fix is not None:
        return finding.deterministic_fix
    has_one = len(finding.fixes) == 1
    is_usual = finding.code in _FIRST_IS_USUAL and bool(finding.fixes)
    return finding.fixes[0] if has_one or is_usual else None
