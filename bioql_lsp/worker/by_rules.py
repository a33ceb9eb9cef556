"""Answers that need no engine: free, and there at once."""

from __future__ import annotations

from typing import Final

from bioql_lsp.worker.checking import Checked
from bioql_lsp.worker.engines.base import FactsKind, Instruct
from bioql_lsp.worker.refusals import is_foreign
from bioql_lsp.worker.repair.repairing import rule_repair
from bioql_lsp.worker.work import Work

RULED_KINDS: Final = frozenset({"generate", "fix"})
"""Of other requests our rules know nothing to say: nobody needs to wait for them."""


def answer_by_rules(work: Work, facts_kind: FactsKind) -> Checked | None:
    """What our own rules say to a request, where they can say it.

    ``facts_kind`` is the engine's: one that wants brief facts knows our recipes and little else.

    A request that BioQL has nothing to do with is refused; code is repaired where our fixes leave
    nothing of what is wrong with it.
    """
    if work.kind == "generate" and isinstance(work.task, Instruct):
        request, buffer = work.task.instruction, work.before
        if is_foreign(request, buffer, knows_recipes_alone=facts_kind == "brief"):
            return Checked(False, "", reason="not_bioql")
    elif work.kind == "fix":
        repair = rule_repair(work.before, work.span, work.findings, work.version)
        if repair is not None:
            return Checked(True, repair)
    return None
