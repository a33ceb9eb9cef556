"""Turn a training run into a model folder: bf16 weights once, graphs without any, tokenizer.

    python -m bioql_lsp.training.export --run .cache/train/mini --out bioql_lsp/mini

Each folder of Llama architecture with fp32, fp16 or bf16 safetensors can be a run. The precision
is the one in which the onnx engine runs the model where nobody says another.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from bioql_lsp.training.graph import write_graphs
from bioql_lsp.worker.engines.folder import STYLE_KEY, WEIGHTS_FILE
from bioql_lsp.worker.engines.onnx import PRECISION_KEY
from bioql_lsp.worker.engines.onnx_weights import PRECISIONS, Precision
from bioql_lsp.worker.intents import FILE as INTENTS_FILE

BYTES_MAX = 25_000_000
_CONFIG_KEYS = (
    "architectures",
    "attention_bias",
    "bos_token_id",
    "eos_token_id",
    "head_dim",
    "hidden_act",
    "hidden_size",
    "intermediate_size",
    "max_position_embeddings",
    "mlp_bias",
    "model_type",
    "num_attention_heads",
    "num_hidden_layers",
    "num_key_value_heads",
    "pad_token_id",
    "rms_norm_eps",
    "rope_parameters",
    "rope_scaling",
    "rope_theta",
    "tie_word_embeddings",
    "vocab_size",
)


def export(
    run: Path,
    out: Path,
    dtype: torch.dtype = torch.bfloat16,
    precision: Precision | None = None,
) -> dict[str, int]:
    """Write the folder; returns the size of each file in bytes. Raises ModelFormatError."""
    out.mkdir(parents=True, exist_ok=True)
    config: dict[str, Any] = json.loads((run / "config.json").read_text())
    tensors = load_file(run / WEIGHTS_FILE)
    if config.get("tie_word_embeddings"):
        tensors.pop("lm_head.weight", None)
    stored = {name: tensor.to(dtype).contiguous() for name, tensor in sorted(tensors.items())}
    save_file(stored, out / WEIGHTS_FILE, metadata={"format": "pt"})
    (out / WEIGHTS_FILE).chmod(0o644)  # safetensors writes it for its owner alone
    kept = {key: config[key] for key in _CONFIG_KEYS if key in config}
    kept |= {"dtype": str(dtype).removeprefix("torch."), STYLE_KEY: "brief"}
    kept |= {PRECISION_KEY: precision} if precision else {}
    (out / "config.json").write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")
    shutil.copyfile(run / "tokenizer.json", out / "tokenizer.json")
    for name in ("training.json", INTENTS_FILE):
        if (run / name).exists():
            shutil.copyfile(run / name, out / name)
    write_graphs(out)
    sizes = {
        path.name: path.stat().st_size for path in sorted(out.iterdir()) if path.suffix in _SHIPPED
    }
    if sum(sizes.values()) > BYTES_MAX:
        raise SystemExit(
            f"The model takes {sum(sizes.values())} bytes; at most {BYTES_MAX} may be shipped."
        )
    return sizes


_SHIPPED = (".json", ".safetensors", ".onnx", ".npz")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--run", type=Path, default=Path(".cache/train/mini"))
    parser.add_argument("--out", type=Path, default=Path("bioql_lsp/mini"))
    parser.add_argument("--precision", choices=PRECISIONS, default="int8")
    arguments = parser.parse_args()
    sizes = export(arguments.run, arguments.out, precision=arguments.precision)
    print(json.dumps(sizes, indent=1))


if __name__ == "__main__":
    main()
