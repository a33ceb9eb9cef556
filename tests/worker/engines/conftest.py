"""A tiny random model, written by the same export as the embedded one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from transformers import LlamaConfig, LlamaForCausalLM

from bioql_lsp.training.export import export
from bioql_lsp.training.tokenizer import save_tokenizer, train_tokenizer
from bioql_lsp.worker.engines.base import LocalEngine
from bioql_lsp.worker.engines.registry import LOCAL_ENGINE_NAMES, EngineOptions, create_local

CONTEXT_TOKENS_MAX = 256


@pytest.fixture(scope="session")
def tiny_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random Llama with fewer key than query heads, as training would leave it."""
    folder = tmp_path_factory.mktemp("run")
    tokenizer = train_tokenizer(count=300)
    save_tokenizer(tokenizer, folder)
    torch.manual_seed(7)
    config = LlamaConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=64,
        intermediate_size=96,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=CONTEXT_TOKENS_MAX,
        tie_word_embeddings=True,
    )
    model = LlamaForCausalLM(config)
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() > 1:
                parameter.normal_(std=0.3)
    model.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_folder(tiny_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "tiny"
    export(tiny_run, folder)
    return folder


@pytest.fixture(scope="session")
def poisoned_folder(tiny_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model with a NaN in its last norm, as a bad fp16 training leaves behind."""
    copy = tmp_path_factory.mktemp("models") / "poisoned"
    copy.mkdir()
    for path in tiny_folder.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    tensors = load_file(copy / "model.safetensors")
    tensors["model.norm.weight"][0] = float("nan")
    save_file(tensors, copy / "model.safetensors", metadata={"format": "pt"})
    return copy


@pytest.fixture(scope="session")
def tiny_tokenizer(tiny_folder: Path) -> Tokenizer:
    return Tokenizer.from_file(str(tiny_folder / "tokenizer.json"))


def loaded(name: str, folder: Path, rows_max: int | None = None) -> LocalEngine:
    engine = create_local(name, str(folder), EngineOptions(rows_max=rows_max))
    engine.load(lambda share, word: None)
    return engine


@pytest.fixture(scope="session", params=LOCAL_ENGINE_NAMES)
def engine(request: pytest.FixtureRequest, tiny_folder: Path) -> LocalEngine:
    return loaded(request.param, tiny_folder)


@pytest.fixture
def edited_folder(tiny_folder: Path, tmp_path: Path) -> Path:
    """A copy of the tiny model that a test may spoil."""
    for path in tiny_folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def edit_config(folder: Path, **changes: object) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))
