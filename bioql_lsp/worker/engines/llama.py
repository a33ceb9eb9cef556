"""What the two local engines share: a model folder, its prompts, and a batch over its model."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Final

from bioql_lsp.worker.engines.base import (
    EngineNotReadyError,
    FactsKind,
    Progress,
    ProgressReport,
    Prompt,
    Sampling,
    Task,
)
from bioql_lsp.worker.engines.batch import Batch
from bioql_lsp.worker.engines.constraint import ConstraintError, ConstraintMaker
from bioql_lsp.worker.engines.folder import STYLE_KEY, ModelFolder, read_folder
from bioql_lsp.worker.engines.model import CausalModel

CONSTRAINED_STYLES: Final = frozenset({"bare", "brief"})
"""Models of these prompt styles were trained on programs that the grammar was made for."""
_LOG = logging.getLogger("bioql.worker")


class LlamaEngine(ABC):
    """A model of Llama architecture, run here. A subclass says what runs it."""

    name: str

    def __init__(self, model: str, rows_max: int, *, is_constrained: bool = True) -> None:
        """``is_constrained``: a model of our own prompt style answers requests under a grammar."""
        self.model = model
        self.revision = ""
        self.context_tokens_max = 0
        self.rows_max = rows_max
        self.facts_kind: FactsKind = "none"
        self._is_constrained = is_constrained
        self._folder: ModelFolder | None = None
        self._batch: Batch | None = None

    @abstractmethod
    def _fetch(self, report: ProgressReport) -> Path:
        """The model's folder on this machine. Raises ModelFormatError."""

    @abstractmethod
    def _open(self, path: Path, folder: ModelFolder, report: ProgressReport) -> CausalModel:
        """Load the weights and write a first token. Raises ModelFormatError."""

    @abstractmethod
    def _revision(self, path: Path) -> str:
        """What tells these weights from others under the same name."""

    def load(self, report: ProgressReport) -> None:
        """Load tokenizer and weights. Raises ModelFormatError."""
        report(0.0, "looking for the model")
        path = self._fetch(report)
        folder = read_folder(path)
        model = self._open(path, folder, report)
        self.revision = self._revision(path)
        self.context_tokens_max = model.context_tokens_max
        self.rows_max = model.rows_max
        folder.prompts.context_tokens_max = model.context_tokens_max
        self.facts_kind = folder.prompts.facts_kind
        end_ids, constraints = folder.prompts.end_ids, self._constraints(folder)
        folder.prompts.is_healing = constraints is not None
        self._batch = Batch(model, folder.tokenizer, end_ids, constraints)
        self._folder = folder
        report(1.0, "ready")

    def prompt(self, task: Task, max_new_tokens: int) -> Prompt:
        """The task as token ids. Raises PromptTooLongError and EngineNotReadyError."""
        if self._folder is None:
            raise _not_ready()
        return self._folder.prompts.build(task, max_new_tokens)

    def add(self, prompt: Prompt, task: Task, sampling: Sampling) -> int:
        """Take up an answer and return its ticket."""
        return self._ready().add(prompt, task, sampling)

    def step(self) -> list[Progress]:
        """Do the next small piece of work."""
        return self._ready().step()

    def remove(self, ticket: int) -> None:
        """Drop an answer."""
        self._ready().remove(ticket)

    def reset(self) -> None:
        """Drop every answer and all that was read."""
        self._ready().reset()

    def _constraints(self, folder: ModelFolder) -> ConstraintMaker | None:
        if not self._is_constrained or folder.config.get(STYLE_KEY) not in CONSTRAINED_STYLES:
            return None
        try:
            return ConstraintMaker(folder.tokenizer, sorted(folder.prompts.end_ids))
        except ConstraintError as error:
            _LOG.warning("answers are written without a grammar: %s", error)
            return None

    def _ready(self) -> Batch:
        if self._batch is None:
            raise _not_ready()
        return self._batch


def _not_ready() -> EngineNotReadyError:
    return EngineNotReadyError("The model is not loaded yet.")
