"""One answer at a time, for whoever needs no scheduler: evaluation, benchmarks, tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bioql_lsp.worker.engines.base import LocalEngine, Piece, Prompt, Sampling, Task


def generate(
    engine: LocalEngine,
    task: Task,
    sampling: Sampling,
    prompt: Prompt | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Piece]:
    """Pieces until one has a finish; it ends early when cancelled or closed.

    Raises PromptTooLongError and NonFiniteLogitsError.
    """
    if prompt is None:
        prompt = engine.prompt(task, sampling.max_new_tokens)
    ticket = engine.add(prompt, task, sampling)
    try:
        while not is_cancelled():
            for progress in engine.step():
                if progress.error is not None:
                    raise progress.error
                if progress.piece is not None:
                    yield progress.piece
                    if progress.piece.finish is not None:
                        return
    finally:
        engine.remove(ticket)
