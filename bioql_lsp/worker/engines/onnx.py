"""The ``onnx`` engine: ONNX Runtime and tokenizers, no torch. Serves the embedded model."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bioql_lsp.worker.engines.base import ModelFormatError, ProgressReport
from bioql_lsp.worker.engines.folder import (
    WEIGHTS_FILE,
    ModelFolder,
    embedded_folder,
    model_name,
    revision_of,
)
from bioql_lsp.worker.engines.llama import LlamaEngine
from bioql_lsp.worker.engines.onnx_model import ROWS_MAX, OnnxModel, graph_file
from bioql_lsp.worker.engines.onnx_weights import PRECISIONS, Precision, Shape

PRECISION_KEY: Final = "bioql_precision"
"""Where ``config.json`` says in which precision the model is meant to run."""


class OnnxEngine(LlamaEngine):
    """A Llama graph with its weights in fp32 or int8. One thread at a time may use it."""

    name = "onnx"

    def __init__(
        self,
        folder: Path | None = None,
        *,
        rows_max: int | None = None,
        precision: str = "auto",
        is_constrained: bool = True,
    ) -> None:
        """``precision`` is ``fp32``, ``int8`` or ``auto``: what the folder's config says."""
        self._path = folder or embedded_folder()
        super().__init__(
            model_name(self._path), rows_max or ROWS_MAX, is_constrained=is_constrained
        )
        self._precision = precision

    def _fetch(self, report: ProgressReport) -> Path:
        return self._path

    def _open(self, path: Path, folder: ModelFolder, report: ProgressReport) -> OnnxModel:
        """Raises ModelFormatError."""
        precision = _precision(self._precision, folder)
        if not (path / graph_file(precision)).exists():
            raise ModelFormatError(
                f"{path} has no {graph_file(precision)}. Write one with "
                "`python -m bioql_lsp.training.export`, or use --engine transformers."
            )
        report(0.3, f"loading the model in {precision}")
        model = OnnxModel(
            path,
            Shape.of(folder.config),
            folder.forbidden_ids,
            precision=precision,
            rows_max=self.rows_max,
        )
        report(0.9, "first token")
        model.read(0, 0, [folder.prompts.bos_id], 1)
        return model

    def _revision(self, path: Path) -> str:
        return revision_of(path / WEIGHTS_FILE)


def _precision(asked: str, folder: ModelFolder) -> Precision:
    """Raises ModelFormatError."""
    named = folder.config.get(PRECISION_KEY, "fp32") if asked == "auto" else asked
    for precision in PRECISIONS:
        if precision == named:
            return precision
    raise ModelFormatError(f"There is no precision {named}; there are auto, fp32 and int8.")
