"""The corpus: every recipe is sound, and every answer is right in its place."""

from __future__ import annotations

import ast
from collections import Counter
from itertools import islice
from random import Random

import pytest

from bioql_lsp.analysis.verify import verify
from bioql_lsp.text import Span
from bioql_lsp.training.corpus.examples import Corpus, Example, can_be_known, examples
from bioql_lsp.training.corpus.files import join_imports, split_imports, whole_file
from bioql_lsp.training.corpus.holes import punch
from bioql_lsp.training.corpus.recipe import Recipe
from bioql_lsp.training.corpus.recipes import ALL, AREAS, POPULAR, popularity
from bioql_lsp.training.corpus.refusals import foreign_request
from bioql_lsp.training.corpus.soundness import problems_of, program_faults
from bioql_lsp.training.corpus.split import SPLITS
from bioql_lsp.training.corpus.wording import decorate
from bioql_lsp.worker.engines.base import Infill, Instruct, Repair
from bioql_lsp.worker.prompts import NOT_BIOQL

SAMPLE: list[Example] = list(islice(examples(3), 300))


def test_recipes_have_names_of_their_own_and_cover_the_api() -> None:
    names = Counter(recipe.name for recipe in ALL)
    assert max(names.values()) == 1
    assert all(popularity(recipe) > 0 for recipe in ALL)
    assert set(POPULAR) <= set(AREAS)


@pytest.mark.parametrize("part", range(8))
def test_a_program_of_each_recipe_has_nothing_wrong_with_it(part: int) -> None:
    rng = Random(part)
    corpus = Corpus("train")
    for recipe in ALL[part::8]:
        drawn = corpus.sample_of(recipe, rng)
        assert program_faults(drawn.code) == [], recipe.name


@pytest.mark.heavy
@pytest.mark.parametrize("recipe", ALL, ids=lambda recipe: recipe.name)
def test_each_phrasing_can_be_said_and_its_program_is_right(recipe: Recipe) -> None:
    assert problems_of(recipe) == []


def test_all_kinds_of_task_are_there() -> None:
    kinds = Counter(example.kind.partition(":")[0] for example in SAMPLE)
    assert 0.62 < kinds["generate"] / len(SAMPLE) < 0.86
    assert 0.1 < kinds["infill"] / len(SAMPLE) < 0.3
    assert 0.02 < kinds["fix"] / len(SAMPLE) < 0.1
    assert 0.005 < kinds["refusal"] / len(SAMPLE) < 0.1


def test_an_answer_put_into_its_buffer_parses() -> None:
    for example in SAMPLE:
        task = example.task
        if isinstance(task, Infill):
            ast.parse(task.prefix + example.answer + task.suffix)
        else:
            ast.parse(example.answer)


def test_answers_to_requests_are_valid_behind_their_context() -> None:
    for example in SAMPLE[:150]:
        if isinstance(example.task, Instruct) and example.kind != "refusal":
            end = len(example.task.context)
            verdict = verify(example.task.context, Span(end, end), example.answer)
            assert verdict.is_accepted


def test_a_repair_changes_something_and_names_a_problem() -> None:
    repairs = [e for e in SAMPLE if isinstance(e.task, Repair)]
    assert repairs
    for example in repairs:
        assert isinstance(example.task, Repair)
        assert example.task.code != example.answer
        assert example.task.problems


def test_a_hole_and_its_text_make_up_the_file() -> None:
    rng, corpus = Random(5), Corpus("train")
    kinds = set()
    for _ in range(200):
        text = whole_file(rng, [corpus.draw_sample(rng)])
        task, answer, kind = punch(rng, text)
        kinds.add(kind)
        assert text.startswith(task.prefix + answer + task.suffix)
    assert kinds == {"token", "string", "argument", "line", "block"}


def test_what_a_hole_asks_for_stands_somewhere_else() -> None:
    holes = [e for e in SAMPLE if isinstance(e.task, Infill)]
    known = [
        can_be_known(e.answer, e.task.prefix + e.task.suffix + e.task.facts)
        for e in holes
        if isinstance(e.task, Infill)
    ]
    assert sum(known) / len(known) > 0.95


def test_imports_are_merged_once_each_with_the_standard_library_first() -> None:
    imports, body = split_imports("import os\n\nfrom bioql import quantum\n\nx = 1\n")
    assert body == "x = 1\n"
    assert join_imports([*imports, "import os\n"]) == "import os\n\nfrom bioql import quantum\n"


def test_an_import_of_several_lines_stays_whole() -> None:
    imports, body = split_imports("from bioql import (\n    a,\n)\nx = a\n")
    assert imports == ["from bioql import (\n    a,\n)\n"]
    assert body == "x = a\n"


def test_letters_that_count_survive_every_way_of_wording() -> None:
    rng, corpus = Random(6), Corpus("train")
    for _ in range(300):
        drawn = corpus.draw_sample(rng)
        text = decorate(rng, drawn.request, drawn.language)
        assert all(piece in text for piece, is_exact in drawn.request if is_exact)


def test_foreign_requests_are_refused_and_split_like_all_else() -> None:
    said = {
        split: {foreign_request(Random(seed), split) for seed in range(300)} for split in SPLITS
    }
    assert len(said["train"]) > 150
    assert not said["train"] & said["test"]
    refusals = [e for e in SAMPLE if e.kind == "refusal"]
    assert {e.answer for e in refusals} == {f"{NOT_BIOQL}\n"}
