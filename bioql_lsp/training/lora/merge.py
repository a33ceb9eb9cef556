"""An adapter added to its base for good: a model folder that every engine loads."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor

from bioql_lsp.training.export import export
from bioql_lsp.training.gguf import write_gguf
from bioql_lsp.training.lora.checkpoint import checkpoints
from bioql_lsp.worker.engines.adapter import (
    ADAPTER_FILE,
    CONFIG_FILE,
    Adapter,
    read_adapter,
)
from bioql_lsp.worker.engines.base import ModelFormatError
from bioql_lsp.worker.engines.folder import STYLE_KEY, WEIGHTS_FILE, read_config
from bioql_lsp.worker.engines.onnx import PRECISION_KEY
from bioql_lsp.worker.engines.transformers import check_weights

ORIGIN_FILE: Final = "lora.json"
_COPIED: Final = ("*.json", "tokenizer.model")
_NOT_COPIED: Final = ("training.json", "config.json", ORIGIN_FILE)
"""How the base was trained says nothing of the sum; the configuration gets its new precision."""


def merge(
    base: Path, name: str, adapter_folder: Path, out: Path, dtype: torch.dtype | None = None
) -> None:
    """Write the folder; without a ``dtype`` every tensor keeps its own.

    A base in the embedded model's style is exported like it, graphs included. Raises
    ModelFormatError.
    """
    config = read_config(base)
    check_weights(name, base, config)
    if out.exists() and any(out.iterdir()):
        raise ModelFormatError(f"{out} is not empty: give a new folder.")
    adapter = read_adapter(adapter_folder)
    adapter.check_base(base, name)
    adapter.check_modules(_tensor_names(base))
    if STYLE_KEY in config and (base / WEIGHTS_FILE).exists():
        kept = dtype or _numbers(base)
        with tempfile.TemporaryDirectory() as run:
            _write_folder(base, config, adapter, Path(run), torch.float32)
            export(Path(run), out, kept, config.get(PRECISION_KEY))
        _write_config(out, read_config(out) | {STYLE_KEY: config[STYLE_KEY]})
    else:
        out.mkdir(parents=True, exist_ok=True)
        _write_folder(base, config, adapter, out, dtype)
    origin = {
        "base": adapter.base_name or name,
        "base_identity": adapter.base_identity or None,
        "adapter": adapter.revision,
    }
    (out / ORIGIN_FILE).write_text(json.dumps(origin, indent=1) + "\n", encoding="utf-8")


def _write_folder(
    base: Path, config: dict[str, Any], adapter: Adapter, out: Path, dtype: torch.dtype | None
) -> None:
    for file in sorted(base.glob("*.safetensors")):
        merged = dict(_merged(file, adapter, dtype))
        save_file(merged, out / file.name, metadata={"format": "pt"})
        (out / file.name).chmod(0o644)  # safetensors writes it for its owner alone
    for pattern in _COPIED:
        for file in base.glob(pattern):
            if file.name not in _NOT_COPIED:
                shutil.copyfile(file, out / file.name)
    if dtype is not None:
        config = {key: value for key, value in config.items() if key != "torch_dtype"}
        config["dtype"] = str(dtype).removeprefix("torch.")
    _write_config(out, config)


def _write_config(out: Path, config: dict[str, Any]) -> None:
    text = json.dumps(config, indent=1, sort_keys=True) + "\n"
    (out / "config.json").write_text(text, encoding="utf-8")


def _merged(
    file: Path, adapter: Adapter, dtype: torch.dtype | None
) -> Iterator[tuple[str, Tensor]]:
    """The tensors of one file, one after the other."""
    with safe_open(file, framework="pt") as stored:
        for name in sorted(stored.keys()):
            tensor = stored.get_tensor(name)
            if dtype is not None:
                tensor = tensor.to(dtype)
            module = name.removesuffix(".weight")
            if module in adapter.pairs:
                tensor = adapter.merged(module, tensor)
            yield name, tensor.contiguous()


def _tensor_names(base: Path) -> Iterator[str]:
    for file in base.glob("*.safetensors"):
        with safe_open(file, framework="pt") as stored:
            yield from stored.keys()


def _numbers(base: Path) -> torch.dtype:
    """What the weights of a single file are kept in."""
    with safe_open(base / WEIGHTS_FILE, framework="pt") as stored:
        first: Tensor = stored.get_tensor(sorted(stored.keys())[0])
        return first.dtype


def gguf(folder: Path, file: Path, precision: str) -> None:
    """Write a merged folder as GGUF. Raises ModelFormatError that says what to use instead."""
    instead = (
        f"The merged model is in {folder}; convert it with llama.cpp's own script: "
        f"`python convert_hf_to_gguf.py {folder} --outfile {file}`."
    )
    if not (folder / WEIGHTS_FILE).exists():
        raise ModelFormatError(f"Weights in several files are not written as GGUF here. {instead}")
    try:
        write_gguf(folder, file, precision)
    except ModelFormatError as error:
        file.unlink(missing_ok=True)
        raise ModelFormatError(f"{error} {instead}") from error


def export_adapter(run: Path, out: Path) -> Path:
    """Copy the newest checkpoint's adapter, and nothing else of it; returns the checkpoint.

    Raises ModelFormatError.
    """
    found = checkpoints(run)
    if not found:
        raise ModelFormatError(f"{run} holds no checkpoint.")
    read_adapter(found[-1])
    out.mkdir(parents=True, exist_ok=True)
    for name in (ADAPTER_FILE, CONFIG_FILE):
        shutil.copyfile(found[-1] / name, out / name)
    return found[-1]
