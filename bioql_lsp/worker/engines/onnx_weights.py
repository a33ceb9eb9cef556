"""A Llama model's weights as the graph's initialisers, made from safetensors when it is loaded.

The graph holds no numbers: each of its initialisers is one of the arrays that ``initialisers``
makes, under the same name. So the weights are stored once, whatever the precision. int8 means one
byte a weight of a matrix and one scale for every 64 of them, as MatMulNBits reads them.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from bioql_lsp.worker.engines.base import ModelFormatError

Array: TypeAlias = npt.NDArray[Any]
Floats: TypeAlias = npt.NDArray[np.float32]
Precision: TypeAlias = Literal["fp32", "int8"]
PRECISIONS: Final[tuple[Precision, ...]] = get_args(Precision)

BLOCK: Final = 64
"""How many weights of a row share a scale."""
_VALUE_MAX: Final = 10_000.0
_ZERO: Final = 128  # what MatMulNBits subtracts from each byte
_INSTEAD: Final = "the engine onnx cannot run it: use --engine transformers"


@dataclass(frozen=True, slots=True)
class Shape:
    """The numbers of a Llama configuration that graph and cache need."""

    hidden: int
    intermediate: int
    layers: int
    heads: int
    kv_heads: int
    head: int
    vocabulary: int
    context: int
    epsilon: float
    theta: float
    is_tied: bool

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> Shape:
        """From ``config.json``. Raises ModelFormatError for what the graph does not have."""
        rope = {**(config.get("rope_scaling") or {}), **(config.get("rope_parameters") or {})}
        kind = rope.get("rope_type", rope.get("type", "default"))
        if kind != "default":
            raise ModelFormatError(f"The model's positions are {kind}; {_INSTEAD}.")
        if config.get("attention_bias") or config.get("mlp_bias"):
            raise ModelFormatError(f"The model has biases; {_INSTEAD}.")
        if config.get("hidden_act", "silu") != "silu":
            raise ModelFormatError(f"The model's activation is {config['hidden_act']}; {_INSTEAD}.")
        heads = config["num_attention_heads"]
        return cls(
            hidden=config["hidden_size"],
            intermediate=config["intermediate_size"],
            layers=config["num_hidden_layers"],
            heads=heads,
            kv_heads=config.get("num_key_value_heads") or heads,
            head=config.get("head_dim") or config["hidden_size"] // heads,
            vocabulary=config["vocab_size"],
            context=config["max_position_embeddings"],
            epsilon=config["rms_norm_eps"],
            theta=float(rope.get("rope_theta", config.get("rope_theta", 10000.0))),
            is_tied=bool(config.get("tie_word_embeddings", False)),
        )


class Tensors:
    """A safetensors file, of which a tensor is read when it is asked for: few are held at once."""

    def __init__(self, path: Path) -> None:
        """Read the header. Raises ModelFormatError."""
        self._path = path
        try:
            with path.open("rb") as stream:
                (length,) = struct.unpack("<Q", stream.read(8))
                header = stream.read(min(length, path.stat().st_size))
            self._entries: dict[str, Any] = json.loads(header)
        except (OSError, ValueError, struct.error) as error:
            raise self._broken() from error
        self._base = 8 + length

    def __getitem__(self, name: str) -> Floats:
        """A tensor in fp32. Raises ModelFormatError."""
        try:
            entry = self._entries[name]
            stored = {"BF16": np.uint16, "F16": np.float16, "F32": np.float32}[entry["dtype"]]
            begin, end = entry["data_offsets"]
            count = (end - begin) // np.dtype(stored).itemsize
            flat = np.fromfile(self._path, stored, count, offset=self._base + begin)
            if stored is np.uint16:  # bf16 is the upper half of an fp32
                flat = (flat.astype(np.uint32) << 16).view(np.float32)
            return flat.astype(np.float32, copy=False).reshape(entry["shape"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise self._broken(f"the tensor {name}") from error

    def _broken(self, part: str = "a header") -> ModelFormatError:
        return ModelFormatError(
            f"{self._path} is missing or broken: it must hold {part} in bf16, fp16 or fp32."
        )


def initialisers(path: Path, shape: Shape, precision: Precision) -> dict[str, Array]:
    """The graph's initialisers by name, from a safetensors file. Raises ModelFormatError.

    A matrix ``m`` of shape (out, in) is ``m`` (in, out) in fp32; in int8 it is ``m`` (out, blocks,
    64) with ``m.scales`` (out, blocks).
    """
    tensors = Tensors(path)
    arrays: dict[str, Array] = {}
    arrays["cos"], arrays["sin"] = _rotary(shape)
    for name, source in _vectors(shape).items():
        arrays[name] = tensors[source]
    if precision == "int8":
        for name, vector in arrays.items():
            _check_values(vector, name)
    for name, sources in _matrices(shape).items():
        matrix = np.concatenate([tensors[source] for source in sources])
        if precision == "int8":
            _check_values(matrix, sources[0])
            arrays[name], arrays[f"{name}.scales"] = quantise(matrix)
        else:
            arrays[name] = np.ascontiguousarray(matrix.T)
    return arrays


def _check_values(values: Floats, name: str) -> None:
    """Refuse what makes scores NaN or infinite: int8 would hide it, since NaN becomes a number.

    With weights within the bound no sum of a Llama model leaves fp32. Raises ModelFormatError.
    """
    if not max(values.max(), -values.min()) <= _VALUE_MAX:  # NaN is not less either
        raise ModelFormatError(
            f"The weights hold NaN, infinity or values above {_VALUE_MAX:,.0f} ({name}): "
            "the model is broken, and int8 would hide it."
        )


def _vectors(shape: Shape) -> dict[str, str]:
    """The tensors that stay as they are: initialiser and name in the file."""
    names = {"embedding": "model.embed_tokens.weight", "norm": "model.norm.weight"}
    for index in range(shape.layers):
        at = f"model.layers.{index}"
        names[f"{index}.attention_norm"] = f"{at}.input_layernorm.weight"
        names[f"{index}.mlp_norm"] = f"{at}.post_attention_layernorm.weight"
    return names


def _matrices(shape: Shape) -> dict[str, list[str]]:
    """The matrices (out, in), likewise; those that read the same input are one."""
    names = {}
    for index in range(shape.layers):
        at = f"model.layers.{index}"
        names[f"{index}.qkv"] = [f"{at}.self_attn.{part}_proj.weight" for part in "qkv"]
        names[f"{index}.out"] = [f"{at}.self_attn.o_proj.weight"]
        names[f"{index}.gate_up"] = [f"{at}.mlp.{part}_proj.weight" for part in ("gate", "up")]
        names[f"{index}.down"] = [f"{at}.mlp.down_proj.weight"]
    names["head"] = ["model.embed_tokens.weight" if shape.is_tied else "lm_head.weight"]
    return names


def quantise(matrix: Floats) -> tuple[npt.NDArray[np.uint8], Floats]:
    """Bytes (out, blocks, 64) and scales (out, blocks) of a matrix (out, in) of finite values."""
    rows, columns = matrix.shape
    blocks = -(-columns // BLOCK)
    padded = np.zeros((rows, blocks * BLOCK), dtype=np.float32)
    padded[:, :columns] = matrix
    grouped = padded.reshape(rows, blocks, BLOCK)
    scales = np.maximum(grouped.max(axis=2), -grouped.min(axis=2)) / np.float32(127)
    grouped /= np.where(scales == 0, 1, scales)[:, :, None]
    grouped += _ZERO + 0.5  # positive, so cutting the fraction off rounds to the nearest
    return grouped.astype(np.uint8), scales


def _rotary(shape: Shape) -> tuple[Floats, Floats]:
    """Cosine and sine (context, head / 2) of every position's angles."""
    exponents = np.arange(0, shape.head, 2, dtype=np.float64) / shape.head
    angles = np.outer(np.arange(shape.context), shape.theta**-exponents)
    return np.cos(angles).astype(np.float32), np.sin(angles).astype(np.float32)
