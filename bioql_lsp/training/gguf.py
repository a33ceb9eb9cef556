"""Write a model folder as one GGUF file, for llama.cpp's server.

    python -m bioql_lsp.training.gguf --model bioql_lsp/mini --out mini.gguf --precision f32

llama.cpp does not know this tokenizer's rule for splitting text, so text that it encodes itself can
get other tokens than it had in training; prompts of token ids are exact.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import torch
from gguf import (
    MODEL_ARCH,
    MODEL_ARCH_NAMES,
    GGMLQuantizationType,
    GGUFWriter,
    LlamaFileType,
    TokenType,
    get_tensor_name_map,
)
from gguf.quants import quantize
from safetensors.torch import load_file

from bioql_lsp.training.hf_export import CHAT_TEMPLATE
from bioql_lsp.worker.engines.base import ModelFormatError
from bioql_lsp.worker.engines.folder import WEIGHTS_FILE, read_config
from bioql_lsp.worker.prompts import BOS, EOS, EOT, MID, PRE, SUF, UNK

PRECISIONS: Final = {
    "f32": (GGMLQuantizationType.F32, LlamaFileType.ALL_F32),
    "q8_0": (GGMLQuantizationType.Q8_0, LlamaFileType.MOSTLY_Q8_0),
}
Weights = npt.NDArray[np.float32]


def write_gguf(folder: Path, out: Path, precision: str) -> None:
    """Write the file; ``precision`` is that of the matrices, norms stay f32.

    Raises ModelFormatError.
    """
    config = read_config(folder)
    tensors = load_file(folder / WEIGHTS_FILE)
    writer = GGUFWriter(out, MODEL_ARCH_NAMES[MODEL_ARCH.LLAMA])
    _add_config(writer, folder.resolve().name, config)
    _add_tokenizer(writer, folder)
    quantization, file_type = PRECISIONS[precision]
    writer.add_file_type(file_type)
    names = get_tensor_name_map(MODEL_ARCH.LLAMA, config["num_hidden_layers"])
    for name, tensor in tensors.items():
        target = names.get_name(name, try_suffixes=(".weight",))
        if target is None:
            raise ModelFormatError(f"The weights hold {name}, which no Llama model has.")
        weights = _arranged(name, tensor.to(torch.float32).numpy(), config)
        if weights.ndim == 1:
            writer.add_tensor(target, weights)
        else:
            writer.add_tensor(target, quantize(weights, quantization), raw_dtype=quantization)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _add_config(writer: GGUFWriter, name: str, config: dict[str, Any]) -> None:
    heads = config["num_attention_heads"]
    head_size = config.get("head_dim") or config["hidden_size"] // heads
    rope = config.get("rope_parameters") or {}
    if rope.get("rope_type", "default") != "default":
        raise ModelFormatError("Only models with plain rotary positions can be written as GGUF.")
    writer.add_name(name)
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(heads)
    writer.add_head_count_kv(config.get("num_key_value_heads", heads))
    writer.add_key_length(head_size)
    writer.add_value_length(head_size)
    writer.add_rope_dimension_count(head_size)
    writer.add_rope_freq_base(rope.get("rope_theta", config.get("rope_theta", 10_000.0)))
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_vocab_size(config["vocab_size"])


def _add_tokenizer(writer: GGUFWriter, folder: Path) -> None:
    """A byte-level BPE tokenizer, as ``training.tokenizer`` trains it."""
    stored = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    if stored["model"]["type"] != "BPE" or (stored["decoder"] or {}).get("type") != "ByteLevel":
        raise ModelFormatError(
            f"{folder}: only byte-level BPE tokenizers can be written as GGUF; convert other "
            "models with llama.cpp's own script."
        )
    added = {token["content"]: token["id"] for token in stored["added_tokens"]}
    special = {
        token["content"]: token["id"] for token in stored["added_tokens"] if token["special"]
    }
    ids = stored["model"]["vocab"] | added
    pieces = sorted(ids, key=ids.__getitem__)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(pieces)
    kinds = dict.fromkeys(added, TokenType.USER_DEFINED)
    kinds |= dict.fromkeys(special, TokenType.CONTROL)
    writer.add_token_types([kinds.get(piece, TokenType.NORMAL) for piece in pieces])
    merges = stored["model"]["merges"]
    writer.add_token_merges([m if isinstance(m, str) else " ".join(m) for m in merges])
    writer.add_bos_token_id(special[BOS])
    writer.add_eos_token_id(special[EOS])
    writer.add_unk_token_id(special[UNK])
    writer.add_eot_token_id(special[EOT])
    for key, token in (("fim_pre", PRE), ("fim_suf", SUF), ("fim_mid", MID)):
        writer.add_uint32(f"tokenizer.ggml.{key}_token_id", special[token])
    writer.add_add_bos_token(True)
    writer.add_chat_template(CHAT_TEMPLATE)


def _arranged(name: str, weights: Weights, config: dict[str, Any]) -> Weights:
    """The weights as llama.cpp wants them."""
    heads = config["num_attention_heads"]
    if name.endswith("q_proj.weight"):
        return _interleaved(weights, heads)
    if name.endswith("k_proj.weight"):
        return _interleaved(weights, config.get("num_key_value_heads", heads))
    return weights


def _interleaved(weights: Weights, heads: int) -> Weights:
    """Rows of a query or key matrix in llama.cpp's order.

    It rotates neighbouring pairs, Hugging Face's layout the two halves of a head.
    """
    rows, columns = weights.shape
    halves = weights.reshape(heads, 2, rows // heads // 2, columns)
    return np.ascontiguousarray(halves.swapaxes(1, 2).reshape(rows, columns))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--precision", choices=list(PRECISIONS), default="f32")
    arguments = parser.parse_args()
    write_gguf(arguments.model, arguments.out, arguments.precision)


if __name__ == "__main__":
    main()
