"""Checkpoints: folders in peft's format with the optimizer beside, whole or not there at all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, Final

import torch
from peft import PeftModel, get_peft_model_state_dict, set_peft_model_state_dict
from safetensors.torch import load_file, save_file

from bioql_lsp.worker.engines.adapter import ADAPTER_FILE, BASE_KEY, CONFIG_FILE

STATE_FILE: Final = "state.json"
OPTIMIZER_FILE: Final = "optimizer.pt"
KEPT: Final = 2
_PREFIX: Final = "checkpoint-"


def save_adapter(model: PeftModel, folder: Path, base_identity: str) -> None:
    """Write the adapter as peft does; its file says which weights it was trained on."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = get_peft_model_state_dict(model, save_embedding_layers=False)
    stored = {name: tensor.detach().cpu().contiguous() for name, tensor in sorted(tensors.items())}
    file = folder / ADAPTER_FILE
    save_file(stored, file, metadata={"format": "pt", BASE_KEY: base_identity})
    file.chmod(0o644)  # safetensors writes it for its owner alone
    config = model.peft_config["default"].to_dict() | {"inference_mode": True}
    text = json.dumps(config, indent=1, sort_keys=True, default=sorted)
    (folder / CONFIG_FILE).write_text(text + "\n", encoding="utf-8")


def save_checkpoint(
    out: Path,
    model: PeftModel,
    optimizer: torch.optim.Optimizer,
    state: dict[str, Any],
    base_identity: str,
) -> Path:
    """Write a checkpoint of ``state["step"]`` and remove all but the newest few."""
    target = out / f"{_PREFIX}{state['step']:06}"
    temporary = out / "checkpoint.tmp"
    shutil.rmtree(temporary, ignore_errors=True)
    save_adapter(model, temporary, base_identity)
    torch.save(optimizer.state_dict(), temporary / OPTIMIZER_FILE)
    (temporary / STATE_FILE).write_text(json.dumps(state, indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    temporary.replace(target)
    for old in checkpoints(out)[:-KEPT]:
        shutil.rmtree(old)
    return target


def checkpoints(out: Path) -> list[Path]:
    """The checkpoints of a run, the newest last."""
    return sorted(folder for folder in out.glob(f"{_PREFIX}*") if (folder / STATE_FILE).exists())


def read_state(checkpoint: Path) -> dict[str, Any]:
    """Counters and plan of a checkpoint."""
    state: dict[str, Any] = json.loads((checkpoint / STATE_FILE).read_text(encoding="utf-8"))
    return state


def load_checkpoint(checkpoint: Path, model: PeftModel, optimizer: torch.optim.Optimizer) -> None:
    """Put adapter and optimizer where they were."""
    set_peft_model_state_dict(model, load_file(checkpoint / ADAPTER_FILE))
    device = next(model.parameters()).device
    state = torch.load(checkpoint / OPTIMIZER_FILE, weights_only=True, map_location=device)
    optimizer.load_state_dict(state)
