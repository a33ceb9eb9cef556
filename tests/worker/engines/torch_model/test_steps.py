"""Fixed shapes: how they are rounded up, and what happens where a compiler or a driver fails."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from bioql_lsp.worker.engines.torch_cache import Room, RowCache
from bioql_lsp.worker.engines.torch_layers import Call, Decoder, LayerMath, fuse
from bioql_lsp.worker.engines.torch_steps import (
    LENGTH_STEP,
    Compute,
    FixedSteps,
    common_shapes,
    length_bucket,
    rows_bucket,
)
from tests.worker.engines.torch_model.conftest import (
    CPU,
    ROWS,
    expected,
    oracle,
    same,
    text,
    torch_model,
)
from tests.worker.engines.torch_model.test_kinds import random_model


class CannotBeCompiled(torch.nn.SiLU):
    """Breaks the graph, which has to be a full one."""

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        torch._dynamo.graph_break()
        return super().forward(values)


def test_a_compiler_that_fails_is_done_without(
    reference: Any, tiny_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spoilt = oracle(tiny_folder)
    spoilt.model.layers[0].mlp.act_fn = CannotBeCompiled()
    with caplog.at_level(logging.WARNING, "bioql.worker"):
        model = torch_model(spoilt, "compiled")
    assert "uncompiled" in caplog.text
    assert not model.is_compiled
    tokens = text(12)
    model.read(0, 0, tokens, 1)
    same(model.step([9], [12]).of(0), expected(reference, [*tokens, 9])[-1])


def test_a_shape_that_cannot_be_recorded_runs_step_by_step(
    reference: Any, tiny_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    tried: list[Compute] = []

    def fail(compute: Compute) -> Compute:
        tried.append(compute)
        raise RuntimeError("no graphs here")

    model = torch_model(oracle(tiny_folder))
    model._fixed = FixedSteps(model._run_fixed, model._cache, CPU, fail)
    tokens = text(12)
    model.read(0, 0, tokens, 1)
    for position in (12, 13):
        tokens.append(9)
        same(model.step([9], [position]).of(0), expected(reference, tokens)[-1])
    assert len(tried) == 1
    assert model._fixed.has_failed
    assert "no graphs here" in caplog.text


def test_a_shape_is_recorded_once_and_repeated(tiny_folder: Path, reference: Any) -> None:
    recorded: list[Compute] = []

    def record(compute: Compute) -> Compute:
        recorded.append(compute)
        return compute

    model = torch_model(oracle(tiny_folder))
    model._fixed = FixedSteps(model._run_fixed, model._cache, CPU, record)
    tokens = text(12)
    model.read(0, 0, tokens, 1)
    for _ in range(3):
        tokens.append(9)
        same(model.step([9], [len(tokens) - 1]).of(0), expected(reference, tokens)[-1])
    assert len(recorded) == 1
    model.step([9, 9, 9], [15, 0, 0])
    model.step([9, 9, 9, 9], [15, 0, 0, 0])
    assert len(recorded) == 2


def test_loading_prepares_short_texts_of_every_number_of_rows(tiny_folder: Path) -> None:
    recorded: list[Compute] = []

    def record(compute: Compute) -> Compute:
        recorded.append(compute)
        return compute

    model = torch_model(oracle(tiny_folder))
    model._fixed = FixedSteps(model._run_fixed, model._cache, CPU, record)
    reports: list[tuple[float, str]] = []
    model._warm_up(lambda share, word: reports.append((share, word)))
    assert len(recorded) == 5
    assert [share for share, _ in reports] == sorted({share for share, _ in reports})
    words = [word for _, word in reports]
    assert words[1:4:2] == ["compiling for a single answer", "preparing to write 6 answers at once"]
    assert words[-1] == "ready"

    for rows in range(1, ROWS + 1):
        model.step([9] * rows, [LENGTH_STEP - 1] * rows)
    model.read(0, 100, [9] * (1 + model.draft_tokens_max), 1)
    assert len(recorded) == 5
    model.step([9], [LENGTH_STEP])
    assert len(recorded) == 6


class OneDevice(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Lets no operation touch another device than the one it is given."""

    def __init__(self, device: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._device = device
        self.operations = 0

    def __torch_dispatch__(
        self, operation: Any, _types: Any, arguments: Any = (), options: Any = None
    ) -> Any:
        result = operation(*arguments, **(options or {}))
        for leaf in tree_leaves((arguments, options, result)):
            if isinstance(leaf, torch.Tensor):
                assert leaf.device.type == self._device, operation
        self.operations += 1
        return result


@pytest.mark.parametrize("width", [1, 9])
def test_a_call_waits_for_nothing_and_stays_on_its_device(width: int) -> None:
    """What a recording needs; a tensor without content can be neither fetched nor mixed."""
    device = torch.device("meta")
    model = random_model().to(torch.bfloat16)
    weights = fuse(model, device, 60)
    cache = RowCache(model.config, Room(4, 60), torch.bfloat16, device)
    forbidden = torch.zeros(300, dtype=torch.bool, device=device)
    decoder = Decoder(weights, LayerMath(model.config, torch.nn.SiLU()), cache, forbidden)
    ids, positions, targets = torch.zeros((3, 4 * width), dtype=torch.int64, device=device)
    rows = torch.arange(4, device=device).repeat_interleave(width)
    with torch.no_grad(), OneDevice("meta") as guard:
        scored = decoder.run(Call(ids, positions, targets, rows, 0, 4, width, 64), 4 * width)
    assert scored.logits.shape == (4 * width, 300)
    assert guard.operations > 50


@pytest.mark.parametrize("length_max", [256, 1000, 4096, 16384])
def test_lengths_are_rounded_up_to_a_few_of_which_little_is_wasted(length_max: int) -> None:
    buckets = [length_bucket(length, length_max) for length in range(1, length_max + 1)]
    assert buckets == sorted(buckets)
    assert buckets[-1] == length_max
    assert len(set(buckets)) <= 24
    for length, bucket in enumerate(buckets, start=1):
        assert length <= bucket <= max(length + 127, 1.25 * length)


def test_rows_are_rounded_up_to_a_power_of_two_or_all_of_them() -> None:
    assert [rows_bucket(rows, 6) for rows in range(1, 7)] == [1, 2, 4, 4, 6, 6]
    assert [rows_bucket(rows, 32) for rows in (1, 3, 16, 17, 32)] == [1, 4, 16, 32, 32]


@pytest.mark.parametrize(
    ("rows_max", "check_width", "shapes"),
    [
        (1, 1, [(1, 1)]),
        (1, 9, [(1, 1), (1, 9)]),
        (6, 9, [(1, 1), (1, 9), (6, 1), (4, 1), (2, 1)]),
        (32, 9, [(1, 1), (1, 9), (32, 1), (16, 1), (8, 1), (4, 1), (2, 1)]),
    ],
)
def test_the_common_shapes_are_those_of_a_short_text(
    rows_max: int, check_width: int, shapes: list[tuple[int, int]]
) -> None:
    found = common_shapes(rows_max, check_width)
    assert found == [(rows, width, LENGTH_STEP) for rows, width in shapes]
