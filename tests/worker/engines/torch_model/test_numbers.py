"""Numbers that are none, tokens that must not be, and places that do not exist."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from bioql_lsp.worker.engines.torch_model import TorchModel
from tests.worker.engines.conftest import CONTEXT_TOKENS_MAX
from tests.worker.engines.torch_model.conftest import (
    WAYS,
    expected,
    oracle,
    same,
    text,
    torch_model,
)
from tests.worker.engines.torch_model.test_kinds import random_model

POISON = 260
"""No text of these tests holds it by itself."""


def test_what_is_forbidden_is_never_best(tiny_folder: Path) -> None:
    tokens = text(10)
    free = TorchModel(oracle(tiny_folder), ()).read(0, 0, tokens, 1).best()[0]
    assert free is not None
    model = TorchModel(oracle(tiny_folder), (free, 10**9))
    scores = model.read(0, 0, tokens, 1)
    logits = scores.of(0)
    assert logits is not None
    assert logits[free] == -np.inf
    assert scores.best() == [int(logits.argmax())] != [free]


@pytest.mark.parametrize("broken", [torch.nan, torch.inf])
def test_a_broken_number_breaks_its_own_row_alone_and_is_forgotten(
    model: TorchModel, reference: Any, broken: float
) -> None:
    texts = [text(length, seed=length) for length in (9, 60, 30)]
    for row, tokens in enumerate(texts):
        model.read(row, 0, tokens, 1)
    model._cache.values[1][1, 0, 4] = broken
    scores = model.step([9, 9, 9], [9, 60, 30])
    assert [best is None for best in scores.best()] == [False, True, False]
    assert scores.of(1) is None
    for row in (0, 2):
        same(scores.of(row), expected(reference, [*texts[row], 9])[-1])
    # The next text in that row is shorter than the broken place of the former one.
    model.read(1, 0, texts[0][:3], 1)
    same(model.step([9, 9], [10, 3]).of(1), expected(reference, [*texts[0][:3], 9])[-1])


def test_a_broken_row_that_only_rounds_up_breaks_none(model: TorchModel, reference: Any) -> None:
    for row in range(4):
        model.read(row, 0, text(20), 1)
    model._cache.keys[0][3] = torch.inf
    same(model.step([9, 9, 9], [20] * 3).of(2), expected(reference, [*text(20), 9])[-1])


def poisoned(folder: Path) -> Any:
    """The tiny model, in which one token alone is NaN, and breaks every text that holds it."""
    model = oracle(folder)
    model.lm_head.weight = torch.nn.Parameter(model.lm_head.weight.detach().clone())
    with torch.no_grad():
        model.model.embed_tokens.weight[POISON] = torch.nan
    return model


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("scored", [4, 1])
def test_a_broken_guess_costs_what_stands_behind_it_alone(
    tiny_folder: Path, reference: Any, way: str, scored: int
) -> None:
    model = torch_model(poisoned(tiny_folder), way)
    short, long = text(30, seed=1), text(60, seed=2)
    model.read(0, 0, short, 1)
    model.read(1, 0, long, 1)
    found = model.read(0, 30, [9, 10, POISON, 11], scored)
    assert [best is None for best in found.best()] == [False, False, True, True][-scored:]
    kept = 32 if scored == 4 else 30
    going_on = [*short, 9, 10][:kept]
    scores = model.step([20, 21], [kept, 60])
    same(scores.of(0), expected(reference, [*going_on, 20])[-1])
    same(scores.of(1), expected(reference, [*long, 21])[-1])
    same(
        model.read(0, kept + 1, [22, 23], 1).of(0), expected(reference, [*going_on, 20, 22, 23])[-1]
    )


@pytest.mark.parametrize("way", WAYS)
def test_a_broken_part_of_a_prompt_is_noticed_and_leaves_nothing(
    tiny_folder: Path, reference: Any, way: str
) -> None:
    model = torch_model(poisoned(tiny_folder), way)
    for row in (0, 1):
        model.read(row, 0, text(60, seed=row), 1)
    assert model.read(0, 40, [*text(5), POISON, *text(30)], 1).best() == [None]
    for tensor in (*model._cache.keys, *model._cache.values):
        assert torch.isfinite(tensor).all()
    wanted = expected(reference, [*text(60, seed=0)[:40], 9])
    same(model.step([9, 9], [40, 60]).of(0), wanted[-1])


def model_with_an_infinite_key(token: int) -> Any:
    """A token whose key is infinite and draws no attention, since its query points away."""
    model = random_model()
    attention, half = model.model.layers[0].self_attn, model.config.head_dim // 2
    with torch.no_grad():
        model.model.embed_tokens.weight[:, 0] = 0
        model.model.embed_tokens.weight[token, 0] = 100
        model.model.layers[0].input_layernorm.weight[0] = 1
        attention.k_proj.weight[:, 0] = 0
        attention.k_proj.weight[half - 1, 0] = 3e38
        attention.q_proj.weight[[half - 1, 2 * half - 1], 0] = -100
        attention.q_proj.weight[[3 * half - 1, 4 * half - 1], 0] = -100
    return model


@pytest.mark.parametrize("way", WAYS)
def test_an_infinite_key_is_noticed_before_another_text_stands_there(way: str) -> None:
    model = torch_model(model_with_an_infinite_key(POISON), way)
    reference = model_with_an_infinite_key(POISON)
    model.read(1, 0, text(50), 1)
    model.read(0, 0, text(20), 1)
    assert np.isfinite(expected(reference, [*text(20), POISON])[-1]).sum() > 200
    assert model.step([POISON], [20]).best() == [None]
    model.read(0, 0, text(5), 1)
    same(model.step([9, 9], [5, 50]).of(0), expected(reference, [*text(5), 9])[-1])


def test_broken_weights_score_nothing(poisoned_folder: Path) -> None:
    model = torch_model(oracle(poisoned_folder))
    scores = model.read(0, 0, text(5), 2)
    assert scores.best() == [None, None]
    assert scores.of(1) is None
    assert model.step([9, 9], [5, 0]).best() == [None, None]


@pytest.mark.parametrize(
    ("tokens", "start"), [([9] * 3, CONTEXT_TOKENS_MAX - 2), ([10**6], 0), ([-1], 0)]
)
def test_what_would_reach_past_a_tensor_is_refused(
    model: TorchModel, tokens: list[int], start: int
) -> None:
    with pytest.raises(ValueError, match=r"row|vocabulary"):
        model.read(0, start, tokens, 1)
    with pytest.raises(ValueError, match=r"row|vocabulary"):
        model.step(tokens[:1], [start + 2])
