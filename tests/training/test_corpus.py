"""The corpus: repeatable, and every answer in it is right."""

from __future__ import annotations

import ast
from itertools import islice
from random import Random

import pytest

from bioql_lsp.analysis.findings import Severity
from bioql_lsp.analysis.registry import check
from bioql_lsp.analysis.verify import verify
from bioql_lsp.text import Span
from bioql_lsp.training.corpus import TASKS, Example, examples
from bioql_lsp.training.evaluate import buffer_of, is_valid
from bioql_lsp.training.holes import join_imports, punch, split_imports, whole_file
from bioql_lsp.training.pairs import TaskMaker
from bioql_lsp.training.phrases import decorate
from bioql_lsp.worker.engines.base import Infill, Instruct, Repair

SAMPLE: list[Example] = list(islice(examples(3), 600))
# A request for a Fourier transform, or for runs in a loop, is what BioQL warns of.
ASKED_FOR = {"qft": {"NL015"}, "loop_runs": {"BQ060"}}
MAKERS = [maker for maker, _ in TASKS]


def test_the_same_seed_gives_the_same_corpus() -> None:
    assert list(islice(examples(3), 50)) == SAMPLE[:50]
    assert list(islice(examples(4), 50)) != SAMPLE[:50]


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.__name__)
def test_every_program_is_accepted_and_warns_only_of_what_was_asked_for(maker: TaskMaker) -> None:
    rng = Random(maker.__name__)
    for _ in range(8):
        pair = maker(rng)
        assert pair.code.endswith("\n")
        told = {f.code for f in check(pair.code) if f.severity is not Severity.INFORMATION}
        assert told <= ASKED_FOR.get(maker.__name__, set())
        verdict = verify("", Span(0, 0), pair.code, "7.0.1")
        assert verdict.is_accepted
        assert verdict.code == pair.code


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.__name__)
def test_every_program_holds_the_shots_that_its_request_names(maker: TaskMaker) -> None:
    rng = Random(maker.__name__)
    for _ in range(8):
        pair = maker(rng)
        words = pair.request.replace(",", " ").split()
        numbers = [word for word in words if word.isdigit() and int(word) >= 50]
        assert all(number in pair.code for number in numbers), pair


def test_all_three_kinds_of_task_are_there() -> None:
    kinds = [type(example.task) for example in SAMPLE]
    assert 0.4 < kinds.count(Instruct) / len(kinds) < 0.7
    assert 0.2 < kinds.count(Infill) / len(kinds) < 0.5
    assert 0.05 < kinds.count(Repair) / len(kinds) < 0.2


def test_an_answer_put_into_its_buffer_parses() -> None:
    for example in SAMPLE:
        before, span = buffer_of(example.task)
        ast.parse(before[: span.start] + example.answer + before[span.end :])


def test_answers_to_requests_and_repairs_are_valid_in_their_buffer() -> None:
    others = [example for example in SAMPLE if not isinstance(example.task, Infill)]
    assert all(is_valid(example.task, example.answer) for example in others[:150])


def test_a_repair_changes_something_and_names_a_problem() -> None:
    repairs = [example for example in SAMPLE if isinstance(example.task, Repair)]
    assert repairs
    for example in repairs:
        assert isinstance(example.task, Repair)
        assert example.task.code != example.answer
        assert example.task.problems


def test_a_hole_and_its_text_make_up_the_file() -> None:
    rng = Random(5)
    for _ in range(200):
        pair = rng.choice(MAKERS)(rng)
        text = whole_file(rng, [pair])
        task, answer = punch(rng, text)
        assert text.startswith(task.prefix + answer + task.suffix)


def test_imports_are_merged_once_each_with_the_standard_library_first() -> None:
    imports, body = split_imports("import os\n\nfrom bioql import quantum\n\nx = 1\n")
    assert body == "x = 1\n"
    assert join_imports([*imports, "import os\n"]) == "import os\n\nfrom bioql import quantum\n"


def test_a_request_with_a_literal_keeps_its_letters() -> None:
    rng = Random(6)
    for _ in range(200):
        pair = rng.choice(MAKERS)(rng)
        if pair.is_exact:
            assert pair.request[1:] in decorate(rng, pair)
