"""Training never sees a phrasing or a value of the test."""

from __future__ import annotations

import itertools
from itertools import islice
from random import Random

import pytest

from bioql_lsp.analysis.knowledge.entities import MOLECULES, PROTEINS, TARGETS
from bioql_lsp.training.corpus.examples import Corpus, examples
from bioql_lsp.training.corpus.made_up import guide, pdb_id, peptide, random_smiles
from bioql_lsp.training.corpus.recipes import ALL
from bioql_lsp.training.corpus.slots import find_slot
from bioql_lsp.training.corpus.split import SPLITS, Draw, Split, split_of
from bioql_lsp.worker.engines.base import Instruct


def test_each_text_belongs_to_one_part_always_the_same() -> None:
    shares = dict.fromkeys(SPLITS, 0)
    for number in range(4000):
        shares[split_of(str(number))] += 1
    assert 0.12 < shares["test"] / 4000 < 0.18
    assert 0.03 < shares["validation"] / 4000 < 0.07
    assert split_of("aspirin") == split_of("aspirin")


@pytest.mark.parametrize("maker", [guide, pdb_id, peptide, random_smiles])
@pytest.mark.parametrize("split", SPLITS)
def test_made_up_values_belong_to_their_part(maker: object, split: str) -> None:
    draw = Draw(Random(2), split)  # type: ignore[arg-type]
    assert all(split_of(draw.make(maker)) == split for _ in range(50))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["molecule", "target", "protein"])
def test_named_values_of_the_test_are_not_among_those_of_training(kind: str) -> None:
    drawn = {
        split: {find_slot({})(kind)(Draw(Random(seed), split)).written for seed in range(300)}
        for split in SPLITS
    }
    known = {entity.value for entity in (*MOLECULES, *TARGETS, *PROTEINS)}
    assert len(drawn["train"] & known) > 5
    assert not drawn["train"] & drawn["test"] & known - _of_several_names()


def _of_several_names() -> set[str]:
    """Values that two entries share, under names of different parts."""
    values = [entity.value for entity in (*MOLECULES, *TARGETS, *PROTEINS)]
    return {value for value in values if values.count(value) > 1}


@pytest.mark.parametrize("split", SPLITS)
def test_one_request_names_no_value_twice_where_there_is_another(split: Split) -> None:
    for seed in range(50):
        draw = Draw(Random(seed), split)
        picked = [draw.pick(MOLECULES, key=lambda m: m.names[0]).names[0] for _ in range(4)]
        made = [draw.make(lambda rng: str(rng.randrange(90))) for _ in range(3)]
        assert len({*picked, *made}) == 7


def test_where_there_is_no_other_value_the_same_is_given_again() -> None:
    draw = Draw(Random(1), "train")
    assert [draw.pick(["only"]) for _ in range(2)] == ["only", "only"]
    text = next(str(number) for number in range(99) if split_of(str(number)) == "train")
    assert [draw.make(lambda _: text) for _ in range(2)] == [text, text]


def test_phrasings_are_divided_among_the_parts() -> None:
    for recipe in ALL:
        parts = [recipe.phrasings("en", split) for split in SPLITS]
        assert sorted(itertools.chain.from_iterable(parts)) == sorted(recipe.says)


def test_no_request_of_the_test_turns_up_in_training() -> None:
    def requests(split: str, count: int) -> set[str]:
        corpus, rng = Corpus(split), Random(5)  # type: ignore[arg-type]
        tasks = [corpus.instruct(rng).task for _ in range(count)]
        return {task.instruction for task in tasks if isinstance(task, Instruct)}

    assert not requests("train", 1500) & requests("test", 300)


def test_the_same_seed_gives_the_same_examples() -> None:
    first = list(islice(examples(3, "test"), 30))
    assert first == list(islice(examples(3, "test"), 30))
    assert first != list(islice(examples(4, "test"), 30))
