"""Is the engine's text an answer? Fit it to its place and verify it there."""

from __future__ import annotations

import ast
import textwrap
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from bioql_lsp.analysis.findings import Finding
from bioql_lsp.analysis.python_tree import readable_tree
from bioql_lsp.analysis.verify import verify
from bioql_lsp.wire import WithheldReason
from bioql_lsp.worker.engines.base import Instruct
from bioql_lsp.worker.extract import (
    as_replacement,
    as_statements,
    before_what_follows,
    says_next_line_again,
    shorter_versions,
    strip_fences,
    without_known_imports,
)
from bioql_lsp.worker.grounding import invented, left_out, shots_taken_over
from bioql_lsp.worker.refusals import is_doubtful_refusal, is_unsafe, says_nothing
from bioql_lsp.worker.repair.repairing import least_change
from bioql_lsp.worker.repair.trouble import Trouble
from bioql_lsp.worker.standins import has_standin
from bioql_lsp.worker.unbound import newly_unbound
from bioql_lsp.worker.work import Work

SHORTER_VERSIONS_MAX = 8
SECONDS_MAX = 1.0
"""After that, no shorter version is tried any more."""
_TAINTED: Final[frozenset[WithheldReason | None]] = frozenset({"invented_data", "unsafe"})
"""An answer with that is not cut until it looks innocent."""
_TAINTED_HOLE: Final[frozenset[WithheldReason | None]] = frozenset({"unsafe"})
"""A hole may be filled as far as its data are known."""
_NO_DEED: Final = (ast.Import, ast.ImportFrom, ast.Pass)


@dataclass(frozen=True, slots=True)
class Checked:
    """The code to hand out, empty when it is withheld."""

    is_accepted: bool
    code: str
    repaired: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    reason: WithheldReason | None = None
    left_out_count: int = 0
    """How much of what was asked for is not done: numbers and data left out, findings left."""


def check(
    work: Work,
    text: str,
    finish: Literal["stop", "length"],
    is_wanted: Callable[[], bool] = lambda: True,
) -> Checked:
    """Verify what the engine wrote in the buffer that it is meant for.

    An inline completion, and any answer that was cut, is also tried without its last lines, for a
    second and while somebody wants it.
    """
    whole = text if work.kind == "complete" else strip_fences(text)
    if (reason := _refusal(work, textwrap.dedent(whole))) is not None:
        return _withheld(reason)
    if has_standin(whole):
        return _withheld("invented_data")
    candidates = _of_hole(work, whole) if work.kind == "complete" else [whole]
    if work.kind == "complete" or finish == "length":
        candidates += shorter_versions(whole, SHORTER_VERSIONS_MAX)
    refused = _withheld("unverified")
    tainted = _TAINTED_HOLE if work.kind == "complete" else _TAINTED
    deadline_seconds = time.monotonic() + SECONDS_MAX
    for candidate in candidates:
        if not candidate.strip() or not is_wanted():
            break
        checked = _judged(work, candidate, is_wanted, is_cut=finish == "length")
        if checked.is_accepted or checked.reason in tainted:
            return checked
        if candidate == whole:
            refused = checked
        if time.monotonic() > deadline_seconds:
            break
    return refused


def _of_hole(work: Work, whole: str) -> list[str]:
    """What fills a hole, and the same up to where it only says again what follows.

    The whole comes first, unless it says the next line again, or only without the repetition does
    the buffer parse.
    """
    before, after = work.before[: work.span.start], work.before[work.span.end :]
    ended = before_what_follows(whole, after, SHORTER_VERSIONS_MAX)
    if not ended:
        return [whole]
    if says_next_line_again(whole, after):
        return [*ended, whole]
    if readable_tree(before + whole + after) is None:
        parsed = [each for each in ended if readable_tree(before + each + after) is not None]
        ended = [*parsed, *(each for each in ended if each not in parsed)]
        return [*ended, whole] if parsed else [whole, *ended]
    return [whole, *ended]


def _withheld(reason: WithheldReason) -> Checked:
    return Checked(False, "", reason=reason)


def _refusal(work: Work, text: str) -> WithheldReason | None:
    """Why an answer to a request may not be shown, however well it verifies."""
    if not isinstance(work.task, Instruct) or not text.strip():
        return None
    if says_nothing(text):
        return "unverified" if is_doubtful_refusal(work.task.instruction) else "not_bioql"
    if invented(text, work.task.instruction, work.before):
        return "invented_data"
    return "unsafe" if is_unsafe(text, work.before) else None


def _judged(work: Work, candidate: str, is_wanted: Callable[[], bool], *, is_cut: bool) -> Checked:
    """What is to be said of one version of an answer, by itself and in its place."""
    alone = textwrap.dedent(candidate)
    if is_cut and isinstance(work.task, Instruct):
        if _does_nothing(alone):
            return _withheld("unverified")
        if (reason := _refusal(work, alone)) is not None:
            return _withheld(reason)
    if work.kind == "fix":
        checked = _mended(work, candidate, is_wanted)
    else:
        checked = _verified(work, candidate)
    reason = _refusal_in_place(work, alone, checked.code) if checked.is_accepted else None
    return checked if reason is None else _withheld(reason)


def _refusal_in_place(work: Work, alone: str, code: str) -> WithheldReason | None:
    """The same of what verifies: an ``except``, or half a call, is Python in its place only."""
    after = work.before[: work.span.start] + code + work.before[work.span.end :]
    before, after = (text.removeprefix("\ufeff") for text in (work.before, after))
    if is_unsafe(after, before):
        return "unsafe"
    if newly_unbound(before, after):
        return "unverified"
    if work.kind == "complete":
        return "invented_data" if invented(after, "", before, code) else None
    if not isinstance(work.task, Instruct) or readable_tree(alone) is not None:
        return None
    if readable_tree(after) is None:
        return "unverified"
    return "invented_data" if invented(after, work.task.instruction, before, code) else None


def _verified(work: Work, candidate: str) -> Checked:
    if work.kind == "generate":
        candidate = without_known_imports(candidate, work.before[: work.span.start])
        candidate = as_statements(candidate, work.before, work.span.start)
    verdict = verify(work.before, work.span, candidate, work.version)
    if not verdict.is_accepted:
        return Checked(False, "", verdict.repaired, verdict.remaining, "unverified")
    task = work.task
    amiss = 0
    if isinstance(task, Instruct):
        amiss += len(left_out(verdict.code, task.instruction))
        amiss += len(shots_taken_over(verdict.code, task.instruction, work.before))
    return Checked(True, verdict.code, verdict.repaired, verdict.remaining, left_out_count=amiss)


def _mended(work: Work, candidate: str, is_wanted: Callable[[], bool]) -> Checked:
    """What is needed of a rewriting; all of it where it leaves something of what was asked."""
    whole = as_replacement(candidate, work.before, work.span)
    trouble = Trouble(work.before, work.span, work.findings, work.version)
    least = least_change(trouble, whole, is_wanted)
    verdict = verify(work.before, work.span, whole if least is None else least, work.version)
    if verdict.is_accepted:
        left = trouble.shortfall(verdict.code) if least is None else 0
        if left is not None:
            return Checked(
                True, verdict.code, verdict.repaired, verdict.remaining, left_out_count=left
            )
    return Checked(False, "", verdict.repaired, verdict.remaining, "unverified")


def _does_nothing(code: str) -> bool:
    """Whether imports, texts and comments are all that is there."""
    tree = readable_tree(code)
    return tree is not None and all(
        isinstance(node, _NO_DEED)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        for node in tree.body
    )
