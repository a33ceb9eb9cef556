"""What tells the model which recipes a request is like: trained small, and as it ships."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bioql_lsp.training.corpus.examples import examples
from bioql_lsp.training.corpus.recipes import ALL
from bioql_lsp.training.corpus.split import LANGUAGES
from bioql_lsp.training.intents import (
    FOLDS,
    FOREIGN_SHARE,
    NAMES,
    Guesses,
    accuracy,
    fit,
    fold_file,
    fold_of,
    frozen,
    requests,
)
from bioql_lsp.worker.engines.base import Infill, Instruct
from bioql_lsp.worker.facts import with_intents
from bioql_lsp.worker.intents import (
    BUCKETS,
    FILE,
    NAMED_MAX,
    Floats,
    Intents,
    View,
    places_of,
    read_intents,
    shipped_intents,
    write_intents,
)


@pytest.fixture(scope="module")
def shipped() -> Intents:
    intents = shipped_intents()
    assert intents is not None
    return intents


def test_those_that_ship_know_every_recipe(shipped: Intents) -> None:
    assert shipped.names == NAMES


@pytest.mark.parametrize(
    "request_",
    ["write me a web server", "what is the capital of peru", "escribe un poema sobre gatos"],
)
def test_what_is_none_for_bioql_is_like_no_recipe(shipped: Intents, request_: str) -> None:
    assert shipped.likeness(request_)[1] > 0.5
    like, like_none = shipped.likeness("predict ADME of caffeine")
    assert like > 0.5 > 10 * like_none


@pytest.mark.parametrize(
    ("request_", "recipe"),
    [
        ("predict ADME of caffeine", "adme"),
        ("bell pair but with 4 qubits, give me the counts", "ghz"),
        ("i want the measurement to always return 010", "basis_state"),
        ("toxicidad de la aspirina", "toxicity"),
    ],
)
def test_a_request_is_like_its_recipe(shipped: Intents, request_: str, recipe: str) -> None:
    assert recipe in shipped.likely(request_)


def test_whichever_molecule_is_named_the_guess_is_the_same(shipped: Intents) -> None:
    guesses = {tuple(shipped.likely(f"will {name} reach the brain")) for name in (
        "caffeine", "valproate", "CC(=O)Oc1ccccc1C(=O)O")}  # fmt: skip
    one, other = places_of("will caffeine reach it"), places_of("will valproate reach it")
    assert {name: each.tolist() for name, each in one.items()} == {
        name: each.tolist() for name, each in other.items()
    }
    assert all("bbb" in guess for guess in guesses)


@given(st.text(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_text_gives_shares_and_at_most_a_few_names(text: str) -> None:
    intents = shipped_intents()
    assert intents is not None
    assert float(intents.shares(text).sum()) == pytest.approx(1, abs=1e-3)
    assert len(intents.likely(text)) <= NAMED_MAX
    for name, places in places_of(text).items():
        assert all(0 <= place < BUCKETS[name] for place in places)


def test_a_request_has_the_guess_with_its_facts_and_a_hole_has_none(shipped: Intents) -> None:
    told = with_intents(Instruct("predict ADME of caffeine", facts="# caffeine: CN"), shipped)
    assert told.facts.splitlines()[0] == "# caffeine: CN"
    assert told.facts.splitlines()[1].startswith("# like adme")
    assert with_intents(Infill("x = "), shipped) == Infill("x = ")
    assert with_intents(Instruct("ADME"), None) == Instruct("ADME")


def test_what_was_trained_is_what_is_read(tmp_path: Path) -> None:
    seen = requests("train", 600, seed=3)
    readers = fit(seen, 0, lambda _: None)
    assert accuracy(readers, seen, 1) > 0.5  # of hundreds
    fitted = frozen(readers)
    write_intents(fitted, tmp_path / FILE)
    again = read_intents(tmp_path / FILE)
    for text in ("predict ADME of caffeine", "bell state"):
        np.testing.assert_allclose(again.shares(text), fitted.shares(text), atol=2e-3)


def test_every_phrasing_is_seen_as_often_as_any_other() -> None:
    counts = [
        sum(len(recipe.phrasings(language, "validation")) for language in LANGUAGES)
        for recipe in ALL
    ]
    seen = requests("validation", round(2.5 * sum(counts) / (1 - FOREIGN_SHARE)), seed=3)
    labels = Counter(each.label for each in seen)
    for number, count in enumerate(counts):
        assert count * 2 <= labels[number] <= count * 3


def _empty(count: int, bias: Floats) -> View:
    recipes = np.zeros((len(NAMES), 1), np.float32)
    return View(np.zeros((count, 1), np.int8), np.ones(count, np.float32), recipes, bias)


def test_no_guess_of_a_training_request_comes_from_one_that_saw_its_phrasing(
    tmp_path: Path,
) -> None:
    for fold in range(FOLDS):
        bias = np.full(len(NAMES), -9.0, np.float32)
        bias[fold] = 9.0
        of_fold = Intents(NAMES, {name: _empty(count, bias) for name, count in BUCKETS.items()})
        write_intents(of_fold, tmp_path / fold_file(fold))
    write_intents(of_fold, tmp_path / FILE)
    told = 0
    for example in islice(Guesses(tmp_path).told(examples(4)), 60):
        if example.phrasing:
            told += 1
            line = example.task.facts.splitlines()[-1]
            assert line == f"# like {NAMES[fold_of(example.phrasing)]}"
    assert told > 20
