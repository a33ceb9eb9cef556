"""What stops a run before it spoils the adapter, and what it says of the place."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from bioql_lsp.training.lora.base import open_base
from bioql_lsp.training.lora.checkpoint import checkpoints
from bioql_lsp.training.lora.guard import NonFiniteError
from bioql_lsp.training.lora.scale import GROW_AFTER, SCALE_START, LossScale
from tests.training.lora_models import adapter_weights, make_base, trainer

BEYOND_FP16 = 2.0**14


def sound_checkpoint(run: Path) -> int:
    """The step of the newest checkpoint, whose every weight is finite."""
    newest = checkpoints(run)[-1]
    tensors = load_file(newest / "adapter_model.safetensors")
    assert tensors
    assert all(bool(torch.isfinite(tensor).all()) for tensor in tensors.values())
    step: int = json.loads((newest / "state.json").read_text())["step"]
    return step


def test_fp16_stops_at_the_product_and_names_it(tmp_path: Path) -> None:
    base = make_base(tmp_path / "base", product_scale=BEYOND_FP16)
    run = trainer(base, tmp_path / "run", dtype="fp16", steps=5)
    before = adapter_weights(run)
    with pytest.raises(NonFiniteError) as caught:
        run.run()
    error = caught.value
    assert (error.step, error.phase, error.dtype) == (0, "forward", torch.float16)
    assert error.finding.module == "model.layers.0.mlp.down_proj"
    assert error.finding.is_input_broken
    assert error.finding.largest_at == "model.layers.0.mlp.up_proj"
    assert 1e3 < error.finding.largest < 65_504
    for word in ("step 0 (forward)", "down_proj", "float16", "--dtype bf16", "checkpoint stays"):
        assert word in str(error)
    assert all(torch.equal(before[name], now) for name, now in adapter_weights(run).items())
    assert sound_checkpoint(tmp_path / "run") == 0


@pytest.mark.parametrize("dtype", ["bf16", pytest.param("fp32", marks=pytest.mark.heavy)])
def test_the_same_base_in_wider_numbers_learns(tmp_path: Path, dtype: Any) -> None:
    base = make_base(tmp_path / "base", product_scale=BEYOND_FP16)
    run = trainer(base, tmp_path / "run", dtype=dtype, steps=12, learning_rate=1e-2)
    assert {weight.dtype for weight in adapter_weights(run).values()} == {torch.float32}
    losses = [run.step()["loss"] for _ in range(12)]
    assert losses[-1] < losses[0] - 0.5


def test_fp16_learns_where_nothing_overflows(tmp_path: Path) -> None:
    run = trainer(make_base(tmp_path / "base"), tmp_path / "run", dtype="fp16", steps=12,
                  learning_rate=1e-2)  # fmt: skip
    losses = [run.step()["loss"] for _ in range(12)]
    assert losses[-1] < losses[0] - 0.5
    assert run.scale is not None
    assert run.scale.skipped == 0


def test_fp16_leaves_out_steps_and_stops_at_the_third_in_a_row(tmp_path: Path) -> None:
    run = trainer(make_base(tmp_path / "base"), tmp_path / "run", dtype="fp16", steps=9)
    run.save()
    assert run.scale is not None
    run.scale.value = 2.0**60
    before = adapter_weights(run)
    assert [math.isfinite(run.step()["gradient_norm"]) for _ in range(2)] == [False, False]
    with pytest.raises(NonFiniteError) as caught:
        run.step()
    error = caught.value
    assert (error.step, error.phase, run.scale.skipped) == (2, "backward", 3)
    assert "way back" in str(error)
    assert error.finding.module.startswith(("lm_head", "model."))
    assert all(torch.equal(before[name], now) for name, now in adapter_weights(run).items())
    assert sound_checkpoint(tmp_path / "run") == 0


def test_a_step_that_goes_ends_the_row_of_those_left_out() -> None:
    scale = LossScale()
    assert scale.skip()
    assert scale.skip()
    scale.went()
    assert scale.skip()
    assert (scale.skipped, scale.value) == (3, SCALE_START / 8)
    for _ in range(GROW_AFTER):
        scale.went()
    assert scale.value == SCALE_START / 4


def test_gradients_whose_norm_is_no_number_are_not_applied(tmp_path: Path) -> None:
    base = make_base(tmp_path / "base", product_scale=1e30)
    run = trainer(base, tmp_path / "run", dtype="fp32", steps=5)
    with pytest.raises(NonFiniteError) as caught:
        run.run()
    assert caught.value.phase == "backward"
    assert "down_proj" in caught.value.finding.module
    assert "--learning-rate" in str(caught.value)
    assert sound_checkpoint(tmp_path / "run") == 0


def test_a_step_that_would_make_weights_nan_is_taken_back(tmp_path: Path) -> None:
    run = trainer(make_base(tmp_path / "base"), tmp_path / "run", steps=5)
    run.optimizer.param_groups[0]["eps"] = 0.0  # what 1e-8 is in fp16
    before = adapter_weights(run)
    with pytest.raises(NonFiniteError) as caught:
        run.run()
    assert caught.value.phase == "step"
    assert caught.value.finding.module == "model.layers.0.self_attn.q_proj.lora_A.default.weight"
    assert all(torch.equal(before[name], now) for name, now in adapter_weights(run).items())
    assert sound_checkpoint(tmp_path / "run") == 0


def test_a_base_that_is_broken_already_is_found_at_its_layer(tmp_path: Path) -> None:
    base = make_base(tmp_path / "base")
    run = trainer(base, tmp_path / "run", steps=5, gradient_checkpointing=True)
    weights = dict(run.model.named_parameters())
    norm = weights["base_model.model.model.layers.1.post_attention_layernorm.weight"]
    norm.data[0] = torch.nan
    with pytest.raises(NonFiniteError) as caught:
        run.step()
    assert caught.value.finding.module == "model.layers.1.post_attention_layernorm"
    assert not caught.value.finding.is_input_broken


def test_fp16_is_never_chosen_by_itself(tmp_path: Path) -> None:
    stored = make_base(tmp_path / "base", dtype=torch.float16)
    chosen = open_base(str(stored), "auto", "cpu")
    assert chosen.dtype == torch.float32
    assert "65,504" in chosen.note
    assert open_base(str(stored), "fp16", "cpu").dtype == torch.float16
