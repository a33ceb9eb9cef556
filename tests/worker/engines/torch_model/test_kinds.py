"""Every kind of Llama, and weights that stay those of the model they came from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from tests.worker.engines.torch_model.conftest import (
    FORBIDDEN,
    expected,
    oracle,
    same,
    text,
    torch_model,
)

KINDS = {
    "one key head a query head": {"num_key_value_heads": 4},
    "one key head": {"num_key_value_heads": 1},
    "biases": {"attention_bias": True, "mlp_bias": True},
    "another activation": {"hidden_act": "gelu"},
    "a head size of its own": {"head_dim": 24},
    "stretched positions": {
        "rope_parameters": {
            "rope_type": "llama3",
            "rope_theta": 500.0,
            "factor": 4.0,
            "low_freq_factor": 1.0,
            "high_freq_factor": 4.0,
            "original_max_position_embeddings": 16,
        }
    },
}


def random_model(**changes: Any) -> Any:
    torch.manual_seed(5)
    sizes: dict[str, Any] = {
        "vocab_size": 300,
        "hidden_size": 64,
        "intermediate_size": 96,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "max_position_embeddings": 60,
    }
    model = LlamaForCausalLM(LlamaConfig(**sizes | changes)).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_(std=0.2)
    return model


@pytest.mark.parametrize("changes", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("way", ["eager", "fixed"])
def test_every_kind_of_llama_is_computed_as_transformers_does(
    changes: dict[str, Any], way: str
) -> None:
    reference, model = random_model(**changes), torch_model(random_model(**changes), way)
    tokens = text(30)
    same(model.read(0, 0, tokens, 1).of(0), expected(reference, tokens)[-1])
    model.read(1, 0, tokens[:9], 1)
    scores = model.step([9, 10], [30, 9])
    same(scores.of(0), expected(reference, [*tokens, 9])[-1])
    same(scores.of(1), expected(reference, [*tokens[:9], 10])[-1])
    same(model.read(0, 31, [4, 5, 6], 3).of(2), expected(reference, [*tokens, 9, 4, 5, 6])[-1])


def test_half_precision_stays_near(tiny_folder: Path, reference: Any) -> None:
    model = torch_model(oracle(tiny_folder).to(torch.bfloat16))
    tokens = text(30)
    wanted = expected(reference, tokens)
    scores = model.read(0, 0, tokens, 30)
    allowed = [place for place in range(300) if place not in FORBIDDEN]
    for place in range(30):
        found = scores.of(place)
        assert found is not None
        assert np.corrcoef(found[allowed], wanted[place][allowed])[0, 1] > 0.99


def test_the_weights_are_shared_with_the_model_that_goes_on_working(
    tiny_folder: Path, reference: Any
) -> None:
    shared = oracle(tiny_folder)
    torch_model(shared)
    same(expected(shared, text(12))[-1], expected(reference, text(12))[-1])
    attention = shared.model.layers[0].self_attn
    storages = {
        part.weight.untyped_storage().data_ptr()
        for part in (attention.q_proj, attention.k_proj, attention.v_proj)
    }
    assert len(storages) == 1


def test_what_a_token_reads_of_the_weights_is_all_but_the_other_embeddings() -> None:
    model = random_model(tie_word_embeddings=False)
    parameters = sum(parameter.numel() for parameter in model.parameters())
    embedding = model.model.embed_tokens.weight.numel()
    assert torch_model(model).weight_bytes == 4 * (parameters - embedding)
