"""Apply every deterministic fix, in rounds, until nothing is left that may be applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bioql_lsp.analysis.api.load import NEWEST
from bioql_lsp.analysis.changes import is_import_edit
from bioql_lsp.analysis.findings import Finding, Fix
from bioql_lsp.analysis.registry import check
from bioql_lsp.analysis.syntax import parse
from bioql_lsp.text import Edit, OverlappingEditsError, Span, apply_edits

_ROUNDS_MAX = 20


def fix_all(text: str, version: str = NEWEST) -> str:
    """The text after every deterministic fix. Code that parses still parses afterwards."""
    return fix_rounds(text, lambda changed: check(changed, version), is_broken_python)


def is_broken_python(text: str) -> bool:
    """Whether a text is no Python."""
    return parse(text).is_broken


def fix_rounds(
    text: str, find: Callable[[str], Iterable[Finding]], is_broken: Callable[[str], bool]
) -> str:
    """The text after every deterministic fix of what ``find`` finds in it, breaking nothing."""
    seen = {text}
    for _ in range(_ROUNDS_MAX):
        fixed = _round(text, [f.deterministic_fix for f in find(text)], is_broken)
        if fixed in seen:
            break
        seen.add(fixed)
        text = fixed
    return text


def fix_all_edits(text: str, version: str = NEWEST) -> tuple[Edit, ...]:
    """What ``fix_all`` changes, as one edit around it; empty where nothing changes."""
    return smallest_edit(text, fix_all(text, version))


def smallest_edit(before: str, after: str) -> tuple[Edit, ...]:
    """The one edit that turns a text into another, without what they share at both ends."""
    if before == after:
        return ()
    limit = min(len(before), len(after))
    start = _common_prefix(before, after, limit)
    room = limit - start
    tail = _common_prefix(before[::-1], after[::-1], room)
    return (Edit(Span(start, len(before) - tail), after[start : len(after) - tail]),)


def _common_prefix(left: str, right: str, limit: int) -> int:
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if left[:middle] == right[:middle] else (low, middle - 1)
    return low


def compatible(fixes: Iterable[Fix | None]) -> list[Edit]:
    """The edits of as many fixes as fit together, the first ones first.

    Fixes that need the same import share its edit.
    """
    chosen: list[Edit] = []
    for fix in fixes:
        if fix is None:
            continue
        shared = [e for e in chosen if is_import_edit(e)]
        new = [edit for edit in fix.edits if edit not in shared]
        if not any(edit.span.overlaps(other.span) for edit in new for other in chosen):
            chosen += new
    return chosen


def _round(text: str, fixes: list[Fix | None], is_broken: Callable[[str], bool]) -> str:
    edits = compatible(fixes)
    if not edits:
        return text
    fixed = apply_edits(text, edits)
    if is_broken(text) or not is_broken(fixed):
        return fixed
    for fix in fixes:
        if fix is not None and (alone := _apply_alone(text, fix, is_broken)) is not None:
            return alone
    return text


def _apply_alone(text: str, fix: Fix, is_broken: Callable[[str], bool]) -> str | None:
    try:
        fixed = apply_edits(text, fix.edits)
    except OverlappingEditsError:
        return None
    return None if fixed == text or is_broken(fixed) else fixed
