"""A model folder: which files it must have, its configuration, tokenizer and prompt builder."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from bioql_lsp.worker.engines.base import ModelFormatError
from bioql_lsp.worker.prompts import GENERAL_STYLE, STYLES, PromptBuilder

EMBEDDED_NAME = "bioql-mini"
WEIGHTS_FILE = "model.safetensors"
GRAPH_FILE = "model.onnx"
STYLE_KEY = "bioql_prompt_style"


def embedded_folder() -> Path:
    """Where the embedded model is installed."""
    return Path(str(files("bioql_lsp.mini")))


def model_name(folder: Path) -> str:
    """What a folder's model is called in answers."""
    return EMBEDDED_NAME if folder.resolve() == embedded_folder().resolve() else folder.name


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """The parts of a model that do not depend on what runs it."""

    config: dict[str, Any]
    tokenizer: Tokenizer
    prompts: PromptBuilder

    @property
    def forbidden_ids(self) -> list[int]:
        """Special tokens that no answer may hold: all but those that end it."""
        added = self.tokenizer.get_added_tokens_decoder()
        special = {number for number, token in added.items() if token.special}
        return sorted(special - self.prompts.end_ids)


def read_folder(folder: Path) -> ModelFolder:
    """Read configuration and tokenizer. Raises ModelFormatError."""
    config = read_config(folder)
    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # tokenizers raises bare Exception
        raise ModelFormatError(
            f"{folder}: tokenizer.json is missing or broken; a fast tokenizer is needed."
        ) from error
    context_tokens_max = int(config.get("max_position_embeddings", 2048))
    style = STYLES.get(str(config.get(STYLE_KEY, "")), GENERAL_STYLE)
    return ModelFolder(config, tokenizer, PromptBuilder(tokenizer, context_tokens_max, style))


def read_config(folder: Path) -> dict[str, Any]:
    """Read ``config.json`` of a Llama-architecture model. Raises ModelFormatError."""
    try:
        config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelFormatError(
            f"{folder} is no model folder: config.json is missing or broken."
        ) from error
    if config.get("model_type") != "llama":
        found = config.get("model_type", "nothing")
        raise ModelFormatError(
            f"{folder}: model_type is {found}; only Llama architectures load here."
        )
    if "auto_map" in config:
        raise ModelFormatError(
            f"{folder}: the model wants to run code of its own, which is refused."
        )
    return config


def revision_of(path: Path) -> str:
    """A short fingerprint of a weights file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:12]
