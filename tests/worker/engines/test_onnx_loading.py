"""Loading an ONNX model: its weights, graphs and precision, and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from bioql_lsp.training.graph import build_graph
from bioql_lsp.worker.engines.base import ModelFormatError
from bioql_lsp.worker.engines.folder import GRAPH_FILE, WEIGHTS_FILE
from bioql_lsp.worker.engines.onnx import PRECISION_KEY, OnnxEngine
from bioql_lsp.worker.engines.onnx_model import graph_file
from bioql_lsp.worker.engines.onnx_weights import BLOCK, PRECISIONS, Precision, Tensors, quantise
from tests.worker.engines.conftest import edit_config


def load(folder: Path, precision: str = "auto") -> str:
    """Load a folder; what was said meanwhile."""
    words: list[str] = []
    OnnxEngine(folder, precision=precision).load(lambda share, word: words.append(word))
    return " ".join(words)


@pytest.mark.parametrize("shape", [(3, BLOCK), (5, 2 * BLOCK), (4, BLOCK + 32), (2, 7)])
def test_quantised_weights_are_half_a_step_off_at_most(shape: tuple[int, int]) -> None:
    matrix = np.random.default_rng(1).normal(size=shape).astype(np.float32)
    matrix[0] = 0
    quantised, scales = quantise(matrix)
    restored = (quantised.astype(np.float32) - 128) * scales[:, :, None]
    flat = restored.reshape(shape[0], -1)
    steps = np.repeat(scales, BLOCK, axis=1)[:, : shape[1]]
    assert (np.abs(flat[:, : shape[1]] - matrix) <= steps * 0.501).all()
    assert (flat[:, shape[1] :] == 0).all()


@pytest.mark.parametrize("kind", [torch.bfloat16, torch.float16, torch.float32])
def test_weights_are_read_in_each_type(tmp_path: Path, kind: torch.dtype) -> None:
    values = torch.randn(3, 5).to(kind)
    save_file({"a": torch.ones(7, dtype=kind), "b": values}, tmp_path / "weights")
    np.testing.assert_array_equal(Tensors(tmp_path / "weights")["b"], values.float().numpy())


@pytest.mark.parametrize("content", [None, b"", b"\x05\0\0\0\0\0\0\0{}", b"\xff" * 40])
def test_a_broken_weights_file_is_named(edited_folder: Path, content: bytes | None) -> None:
    path = edited_folder / WEIGHTS_FILE
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelFormatError, match=WEIGHTS_FILE):
        load(edited_folder)


def test_a_weights_file_that_was_cut_short_is_named(edited_folder: Path) -> None:
    path = edited_folder / WEIGHTS_FILE
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(ModelFormatError, match=r"model\.safetensors.*the tensor model"):
        load(edited_folder)


def test_a_missing_tensor_is_named(edited_folder: Path) -> None:
    tensors = load_file(edited_folder / WEIGHTS_FILE)
    del tensors["model.layers.1.mlp.up_proj.weight"]
    save_file(tensors, edited_folder / WEIGHTS_FILE)
    with pytest.raises(ModelFormatError, match=r"model\.layers\.1\.mlp\.up_proj\.weight"):
        load(edited_folder)


@pytest.mark.parametrize("precision", PRECISIONS)
def test_weights_of_another_size_do_not_fit_the_graph(
    edited_folder: Path, precision: Precision
) -> None:
    tensors = load_file(edited_folder / WEIGHTS_FILE)
    name = "model.layers.0.mlp.down_proj.weight"
    tensors[name] = tensors[name][:, :32].contiguous()
    save_file(tensors, edited_folder / WEIGHTS_FILE)
    with pytest.raises(ModelFormatError, match="could not be loaded"):
        load(edited_folder, precision)


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"attention_bias": True}, "biases"),
        ({"mlp_bias": True}, "biases"),
        ({"hidden_act": "gelu"}, "activation is gelu"),
        ({"rope_parameters": {"rope_type": "yarn", "rope_theta": 1e4}}, "positions are yarn"),
        ({"rope_parameters": None, "rope_scaling": {"type": "linear"}}, "positions are linear"),
    ],
)
def test_what_the_graph_does_not_have_is_refused(
    edited_folder: Path, changes: dict[str, object], match: str
) -> None:
    edit_config(edited_folder, **changes)
    with pytest.raises(ModelFormatError, match=match):
        load(edited_folder)


@pytest.mark.parametrize("precision", PRECISIONS)
def test_a_folder_without_the_graph_says_how_to_write_it(
    edited_folder: Path, precision: Precision
) -> None:
    (edited_folder / graph_file(precision)).unlink()
    with pytest.raises(ModelFormatError, match=r"has no model.*bioql_lsp\.training\.export"):
        load(edited_folder, precision)


def test_a_broken_graph_is_named(edited_folder: Path) -> None:
    (edited_folder / GRAPH_FILE).write_bytes(b"no graph")
    with pytest.raises(ModelFormatError, match=GRAPH_FILE):
        load(edited_folder)


def test_the_folder_says_in_which_precision_it_is_run(edited_folder: Path) -> None:
    assert "in fp32" in load(edited_folder)
    assert "in int8" in load(edited_folder, "int8")
    edit_config(edited_folder, **{PRECISION_KEY: "int8"})
    assert "in int8" in load(edited_folder)
    assert "in fp32" in load(edited_folder, "fp32")
    with pytest.raises(ModelFormatError, match="no precision int4"):
        load(edited_folder, "int4")


@pytest.mark.parametrize("precision", PRECISIONS)
def test_a_graph_has_no_numbers_of_the_weights(tiny_folder: Path, precision: Precision) -> None:
    graph = build_graph(tiny_folder, precision).graph
    assert graph.initializer
    assert all(not tensor.raw_data and not tensor.float_data for tensor in graph.initializer)
