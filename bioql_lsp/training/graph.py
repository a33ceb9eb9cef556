"""The ONNX graphs of a Llama model: one in fp32, one whose matrices are int8.

A graph has no numbers in it: its initialisers are declared by name, type and shape, and
``engines/onnx_weights`` makes them from ``model.safetensors`` when the graph is loaded. The caller
owns the cache: ``past_*`` and ``present_*`` of shape (batch, heads, context, head) are meant to be
the same memory. ``seqlens_k`` is the number of valid tokens of each sequence less one,
``total_length`` the largest of them, and ``places`` are the places of ``input_ids`` (the same in
each sequence) whose next token is scored.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import onnx
from onnx import TensorProto, helper

from bioql_lsp.worker.engines.folder import WEIGHTS_FILE
from bioql_lsp.worker.engines.onnx_model import graph_file
from bioql_lsp.worker.engines.onnx_weights import (
    BLOCK,
    PRECISIONS,
    Array,
    Precision,
    Shape,
    initialisers,
)

OPSET = 20
MICROSOFT = "com.microsoft"
_INT8_ACTIVATIONS = 4  # MatMulNBits: inputs in int8 too, a scale for each block of each row


class _Builder:
    """Collects nodes; a node's name is that of its first output."""

    def __init__(self, arrays: Mapping[str, Array], shape: Shape, precision: Precision) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.shape = shape
        self._arrays = arrays
        self._precision = precision

    def node(
        self, operation: str, inputs: list[str], *outputs: str, domain: str = "", **attributes: Any
    ) -> str:
        self.nodes.append(
            helper.make_node(
                operation, inputs, list(outputs), name=outputs[0], domain=domain, **attributes
            )
        )
        return outputs[0]

    def linear(self, source: str, matrix: str, output: str) -> str:
        if self._precision == "fp32":
            return self.node("MatMul", [source, matrix], output)
        rows = self._arrays[matrix].shape[0]
        return self.node(
            "MatMulNBits",
            [source, matrix, f"{matrix}.scales"],
            output,
            domain=MICROSOFT,
            bits=8,
            block_size=BLOCK,
            accuracy_level=_INT8_ACTIVATIONS,
            N=rows,
            K=self._columns(matrix),
        )

    def _columns(self, matrix: str) -> int:
        """How long the rows of a matrix are; in int8 its blocks are filled up with zeros."""
        shape = self.shape
        kind = matrix.rpartition(".")[2]
        return {"out": shape.heads * shape.head, "down": shape.intermediate}.get(kind, shape.hidden)

    def norm(self, stream: str, added: str | None, weight: str) -> tuple[str, str]:
        """The stream with what is added to it, and its norm."""
        output = f"{weight}.normed"
        epsilon = self.shape.epsilon
        if added is None:
            self.node(
                "SimplifiedLayerNormalization",
                [stream, weight],
                output,
                axis=-1,
                epsilon=epsilon,
                stash_type=1,
            )
            return stream, output
        total = f"{weight}.stream"
        self.node(
            "SkipSimplifiedLayerNormalization",
            [added, stream, weight],
            output,
            "",
            "",
            total,
            domain=MICROSOFT,
            epsilon=epsilon,
        )
        return total, output

    def initialisers(self) -> list[onnx.TensorProto]:
        """Every array by name, type and shape, declared to be somewhere else."""
        tensors = []
        for name, array in self._arrays.items():
            kind = helper.np_dtype_to_tensor_dtype(array.dtype)
            tensor = TensorProto(name=name, data_type=kind, dims=array.shape)
            tensor.data_location = TensorProto.EXTERNAL
            tensor.external_data.add(key="location", value=WEIGHTS_FILE)
            tensors.append(tensor)
        return tensors


def _layer(build: _Builder, index: int, stream: str, added: str | None) -> tuple[str, str]:
    """The stream before the layer's last addition, and what is to be added."""
    shape = build.shape
    stream, x = build.norm(stream, added, f"{index}.attention_norm")
    qkv = build.linear(x, f"{index}.qkv", f"{index}.qkv.out")
    attention = build.node(
        "GroupQueryAttention",
        [
            qkv,
            "",
            "",
            f"past_key_{index}",
            f"past_value_{index}",
            "seqlens_k",
            "total_length",
            "cos",
            "sin",
        ],
        f"{index}.attention",
        f"present_key_{index}",
        f"present_value_{index}",
        domain=MICROSOFT,
        num_heads=shape.heads,
        kv_num_heads=shape.kv_heads,
        do_rotary=1,
        rotary_interleaved=0,
    )
    mixed = build.linear(attention, f"{index}.out", f"{index}.mixed")
    stream, x = build.norm(stream, mixed, f"{index}.mlp_norm")
    both = build.linear(x, f"{index}.gate_up", f"{index}.gate_up.out")
    build.node("Split", [both], f"{index}.gate", f"{index}.up", axis=-1, num_outputs=2)
    # x * sigmoid(alpha * x): with alpha 1 that is SiLU in one operator.
    silu = build.node("QuickGelu", [f"{index}.gate"], f"{index}.silu", domain=MICROSOFT, alpha=1.0)
    product = build.node("Mul", [silu, f"{index}.up"], f"{index}.product")
    return stream, build.linear(product, f"{index}.down", f"{index}.down.out")


def _value(name: str, kind: int, *dimensions: int | str) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, list(dimensions))


def _cache_values(shape: Shape, prefix: str, length: str) -> list[onnx.ValueInfoProto]:
    return [
        _value(
            f"{prefix}_{kind}_{layer}",
            TensorProto.FLOAT,
            "batch",
            shape.kv_heads,
            length,
            shape.head,
        )
        for kind in ("key", "value")
        for layer in range(shape.layers)
    ]


def build_graph(folder: Path, precision: Precision) -> onnx.ModelProto:
    """The graph of the model in a folder with ``config.json`` and ``model.safetensors``.

    Raises ModelFormatError.
    """
    shape = Shape.of(json.loads((folder / "config.json").read_text(encoding="utf-8")))
    arrays = initialisers(folder / WEIGHTS_FILE, shape, precision)
    build = _Builder(arrays, shape, precision)
    stream = build.node("Gather", ["embedding", "input_ids"], "embedded", axis=0)
    added: str | None = None
    for index in range(shape.layers):
        stream, added = _layer(build, index, stream, added)
    _, x = build.norm(stream, added, "norm")
    build.linear(build.node("Gather", [x, "places"], "picked", axis=1), "head", "logits")
    inputs = [
        _value("input_ids", TensorProto.INT64, "batch", "length"),
        _value("places", TensorProto.INT64, "scored"),
        _value("seqlens_k", TensorProto.INT32, "batch"),
        _value("total_length", TensorProto.INT32),
        *_cache_values(shape, "past", "context"),
    ]
    outputs = [
        _value("logits", TensorProto.FLOAT, "batch", "scored", shape.vocabulary),
        *_cache_values(shape, "present", "context"),
    ]
    graph = helper.make_graph(build.nodes, "llama", inputs, outputs, build.initialisers())
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=10, producer_name="bioql-lsp")


def write_graphs(folder: Path) -> None:
    """Write the graph of every precision into a model folder. Raises ModelFormatError."""
    for precision in PRECISIONS:
        model = build_graph(folder, precision)
        (folder / graph_file(precision)).write_bytes(model.SerializeToString())
