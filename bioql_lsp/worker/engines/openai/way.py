"""How one upstream is talked to: the form of its prompts, which endpoint, which extra fields."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tokenizers import Tokenizer

from bioql_lsp.worker.engines.base import (
    ModelFormatError,
    Prompt,
    Sampling,
    Task,
    UpstreamError,
)
from bioql_lsp.worker.engines.decoding import NUCLEUS
from bioql_lsp.worker.engines.folder import STYLE_KEY
from bioql_lsp.worker.engines.openai.answer import Fenced, Plain, TextFilter, lost_space
from bioql_lsp.worker.engines.openai.forms import KnownLayout, TextPrompt, Writer
from bioql_lsp.worker.prompts import GENERAL_STYLE, STYLES

COMPLETIONS: Final = "/v1/completions"
CHAT: Final = "/v1/chat/completions"


@dataclass(frozen=True, slots=True)
class ForeignTokenizer:
    """A tokenizer that an operator names for the upstream's model, and what lies beside it."""

    tokenizer: Tokenizer
    config: dict[str, Any]

    @classmethod
    def read(cls, path: Path) -> ForeignTokenizer:
        """Read a ``tokenizer.json``, or a folder with one. Raises UpstreamError."""
        file = path / "tokenizer.json" if path.is_dir() else path
        try:
            tokenizer = Tokenizer.from_file(str(file))
        except Exception:  # tokenizers raises bare Exception
            raise UpstreamError(
                f"{file} is missing or no tokenizer: name the tokenizer.json of the upstream's "
                "model, or the folder that holds it."
            ) from None
        try:
            config = json.loads((file.parent / "config.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            config = {}
        return cls(tokenizer, config if isinstance(config, dict) else {})

    @property
    def context_tokens_max(self) -> int | None:
        """The model's context as its configuration has it."""
        value = self.config.get("max_position_embeddings")
        return value if isinstance(value, int) else None

    def count(self, text: str) -> int:
        """Tokens of a text."""
        return len(self.tokenizer.encode(text, add_special_tokens=False).ids)

    def layout(self, context_tokens_max: int) -> KnownLayout | None:
        """How its prompts are built; None for a model that is no Llama."""
        style = STYLES.get(str(self.config.get(STYLE_KEY, "")), GENERAL_STYLE)
        try:
            return KnownLayout(self.tokenizer, context_tokens_max, style)
        except ModelFormatError:
            return None


@dataclass(frozen=True, slots=True)
class Way:
    """One way to ask, and to read what comes back."""

    writer: Writer
    extras: dict[str, Any] = field(default_factory=dict)
    loses_space: bool = False
    count: Callable[[str], int] | None = None

    @property
    def path(self) -> str:
        """The endpoint."""
        return CHAT if self.writer.form == "chat" else COMPLETIONS

    def body(self, model: str, prompt: Prompt, sampling: Sampling) -> dict[str, Any]:
        """The request, as JSON."""
        body: dict[str, Any] = {
            "model": model,
            "max_tokens": sampling.max_new_tokens,
            "temperature": sampling.temperature,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        if sampling.temperature > 0:
            body["top_p"] = NUCLEUS
            if sampling.seed is not None:
                body["seed"] = sampling.seed
        if not isinstance(prompt, TextPrompt):
            body["prompt"] = list(prompt.ids)
        elif self.writer.form == "chat":
            body["messages"] = [{"role": "user", "content": prompt.text}]
        else:
            body["prompt"] = prompt.text
        return body | self.extras

    def text_filter(self, task: Task) -> TextFilter:
        """What the answer's text goes through."""
        if self.writer.form == "chat":
            return Fenced()
        return Plain(lost_space(task) if self.loses_space else "")
