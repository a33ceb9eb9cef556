"""The ``onnx`` engine: ONNX Runtime and tokenizers, no torch. Serves the embedded model."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

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
    GRAPH_FILE,
    WEIGHTS_FILE,
    ModelFolder,
    embedded_folder,
    model_name,
    read_folder,
    revision_of,
)

_THREADS_MAX = 4


@dataclass(slots=True)
class _Cache:
    """Keys and values of the tokens seen so far; a new prompt reuses what it shares with them."""

    tokens: list[int]
    tensors: list[npt.NDArray[np.float32]]

    def shared_with(self, prompt: list[int]) -> int:
        """How many tokens at the start are the same; the last one is always computed."""
        length = min(len(self.tokens), len(prompt) - 1)
        for index in range(length):
            if self.tokens[index] != prompt[index]:
                return index
        return length

    def cut(self, length: int) -> None:
        """Forget what follows the first ``length`` tokens."""
        del self.tokens[length:]
        self.tensors = [np.ascontiguousarray(tensor[:, :, :length]) for tensor in self.tensors]


class OnnxEngine:
    """A Llama graph with an explicit cache. One thread at a time may use it."""

    name = "onnx"

    def __init__(self, folder: Path | None = None) -> None:
        self._path = folder or embedded_folder()
        self.model = model_name(self._path)
        self.revision = ""
        self.context_tokens_max = 0
        self._folder: ModelFolder | None = None
        self._session: Any = None
        self._outputs: list[str] = []
        self._pasts: list[str] = []
        self._cache = _Cache([], [])

    def load(self, report: ProgressReport) -> None:
        """Load tokenizer and graph. Raises ModelFormatError."""
        report(0.0, "reading the tokenizer")
        folder = read_folder(self._path)
        if not (self._path / GRAPH_FILE).exists():
            raise ModelFormatError(
                f"{self._path} has no {GRAPH_FILE}. Write one with "
                "`python -m bioql_lsp.training.export`, or use --engine transformers."
            )
        report(0.3, "loading the model")
        self._session = self._open_session()
        self._pasts = [i.name for i in self._session.get_inputs() if i.name.startswith("past_")]
        self._outputs = ["logits", *(name.replace("past_", "present_", 1) for name in self._pasts)]
        report(0.9, "first token")
        self._folder = folder
        self.context_tokens_max = folder.context_tokens_max
        self.revision = revision_of(self._path / WEIGHTS_FILE)
        self._step([folder.prompts.bos_id])
        self._forget()
        report(1.0, "ready")

    def _open_session(self) -> Any:
        import onnxruntime  # noqa: PLC0415 - half a second that only loading shall cost

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = min(os.cpu_count() or 1, _THREADS_MAX)
        options.inter_op_num_threads = 1
        # A thread that spins while it waits takes the core from the editor beside it.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        try:
            return onnxruntime.InferenceSession(
                str(self._path / GRAPH_FILE), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's own classes differ between versions
            raise ModelFormatError(
                f"{self._path / GRAPH_FILE} could not be loaded: it or {WEIGHTS_FILE} is broken, "
                "or onnxruntime is older than 1.23."
            ) from error

    def prompt_tokens(self, task: Task, max_new_tokens: int) -> list[int]:
        """Ids of the task. Raises PromptTooLongError."""
        return self._ready().prompts.build(task, max_new_tokens)

    def generate(
        self, prompt: list[int], task: Task, sampling: Sampling, is_cancelled: Callable[[], bool]
    ) -> Iterator[Piece]:
        """Yield pieces until one has a finish. Raises NonFiniteLogitsError."""
        folder = self._ready()
        sampling = within(sampling, len(prompt), self.context_tokens_max)
        self._cache.cut(self._cache.shared_with(prompt))
        unseen = prompt[len(self._cache.tokens) :]
        yield from decode(
            self._step,
            unseen,
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

    def _forget(self) -> None:
        self._cache = _Cache([], [])

    def _step(self, tokens: list[int]) -> Logits:
        """Logits after ``tokens``, which follow those in the cache."""
        cache = self._cache
        if not cache.tensors:
            shapes = {i.name: i.shape for i in self._session.get_inputs()}
            for name in self._pasts:
                _, heads, _, head = shapes[name]
                cache.tensors.append(np.zeros((1, heads, 0, head), dtype=np.float32))
        total = len(cache.tokens) + len(tokens)
        feed: dict[str, Any] = {
            "input_ids": np.array([tokens], dtype=np.int64),
            "last": np.array([len(tokens) - 1], dtype=np.int64),
            "seqlens_k": np.array([total - 1], dtype=np.int32),
            "total_length": np.array(total, dtype=np.int32),
            **dict(zip(self._pasts, cache.tensors, strict=True)),
        }
        logits, *presents = self._session.run(self._outputs, feed)
        if not np.isfinite(logits).all():
            self._forget()
        else:
            cache.tensors = presents
            cache.tokens.extend(tokens)
        result: Logits = logits[0]
        return result
