"""Names of engines, and what is said where one cannot run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bioql_lsp.worker.engines.base import ModelFormatError
from bioql_lsp.worker.engines.registry import ENGINE_NAMES, create


def test_the_embedded_model_runs_on_onnx_by_default() -> None:
    engine = create(None, None)
    assert (engine.name, engine.model) == ("onnx", "bioql-mini")


@pytest.mark.parametrize("name", ENGINE_NAMES)
def test_each_engine_serves_the_embedded_model_by_name(name: str) -> None:
    engine = create(name, None)
    assert (engine.name, engine.model) == (name, "bioql-mini")


def test_a_folder_with_a_graph_runs_on_onnx_and_a_hub_id_on_torch(tiny_folder: Path) -> None:
    assert create(None, str(tiny_folder)).name == "onnx"
    assert create(None, "codellama/CodeLlama-7b-Instruct-hf").name == "transformers"


def test_an_unknown_engine_is_named_with_those_there_are() -> None:
    with pytest.raises(ModelFormatError, match="no engine vllm; there are onnx, transformers"):
        create("vllm", None)


def test_without_torch_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tiny_folder: Path
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(ModelFormatError, match=r"pip install \"bioql-lsp\[gpu\]\""):
        create("transformers", str(tiny_folder)).load(lambda share, word: None)
