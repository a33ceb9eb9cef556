"""A model folder as GGUF and as others read one: the same weights, in their order."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from gguf import GGUFReader, TokenType
from gguf.quants import dequantize
from safetensors.torch import load_file, save_file
from tokenizers import AddedToken, Tokenizer
from transformers import AutoModelForCausalLM, AutoTokenizer

from bioql_lsp.training.gguf import PRECISIONS, main, write_gguf
from bioql_lsp.training.hf_export import export_hf
from bioql_lsp.worker.engines.base import ModelFormatError
from bioql_lsp.worker.engines.folder import embedded_folder, read_folder
from bioql_lsp.worker.prompts import EOS
from bioql_lsp.worker.standins import STANDINS

MINI = embedded_folder()


@pytest.mark.parametrize(("precision", "error_max"), [("f32", 0.0), ("q8_0", 0.02)])
def test_the_weights_are_those_of_the_folder(
    tmp_path: Path, precision: str, error_max: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "mini.gguf"
    arguments = ["gguf", "--model", str(MINI), "--out", str(out), "--precision", precision]
    monkeypatch.setattr("sys.argv", arguments)
    main()
    reader = GGUFReader(out)
    stored = {tensor.name: tensor for tensor in reader.tensors}
    ours = load_file(MINI / "model.safetensors")
    assert len(stored) == len(ours)
    embedding = stored["token_embd.weight"]
    assert embedding.tensor_type == PRECISIONS[precision][0]
    for theirs, name in (
        ("token_embd.weight", "model.embed_tokens.weight"),
        ("blk.3.ffn_down.weight", "model.layers.3.mlp.down_proj.weight"),
        ("blk.0.attn_norm.weight", "model.layers.0.input_layernorm.weight"),
    ):
        found = dequantize(stored[theirs].data, stored[theirs].tensor_type)
        expected = ours[name].to(torch.float32).numpy()
        assert np.abs(found - expected).max() <= error_max * np.abs(expected).max()
    tokens = reader.fields["tokenizer.ggml.tokens"].contents()
    assert tokens[:7] == ["<unk>", "<s>", "</s>", "▁<PRE>", "▁<SUF>", "▁<MID>", "▁<EOT>"]


def edited(folder: Path, file: str, **changes: object) -> Path:
    """The embedded model with other values at the top of one of its JSON files."""
    for path in MINI.iterdir():
        if path.suffix in (".json", ".safetensors"):
            (folder / path.name).write_bytes(path.read_bytes())
    stored = json.loads((folder / file).read_text(encoding="utf-8"))
    (folder / file).write_text(json.dumps(stored | changes), encoding="utf-8")
    return folder


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    scaled = edited(tmp_path, "config.json", rope_parameters={"rope_type": "yarn"})
    with pytest.raises(ModelFormatError, match="rotary"):
        write_gguf(scaled, tmp_path / "out.gguf", "f32")
    foreign = edited(tmp_path, "tokenizer.json", decoder={"type": "Fuse"})
    with pytest.raises(ModelFormatError, match="byte-level"):
        write_gguf(foreign, tmp_path / "out.gguf", "f32")
    more = edited(tmp_path, "config.json")
    tensors = load_file(more / "model.safetensors") | {"vision.weight": torch.zeros(2)}
    save_file(tensors, more / "model.safetensors")
    with pytest.raises(ModelFormatError, match=r"vision\.weight"):
        write_gguf(more, tmp_path / "out.gguf", "f32")


def test_whole_words_of_a_tokenizer_are_no_control_tokens(tmp_path: Path) -> None:
    """llama.cpp leaves control tokens out of what it answers, and stand-ins are words there."""
    tokenizer = Tokenizer.from_file(str(MINI / "tokenizer.json"))
    tokenizer.add_tokens([AddedToken(text, normalized=False) for text in STANDINS])
    folder = edited(tmp_path, "config.json", vocab_size=tokenizer.get_vocab_size())
    tokenizer.save(str(folder / "tokenizer.json"))
    tensors = load_file(folder / "model.safetensors")
    embedding = tensors["model.embed_tokens.weight"]
    missing = tokenizer.get_vocab_size() - len(embedding)
    tensors["model.embed_tokens.weight"] = torch.cat([embedding, embedding[:1].repeat(missing, 1)])
    save_file(tensors, folder / "model.safetensors")
    write_gguf(folder, tmp_path / "out.gguf", "f32")
    fields = GGUFReader(tmp_path / "out.gguf").fields
    tokens = fields["tokenizer.ggml.tokens"].contents()
    kinds = fields["tokenizer.ggml.token_type"].contents()
    assert len(tokens) == len(kinds) == tokenizer.get_vocab_size()
    for text in STANDINS:
        number = tokenizer.token_to_id(text)
        assert (tokens[number], kinds[number]) == (text, TokenType.USER_DEFINED)
    assert kinds[tokenizer.token_to_id(EOS)] == TokenType.CONTROL


def test_others_read_the_exported_folder_as_we_mean_it(tmp_path: Path) -> None:
    export_hf(MINI, tmp_path)
    tokenizer = AutoTokenizer.from_pretrained(tmp_path)
    prompts = read_folder(MINI).prompts
    text = "[INST] dock aspirin [/INST]\n```python\n"
    assert tokenizer(text)["input_ids"] == [prompts.bos_id, *prompts.encode(text)]
    assert tokenizer("▁<PRE>x▁<MID>")["input_ids"][1] == 3
    message = [{"role": "user", "content": "dock aspirin"}]
    assert tokenizer.apply_chat_template(message, tokenize=False) == f"<s>{text}"
    model = AutoModelForCausalLM.from_pretrained(tmp_path)
    assert set(model.generation_config.eos_token_id) == prompts.end_ids
