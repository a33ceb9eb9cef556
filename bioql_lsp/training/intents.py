"""Train what tells the embedded model which recipes a request is probably like.

    python -m bioql_lsp.training.intents --out .cache/train/mini

The model must learn how far to trust it on words that neither has seen. So its own training gets
the guesses of three that were trained without a third of the phrasings each, about that third.
"""

from __future__ import annotations

import argparse
import hashlib
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Final

import numpy as np
import torch
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from bioql_lsp.training.corpus.examples import Example
from bioql_lsp.training.corpus.recipe import Recipe
from bioql_lsp.training.corpus.recipes import ALL
from bioql_lsp.training.corpus.refusals import typed_foreign_request
from bioql_lsp.training.corpus.sampling import sample
from bioql_lsp.training.corpus.split import LANGUAGES, Draw, Language, Split
from bioql_lsp.training.corpus.wording import decorate
from bioql_lsp.worker.engines.base import Instruct, Task
from bioql_lsp.worker.facts import with_facts, with_intents
from bioql_lsp.worker.intents import (
    BUCKETS,
    FILE,
    NONE,
    Intents,
    View,
    ViewName,
    places_of,
    read_intents,
    write_intents,
)
from bioql_lsp.worker.said import as_meant

FOLDS: Final = 3
SAMPLES: Final = 240_000
CHECKED_EVERY: Final = 30
"""For so many requests to train on there is one to measure with."""
EPOCHS: Final = 4
BATCH: Final = 512
WIDTH: Final = 96
LEARNING_RATE: Final = 1e-2
DROPPED_SHARE: Final = 0.2
"""So much of a request is left out at a time, so that no single word decides."""
FOREIGN_SHARE: Final = 0.1
"""So much of what is trained on is none for BioQL."""
NAMES: Final = (*(recipe.name for recipe in ALL), NONE)


@dataclass(frozen=True, slots=True)
class Seen:
    """A request: its buckets in each view, the number of its recipe, the fold of its phrasing."""

    places: Mapping[ViewName, torch.Tensor]
    label: int
    fold: int


def fold_of(phrasing: str) -> int:
    """Which third of the phrasings one belongs to."""
    return hashlib.sha256(f"fold: {phrasing}".encode()).digest()[0] % FOLDS


def requests(split: Split, count: int, seed: int) -> list[Seen]:
    """Requests of a part of the corpus: every phrasing as often as any other."""
    rng = Random(seed)  # noqa: S311 - repeatable on purpose
    labels = {name: number for number, name in enumerate(NAMES)}
    foreign = [_foreign(labels[NONE], rng, split) for _ in range(round(count * FOREIGN_SHARE))]
    phrasings = [
        (recipe, language, phrasing)
        for recipe in ALL
        for language in LANGUAGES
        for phrasing in recipe.phrasings(language, split)
    ]
    times, more = divmod(count - len(foreign), len(phrasings))
    drawn = [*phrasings * times, *rng.sample(phrasings, more)]
    return [*(_seen(each, labels[each[0].name], rng, split) for each in drawn), *foreign]


def _foreign(label: int, rng: Random, split: Split) -> Seen:
    text, request = typed_foreign_request(rng, split)
    return Seen(_places(request), label, fold_of(text))


def _seen(chosen: tuple[Recipe, Language, str], label: int, rng: Random, split: Split) -> Seen:
    recipe, language, phrasing = chosen
    drawn = sample(recipe, Draw(rng, split, language), phrasing)
    return Seen(_places(decorate(rng, drawn.request, language)), label, fold_of(phrasing))


def _places(request: str) -> dict[ViewName, torch.Tensor]:
    return {name: torch.from_numpy(each) for name, each in places_of(as_meant(request)).items()}


class Reader(torch.nn.Module):
    """The buckets of one view to the scores of recipes."""

    def __init__(self, view: ViewName) -> None:
        super().__init__()
        self.view = view
        self.buckets = torch.nn.EmbeddingBag(BUCKETS[view], WIDTH, mode="sum", sparse=True)
        torch.nn.init.normal_(self.buckets.weight, std=0.02)
        self.recipes = torch.nn.Linear(WIDTH, len(NAMES))

    def forward(self, seen: Sequence[Seen], dropped: float = 0.0) -> torch.Tensor:
        """Scores (requests, recipes)."""
        fallen = [each.places[self.view] for each in seen]
        sizes = torch.tensor([len(each) for each in fallen])
        places = torch.cat(fallen)
        weights = (torch.ones(len(places)) / sizes.sqrt().repeat_interleave(sizes)).float()
        if dropped:
            weights = F.dropout(weights, dropped)
        starts = torch.cat([torch.zeros(1, dtype=torch.long), sizes.cumsum(0)[:-1]])
        read = self.buckets(places, starts, per_sample_weights=weights)
        scores: torch.Tensor = self.recipes(read)
        return scores

    def frozen(self) -> View:
        """The weights as the service reads them."""
        table = self.buckets.weight.detach().numpy()
        scales = np.maximum(np.abs(table).max(axis=1), 1e-8) / 127
        scales = scales.astype(np.float16).astype(np.float32)
        steps = np.clip(np.rint(table / np.maximum(scales, 1e-8)[:, None]), -127, 127)
        recipes, bias = self.recipes.weight.detach().numpy(), self.recipes.bias.detach().numpy()
        return View(steps.astype(np.int8), scales, recipes, bias)


