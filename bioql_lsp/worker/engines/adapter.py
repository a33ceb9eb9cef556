"""A LoRA adapter in peft's format, added to the weights of its base when these are loaded.

Nothing of it is left to do while answers are written, so they come as fast as the base's. Read are
``adapter_config.json`` and ``adapter_model.safetensors`` alone, and peft itself is not needed.
Adapters whose effect is more than ``weight + scale * B @ A`` are refused by name.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final, TypeAlias

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from bioql_lsp.worker.engines.base import ModelFormatError

CONFIG_FILE: Final = "adapter_config.json"
ADAPTER_FILE: Final = "adapter_model.safetensors"
BASE_KEY: Final = "bioql_base"
"""Where an adapter's file says which weights it was trained on: ``base_identity``."""

_PLAIN: Final[dict[str, tuple[Any, ...]]] = {
    "peft_type": ("LORA",),
    "bias": ("none", None),
    "init_lora_weights": (True, False, None, "gaussian", "orthogonal", "eva"),
}
"""What these settings may be; others change the base's weights or do more than add a product."""
_HARMLESS: Final = {
    *("auto_mapping", "base_model_name_or_path", "ensure_weight_tying", "eva_config"),
    *("exclude_modules", "inference_mode", "layers_pattern", "layers_to_transform", "lora_alpha"),
    *("lora_dropout", "megatron_config", "megatron_core", "peft_version", "qalora_group_size"),
    *("r", "revision", "runtime_config", "target_modules", "task_type", "use_rslora"),
}
"""Settings that may be anything: they are read below, or matter to training alone. Those that are
named nowhere here have to be empty or false."""
_NAME = re.compile(r"base_model\.model\.(?P<module>.+)\.lora_(?P<half>[AB])\.weight")

Pair: TypeAlias = tuple[Tensor, Tensor]


@dataclass(frozen=True, slots=True)
class Adapter:
    """``pairs``: A (rank, in) and B (out, rank) of each module, by its name in the base."""

    folder: Path
    scale: float
    pairs: dict[str, Pair]
    base_name: str
    base_identity: str
    revision: str

    def merged(self, module: str, weight: Tensor) -> Tensor:
        """The module's weight with the adapter's part, summed in fp32. Raises ModelFormatError."""
        a, b = self.pairs[module]
        if weight.shape != (b.shape[0], a.shape[1]):
            raise ModelFormatError(
                f"{self.folder}: {module} is {b.shape[0]} x {a.shape[1]} in the adapter and "
                f"{' x '.join(map(str, weight.shape))} in the model: it was trained on another."
            )
        return (weight.float() + self.scale * (b @ a)).to(weight.dtype)

    def apply(self, model: Any) -> None:
        """Add it to a loaded model's weights. Raises ModelFormatError."""
        parameters = dict(model.named_parameters())
        self.check_modules(parameters)
        with torch.no_grad():
            for module in self.pairs:
                weight = parameters[f"{module}.weight"]
                weight.copy_(self.merged(module, weight))

    def check_modules(self, names: Iterable[str]) -> None:
        """Raises ModelFormatError where the model lacks a weight that the adapter changes."""
        missing = {f"{module}.weight" for module in self.pairs} - set(names)
        if missing:
            raise ModelFormatError(
                f"{self.folder}: the model has no {min(missing)}; the adapter is for another."
            )

    def check_base(self, folder: Path, name: str) -> None:
        """Compare what the adapter was trained on with a model's folder.

        The weights themselves count where the adapter knows them, else the model's name. Raises
        ModelFormatError.
        """
        if self.base_identity:
            if self.base_identity != base_identity(folder):
                raise ModelFormatError(
                    f"{self.folder} was trained on {self.base_name} and on other weights than "
                    f"{name} has: give --model the base that it was trained on."
                )
        elif self.base_name and _last_part(self.base_name) != _last_part(name):
            raise ModelFormatError(
                f"{self.folder} says that it was trained on {self.base_name}, not on {name}. If "
                f"they are the same, write it as base_model_name_or_path into {CONFIG_FILE}."
            )


