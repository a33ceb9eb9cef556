"""Is a candidate answer acceptable in its buffer? What our own fixes can repair is repaired first.

Accepted is what adds no parse error, no BioQL name or call that does not bind, and no finding of
severity error. Used by the editor's side and by the worker alike.
"""

from __future__ import annotations

from dataclasses import dataclass

from bioql_lsp.analysis.additions import added_findings, known_findings
from bioql_lsp.analysis.api.load import NEWEST
from bioql_lsp.analysis.brackets import openness
from bioql_lsp.analysis.changes import is_import_edit
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.fixall import compatible
from bioql_lsp.analysis.module import load_module
from bioql_lsp.analysis.syntax import parse
from bioql_lsp.analysis.unbound import unbound_names
from bioql_lsp.analysis.unfinished import goes_on_well
from bioql_lsp.text import Edit, Span, apply_edits

_ROUNDS_MAX = 8
# A name that a star import does not give is only a warning while somebody writes, but unbound.
_UNBOUND = frozenset({"BQ058"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a candidate may be shown, and as what.

    ``code`` is the candidate after repairs, ``repaired`` the codes of what was repaired, in order,
    and ``remaining`` the findings that it adds to the buffer, with spans in the resulting text.
    """

    is_accepted: bool
    code: str
    repaired: tuple[str, ...]
    remaining: tuple[Finding, ...]


def verify(before: str, span: Span, candidate: str, version: str = NEWEST) -> Verdict:
    """Judge ``candidate`` put over ``span`` of ``before``. Never raises."""
    end = min(span.end, len(before))
    span = Span(min(span.start, end), end)
    known = known_findings(before, version)
    original = candidate
    candidate, missing = _import_unbound(before, span, candidate, version)
    repaired = ["BQ064"] if candidate != original else []
    for _ in range(_ROUNDS_MAX):
        text = before[: span.start] + candidate + before[span.end :]
        added = added_findings(text, known, version)
        fixed, codes = _repair(before, text, Span(span.start, span.start + len(candidate)), added)
        if fixed == candidate:
            break
        candidate, repaired = fixed, repaired + codes
    text = before[: span.start] + candidate + before[span.end :]
    added = (*added_findings(text, known, version), *missing)
    is_wrong = any(f.severity is Severity.ERROR or f.code in _UNBOUND for f in added)
    is_accepted = not is_wrong and _parses_as_well(before, span, candidate, text, version)
    return Verdict(is_accepted, candidate, tuple(repaired), added)


def _repair(
    before: str, text: str, place: Span, added: tuple[Finding, ...]
) -> tuple[str, list[str]]:
    """The candidate after one round of those fixes that stay inside it."""
    candidate = text[place.start : place.end]
    edits: list[Edit] = []
    codes: list[str] = []
    for finding in added:
        fix = finding.deterministic_fix
        moved = _moved_inside(before, text, place, fix) if fix is not None else None
        together = compatible([Fix("", tuple(edits)), moved]) if moved is not None else edits
        if len(together) > len(edits):
            edits, codes = together, [*codes, finding.code]
    shift = place.start
    local = [Edit(Span(e.span.start - shift, e.span.end - shift), e.new_text) for e in edits]
    return apply_edits(candidate, local), codes


def _moved_inside(before: str, text: str, place: Span, fix: Fix) -> Fix | None:
    """The fix with its import moved to the candidate's start; None where it reaches outside."""
    edits = []
    for edit in fix.edits:
        moved = edit
        is_inside = place.start <= edit.span.start and edit.span.end <= place.end
        if not is_inside and is_import_edit(edit) and _is_column_0(before, place.start):
            moved = Edit(Span(place.start, place.start), edit.new_text.lstrip("\r\n"))
            is_inside = text[place.start : place.end].strip() != ""
        if not is_inside:
            return None
        edits.append(moved)
    return Fix(fix.title, tuple(edits))


def _import_unbound(
    before: str, span: Span, candidate: str, version: str
) -> tuple[str, tuple[Finding, ...]]:
    """The candidate with the imports that it forgot, and what is still missing."""
    after = load_module(before[: span.start] + candidate + before[span.end :], version)
    if after.uses_bioql and not after.imported:
        return candidate, ()
    known = {unbound.name for unbound in unbound_names(load_module(before, version))}
    end = span.start + len(candidate)
    found = [u for u in unbound_names(after) if span.start <= u.span.start < end]
    needed = dict.fromkeys(u.statement for u in found if u.name not in known)
    if not needed:
        return candidate, ()
    if _is_column_0(before, span.start) and candidate.strip() and candidate[0] not in " \t":
        newline = after.document.newline
        return "".join(f"{line}{newline}" for line in sorted(needed, reverse=True)) + candidate, ()
    findings = (
        Finding("BQ064", Severity.ERROR, f"{u.name} is not imported.", u.span)
        for u in found
        if u.name not in known and u.name != "os" and not after.uses_bioql
    )
    return candidate, tuple(findings)


def _is_column_0(text: str, offset: int) -> bool:
    is_line_start = offset == 0 or text[offset - 1] in "\r\n"
    return is_line_start and not openness(text, 0, offset).brackets


def _parses_as_well(before: str, span: Span, candidate: str, after: str, version: str) -> bool:
    """Whether a text is no more broken with the candidate than it was without."""
    if not parse(after).is_broken:
        return True
    if not parse(before).is_broken:
        return False
    if len(parse(after).error_nodes) > len(parse(before).error_nodes):
        return False
    return goes_on_well(after[: span.start], candidate, version)
