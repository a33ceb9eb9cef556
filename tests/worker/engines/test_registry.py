"""Names of engines, and what is said where one cannot run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bioql_lsp.worker.engines.base import ModelFormatError
from bioql_lsp.worker.engines.registry import (
    LOCAL_ENGINE_NAMES,
    EngineOptions,
    create,
    create_local,
)


def test_the_embedded_model_runs_on_onnx_by_default() -> None:
    engine = create(None, None)
    assert (engine.name, engine.model) == ("onnx", "bioql-mini")


@pytest.mark.parametrize("name", LOCAL_ENGINE_NAMES)
def test_each_local_engine_serves_the_embedded_model_by_name(name: str) -> None:
    engine = create(name, None)
    assert (engine.name, engine.model) == (name, "bioql-mini")


def test_a_folder_with_a_graph_runs_on_onnx_and_a_hub_id_on_torch(tiny_folder: Path) -> None:
    assert create(None, str(tiny_folder)).name == "onnx"
    assert create(None, "codellama/CodeLlama-7b-Instruct-hf").name == "transformers"


def test_an_upstream_needs_its_url_and_is_recognised_by_it() -> None:
    options = EngineOptions(upstream_url="http://localhost:1", upstream_model="codellama")
    assert (create(None, None, options).name, create(None, None, options).model) == (
        "openai",
        "codellama",
    )
    with pytest.raises(ModelFormatError, match="needs --upstream-url"):
        create("openai", None)
    with pytest.raises(ModelFormatError, match="onnx has no upstream"):
        create("onnx", None, options)
    with pytest.raises(ModelFormatError, match="does not run here"):
        create_local(None, None, options)


@pytest.mark.parametrize(
    ("name", "precision"), [("transformers", "int8"), ("onnx", "int8"), ("onnx", "fp8")]
)
def test_a_precision_that_is_not_there_is_named(
    name: str, precision: str, edited_folder: Path
) -> None:
    (edited_folder / "model.int8.onnx").unlink(missing_ok=True)
    with pytest.raises(ModelFormatError, match=precision):
        engine = create(name, str(edited_folder), EngineOptions(precision=precision))
        engine.load(lambda share, word: None)


def test_an_unknown_engine_is_named_with_those_there_are() -> None:
    with pytest.raises(ModelFormatError, match="no engine vllm; there are onnx, transformers"):
        create("vllm", None)


def test_without_torch_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tiny_folder: Path
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(ModelFormatError, match=r"pip install \"bioql-lsp\[gpu\]\""):
        create("transformers", str(tiny_folder)).load(lambda share, word: None)
