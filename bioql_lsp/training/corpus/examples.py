"""Examples of the three tasks, drawn from the recipes: endless, and the same for the same seed.

python -m bioql_lsp.training.corpus --count 5 --split test
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from bioql_lsp.analysis.registry import check
from bioql_lsp.text import Document
from bioql_lsp.training.corpus.breakage import Broken, break_code
from bioql_lsp.training.corpus.files import split_imports, whole_file
from bioql_lsp.training.corpus.holes import punch
from bioql_lsp.training.corpus.open_calls import open_call
from bioql_lsp.training.corpus.recipe import Recipe, Sample
from bioql_lsp.training.corpus.recipes import ALL, popularity
from bioql_lsp.training.corpus.refusals import typed_foreign_request
from bioql_lsp.training.corpus.sampling import SPANISH_SHARE, sample
from bioql_lsp.training.corpus.split import LANGUAGES, Draw, Language, Split
from bioql_lsp.training.corpus.wording import decorate
from bioql_lsp.worker.engines.base import Instruct, Repair, Task
from bioql_lsp.worker.facts import with_facts
from bioql_lsp.worker.prompts import NOT_BIOQL

INSTRUCT_SHARE: Final = 0.74
INFILL_SHARE: Final = 0.18
REPAIR_SHARE: Final = 0.05
OPEN_CALL_SHARE: Final = 0.05
"""Of the holes to train on: in calls of which nothing says what they are for. They tell nothing
about what was learnt, since they are always filled alike."""
CONTEXT_SHARE: Final = 0.15
FRAGMENT_SHARE: Final = 0.25
PROBLEMS_MAX: Final = 4
_TRIES_MAX: Final = 8
_DATA = re.compile(r"[A-Z]{6,}|\d{2,}|[A-Za-z0-9@+\-]*[()=#\[\]][A-Za-z0-9@+()=#\[\]\-]{4,}(?=\")")
SHORT_CONTEXT: Final = "import os\n\nfrom bioql import quantum\n"


@dataclass(frozen=True, slots=True)
class Example:
    """One example. ``kind`` says what it is about: a recipe, a kind of hole, broken rules.

    ``phrasing`` is the pattern that a request was made from.
    """

    task: Task
    answer: str
    kind: str
    phrasing: str = ""


class Corpus:
    """The examples of one part of the corpus. Raises ValueError where it has no phrasing."""

    def __init__(self, split: Split, recipes: Sequence[Recipe] = ALL) -> None:
        self.split: Split = split
        self._recipes: dict[Language, tuple[list[Recipe], list[float]]] = {}
        for language in LANGUAGES:
            own = [recipe for recipe in recipes if recipe.phrasings(language, split)]
            self._recipes[language] = (own, [popularity(recipe) for recipe in own])
        if not any(own for own, _ in self._recipes.values()):
            raise ValueError(f"These recipes have no phrasings in the {split} part; choose more.")

    def draw_sample(self, rng: Random) -> Sample:
        """A request with its program."""
        while True:
            language: Language = "es" if rng.random() < SPANISH_SHARE else "en"
            recipes, weights = self._recipes[language]
            if recipes:
                return self.sample_of(rng.choices(recipes, weights)[0], rng, language)

    def sample_of(self, recipe: Recipe, rng: Random, language: Language = "en") -> Sample:
        """A request for one recipe, with its program."""
        return sample(recipe, Draw(rng, self.split, language))

    def draw(self, rng: Random) -> Example:
        """One example of any kind, in the corpus's proportions."""
        kind = rng.random()
        if kind < INSTRUCT_SHARE:
            return self.instruct(rng)
        if kind < INSTRUCT_SHARE + INFILL_SHARE:
            return self.infill(rng)
        if kind < INSTRUCT_SHARE + INFILL_SHARE + REPAIR_SHARE:
            return self.repair(rng)
        return self.refusal(rng)

    def instruct(self, rng: Random) -> Example:
        """A request, and the program that does it."""
        drawn = self.draw_sample(rng)
        context = ""
        if rng.random() < CONTEXT_SHARE:
            is_long = rng.random() < 0.6
            context = whole_file(rng, [self.draw_sample(rng)]) if is_long else SHORT_CONTEXT
        request = decorate(rng, drawn.request, drawn.language)
        task = with_facts(Instruct(request, context=context), "brief")
        return Example(task, drawn.code, f"generate:{drawn.recipe}", drawn.phrasing)

    def infill(self, rng: Random) -> Example:
        """A hole in a file."""
        if self.split == "train" and rng.random() < OPEN_CALL_SHARE:
            hole, answer = open_call(rng)
            return Example(with_facts(hole, "brief"), answer, "infill:open call")
        count = rng.choices((1, 2, 3), (7, 2.5, 0.5))[0]
        text = whole_file(rng, [self.draw_sample(rng) for _ in range(count)])
        for _ in range(_TRIES_MAX):
            hole, answer, kind = punch(rng, text)
            task = with_facts(hole, "brief")
            if can_be_known(answer, f"{hole.prefix}{hole.suffix}{task.facts}"):
                break
        return Example(task, answer, f"infill:{kind}")

    def repair(self, rng: Random) -> Example:
        """A broken program, or a part without its imports, with what the analysis says of it."""
        broken: Broken | None = None
        while broken is None:
            drawn = self.draw_sample(rng)
            head, body = split_imports(drawn.code)
            right = body if head and rng.random() < FRAGMENT_SHARE else drawn.code
            with contextlib.suppress(ValueError):  # nothing can be broken in some fragments
                broken = break_code(rng, right)
        lead = "" if right is drawn.code else "".join(head)
        problems = problems_in(broken.code, lead)
        task = Repair(broken.code, problems[:PROBLEMS_MAX])
        return Example(task, right, f"fix:{'+'.join(broken.codes)}")

    def refusal(self, rng: Random) -> Example:
        """A request that is none for BioQL."""
        text, request = typed_foreign_request(rng, self.split)
        return Example(with_facts(Instruct(request), "brief"), f"{NOT_BIOQL}\n", "refusal", text)


def can_be_known(answer: str, around: str) -> bool:
    """Whether the data and numbers of a hole stand somewhere else, to be copied from there."""
    return all(word in around for word in _DATA.findall(answer))


def problems_in(code: str, lead: str = "") -> tuple[str, ...]:
    """What the analysis finds in code that stands behind ``lead``, as a request names it."""
    document = Document(code)
    return tuple(
        f"line {document.position(max(finding.span.start - len(lead), 0)).line + 1}: "
        f"{' '.join(finding.message.split())}"
        for finding in check(lead + code)
    )


def examples(seed: int, split: Split = "train") -> Iterator[Example]:
    """An endless, repeatable stream of examples of one part of the corpus."""
    rng = Random(seed)  # noqa: S311 - repeatable on purpose
    corpus = Corpus(split)
    while True:
        yield corpus.draw(rng)
