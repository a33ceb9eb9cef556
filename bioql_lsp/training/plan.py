"""What decides how a training run goes, and the shape of its model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from transformers import LlamaConfig

from bioql_lsp.training.intents import SAMPLES
from bioql_lsp.worker.prompts import PromptBuilder

CONTEXT_TOKENS_MAX: Final = 1024


@dataclass(frozen=True, slots=True)
class Plan:
    """A run's length, the model's shape, and how it learns."""

    minutes: float
    hidden: int = 256
    layers: int = 4
    heads: int = 4
    intermediate: int = 704
    rows: int = 8
    columns: int = 256
    learning_rate: float = 3e-3
    weight_decay: float = 0.1
    dropout: float = 0.0
    guessed: int = SAMPLES
    """So many requests train what tells the model what a request is like (``intents``)."""
    threads: int = 2
    compile: bool = True
    bf16: bool = False
    device: str = "cpu"


def make_config(plan: Plan, vocabulary: int, builder: PromptBuilder) -> LlamaConfig:
    """The model's shape as a Llama configuration."""
    return LlamaConfig(
        vocab_size=vocabulary,
        hidden_size=plan.hidden,
        intermediate_size=plan.intermediate,
        num_hidden_layers=plan.layers,
        num_attention_heads=plan.heads,
        num_key_value_heads=plan.heads,
        max_position_embeddings=CONTEXT_TOKENS_MAX,
        rms_norm_eps=1e-5,
        tie_word_embeddings=True,
        bos_token_id=builder.bos_id,
        eos_token_id=builder.eos_id,
        pad_token_id=None,
        attention_bias=False,
        mlp_bias=False,
    )
