"""Where the answer to a task goes, and whether it holds there as the engine wrote it."""

from __future__ import annotations

from bioql_lsp.analysis.verify import verify
from bioql_lsp.text import Span
from bioql_lsp.worker.engines.base import Infill, Instruct, LocalEngine, Repair, Sampling, Task
from bioql_lsp.worker.engines.single import generate

ANSWER_TOKENS_MAX = 400


def answer_of(engine: LocalEngine, task: Task) -> tuple[str, int]:
    """The greedy answer and its number of tokens."""
    pieces = list(generate(engine, task, Sampling(ANSWER_TOKENS_MAX)))
    return "".join(piece.text for piece in pieces), pieces[-1].completion_tokens


def buffer_of(task: Task) -> tuple[str, Span]:
    """The buffer that a task's answer goes into, and where."""
    if isinstance(task, Infill):
        return task.prefix + task.suffix, Span(len(task.prefix), len(task.prefix))
    if isinstance(task, Instruct):
        return task.context, Span(task.answer_at, task.answer_at)
    return task.code, Span(0, len(task.code))


def is_valid(task: Task, answer: str) -> bool:
    """Whether ``verify`` takes the answer as it is.

    A repaired part of a file may lack the file's imports, which ``verify`` then adds.
    """
    before, span = buffer_of(task)
    verdict = verify(before, span, answer)
    return verdict.is_accepted and (isinstance(task, Repair) or not verdict.repaired)
