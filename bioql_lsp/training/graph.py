"""The ONNX graph of a Llama model, with its weights read from the safetensors file beside it.

Initialisers point into ``model.safetensors`` by offset: the weights exist once, in bf16, and are
cast when the graph is loaded. Keys and values come in and go out, so the caller owns the cache:
``past_*`` of shape (batch, heads, past, head) give ``present_*``; ``seqlens_k`` is the number of
valid tokens less one, and ``last`` the row of each sequence whose logits are wanted.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 20
MICROSOFT = "com.microsoft"
WEIGHTS_FILE = "model.safetensors"
GRAPH_FILE = "model.onnx"
_TYPES = {"BF16": TensorProto.BFLOAT16, "F16": TensorProto.FLOAT16, "F32": TensorProto.FLOAT}


@dataclass(frozen=True, slots=True)
class Shape:
    """The numbers of a Llama configuration that the graph needs."""

    hidden: int
    layers: int
    heads: int
    kv_heads: int
    head: int
    vocabulary: int
    context: int
    epsilon: float
    theta: float

    @classmethod
    def of(cls, config: dict[str, Any]) -> Shape:
        """From ``config.json``."""
        heads = config["num_attention_heads"]
        rope = config.get("rope_parameters") or {}
        return cls(
            hidden=config["hidden_size"],
            layers=config["num_hidden_layers"],
            heads=heads,
            kv_heads=config.get("num_key_value_heads", heads),
            head=config.get("head_dim") or config["hidden_size"] // heads,
            vocabulary=config["vocab_size"],
            context=config["max_position_embeddings"],
            epsilon=config["rms_norm_eps"],
            theta=float(rope.get("rope_theta", config.get("rope_theta", 10000.0))),
        )


class _Builder:
    """Collects nodes and initialisers."""

    def __init__(self, folder: Path) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initialisers: list[onnx.TensorProto] = []
        with (folder / WEIGHTS_FILE).open("rb") as stream:
            (length,) = struct.unpack("<Q", stream.read(8))
            header = json.loads(stream.read(length))
        self._base = 8 + length
        self._header = {name: entry for name, entry in header.items() if name != "__metadata__"}

    def node(
        self, operation: str, inputs: list[str], output: str, domain: str = "", **attributes: Any
    ) -> str:
        self.nodes.append(
            helper.make_node(operation, inputs, [output], name=output, domain=domain, **attributes)
        )
        return output

    def constant(self, name: str, values: np.ndarray[Any, Any]) -> str:
        self.initialisers.append(numpy_helper.from_array(values, name))
        return name

    def weight(self, name: str, *, is_transposed: bool = False) -> str:
        """A tensor of the weights file in fp32, by name."""
        entry = self._header[name]
        begin, end = entry["data_offsets"]
        tensor = TensorProto(
            name=f"{name}.stored", data_type=_TYPES[entry["dtype"]], dims=entry["shape"]
        )
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (
            ("location", WEIGHTS_FILE),
            ("offset", self._base + begin),
            ("length", end - begin),
        ):
            tensor.external_data.add(key=key, value=str(value))
        self.initialisers.append(tensor)
        cast = self.node("Cast", [tensor.name], name, to=TensorProto.FLOAT)
        return self.node("Transpose", [cast], f"{name}.T", perm=[1, 0]) if is_transposed else cast

    def norm(self, source: str, weight: str, epsilon: float) -> str:
        output = f"{weight}.out"
        return self.node(
            "SimplifiedLayerNormalization",
            [source, self.weight(weight)],
            output,
            axis=-1,
            epsilon=epsilon,
            stash_type=1,
        )

    def linear(self, source: str, weight: str) -> str:
        return self.node(
            "MatMul", [source, self.weight(weight, is_transposed=True)], f"{weight}.out"
        )


def _rotary(shape: Shape) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    exponents = np.arange(0, shape.head, 2, dtype=np.float64) / shape.head
    angles = np.outer(np.arange(shape.context), shape.theta**-exponents)
    return np.cos(angles).astype(np.float32), np.sin(angles).astype(np.float32)


def _layer(build: _Builder, shape: Shape, index: int, stream: str) -> str:
    at = f"model.layers.{index}"
    x = build.norm(stream, f"{at}.input_layernorm.weight", shape.epsilon)
    query, key, value = (build.linear(x, f"{at}.self_attn.{name}_proj.weight") for name in "qkv")
    attention = f"{at}.attention"
    build.nodes.append(
        helper.make_node(
            "GroupQueryAttention",
            [
                query,
                key,
                value,
                f"past_key_{index}",
                f"past_value_{index}",
                "seqlens_k",
                "total_length",
                "cos",
                "sin",
            ],
            [attention, f"present_key_{index}", f"present_value_{index}"],
            name=attention,
            domain=MICROSOFT,
            num_heads=shape.heads,
            kv_num_heads=shape.kv_heads,
            do_rotary=1,
            rotary_interleaved=0,
        )
    )
    mixed = build.linear(attention, f"{at}.self_attn.o_proj.weight")
    stream = build.node("Add", [stream, mixed], f"{at}.mixed")
    x = build.norm(stream, f"{at}.post_attention_layernorm.weight", shape.epsilon)
    gate, up = (build.linear(x, f"{at}.mlp.{name}_proj.weight") for name in ("gate", "up"))
    sigmoid = build.node("Sigmoid", [gate], f"{at}.sigmoid")
    silu = build.node("Mul", [gate, sigmoid], f"{at}.silu")
    product = build.node("Mul", [silu, up], f"{at}.product")
    down = build.linear(product, f"{at}.mlp.down_proj.weight")
    return build.node("Add", [stream, down], f"{at}.out")


def _value(name: str, kind: int, *dimensions: int | str) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, list(dimensions))


def build_graph(folder: Path) -> onnx.ModelProto:
    """The graph of the model in a folder with ``config.json`` and ``model.safetensors``."""
    shape = Shape.of(json.loads((folder / "config.json").read_text()))
    build = _Builder(folder)
    cos, sin = _rotary(shape)
    build.constant("cos", cos)
    build.constant("sin", sin)
    table = build.weight("model.embed_tokens.weight")
    stream = build.node("Gather", [table, "input_ids"], "embedded", axis=0)
    for index in range(shape.layers):
        stream = _layer(build, shape, index, stream)
    place = build.node(
        "Unsqueeze", ["last", build.constant("one", np.array([1], dtype=np.int64))], "place"
    )
    stream = build.node("GatherND", [stream, place], "picked", batch_dims=1)
    stream = build.norm(stream, "model.norm.weight", shape.epsilon)
    head = build.node("Transpose", [table], "head", perm=[1, 0])
    build.node("MatMul", [stream, head], "logits")

    cache = [("key", i) for i in range(shape.layers)] + [("value", i) for i in range(shape.layers)]
    inputs = [
        _value("input_ids", TensorProto.INT64, "batch", "length"),
        _value("last", TensorProto.INT64, "batch"),
        _value("seqlens_k", TensorProto.INT32, "batch"),
        _value("total_length", TensorProto.INT32),
        *(
            _value(f"past_{k}_{i}", TensorProto.FLOAT, "batch", shape.kv_heads, "past", shape.head)
            for k, i in cache
        ),
    ]
    outputs = [
        _value("logits", TensorProto.FLOAT, "batch", shape.vocabulary),
        *(
            _value(
                f"present_{k}_{i}", TensorProto.FLOAT, "batch", shape.kv_heads, "total", shape.head
            )
            for k, i in cache
        ),
    ]
    graph = helper.make_graph(build.nodes, "llama", inputs, outputs, build.initialisers)
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=10, producer_name="bioql-lsp")


def write_graph(folder: Path) -> Path:
    """Write ``model.onnx`` into a model folder."""
    path = folder / GRAPH_FILE
    path.write_bytes(build_graph(folder).SerializeToString())
    return path
