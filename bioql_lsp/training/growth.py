"""A run that goes on from weights which were trained before, in a model that may be deeper."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import LlamaForCausalLM

from bioql_lsp.training.tokenizer import save_tokenizer


def copy_tokenizer(source: Path, out: Path) -> None:
    """Keep the vocabulary that the weights in ``source`` were trained with."""
    save_tokenizer(Tokenizer.from_file(str(source / "tokenizer.json")), out)


def begin_from(model: LlamaForCausalLM, source: Path) -> None:
    """Give ``model`` the weights of the folder ``source``; its further layers change nothing yet.

    Such a layer starts with zeros where it writes to what the next one reads, so the deeper model
    answers as the other one did until it has learnt more. Raises ValueError where shapes differ.
    """
    weights = load_file(source / "model.safetensors")
    own = model.state_dict()
    unfit = [name for name, value in weights.items() if own[name].shape != value.shape]
    if unfit:
        raise ValueError(
            f"{source} has other shapes at {', '.join(sorted(unfit)[:3])}; "
            "give --hidden, --heads and --intermediate as in its training.json."
        )
    model.load_state_dict(weights, strict=False)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name not in weights and name.endswith(("o_proj.weight", "down_proj.weight")):
                parameter.zero_()
