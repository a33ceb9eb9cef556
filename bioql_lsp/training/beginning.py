"""A run that goes on from weights which were trained before, with a schedule of its own."""

from __future__ import annotations

from pathlib import Path

from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import LlamaForCausalLM

from bioql_lsp.training.tokenizer import save_tokenizer
from bioql_lsp.worker.engines.folder import WEIGHTS_FILE


def copy_tokenizer(source: Path, out: Path) -> None:
    """Keep the vocabulary that the weights in ``source`` were trained with."""
    save_tokenizer(Tokenizer.from_file(str(source / "tokenizer.json")), out)


def begin_from(model: LlamaForCausalLM, source: Path) -> None:
    """Give ``model`` the weights of the folder ``source``. Raises ValueError for another shape."""
    weights = load_file(source / WEIGHTS_FILE)
    own = model.state_dict()
    tied = own.keys() - weights.keys()
    fits = tied <= {"lm_head.weight"} and all(
        name in own and own[name].shape == value.shape for name, value in weights.items()
    )
    if not fits:
        raise ValueError(
            f"The weights in {source} have another shape than this run's model; give --hidden, "
            "--layers, --heads and --intermediate as its training.json has them."
        )
    model.load_state_dict(weights, strict=False)