def fit(seen: list[Seen], seed: int, report: Callable[[str], None] = print) -> list[Reader]:
    """Train a reader of each view on requests."""
    return [_fit(Reader(view), seen, seed, report) for view in BUCKETS]


def frozen(readers: Sequence[Reader]) -> Intents:
    """Readers as the service reads them."""
    return Intents(NAMES, {reader.view: reader.frozen() for reader in readers})


def _fit(reader: Reader, seen: list[Seen], seed: int, report: Callable[[str], None]) -> Reader:
    torch.manual_seed(seed)
    optimizers: list[torch.optim.Optimizer] = [
        torch.optim.SparseAdam(list(reader.buckets.parameters()), lr=LEARNING_RATE),
        torch.optim.AdamW(reader.recipes.parameters(), lr=LEARNING_RATE, weight_decay=0.01),
    ]
    order, rng = list(seen), Random(seed)  # noqa: S311 - repeatable on purpose
    steps = EPOCHS * math.ceil(len(order) / BATCH)
    step = 0
    for epoch in range(EPOCHS):
        rng.shuffle(order)
        for start in range(0, len(order), BATCH):
            some = order[start : start + BATCH]
            rate = LEARNING_RATE * (1 - step / steps)
            loss = F.cross_entropy(
                reader(some, DROPPED_SHARE), torch.tensor([each.label for each in some])
            )
            for optimizer in optimizers:
                optimizer.zero_grad()
                optimizer.param_groups[0]["lr"] = rate
            torch.autograd.backward(loss)
            for optimizer in optimizers:
                optimizer.step()
            step += 1
        report(f"{reader.view}, epoch {epoch + 1}: loss {loss.item():.3f}")
    return reader


def accuracy(readers: Sequence[Reader], seen: list[Seen], among: int) -> float:
    """Share of the requests whose recipe is among the likeliest few."""
    with torch.no_grad():
        shares = torch.stack([reader(seen).softmax(dim=1) for reader in readers]).mean(dim=0)
    best = shares.topk(among).indices
    labels = torch.tensor([each.label for each in seen])
    return float((best == labels[:, None]).any(dim=1).float().mean())


def train(out: Path, count: int = SAMPLES, report: Callable[[str], None] = print) -> None:
    """Write the three for training and the one to ship, from ``count`` requests."""
    out.mkdir(parents=True, exist_ok=True)
    seen = requests("train", count, seed=1)
    held_back = requests("validation", count // CHECKED_EVERY, seed=2)
    report(f"{len(seen)} requests")
    for fold in range(FOLDS):
        readers = fit([each for each in seen if each.fold != fold], fold, report)
        left_out = [each for each in seen if each.fold == fold][:: CHECKED_EVERY // FOLDS]
        report(f"fold {fold}: {accuracy(readers, left_out, 1):.3f}")
        write_intents(frozen(readers), out / fold_file(fold))
    readers = fit(seen, FOLDS, report)
    for among in (1, 3):
        report(f"validation, among {among}: {accuracy(readers, held_back, among):.3f}")
    write_intents(frozen(readers), out / FILE)


def fold_file(fold: int) -> str:
    """The file of the one that has not seen a fold."""
    return f"fold{fold}-{FILE}"


def _stored(folder: Path) -> list[Intents] | None:
    """The whole one and those of the folds; None where one lacks, or knows other recipes."""
    paths = [folder / FILE, *(folder / fold_file(fold) for fold in range(FOLDS))]
    if not all(path.exists() for path in paths):
        return None
    stored = [read_intents(path) for path in paths]
    return stored if all(intents.names == NAMES for intents in stored) else None


class Guesses:
    """What is told of each example, as the service tells it of what users ask."""

    def __init__(self, folder: Path, count: int = SAMPLES) -> None:
        stored = _stored(folder)
        if stored is None:
            train(folder, count)
            stored = _stored(folder)
        assert stored is not None
        self._whole, *self._folds = stored

    def told(self, source: Iterator[Example], split: Split = "train") -> Iterator[Example]:
        """The examples, each request as the service reads it and with a guess.

        The guess is of one that has not seen the request's phrasing.
        """
        for number, example in enumerate(source):
            fold = fold_of(example.phrasing) if example.phrasing else number % FOLDS
            guess = self._folds[fold] if split == "train" else self._whole
            yield replace(example, task=with_intents(_as_meant(example.task), guess))


def _as_meant(task: Task) -> Task:
    if not isinstance(task, Instruct):
        return task
    return with_facts(replace(task, instruction=as_meant(task.instruction)), "brief")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=Path(".cache/train/mini"))
    parser.add_argument("--count", type=int, default=SAMPLES, help="requests to train on")
    arguments = parser.parse_args()
    train(arguments.out, arguments.count)


if __name__ == "__main__":
    main()
