"""The corpus: seeded examples of the three tasks, each with the answer that is right.

    python -m bioql_lsp.training.corpus --count 5

prints some. Every answer parses; the tests also verify it against BioQL's API.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from bioql_lsp.analysis.registry import check
from bioql_lsp.text import Document
from bioql_lsp.training.breakage import break_code
from bioql_lsp.training.holes import punch, split_imports, whole_file
from bioql_lsp.training.pairs import Pair
from bioql_lsp.training.phrases import decorate
from bioql_lsp.training.tasks_lab import LAB_TASKS
from bioql_lsp.training.tasks_molecules import MOLECULE_TASKS
from bioql_lsp.training.tasks_omics import OMICS_TASKS
from bioql_lsp.training.tasks_runs import RUN_TASKS
from bioql_lsp.training.tasks_states import STATE_TASKS
from bioql_lsp.training.tasks_targets import TARGET_TASKS
from bioql_lsp.worker.engines.base import Instruct, Repair, Task

TASKS = (
    *STATE_TASKS,
    *RUN_TASKS,
    *MOLECULE_TASKS,
    *TARGET_TASKS,
    *OMICS_TASKS,
    *LAB_TASKS,
)
_MAKERS = [maker for maker, _ in TASKS]
_WEIGHTS = [weight for _, weight in TASKS]
INSTRUCT_SHARE = 0.56
INFILL_SHARE = 0.34
CONTEXT_SHARE = 0.25
FRAGMENT_SHARE = 0.35
PROBLEMS_MAX = 4


@dataclass(frozen=True, slots=True)
class Example:
    """One training example."""

    task: Task
    answer: str


def draw_pair(rng: Random) -> Pair:
    """A request with its program."""
    maker = rng.choices(_MAKERS, _WEIGHTS)[0]
    return maker(rng)


def draw_example(rng: Random) -> Example:
    """One example of any kind, in the corpus's proportions."""
    kind = rng.random()
    pair = draw_pair(rng)
    if kind < INSTRUCT_SHARE:
        context = ""
        if rng.random() < CONTEXT_SHARE:
            other = whole_file(rng, [draw_pair(rng)])
            context = other if rng.random() < 0.75 else "import os\n\nfrom bioql import quantum\n"
        return Example(Instruct(decorate(rng, pair), context=context), pair.code)
    if kind < INSTRUCT_SHARE + INFILL_SHARE:
        count = rng.choices((1, 2, 3), (6, 3, 1))[0]
        pairs = [pair, *(draw_pair(rng) for _ in range(count - 1))]
        task, answer = punch(rng, whole_file(rng, pairs))
        return Example(task, answer)
    return _repair(rng, pair)


def _repair(rng: Random, pair: Pair) -> Example:
    """A broken program, or a part without its imports, with what the analysis says of it."""
    head, body = split_imports(pair.code)
    right = body if head and rng.random() < FRAGMENT_SHARE else pair.code
    wrong, causes = break_code(rng, right)
    document = Document(wrong)
    lead = "" if right is pair.code else "".join(head)
    findings = check(lead + wrong)
    problems = [
        f"line {_line(document, f.span.start - len(lead))}: {' '.join(f.message.split())}"
        for f in findings
    ]
    return Example(Repair(wrong, tuple(problems[:PROBLEMS_MAX]) or causes), right)


def _line(document: Document, offset: int) -> int:
    return document.position(max(offset, 0)).line + 1


def examples(seed: int) -> Iterator[Example]:
    """An endless, repeatable stream of examples."""
    rng = Random(seed)  # noqa: S311 - repeatable on purpose
    while True:
        yield draw_example(rng)


def main() -> None:
    """Print a few examples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=3)
    arguments = parser.parse_args()
    for index, example in enumerate(examples(arguments.seed)):
        if index >= arguments.count:
            break
        print(example.task, "\n----\n" + example.answer, end="\n========\n")


if __name__ == "__main__":
    main()
