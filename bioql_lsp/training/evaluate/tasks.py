"""What a model is asked: drawn from a part of the corpus, or read from a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Final, Literal, TypeAlias

from bioql_lsp.analysis.registry import check
from bioql_lsp.training.corpus.examples import Corpus
from bioql_lsp.training.corpus.split import Split
from bioql_lsp.wire import CompleteRequest, FindingOut, FixRequest, GenerateRequest, RequestBase
from bioql_lsp.worker.engines.base import Infill, Instruct, Repair, Task
from bioql_lsp.worker.prompts import NOT_BIOQL
from bioql_lsp.worker.repair.trouble import as_reported

Group: TypeAlias = Literal["generate", "infill", "fix", "refusal"]
GROUPS: Final[tuple[Group, ...]] = ("generate", "infill", "fix", "refusal")
SHARES: Final[dict[Group, float]] = {"generate": 0.5, "infill": 0.3, "fix": 0.12, "refusal": 0.08}
PATHS: Final[dict[Group, str]] = {
    "generate": "/v1/generate",
    "infill": "/v1/complete",
    "fix": "/v1/fix",
    "refusal": "/v1/generate",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to the service, and the answer that is expected."""

    group: Group
    kind: str
    task: Task
    expected: str

    @property
    def request(self) -> RequestBase:
        """What is sent, with the service's own defaults."""
        task = self.task
        if isinstance(task, Infill):
            return CompleteRequest(prefix=task.prefix, suffix=task.suffix)
        if isinstance(task, Instruct):
            return GenerateRequest(instruction=task.instruction, context=task.context)
        return FixRequest(code=task.code, findings=findings_in(task.code))

    @property
    def words(self) -> str:
        """The request for people."""
        task = self.task
        if isinstance(task, Instruct):
            return f"{task.context}# {task.instruction}"
        return task.code if isinstance(task, Repair) else f"{task.prefix}<HOLE>{task.suffix}"


class TaskFileError(ValueError):
    """A file of tasks that cannot be read; the text says where."""


def findings_in(code: str) -> list[FindingOut]:
    """What the language server would send of a text."""
    return as_reported(check(code))


def drawn(seed: int, split: Split, count: int) -> list[Asked]:
    """So many tasks, each group with its share; the same for the same seed."""
    corpus = Corpus(split)
    numbers = _numbers(count)
    return [
        asked
        for group, number in numbers.items()
        for asked in islice(_endless(corpus, group, seed), number)
    ]


def _numbers(count: int) -> dict[Group, int]:
    """How many tasks of each group, at least one of each where there are four."""
    numbers: dict[Group, int] = {"generate": 0}
    for group in GROUPS[1:]:
        numbers[group] = max(round(count * SHARES[group]), 1)
    numbers["generate"] = max(count - sum(numbers.values()), 1)
    return numbers


def _endless(corpus: Corpus, group: Group, seed: int) -> Iterator[Asked]:
    rng = Random(f"{seed} {group}")  # noqa: S311 - repeatable on purpose
    draw = {
        "generate": corpus.instruct,
        "infill": corpus.infill,
        "fix": corpus.repair,
        "refusal": corpus.refusal,
    }[group]
    while True:
        example = draw(rng)
        task = example.task
        # A part of a file whose mistakes show only beside its imports has no findings to send.
        if not isinstance(task, Repair) or findings_in(task.code):
            yield Asked(group, example.kind.partition(":")[2], task, example.answer)


def read(path: Path) -> list[Asked]:
    """The tasks of a file: one ``{"request": ..., "code": ...}`` a line. Raises TaskFileError.

    A request without code is one to be refused.
    """
    tasks = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            request, code = str(entry["request"]), entry.get("code")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise TaskFileError(f"{path.name}, line {number}: {error!r}") from error
        group: Group = "refusal" if code is None else "generate"
        tasks.append(Asked(group, "file", Instruct(request), str(code or NOT_BIOQL)))
    return tasks
