"""NL016, NL017: CRISPR guides, which BioQL reads in its own mode alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bioql_lsp.analysis.chemistry import (
    GUIDE_LENGTH_MAX,
    GUIDE_LENGTH_MIN,
    guide_problem,
    read_guide,
)
from bioql_lsp.analysis.findings import Fix, Severity
from bioql_lsp.analysis.program.lints_model import Lint, LintInfo, Sentence, replacing
from bioql_lsp.text import Span, apply_edits

MODE = "crispr"
_ARGUMENT = ("mode", '"crispr"')
_LENGTHS = rf"{{{GUIDE_LENGTH_MIN},{GUIDE_LENGTH_MAX}}}"
_CRISPR = re.compile(rf"crispr|\bs?grna\b|\bguide\s+(?:rna\s+)?[ACGTU]{_LENGTHS}", re.IGNORECASE)
# Ambiguity codes count as a guide that is written wrong, not as another word.
_SEQUENCE = r"(?P<guide>[ACGTUNRYSWKMBDHV]{%d,}|[acgtunryswkmbdhv]{12,})[\"'`]?(?![A-Za-z])"
_WRITTEN = re.compile(
    r"\b(?i:guides?)\b(?:[\s:=,\"'`-]|\b(?i:rna|dna|sequence|is|of)\b)*" + _SEQUENCE % 4
)
_ALONE = re.compile(
    r"(?<![A-Za-z])(?:(?i:sequence|spacer|target)\s+)?(?<![A-Za-z])" + _SEQUENCE % 12
)


def _needs_mode(read: Sentence) -> Iterator[Lint]:
    word = _CRISPR.search(read.text)
    if read.mode is not None or not read.is_mode_known or word is None:
        return
    span = Span(*re.compile(r"\w+").match(read.text, word.start()).span())  # type: ignore[union-attr]
    message = 'BioQL reads guides with mode="crispr" only; add it to the call.'
    guide = read_guide(read.text)
    fixes = () if guide else _guide_fixes(read)
    if not guide and not any(fix.is_deterministic for fix in fixes):
        message += f" It also needs 'guide' and {GUIDE_LENGTH_MIN} to {GUIDE_LENGTH_MAX} bases."
        yield NEEDS_MODE.at(span, message)
        return
    yield NEEDS_MODE.at(span, message, *fixes, argument=_ARGUMENT)


def _guide(read: Sentence) -> Iterator[Lint]:
    if read.mode != MODE:
        return
    found, written = read_guide(read.text), _written(read.text)
    if written is None:
        if found is None:
            yield GUIDE.at(read.whole, f"There is no guide: {_SHAPE}")
        return
    span = Span(*written.span("guide"))
    guide = written["guide"]
    if found and Span(*found) == span:
        return
    yield _problem(read, span, guide, is_read=found is not None)


_SHAPE = f"write 'guide' and {GUIDE_LENGTH_MIN} to {GUIDE_LENGTH_MAX} bases, as A, C, G and T."


def _problem(read: Sentence, span: Span, guide: str, *, is_read: bool) -> Lint:
    severity = Severity.WARNING if is_read else Severity.ERROR
    part = read_guide(read.text)
    used = f" BioQL takes the first {part[1] - part[0]} bases alone." if part else ""
    foreign = guide_problem(guide)
    if foreign:
        place = Span(span.start + foreign.start, span.start + foreign.end)
        message = foreign.message + used
        return GUIDE.at(place, message, *_guide_fixes(read), severity=severity)
    if len(guide) > GUIDE_LENGTH_MAX:
        message = f"The guide has {len(guide)} bases;{used or f' {GUIDE_LENGTH_MAX} at most.'}"
        place = Span(span.start + GUIDE_LENGTH_MAX, span.end)
        return GUIDE.at(place, message, *_guide_fixes(read), severity=severity)
    if len(guide) < GUIDE_LENGTH_MIN:
        message = f"The guide has {len(guide)} bases; BioQL needs at least {GUIDE_LENGTH_MIN}."
        return GUIDE.at(span, message, severity=severity)
    message = f"BioQL finds no guide here: {_SHAPE}"
    return GUIDE.at(span, message, *_guide_fixes(read), severity=severity)


def _written(text: str) -> re.Match[str] | None:
    return _WRITTEN.search(text) or _ALONE.search(text)


def _guide_fixes(read: Sentence) -> tuple[Fix, ...]:
    """Write the guide so that BioQL reads all of it, where only its form is wrong."""
    written = _written(read.text)
    if written is None:
        return ()
    problem = guide_problem(written["guide"])
    guide = written["guide"] if problem is None else problem.replacement
    if guide is None or len(guide) > GUIDE_LENGTH_MAX:
        return ()
    start = written.start()
    span = Span(start, written.end())
    fix = replacing(span, f"guide {guide}", f"Write 'guide {guide}'")
    fixed = apply_edits(read.text, fix.edits)
    found = read_guide(fixed)
    return (fix,) if found and fixed[slice(*found)] == guide else ()


NEEDS_MODE = LintInfo(
    code="NL016",
    severity=Severity.WARNING,
    title="A CRISPR sentence without the CRISPR mode",
    why='Guides are read with mode="crispr" alone; without it the sentence compiles to an empty '
    "or unrelated circuit.",
    fix='Adds the argument mode="crispr".',
    good=("Create a Bell state", "Guide me through a Bell state: create a Bell state"),
    bad=(
        "Score CRISPR guide GATACCATGATCACGAAGGT",
        "Rank guide GATACCATGATCACGAAGGT",
        "Score CRISPR guide GAUACCAUGAUCACGAAGGU",
        "Find CRISPR off-targets",
    ),
    check=_needs_mode,
)
GUIDE = LintInfo(
    code="NL017",
    severity=Severity.ERROR,
    title="The guide cannot be read",
    why=f"BioQL reads 'guide' and {GUIDE_LENGTH_MIN} to {GUIDE_LENGTH_MAX} letters A, C, G, T. It "
    "fails where it finds none, and stops without a word at another letter or at the "
    f"{GUIDE_LENGTH_MAX}th base.",
    fix="Writes T for U and removes what stands between 'guide' and the bases.",
    good=("Score CRISPR guide GATACCATGATCACGAAGGT",),
    bad=(
        "Score CRISPR guide GAUACCAUGAUCACGAAGGU",
        "Score CRISPR guide: GATACCATGATCACGAAGGT",
        "Score CRISPR guide RNA GATACCATGATCACGAAGGT",
        "Score CRISPR sequence GATACCATGATCACGAAGGT",
        "Score CRISPR guide GATACCATGATCACGNAGGT",
        "Score CRISPR guide GATACCATGATCACGAAGGTACGTACGTA",
        "Score CRISPR guide GATACC",
        "Score the off-targets",
    ),
    check=_guide,
)
LINTS = (NEEDS_MODE, GUIDE)
