"""Examples with the facts that the same request would have when the model is served."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from random import Random

from bioql_lsp.analysis.facts import facts_for
from bioql_lsp.training.corpus.examples import Corpus, Example, examples
from bioql_lsp.training.corpus.recipes import ALL
from bioql_lsp.training.corpus.split import Split
from bioql_lsp.training.corpus.wording import decorate
from bioql_lsp.training.evaluate.buffers import buffer_of
from bioql_lsp.worker.engines.base import Infill, Instruct
from bioql_lsp.worker.facts import joined, with_all_facts
from bioql_lsp.worker.prompts import PromptBuilder


def as_served(source: Iterator[Example], builder: PromptBuilder) -> Iterator[Example]:
    """The examples that the model can be asked at all, with the facts that its style calls for."""
    for example in source:
        if isinstance(example.task, Infill) and not builder.can_infill:
            continue
        task = with_all_facts(example.task, builder.facts_kind)
        if builder.facts_kind == "full":
            buffer, span = buffer_of(task)
            signatures = facts_for(buffer, span.start)
            task = dataclasses.replace(task, facts=joined(task.facts, signatures))
        yield dataclasses.replace(example, task=task)


def corpus(seed: int, split: Split, recipes: tuple[str, ...] = ()) -> Iterator[Example]:
    """The corpus, or the instructions of those recipes whose names begin so. Raises ValueError."""
    if not recipes:
        return examples(seed, split)
    chosen = [recipe for recipe in ALL if recipe.name.startswith(recipes)]
    if not chosen:
        raise ValueError(f"No recipe's name begins with {' or '.join(recipes)}.")
    return _instructions(Random(seed), Corpus(split, chosen))  # noqa: S311 - repeatable on purpose


def _instructions(rng: Random, corpus: Corpus) -> Iterator[Example]:
    while True:
        drawn = corpus.draw_sample(rng)
        task = Instruct(decorate(rng, drawn.request, drawn.language))
        yield Example(task, drawn.code, f"generate:{drawn.recipe}")
