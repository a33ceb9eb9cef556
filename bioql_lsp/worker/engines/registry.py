"""Which engines there are, and how one is made."""

from __future__ import annotations

from pathlib import Path

from bioql_lsp.worker.engines.base import Engine, ModelFormatError
from bioql_lsp.worker.engines.folder import GRAPH_FILE
from bioql_lsp.worker.engines.onnx import OnnxEngine
from bioql_lsp.worker.engines.transformers import TransformersEngine

ENGINE_NAMES = ("onnx", "transformers")


def create(name: str | None, model: str | None) -> Engine:
    """An engine that is not loaded yet; without a name and a model, the embedded one.

    Without a name, a folder with a graph gets ``onnx`` and every other model ``transformers``.
    Raises ModelFormatError for a name that does not exist.
    """
    chosen = name or _engine_for(model)
    if chosen == "onnx":
        return OnnxEngine(None if model is None else Path(model))
    if chosen == "transformers":
        return TransformersEngine(model)
    raise ModelFormatError(f"There is no engine {chosen}; there are {', '.join(ENGINE_NAMES)}.")


def _engine_for(model: str | None) -> str:
    return "onnx" if model is None or (Path(model) / GRAPH_FILE).exists() else "transformers"
