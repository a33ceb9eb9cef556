"""Rows of the torch model against transformers: whole texts, parts, batches, other rows."""

from __future__ import annotations

from typing import Any

import pytest

from bioql_lsp.worker.engines.torch_model import TorchModel
from tests.worker.engines.conftest import CONTEXT_TOKENS_MAX
from tests.worker.engines.torch_model.conftest import ROWS, expected, same, text


def test_every_place_is_scored_as_transformers_does(model: TorchModel, reference: Any) -> None:
    tokens = text(40)
    scores = model.read(2, 0, tokens, len(tokens))
    wanted = expected(reference, tokens)
    for place in range(len(tokens)):
        same(scores.of(place), wanted[place])
    assert scores.best() == wanted.argmax(axis=-1).tolist()


def test_a_part_of_which_nothing_is_scored_is_read_all_the_same(
    model: TorchModel, reference: Any
) -> None:
    tokens = text(20)
    assert model.read(1, 0, tokens[:15], 0).best() == []
    same(model.read(1, 15, tokens[15:], 1).of(0), expected(reference, tokens)[-1])


@pytest.mark.parametrize("row", [0, 3])
@pytest.mark.parametrize("parts", [(1, 39), (30, 10), (31, 9), (37, 3), (20, 1, 19)])
def test_a_text_read_in_parts_is_the_same_text(
    model: TorchModel, reference: Any, row: int, parts: tuple[int, ...]
) -> None:
    tokens = text(40)
    wanted = expected(reference, tokens)
    start = 0
    for part in parts:
        scored = min(part, 4)
        scores = model.read(row, start, tokens[start : start + part], scored)
        start += part
        for place in range(scored):
            same(scores.of(place), wanted[start - scored + place])


@pytest.mark.parametrize("count", range(1, ROWS + 1))
def test_rows_of_different_lengths_are_as_each_alone(
    model: TorchModel, reference: Any, count: int
) -> None:
    texts = [text(length, seed=length) for length in (5, 33, 2, 70, 18, 51)]
    for row, tokens in enumerate(texts):
        model.read(row, 0, tokens, 1)
    for _ in range(3):
        following = [text(1, seed=len(tokens))[0] for tokens in texts[:count]]
        scores = model.step(following, [len(tokens) for tokens in texts[:count]])
        for row, token in enumerate(following):
            texts[row].append(token)
            same(scores.of(row), expected(reference, texts[row])[-1])
        wanted = [expected(reference, tokens)[-1].argmax() for tokens in texts[:count]]
        assert scores.best() == wanted
    # Rows that took no part hold what they held.
    for row, tokens in enumerate(texts):
        scores = model.read(row, len(tokens), [9, 10], 1)
        same(scores.of(0), expected(reference, [*tokens, 9, 10])[-1])


def test_writing_again_at_an_earlier_position_forgets_the_rest(
    model: TorchModel, reference: Any
) -> None:
    tokens = text(60)
    model.read(0, 0, tokens, 1)
    changed = [*tokens[:20], *text(5, seed=9)]
    same(model.read(0, 20, changed[20:], 1).of(0), expected(reference, changed)[-1])
    model.step([11], [len(changed)])
    same(model.step([12], [26]).of(0), expected(reference, [*changed, 11, 12])[-1])


def test_a_row_can_be_filled_to_its_end(model: TorchModel, reference: Any) -> None:
    tokens = text(CONTEXT_TOKENS_MAX)
    model.read(0, 0, tokens[:-4], 1)
    scores = model.read(0, len(tokens) - 4, tokens[-4:-1], 3)
    wanted = expected(reference, tokens)
    same(scores.of(2), wanted[-2])
    same(model.step(tokens[-1:], [len(tokens) - 1]).of(0), wanted[-1])


def test_swapped_rows_go_on_in_each_others_place(model: TorchModel, reference: Any) -> None:
    short, long = text(12, seed=1), text(47, seed=2)
    model.read(0, 0, short, 1)
    model.read(4, 0, long, 1)
    model.swap(0, 4, 47)
    same(model.step([20], [47]).of(0), expected(reference, [*long, 20])[-1])
    same(model.read(4, 12, [21], 1).of(0), expected(reference, [*short, 21])[-1])


def test_a_copied_row_goes_on_apart_from_its_source(model: TorchModel, reference: Any) -> None:
    tokens = text(30)
    model.read(1, 0, tokens, 1)
    model.copy(1, 0, 25)
    other = [*tokens[:25], *text(3, seed=8)]
    same(model.read(0, 25, other[25:], 1).of(0), expected(reference, other)[-1])
    same(model.read(1, 30, [9], 1).of(0), expected(reference, [*tokens, 9])[-1])


def test_scores_stay_what_they_were_after_the_next_call(model: TorchModel, reference: Any) -> None:
    tokens = text(20)
    model.read(0, 0, tokens[:18], 1)
    earlier = model.step(tokens[18:19], [18])
    model.step(tokens[19:], [19])
    same(earlier.of(0), expected(reference, tokens)[18])
