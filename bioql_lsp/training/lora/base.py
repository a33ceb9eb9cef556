"""The model that is fine-tuned: where its weights are, in which numbers, what they will take."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("GOMP_SPINCOUNT", "0")

import torch
from transformers import LlamaConfig, LlamaForCausalLM

from bioql_lsp.training.lora.plan import LoraPlan
from bioql_lsp.worker.engines.adapter import base_identity
from bioql_lsp.worker.engines.folder import ModelFolder, embedded_folder, read_folder
from bioql_lsp.worker.engines.transformers import check_weights, fetch_model, load_weights

DtypeName: TypeAlias = Literal["auto", "bf16", "fp32", "fp16"]
DTYPES: Final = {"bf16": torch.bfloat16, "fp32": torch.float32, "fp16": torch.float16}
TOKENIZER_FILES: Final = ("tokenizer*", "special_tokens_map.json")
"""What an engine does without, but whoever converts a merged model does not."""

NO_FP16: Final = (
    "fp16 is not chosen by itself: it ends at 65,504, and activations of a language model can be "
    "larger, so scores and then weights become NaN. --dtype fp16 takes it all the same."
)
_GB: Final = 1e9


@dataclass(frozen=True, slots=True)
class Base:
    """A model before its weights are loaded."""

    name: str
    path: Path
    folder: ModelFolder
    device: torch.device
    dtype: torch.dtype
    identity: str
    note: str = ""
    """Why the numbers are those, where that needs a word."""

    def load(self) -> Any:
        """The weights on their device, frozen. Raises ModelFormatError."""
        model = load_weights(self.name, self.path, self.dtype).to(self.device)
        model.requires_grad_(False)
        model.config.use_cache = False
        return model


def fetch_base(source: str) -> Path:
    """The folder of a base, with all of its tokenizer's files. Raises ModelFormatError."""
    return fetch_model(source, lambda share, word: None, TOKENIZER_FILES)


def open_base(source: str | None, dtype: DtypeName = "auto", device: str = "auto") -> Base:
    """A folder, a name on the hub, or the embedded model. Raises ModelFormatError."""
    name = str(embedded_folder()) if source is None else source
    path = fetch_base(name)
    folder = read_folder(path)
    check_weights(name, path, folder.config)
    where = torch.device(_device(device))
    numbers, note = _dtype(dtype, where, folder.config)
    return Base(name, path, folder, where, numbers, base_identity(path), note)


def _device(name: str) -> str:
    if name != "auto":
        return name
    return "cuda" if torch.cuda.is_available() else "cpu"


def _dtype(
    name: DtypeName, device: torch.device, config: dict[str, Any]
) -> tuple[torch.dtype, str]:
    if name != "auto":
        return DTYPES[name], ""
    # bf16 that is only imitated is slower than fp32 and as coarse as bf16.
    if device.type == "cuda" and torch.cuda.is_bf16_supported(False):
        return torch.bfloat16, ""
    stored = config.get("dtype", config.get("torch_dtype"))
    is_fp16_expected = device.type == "cuda" or stored == "float16"
    return torch.float32, NO_FP16 if is_fp16_expected else ""


@dataclass(frozen=True, slots=True)
class Memory:
    """What a run is expected to take, in bytes."""

    weights: int
    adapter: int
    activations: int
    logits: int

    @property
    def total(self) -> int:
        """All of it; a tenth more covers what the allocator cannot use."""
        return round(1.1 * (self.weights + self.adapter + self.activations + self.logits))

    def __str__(self) -> str:
        parts = (
            f"{self.weights / _GB:.1f} weights",
            f"{self.adapter / _GB:.1f} adapter with its optimizer",
            f"{self.activations / _GB:.1f} activations",
            f"{self.logits / _GB:.1f} scores",
        )
        return f"about {self.total / _GB:.1f} GB ({' + '.join(parts)}, and a tenth)"


def estimate(base: Base, plan: LoraPlan) -> Memory:
    """Reckoned from the shape alone, before anything is loaded.

    A layer keeps for the way back what its matrices read, once in the model's numbers and once in
    fp32 for the adapter's; with gradient checkpointing one layer does at a time, and the others
    keep only what enters them.
    """
    config = LlamaConfig.from_dict(base.folder.config)
    with torch.device("meta"):
        model = LlamaForCausalLM(config)
    size = base.dtype.itemsize
    shapes = [
        module.weight.shape
        for name, module in model.named_modules()
        if name.rpartition(".")[2] in plan.targets
    ]
    trained = sum(plan.rank * sum(shape) for shape in shapes)
    tokens = plan.rows * plan.columns
    hidden, inner = config.hidden_size, config.intermediate_size
    inputs = sum(shape[1] for shape in shapes) // config.num_hidden_layers
    layer = tokens * (size * (10 * hidden + 5 * inner) + 4 * inputs)
    kept = config.num_hidden_layers
    checkpointed = kept * tokens * hidden * size + layer
    return Memory(
        weights=size * sum(parameter.numel() for parameter in model.parameters()),
        # weight, gradient, two moments and the copy from before the step, all fp32
        adapter=trained * 4 * 5,
        activations=checkpointed if plan.gradient_checkpointing else kept * layer,
        logits=tokens * config.vocab_size * (size + 3 * 4),
    )


def room_bytes(device: torch.device) -> int | None:
    """How much memory the device has; None where that is not for us to say."""
    if device.type != "cuda":
        return None
    return int(torch.cuda.get_device_properties(device).total_memory)
