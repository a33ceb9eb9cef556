"""Models of a given shape with random weights, on which speed does not depend."""

from __future__ import annotations

import json
from typing import Any

import torch
from transformers import LlamaConfig, LlamaForCausalLM

from bioql_lsp.worker.engines.folder import embedded_folder

CODELLAMA_7B: dict[str, Any] = {
    "vocab_size": 32016,
    "hidden_size": 4096,
    "intermediate_size": 11008,
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "rms_norm_eps": 1e-5,
    "rope_parameters": {"rope_type": "default", "rope_theta": 1e6},
}
TINY: dict[str, Any] = {
    "vocab_size": 512,
    "hidden_size": 64,
    "intermediate_size": 96,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
}
SHAPES = ("7b", "mini", "tiny")


def config_of(shape: str, layers: int | None, context_tokens: int) -> LlamaConfig:
    """The shape's configuration for texts up to ``context_tokens``."""
    if shape == "mini":
        text = (embedded_folder() / "config.json").read_text(encoding="utf-8")
        sizes = json.loads(text)
    else:
        sizes = dict(CODELLAMA_7B if shape == "7b" else TINY)
    sizes["max_position_embeddings"] = context_tokens
    if layers is not None:
        sizes["num_hidden_layers"] = layers
    return LlamaConfig(**sizes | {"bos_token_id": 1, "eos_token_id": None, "pad_token_id": None})


def dtype_on(device: torch.device) -> torch.dtype:
    """What the engine runs in there."""
    if device.type == "cpu":
        return torch.float32
    return torch.bfloat16 if torch.cuda.is_bf16_supported(False) else torch.float16


def random_model(config: LlamaConfig, device: torch.device) -> Any:
    """The model in the device's memory, never anywhere else; the same at every run."""
    torch.manual_seed(0)
    former = torch.get_default_dtype()
    torch.set_default_dtype(dtype_on(device))
    try:
        with device:
            model = LlamaForCausalLM(config)
    finally:
        torch.set_default_dtype(former)
    model.generation_config.eos_token_id = None
    model.generation_config.pad_token_id = 0
    return model.eval()
