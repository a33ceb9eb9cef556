"""The prompts of the worker's benchmark are new, long enough, and the same for everybody."""

from __future__ import annotations

from itertools import combinations

from bioql_lsp.worker.engines.base import Instruct
from bioql_lsp.worker.engines.folder import embedded_folder, read_folder
from tests.benchmarks.worker_prompts import ANSWER_TOKENS, PROMPT_TOKENS, Prompts


def test_a_prompt_has_the_ids_that_the_worker_makes_of_its_instruction() -> None:
    builder = read_folder(embedded_folder()).prompts
    for prompt in Prompts().take(5):
        built = builder.build(Instruct(prompt.instruction), ANSWER_TOKENS)
        assert built.ids == prompt.ids
        assert not built.is_cut


def test_prompts_are_about_as_long_as_they_are_said_to_be() -> None:
    lengths = [len(prompt.ids) for prompt in Prompts().take(50)]
    assert min(lengths) >= PROMPT_TOKENS
    assert max(lengths) <= 1.2 * PROMPT_TOKENS


def test_no_two_prompts_share_more_than_their_first_words() -> None:
    ids = [prompt.ids for prompt in Prompts().take(50)]
    shared = max(
        next(
            place for place, pair in enumerate(zip(first, second, strict=False)) if len({*pair}) > 1
        )
        for first, second in combinations(ids, 2)
    )
    assert shared < PROMPT_TOKENS / 10


def test_prompts_are_the_same_at_every_run() -> None:
    assert Prompts().take(3) == Prompts().take(3) != Prompts(seed=2).take(3)
