"""Continuous batching, on a model whose answer shows every mistake in its rows."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bioql_lsp.worker.engines.base import Instruct, NonFiniteLogitsError, Prompt, Sampling
from bioql_lsp.worker.engines.batch import Batch
from bioql_lsp.worker.engines.drafts import DraftBook
from tests.worker.engines.memory_model import MemoryModel
from tests.worker.engines.test_prompts import TOKENIZERS

TOKENIZER = TOKENIZERS["mini"]
VOCABULARY = TOKENIZER.get_vocab_size()
TASK = Instruct("x")
ENDS = frozenset(range(0, VOCABULARY, 17))


def batch_of(model: MemoryModel, end_ids: frozenset[int] = ENDS) -> Batch:
    return Batch(model, TOKENIZER, end_ids)


@dataclass
class Written:
    """What came of an answer."""

    text: str = ""
    counts: list[int] = field(default_factory=list)
    finish: str | None = None
    error: Exception | None = None


def run(batch: Batch, written: dict[int, Written]) -> bool:
    """One step; False when there was nothing to do."""
    done = batch.step()
    for progress in done:
        answer = written[progress.ticket]
        answer.error = progress.error
        if progress.piece is not None:
            answer.text += progress.piece.text
            answer.counts.append(progress.piece.completion_tokens)
            answer.finish = progress.piece.finish
    return bool(done)


def alone(prompt: Prompt, sampling: Sampling) -> Written:
    batch = batch_of(MemoryModel(VOCABULARY))
    written = {batch.add(prompt, TASK, sampling): Written()}
    while run(batch, written):
        pass
    return next(iter(written.values()))


stems = st.sampled_from([(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13), (1, 2, 3), ()])
prompts = st.builds(
    lambda stem, rest: Prompt((*stem, *rest)),
    stems,
    st.lists(st.integers(20, 40), min_size=1, max_size=25),
)
samplings = st.builds(
    Sampling, st.integers(1, 30), st.sampled_from([0.0, 0.0, 1.5]), st.integers(0, 5)
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(prompts, samplings, st.integers(0, 6), st.booleans()), max_size=14),
    st.integers(1, 4),
    st.sampled_from([0, 4]),
)
def test_an_answer_is_the_same_whoever_is_beside_it(
    requests: list[tuple[Prompt, Sampling, int, bool]], rows_max: int, draft_tokens_max: int
) -> None:
    """Each request: what is asked, steps before the next comes, and whether it leaves then."""
    batch = batch_of(MemoryModel(VOCABULARY, rows_max=rows_max, draft_tokens_max=draft_tokens_max))
    written: dict[int, Written] = {}
    expected: dict[int, Written] = {}
    for prompt, sampling, steps, is_leaving in requests:
        while sum(w.finish is None for t, w in written.items() if t in expected) >= rows_max:
            run(batch, written)
        ticket = batch.add(prompt, TASK, sampling)
        written[ticket], expected[ticket] = Written(), alone(prompt, sampling)
        for _ in range(steps):
            run(batch, written)
        if is_leaving:
            batch.remove(ticket)
            del expected[ticket]
    while run(batch, written):
        pass
    for ticket, answer in expected.items():
        got = written[ticket]
        assert (got.text, got.finish) == (answer.text, answer.finish)
        assert got.counts[-1] == answer.counts[-1]
        assert got.counts == sorted(set(got.counts))


def test_what_a_prompt_shares_with_the_last_one_is_not_read_again() -> None:
    model = MemoryModel(VOCABULARY)
    batch = batch_of(model)
    stem = tuple(range(100, 120))
    written = {batch.add(Prompt((*stem, 1)), TASK, Sampling(3)): Written()}
    while run(batch, written):
        pass
    read_before = model.tokens_read
    written = {batch.add(Prompt((*stem, 2, 3)), TASK, Sampling(1)): Written()}
    while run(batch, written):
        pass
    assert model.tokens_read - read_before == 2


def test_what_a_prompt_shares_with_one_under_way_is_copied() -> None:
    model = MemoryModel(VOCABULARY)
    batch = batch_of(model)
    stem = tuple(range(100, 120))
    written = {batch.add(Prompt((*stem, 1)), TASK, Sampling(30)): Written()}
    for _ in range(4):
        run(batch, written)
    read_before = model.tokens_read
    written[batch.add(Prompt((*stem, 2)), TASK, Sampling(1))] = Written()
    while run(batch, written):
        pass
    assert model.tokens_read - read_before == 1


def test_a_prompt_is_read_in_parts_and_others_write_between_them() -> None:
    batch = batch_of(MemoryModel(VOCABULARY), frozenset())
    written = {batch.add(Prompt((50,)), TASK, Sampling(30)): Written()}
    run(batch, written)
    first = next(iter(written.values()))
    written[batch.add(Prompt(tuple(range(60, 85))), TASK, Sampling(1))] = Written()
    before = len(first.counts)
    for _ in range(8):
        run(batch, written)
    assert len(first.counts) - before == 4


def test_an_answer_without_numbers_fails_alone() -> None:
    poison = 45
    batch = batch_of(MemoryModel(VOCABULARY, poison=poison))
    good, bad = Prompt((50, 51)), Prompt((50, poison))
    tickets = [batch.add(prompt, TASK, Sampling(12)) for prompt in (good, bad, good)]
    written = {ticket: Written() for ticket in tickets}
    while run(batch, written):
        pass
    assert isinstance(written[tickets[1]].error, NonFiniteLogitsError)
    expected = alone(good, Sampling(12))
    assert [written[tickets[n]].text for n in (0, 2)] == [expected.text] * 2
    again = {batch.add(good, TASK, Sampling(12)): Written()}
    while run(batch, again):
        pass
    assert next(iter(again.values())).text == expected.text


def test_no_numbers_in_an_early_part_of_a_prompt_end_the_answer_and_are_not_reused() -> None:
    model = MemoryModel(VOCABULARY, poison=45)
    batch = batch_of(model)
    stem = (50, 45, *range(60, 85))
    written = {batch.add(Prompt(stem), TASK, Sampling(9)): Written()}
    assert run(batch, written)
    assert isinstance(next(iter(written.values())).error, NonFiniteLogitsError)
    assert not run(batch, written)
    read_before = model.tokens_read
    written = {batch.add(Prompt(stem), TASK, Sampling(9)): Written()}
    run(batch, written)
    assert model.tokens_read - read_before == model.read_tokens_max


class Fragile(MemoryModel):
    """Fails when asked to, in the middle of what it does."""

    is_failing = False

    def swap(self, first: int, second: int, length: int) -> None:
        super().swap(first, second, length // 2 if self.is_failing else length)
        if self.is_failing:
            raise RuntimeError("half way")

    def copy(self, source: int, target: int, length: int) -> None:
        super().copy(source, target, length // 2 if self.is_failing else length)
        if self.is_failing:
            raise RuntimeError("half way")


@pytest.mark.parametrize("is_reset", [True, False])
def test_rows_that_were_lost_half_way_are_read_again(is_reset: bool) -> None:
    model = Fragile(VOCABULARY, rows_max=3)
    batch = batch_of(model)
    prompts = [Prompt((*range(100, 120), n)) for n in range(3)]
    written = {batch.add(prompt, TASK, Sampling(3)): Written() for prompt in prompts[:2]}
    for _ in range(8):
        run(batch, written)
    model.is_failing = True
    with pytest.raises(RuntimeError):
        batch.add(prompts[2], TASK, Sampling(3))
        for ticket in list(written):
            batch.remove(ticket)
    model.is_failing = False
    if is_reset:
        batch.reset()
    for prompt in prompts:
        again = {batch.add(prompt, TASK, Sampling(9)): Written()}
        while run(batch, written | again):
            pass
        assert next(iter(again.values())).text == alone(prompt, Sampling(9)).text


def test_more_answers_than_rows_are_refused() -> None:
    batch = batch_of(MemoryModel(VOCABULARY, rows_max=1))
    batch.add(Prompt((1,)), TASK, Sampling(1))
    with pytest.raises(RuntimeError):
        batch.add(Prompt((1,)), TASK, Sampling(1))


def test_a_draft_is_what_followed_the_same_three_tokens_last() -> None:
    book = DraftBook([1, 2, 3, 4, 5, 6, 9, 1, 2, 3])
    assert book.guess(2) == [4, 5]
    book.extend([7, 1, 2, 3])
    assert book.guess(8) == [7, 1, 2, 3]
    book.extend([99])
    assert book.guess(8) == []
