"""The facts that a task's own words call for: molecules, targets and functions that it names."""

from __future__ import annotations

import dataclasses
import re
from typing import Final

from bioql_lsp.analysis.knowledge.facts import entity_facts, facts_of
from bioql_lsp.worker.engines.base import FactsKind, Infill, Instruct, Task
from bioql_lsp.worker.intents import Intents, shipped_intents

_CALL: Final = "# bioql."
_BRACKETS = re.compile(r"\([^()]*\)")


def with_facts(task: Task, kind: FactsKind) -> Task:
    """The task with what its words call for; a repair has all it needs in its code."""
    if kind == "none":
        return task
    if isinstance(task, Instruct):
        facts = facts_of(task.instruction)
        return dataclasses.replace(task, facts=_named_only(facts) if kind == "brief" else facts)
    if isinstance(task, Infill):
        text, at = task.prefix + task.suffix, len(task.prefix)
        return dataclasses.replace(task, facts=entity_facts(text, at))
    return task


def with_all_facts(task: Task, kind: FactsKind) -> Task:
    """The task as the service gives it to an engine that wants facts of that kind."""
    told = with_facts(task, kind)
    return with_intents(told, shipped_intents()) if kind == "brief" else told


def with_intents(task: Task, intents: Intents | None) -> Task:
    """A request with the line that says what it is probably like; other tasks as they are."""
    if intents is None or not isinstance(task, Instruct):
        return task
    return dataclasses.replace(task, facts=joined(task.facts, intents.line(task.instruction)))


def _named_only(facts: str) -> str:
    """The facts, of calls their names alone: a model that was trained on them knows the rest."""
    lines = facts.split("\n")
    return "\n".join(_BRACKETS.sub("", line) if line.startswith(_CALL) else line for line in lines)


def joined(*facts: str) -> str:
    """Facts one after the other, without empty ones."""
    return "\n".join(text for text in facts if text)
