"""Dropout for a Llama, which has none of its own but in its attention."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812 - torch's own name for it
from transformers import LlamaForCausalLM


def add_dropout(model: LlamaForCausalLM, share: float) -> None:
    """Drop ``share`` of what the embedding and each part of a layer give on, while training.

    Hooks do it: the model's weights keep their names, and in ``eval`` mode nothing changes.
    """
    if share <= 0:
        return

    def drop(module: nn.Module, _inputs: Any, output: torch.Tensor) -> torch.Tensor:
        return F.dropout(output, share, training=module.training)

    model.model.embed_tokens.register_forward_hook(drop)
    for layer in model.model.layers:
        layer.self_attn.o_proj.register_forward_hook(drop)
        layer.mlp.register_forward_hook(drop)
