"""How a fine-tune in fp16 ends in NaN, one cause at a time, and what the same steps do otherwise.

Everything runs on a CPU with a small random Llama. Three causes are fp16's own; a row of attention
that may look at nothing is a fault in every kind of numbers. Attention scores overflow only where
they are written down in fp16 (``eager``): torch's fused attention on a CPU keeps them in fp32.
"""

from __future__ import annotations

from typing import Any

import pytest
import torch
from peft import LoraConfig, get_peft_model
from torch import Tensor
from transformers import LlamaConfig, LlamaForCausalLM

from tests.training.lora_models import grow_products

TOKENS = torch.randint(0, 64, (2, 16), generator=torch.Generator().manual_seed(0))
PADDED = 4


def small(attention: str = "eager") -> Any:
    torch.manual_seed(3)
    config = LlamaConfig(
        vocab_size=64,
        hidden_size=64,
        intermediate_size=96,
        num_hidden_layers=2,
        num_attention_heads=4,
        max_position_embeddings=64,
    )
    config._attn_implementation = attention
    return LlamaForCausalLM(config)


def with_adapter(model: Any, *, is_adapter_fp32: bool) -> Any:
    config = LoraConfig(
        r=4, lora_alpha=8, target_modules=["q_proj", "v_proj", "down_proj"], task_type="CAUSAL_LM"
    )
    return get_peft_model(model, config, autocast_adapter_dtype=is_adapter_fp32)


def broken_weights(model: Any) -> int:
    return sum(
        int((~torch.isfinite(p)).any()) for p in model.parameters() if p.requires_grad
    )  # fmt: skip


def train(model: Any, steps: int, *, mask: Tensor | None = None, **adamw: Any) -> list[float]:
    """Steps with no guard; the losses."""
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=1e-3, **adamw)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = model(input_ids=TOKENS, attention_mask=mask, labels=TOKENS).loss
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def scores(model: Any, mask: Tensor | None = None) -> Tensor:
    with torch.no_grad():
        found: Tensor = model(input_ids=TOKENS, attention_mask=mask).logits.float()
    return found


def left_padding(lowest: float, dtype: torch.dtype) -> Tensor:
    """Causal and padding added up, as masks were made: the first positions see only padding."""
    length = TOKENS.shape[1]
    causal = torch.full((length, length), lowest, dtype=dtype).triu(1)
    padding = torch.zeros(length, dtype=dtype)
    padding[:PADDED] = lowest
    return (causal + padding).expand(len(TOKENS), 1, length, length)


# -- the whole of the old way, and ours ------------------------------------------------------------


def test_all_in_fp16_the_first_step_makes_the_adapter_nan() -> None:
    model = with_adapter(small().half(), is_adapter_fp32=False)
    first, second = train(model, 2, mask=left_padding(torch.finfo(torch.half).min, torch.half))
    assert first == pytest.approx(4.17, abs=0.1)
    assert second != second
    assert broken_weights(model)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float32])
def test_the_same_steps_with_a_wider_base_and_an_fp32_adapter_learn(dtype: torch.dtype) -> None:
    model = with_adapter(small().to(dtype), is_adapter_fp32=True)
    losses = train(model, 12, mask=left_padding(torch.finfo(dtype).min, dtype))
    assert losses[-1] < losses[0] - 0.05
    assert not broken_weights(model)


# -- cause 1: the optimizer's epsilon is zero in fp16 ----------------------------------------------


def test_adamw_divides_by_zero_where_its_epsilon_does_not_exist() -> None:
    """The gradients are sound. Those of A are zero at first, since B is: 0 / (0 + 0) is NaN."""
    assert torch.tensor(1e-8, dtype=torch.half) == 0
    model = with_adapter(small().half(), is_adapter_fp32=False)
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=1e-3)
    model(input_ids=TOKENS, labels=TOKENS).loss.backward()
    assert all(bool(torch.isfinite(p.grad).all()) for p in trained)
    optimizer.step()
    assert broken_weights(model) == len(trained)


@pytest.mark.parametrize(
    ("is_adapter_fp32", "adamw"),
    [(True, {}), (False, {"eps": 1e-4}), (False, {"fused": True})],
    ids=["fp32 adapter", "an epsilon that fp16 has", "an optimizer that reckons in fp32"],
)
def test_it_is_the_epsilon(is_adapter_fp32: bool, adamw: dict[str, Any]) -> None:
    model = with_adapter(small().half(), is_adapter_fp32=is_adapter_fp32)
    losses = train(model, 5, **adamw)
    assert losses[-1] < losses[0]
    assert not broken_weights(model)


# -- cause 2: a product in the MLP that fp16 has no number for -------------------------------------


def test_a_product_beyond_65504_is_infinite_in_fp16_alone() -> None:
    plain, grown = small(), small()
    grow_products(plain, 1.0)
    grow_products(grown, 2.0**14)
    assert torch.equal(scores(plain), scores(grown))
    assert torch.isfinite(scores(grown.to(torch.bfloat16))).all()
    assert torch.isnan(scores(grown.half())).any()
    assert all(bool(torch.isfinite(weight).all()) for weight in grown.parameters())


# -- cause 3: attention scores that fp16 has no number for -----------------------------------------


@pytest.mark.parametrize(("attention", "is_sound"), [("eager", False), ("sdpa", True)])
def test_large_attention_scores(attention: str, is_sound: bool) -> None:
    model = small(attention)
    with torch.no_grad():
        for layer in model.model.layers:
            layer.self_attn.q_proj.weight.mul_(4096)
            layer.self_attn.k_proj.weight.mul_(4096)
    assert torch.isfinite(scores(model)).all()
    assert torch.isfinite(scores(model.to(torch.bfloat16))).all()
    assert bool(torch.isfinite(scores(model.half())).all()) == is_sound


# -- cause 4: a row of attention that may look at nothing ------------------------------------------


@pytest.mark.parametrize("dtype", [torch.half, torch.bfloat16, torch.float32])
def test_padding_that_sees_nothing_spoils_the_text_in_any_numbers(dtype: torch.dtype) -> None:
    """The padding's own scores are NaN; a later layer takes 0 times NaN of them into the text's."""
    found = scores(small().to(dtype), left_padding(-torch.inf, dtype))
    assert torch.isnan(found[:, :PADDED]).all()
    assert torch.isnan(found[:, PADDED:]).all()


@pytest.mark.parametrize("dtype", [torch.half, torch.bfloat16, torch.float32])
def test_the_lowest_number_instead_of_infinity_does_not(dtype: torch.dtype) -> None:
    found = scores(small().to(dtype), left_padding(torch.finfo(dtype).min, dtype))
    assert torch.isfinite(found).all()


def test_fused_attention_takes_such_a_row_as_zeros() -> None:
    found = scores(small("sdpa").half(), left_padding(-torch.inf, torch.half))
    assert torch.isfinite(found).all()
