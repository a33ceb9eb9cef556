"""The lints of an English sentence: which there are, and what they say about one."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from bioql_lsp.analysis.findings import Fix, Severity
from bioql_lsp.analysis.program import (
    lints_angles,
    lints_counts,
    lints_crispr,
    lints_docking,
    lints_dropped,
    lints_gates,
    lints_meaning,
    lints_molecules,
)
from bioql_lsp.analysis.program.lints_crispr import MODE
from bioql_lsp.analysis.program.lints_meaning import is_code
from bioql_lsp.analysis.program.lints_model import Lint, LintInfo, Sentence
from bioql_lsp.text import Span, apply_edits

__all__ = ["LINTS", "Lint", "LintInfo", "lints"]

_MODULES = (
    lints_meaning,
    lints_counts,
    lints_dropped,
    lints_angles,
    lints_gates,
    lints_docking,
    lints_molecules,
    lints_crispr,
)
LINTS: tuple[LintInfo, ...] = tuple(
    sorted((info for module in _MODULES for info in module.LINTS), key=lambda info: info.code)
)
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFORMATION: 2}
_TEXT_CHARS_MAX = 20_000
# Checking a fix lints the fixed sentence; the fixes beyond these are offered, not applied unasked.
_FIXES_CHECKED_MAX = 32
_CHARS_CHECKED_MAX = 20_000
# Where the first is found in a sentence, the others say the same of it in a less useful way.
_HIDES = {
    "NL016": frozenset(info.code for info in LINTS) - {"NL016"},
    "NL004": frozenset({"NL001", "NL002", "NL005", "NL006", "NL010"}),
    "NL005": frozenset({"NL010"}),
    "NL014": frozenset({"NL002", "NL011"}),
}
# The same, but only where the two overlap.
_HIDES_IN_PLACE = {
    "NL001": frozenset({"NL002", "NL011"}),
    "NL003": frozenset({"NL002", "NL019"}),
    "NL006": frozenset({"NL001", "NL002", "NL003"}),
    "NL007": frozenset({"NL001"}),
    "NL008": frozenset({"NL006", "NL007", "NL009"}),
    "NL012": frozenset({"NL003"}),
}
_log = logging.getLogger(__name__)


def lints(
    text: str,
    *,
    mode: str | None = None,
    is_mode_known: bool = True,
    backend: str | None = None,
    is_local: bool = False,
) -> tuple[Lint, ...]:
    """What is wrong with a sentence, in order of place; nothing for a blank one. Never raises.

    ``mode`` and ``backend`` are the call's arguments where they are known, ``is_local`` tells
    that the circuit is built or simulated on this machine.
    """
    return _checked(text, mode, is_mode_known, backend, is_local)


# Each rule goes through all of a file's sentences, so they must fit. A sentence as it was read is
# no part of the key: it may hold a large circuit.
@lru_cache(maxsize=1024)
def _checked(
    text: str, mode: str | None, is_mode_known: bool, backend: str | None, is_local: bool
) -> tuple[Lint, ...]:
    read = Sentence(text, mode, is_mode_known, backend, is_local)

    def find(changed: str) -> tuple[Lint, ...]:
        return _find(replace(read, text=changed))

    found = _find(read)
    checked_max = min(_FIXES_CHECKED_MAX, _CHARS_CHECKED_MAX // max(len(text), 1))
    return tuple(
        _with_safe_fixes(lint, text, found, find)
        if number < checked_max
        else replace(lint, fixes=tuple(replace(f, is_deterministic=False) for f in lint.fixes))
        for number, lint in enumerate(found)
    )


def _find(read: Sentence) -> tuple[Lint, ...]:
    if not read.text.strip() or len(read.text) > _TEXT_CHARS_MAX:
        return ()
    infos = LINTS
    if read.mode == MODE:
        infos = lints_crispr.LINTS
    elif is_code(read.text):
        infos = (lints_meaning.NOTHING,)
    found = [lint for info in infos for lint in _run(info, read)]
    return tuple(sorted(_without_repetition(found), key=lambda each: (each.start, each.code)))


def _run(info: LintInfo, read: Sentence) -> list[Lint]:
    """One check's lints; one that fails is logged (without the text), the others still speak."""
    try:
        return list(info.check(read))
    except Exception as error:
        _log.error("lint %s failed: %s", info.code, type(error).__name__)
        return []


def _without_repetition(found: list[Lint]) -> list[Lint]:
    codes = {lint.code for lint in found}
    hidden = {code for present in codes for code in _HIDES.get(present, frozenset())}
    kept = [lint for lint in found if lint.code not in hidden]
    return [
        _as_bad_as(lint, kept)
        for lint in kept
        if not any(_hides_in_place(other, lint) for other in kept)
    ]


def _hides_in_place(other: Lint, lint: Lint) -> bool:
    hidden = _HIDES_IN_PLACE.get(other.code, frozenset())
    return lint.code in hidden and _span(other).overlaps(_span(lint))


def _as_bad_as(lint: Lint, found: list[Lint]) -> Lint:
    """A lint that hides an error is one."""
    hidden = (other for other in found if _hides_in_place(lint, other))
    worst = min([lint, *hidden], key=lambda each: _RANK[each.severity])
    return replace(lint, severity=worst.severity)


def _span(lint: Lint) -> Span:
    return Span(lint.start, lint.end)


def _with_safe_fixes(
    lint: Lint, text: str, found: tuple[Lint, ...], find: Callable[[str], tuple[Lint, ...]]
) -> Lint:
    """The lint with its fixes; one that does not simply resolve it is a suggestion."""
    fixes = tuple(
        fix
        if not fix.is_deterministic or _resolves(fix, lint, text, found, find)
        else replace(fix, is_deterministic=False)
        for fix in lint.fixes
    )
    return replace(lint, fixes=fixes)


def _resolves(
    fix: Fix,
    lint: Lint,
    text: str,
    found: tuple[Lint, ...],
    find: Callable[[str], tuple[Lint, ...]],
) -> bool:
    """Whether a fix takes its lint away and brings none that is as bad or worse."""
    before = Counter((each.code, each.severity) for each in found)
    after = Counter((each.code, each.severity) for each in find(apply_edits(text, fix.edits)))
    is_gone = sum(n for (code, _), n in after.items() if code == lint.code) < sum(
        n for (code, _), n in before.items() if code == lint.code
    )
    is_argument_needed = lint.code == "NL016"
    rank = _RANK[lint.severity]
    added = [severity for (_, severity), n in (after - before).items() if n]
    return (is_gone or is_argument_needed) and all(_RANK[severity] > rank for severity in added)