def read_adapter(folder: Path) -> Adapter:
    """Read an adapter's folder. Raises ModelFormatError."""
    config = _read_config(folder)
    file = folder / ADAPTER_FILE
    if not file.exists():
        raise ModelFormatError(f"{folder} has no {ADAPTER_FILE}; other files are not loaded.")
    try:
        with safe_open(file, framework="pt") as stored:
            metadata = stored.metadata() or {}
            tensors = {name: stored.get_tensor(name).float() for name in stored.keys()}  # noqa: SIM118
    except (OSError, SafetensorError) as error:
        raise ModelFormatError(f"{file} is broken.") from error
    scale = _scale(folder, config)
    content = file.read_bytes() + (folder / CONFIG_FILE).read_bytes()
    return Adapter(
        folder=folder,
        scale=scale,
        pairs=_pairs(folder, tensors, int(config["r"])),
        base_name=str(config.get("base_model_name_or_path") or ""),
        base_identity=metadata.get(BASE_KEY, ""),
        revision=hashlib.sha256(content).hexdigest()[:12],
    )


def _read_config(folder: Path) -> dict[str, Any]:
    try:
        config: dict[str, Any] = json.loads((folder / CONFIG_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelFormatError(
            f"{folder} is no adapter in peft's format: {CONFIG_FILE} is missing or broken."
        ) from error
    if not isinstance(config, dict):
        raise ModelFormatError(f"{folder}: {CONFIG_FILE} must hold a JSON object.")
    for key, value in config.items():
        is_plain = value in _PLAIN[key] if key in _PLAIN else key in _HARMLESS or not value
        if not is_plain:
            raise ModelFormatError(
                f"{folder}: an adapter with {key}={value!r} cannot be loaded here; merge it into "
                "its base with peft and serve the merged folder."
            )
    return config


def _scale(folder: Path, config: dict[str, Any]) -> float:
    try:
        rank, alpha = int(config["r"]), float(config["lora_alpha"])
        return alpha / (math.sqrt(rank) if config.get("use_rslora") else rank)
    except (KeyError, TypeError, ValueError, ZeroDivisionError) as error:
        raise ModelFormatError(
            f"{folder}: {CONFIG_FILE} lacks a usable r or lora_alpha."
        ) from error


def _pairs(folder: Path, tensors: dict[str, Tensor], rank: int) -> dict[str, Pair]:
    halves: dict[str, dict[str, Tensor]] = {}
    for name, tensor in tensors.items():
        match = _NAME.fullmatch(name)
        if match is None or tensor.dim() != 2:
            raise ModelFormatError(f"{folder}: {name} is no part of a plain LoRA adapter.")
        if not torch.isfinite(tensor).all():
            raise ModelFormatError(
                f"{folder}: {name} holds NaN or infinity: its training broke. Train it again in "
                "bf16 or fp32; an earlier checkpoint may still be sound."
            )
        halves.setdefault(match["module"], {})[match["half"]] = tensor
    pairs = {}
    for module, found in sorted(halves.items()):
        if len(found) != 2 or not found["A"].shape[0] == found["B"].shape[1] == rank:
            raise ModelFormatError(f"{folder}: {module} lacks a lora_A and lora_B of rank {rank}.")
        pairs[module] = (found["A"], found["B"])
    if not pairs:
        raise ModelFormatError(f"{folder}: {ADAPTER_FILE} holds no weights.")
    return pairs


def base_identity(folder: Path) -> str:
    """Sixteen hex digits of a model's weights, however its files are cut.

    From every tensor's name and shape, from all norms and from the first row of every matrix: any
    training changes some of these, and reading them takes no time even of a large model.
    """
    digest = hashlib.sha256()
    for name, shape, values in sorted(_samples(folder)):
        digest.update(f"{name} {shape} ".encode() + values)
    return digest.hexdigest()[:16]


def _samples(folder: Path) -> Iterator[tuple[str, list[int], bytes]]:
    for file in folder.glob("*.safetensors"):
        with safe_open(file, framework="pt") as stored:
            for name in stored.keys():  # noqa: SIM118 - it is no mapping
                part = stored.get_slice(name)
                shape = part.get_shape()
                row = part[:1] if len(shape) > 1 else part[:]
                yield name, shape, row.float().numpy().tobytes()


def _last_part(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name
