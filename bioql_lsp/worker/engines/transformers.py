"""The ``transformers`` engine: any Llama-architecture model on a GPU, or on a CPU in fp32.

CodeLlama (``codellama/CodeLlama-7b-Instruct-hf``) runs in bf16 where the GPU has it, else in fp16.
Weights come from safetensors alone and no code of a model is run.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bioql_lsp.worker.engines.base import (
    EngineNotReadyError,
    ModelFormatError,
    Piece,
    ProgressReport,
    Sampling,
    Task,
)
from bioql_lsp.worker.engines.decoding import Logits, decode, within
from bioql_lsp.worker.engines.folder import (
    ModelFolder,
    embedded_folder,
    model_name,
    read_folder,
    revision_of,
)

_HUB_FILES = [
    "config.json",
    "generation_config.json",
    "tokenizer.json",
    "*.safetensors",
    "*.safetensors.index.json",
]
_INSTALL = (
    "The transformers engine needs torch and transformers, which are not installed: "
    'pip install "bioql-lsp[gpu]"'
)


class TransformersEngine:
    """A Llama model in torch with its own token loop. One thread at a time may use it."""

    name = "transformers"

    def __init__(self, model: str | Path | None = None) -> None:
        self._source = embedded_folder() if model is None else model
        local = Path(self._source)
        self.model = model_name(local) if local.is_dir() else str(self._source)
        self.revision = ""
        self.context_tokens_max = 0
        self._folder: ModelFolder | None = None
        self._torch: Any = None
        self._model: Any = None
        self._device = "cpu"

    def load(self, report: ProgressReport) -> None:
        """Load, and download where the model is a hub id. Raises ModelFormatError."""
        report(0.0, "starting torch")
        torch, transformers = _import_torch()
        report(0.1, "fetching the model")
        path = self._fetch()
        folder = read_folder(path)
        if not any(path.glob("*.safetensors")):
            raise ModelFormatError(f"{path} has no *.safetensors; other weights are not loaded.")
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        report(0.4, f"loading the weights to {self._device}")
        self._model = self._load_weights(torch, transformers, path)
        self._torch = torch
        self._folder = folder
        self.context_tokens_max = folder.context_tokens_max
        self.revision = self._revision(path)
        report(1.0, "ready")

    def _load_weights(self, torch: Any, transformers: Any, path: Path) -> Any:
        try:
            model = transformers.LlamaForCausalLM.from_pretrained(
                path,
                dtype=_dtype(torch, self._device),
                use_safetensors=True,
                trust_remote_code=False,
                local_files_only=True,
            )
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelFormatError(f"{self.model}: the weights could not be loaded.") from error
        return model.to(self._device).eval()

    def _fetch(self) -> Path:
        local = Path(self._source)
        if local.is_dir():
            return local
        if local.is_absolute() or str(self._source).startswith("."):
            raise ModelFormatError(f"{self._source}: there is no such folder.")
        from huggingface_hub import snapshot_download  # noqa: PLC0415

        try:
            return Path(snapshot_download(str(self._source), allow_patterns=_HUB_FILES))
        except Exception as error:  # network, hub and cache errors have no common class
            raise ModelFormatError(
                f"{self._source} could not be fetched from the hub: check the name and the "
                "network, or give the path of a folder."
            ) from error

    def _revision(self, path: Path) -> str:
        if path != Path(self._source):
            return path.name[:12]
        return revision_of(min(path.glob("*.safetensors")))

    def prompt_tokens(self, task: Task, max_new_tokens: int) -> list[int]:
        """Ids of the task. Raises PromptTooLongError."""
        return self._ready().prompts.build(task, max_new_tokens)

    def generate(
        self, prompt: list[int], task: Task, sampling: Sampling, is_cancelled: Callable[[], bool]
    ) -> Iterator[Piece]:
        """Yield pieces until one has a finish. Raises NonFiniteLogitsError."""
        folder = self._ready()
        sampling = within(sampling, len(prompt), self.context_tokens_max)
        cache: Any = None
        torch = self._torch

        def step(tokens: list[int]) -> Logits:
            nonlocal cache
            with torch.inference_mode():
                output = self._model(
                    input_ids=torch.tensor([tokens], device=self._device),
                    past_key_values=cache,
                    use_cache=True,
                    logits_to_keep=1,
                )
            cache = output.past_key_values
            logits: Logits = (
                output.logits[0, -1].float().cpu().numpy().astype(np.float32, copy=False)
            )
            return logits

        yield from decode(
            step,
            prompt,
            task,
            sampling,
            is_cancelled,
            tokenizer=folder.tokenizer,
            end_ids=folder.prompts.end_ids,
            forbidden_ids=folder.forbidden_ids,
        )

    def _ready(self) -> ModelFolder:
        if self._folder is None:
            raise EngineNotReadyError("The model is not loaded yet.")
        return self._folder


def _import_torch() -> tuple[Any, Any]:
    # Threads that spin while they wait starve each other on shared cores; read when torch starts.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("GOMP_SPINCOUNT", "0")
    try:
        import torch  # noqa: PLC0415
        import transformers  # noqa: PLC0415
    except ImportError as error:
        raise ModelFormatError(_INSTALL) from error
    return torch, transformers


def _dtype(torch: Any, device: str) -> Any:
    if device == "cpu":
        return torch.float32
    return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16
