"""From a reply to a judgment: what of it holds, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bioql_lsp.training.evaluate.asking import Reply
from bioql_lsp.training.evaluate.buffers import is_valid
from bioql_lsp.training.evaluate.holes import (
    is_equivalent_fill,
    is_exact_fill,
    is_single_line,
)
from bioql_lsp.training.evaluate.measures import Fault, faults
from bioql_lsp.training.evaluate.molecules import spelt_as
from bioql_lsp.training.evaluate.repairs import is_resolved, is_untouched_elsewhere
from bioql_lsp.worker.engines.base import Infill, Instruct, Repair

NOT_BIOQL = "not_bioql"


@dataclass(frozen=True, slots=True)
class Judged:
    """One reply with what holds of it: by measure, whether it does; ``faults`` by name."""

    reply: Reply
    holds: Mapping[str, bool]
    faults: frozenset[str] = field(default=frozenset())

    @property
    def is_good(self) -> bool:
        """Whether there is nothing to look at."""
        last = {"generate": "right", "infill": "equivalent", "fix": "right", "refusal": "refused"}
        return self.holds[last[self.reply.asked.group]]


def judge(reply: Reply) -> Judged:
    """Judge a reply by its task."""
    task = reply.asked.task
    if reply.asked.group == "refusal":
        return _refusal(reply)
    if isinstance(task, Instruct):
        return _generated(reply, task)
    if isinstance(task, Infill):
        return _filled(reply, task)
    return _fixed(reply, task)


def _generated(reply: Reply, task: Instruct) -> Judged:
    expected, code = reply.asked.expected, reply.code
    found = faults(expected, spelt_as(expected, code), task.context, task.instruction)
    is_shown = bool(code.strip())
    holds = {
        "shown": is_shown,
        "valid": is_shown and is_valid(task, code),
        "right": not found,
        "right but for what it shows": found <= {Fault.READ},
        "exact": code.strip() == expected.strip(),
        "wrongly refused": reply.withheld_reason == NOT_BIOQL,
    }
    return Judged(reply, holds, frozenset(fault.value for fault in found))


def _filled(reply: Reply, task: Infill) -> Judged:
    expected, code = reply.asked.expected, reply.code
    is_shown = bool(code.strip())
    holds = {
        "shown": is_shown,
        "valid": is_shown and is_valid(task, code),
        "exact": is_exact_fill(expected, code),
        "equivalent": is_equivalent_fill(task, expected, code),
        "single line": is_single_line(expected),
    }
    return Judged(reply, holds, frozenset() if is_shown else frozenset({Fault.NOTHING.value}))


def _fixed(reply: Reply, task: Repair) -> Judged:
    expected, code = reply.asked.expected, reply.code
    is_shown = bool(code.strip())
    resolved = is_shown and is_resolved(task.code, expected, code)
    untouched = is_shown and is_untouched_elsewhere(task.code, expected, code)
    kept = is_shown and not faults(expected, code) & {Fault.FUNCTION, Fault.READ}
    holds = {
        "shown": is_shown,
        "valid": is_shown and is_valid(task, code),
        "resolved": resolved,
        "untouched": untouched,
        "kept": kept,
        "right": resolved and untouched and kept,
        "exact": code.strip() == expected.strip(),
    }
    named = {"not resolved": resolved, "touched elsewhere": untouched, "something lost": kept}
    wrong = {name for name, is_well in named.items() if not is_well}
    return Judged(reply, holds, frozenset(wrong if is_shown else {Fault.NOTHING.value}))


def _refusal(reply: Reply) -> Judged:
    is_empty = not reply.code.strip()
    is_refused = is_empty and reply.withheld_reason == NOT_BIOQL
    is_free = reply.answer is None or Decimal(reply.answer.cost.user_cost_usd) == 0
    holds = {"refused": is_refused, "nothing shown": is_empty, "free": is_free}
    wrong = "answered" if not is_empty else f"withheld as {reply.withheld_reason}"
    return Judged(reply, holds, frozenset() if is_refused else frozenset({wrong}))
