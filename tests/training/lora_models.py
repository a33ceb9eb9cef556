"""Small bases, and examples that need no corpus, for the tests of fine-tuning beside this file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from transformers import LlamaConfig, LlamaForCausalLM

from bioql_lsp.training.corpus.examples import Example
from bioql_lsp.training.corpus.split import Split
from bioql_lsp.training.lora.base import DtypeName, open_base
from bioql_lsp.training.lora.plan import LoraPlan
from bioql_lsp.training.lora.trainer import LoraTrainer
from bioql_lsp.worker.engines.base import Instruct
from bioql_lsp.worker.engines.folder import STYLE_KEY, embedded_folder

NOISE_SHARE = 0.9
SMALL: dict[str, Any] = {
    "rank": 4, "alpha": 8, "rows": 2, "columns": 96, "accumulate": 1, "learning_rate": 1e-3,
}  # fmt: skip


def make_base(
    folder: Path, *, product_scale: float | None = None, dtype: torch.dtype = torch.float32
) -> Path:
    """A random Llama with the embedded model's tokenizer."""
    tokenizer = embedded_folder() / "tokenizer.json"
    vocabulary = json.loads((embedded_folder() / "config.json").read_text())["vocab_size"]
    torch.manual_seed(11)
    config = LlamaConfig(
        vocab_size=vocabulary,
        hidden_size=64,
        intermediate_size=96,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=256,
        bos_token_id=1,
        eos_token_id=2,
        tie_word_embeddings=True,
    )
    model = LlamaForCausalLM(config)
    if product_scale is not None:
        grow_products(model, product_scale)
    model.to(dtype).save_pretrained(folder)
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    stored = json.loads((folder / "config.json").read_text()) | {STYLE_KEY: "bare"}
    (folder / "config.json").write_text(json.dumps(stored))
    return folder


@torch.no_grad()
def grow_products(model: Any, factor: float) -> None:
    """Make what enters ``down_proj`` larger and its weights smaller: the same model on paper.

    The gates open wide for it, whatever the factor, so that a product is more than its factors.
    """
    for layer in model.model.layers:
        layer.mlp.gate_proj.weight.mul_(128)
        layer.mlp.up_proj.weight.mul_(factor)
        layer.mlp.down_proj.weight.div_(factor)


def pairs(seed: int, split: Split) -> Iterator[Example]:
    """Requests for one of ten numbers, and programs that print it."""
    rng = Random(f"{seed} {split}")
    while True:
        number = rng.randrange(10)
        yield Example(Instruct(f"say {number}"), f"print({number})\n", "generate:say")


def trainer(
    base: Path, out: Path, *, dtype: DtypeName = "auto", resume: bool = False, **plan: Any
) -> LoraTrainer:
    """A small run on the CPU."""
    settings = LoraPlan(**SMALL | plan)
    return LoraTrainer(
        settings, open_base(str(base), dtype, "cpu"), out, source=pairs, resume=resume
    )


def adapter_weights(run: LoraTrainer) -> dict[str, Tensor]:
    return {
        name: parameter.detach().clone()
        for name, parameter in run.model.named_parameters()
        if parameter.requires_grad
    }


def make_forgetful(folder: Path) -> Path:
    """The embedded model with noise in its layers: it has something to learn again."""
    shutil.copytree(embedded_folder(), folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    weights = load_file(folder / "model.safetensors")
    generator = torch.Generator().manual_seed(3)
    for name, weight in weights.items():
        if weight.dim() == 2 and ".layers." in name:
            noise = torch.randn(weight.shape, generator=generator) * weight.float().std()
            weights[name] = (weight.float() + NOISE_SHARE * noise).to(weight.dtype)
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    return folder
