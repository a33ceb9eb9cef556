"""Adapters as an engine loads them: ours and those that peft writes, and what is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import load_file, save_file

from bioql_lsp.training.lora.__main__ import EXIT_REFUSED, main
from bioql_lsp.training.lora.merge import merge
from bioql_lsp.worker import cli
from bioql_lsp.worker.engines.adapter import base_identity, read_adapter
from bioql_lsp.worker.engines.base import ModelFormatError
from bioql_lsp.worker.engines.registry import EngineOptions, create, create_local
from bioql_lsp.worker.engines.transformers import load_weights
from tests.training.lora_models import make_base, trainer


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_base(tmp_path_factory.mktemp("bases") / "base")


@pytest.fixture(scope="module")
def tuned(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkpoint of two steps."""
    out = tmp_path_factory.mktemp("runs") / "run"
    trainer(base, out, steps=2).run()
    return out / "checkpoint-000002"


@pytest.fixture
def edited(tuned: Path, tmp_path: Path) -> Path:
    """A copy of the adapter that a test may spoil."""
    return Path(shutil.copytree(tuned, tmp_path / "adapter"))


def edit(folder: Path, **changes: Any) -> None:
    file = folder / "adapter_config.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))


def load(model: Path, adapter: Path) -> str:
    engine = create_local(None, str(model), EngineOptions(adapter=str(adapter)))
    assert engine.name == "transformers"
    engine.load(lambda share, word: None)
    return engine.revision


def foreign(base: Path, folder: Path, **settings: Any) -> Path:
    """An adapter that peft made and wrote, with weights as after some training."""
    config = LoraConfig(task_type="CAUSAL_LM", **{"r": 4, "target_modules": ["q_proj"], **settings})
    model = get_peft_model(load_weights("base", base, torch.float32), config)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "lora_" in name:
                parameter.normal_(std=0.1)
    model.save_pretrained(folder)
    return folder


@pytest.mark.parametrize("settings", [{"lora_alpha": 8}, {"lora_alpha": 5, "use_rslora": True}])
def test_it_adds_what_peft_adds(base: Path, tmp_path: Path, settings: dict[str, Any]) -> None:
    folder = foreign(base, tmp_path / "foreign", target_modules="all-linear", **settings)
    ours = load_weights("base", base, torch.float32)
    read_adapter(folder).apply(ours)
    wrapped = PeftModel.from_pretrained(load_weights("base", base, torch.float32), folder)
    theirs = dict(wrapped.merge_and_unload().named_parameters())
    for name, parameter in ours.named_parameters():
        torch.testing.assert_close(parameter, theirs[name], rtol=0, atol=1e-6)


def test_peft_loads_what_we_write(base: Path, tuned: Path) -> None:
    wrapped = PeftModel.from_pretrained(load_weights("base", base, torch.float32), tuned)
    ours = load_weights("base", base, torch.float32)
    before = {name: parameter.clone() for name, parameter in ours.named_parameters()}
    read_adapter(tuned).apply(ours)
    tokens = torch.arange(20, 40)[None]
    with torch.no_grad():
        torch.testing.assert_close(wrapped(tokens).logits, ours(tokens).logits, rtol=0, atol=1e-4)
    assert any(not torch.equal(before[name], now) for name, now in ours.named_parameters())


def test_the_revision_is_that_of_base_and_adapter(base: Path, edited: Path) -> None:
    first = load(base, edited)
    assert first.startswith(f"{create_revision(base)}+")
    edit(edited, lora_alpha=9)
    assert load(base, edited) != first


def create_revision(model: Path) -> str:
    engine = create_local("transformers", str(model))
    engine.load(lambda share, word: None)
    return engine.revision


def test_other_weights_under_the_same_name_are_another_base(
    base: Path, tuned: Path, tmp_path: Path
) -> None:
    other = make_base(tmp_path / "base", product_scale=2.0)
    with pytest.raises(ModelFormatError, match="on other weights than"):
        load(other, tuned)
    moved = Path(shutil.copytree(base, tmp_path / "moved"))
    assert "+" in load(moved, tuned)


def test_the_identity_does_not_depend_on_files_and_width(base: Path, tmp_path: Path) -> None:
    tensors = load_file(base / "model.safetensors")
    half = len(tensors) // 2
    for index, names in enumerate((sorted(tensors)[:half], sorted(tensors)[half:])):
        save_file({name: tensors[name] for name in names}, tmp_path / f"{index}.safetensors")
    assert base_identity(tmp_path) == base_identity(base)


def test_an_adapter_of_others_goes_by_the_bases_name(base: Path, tmp_path: Path) -> None:
    folder = foreign(base, tmp_path / "foreign")
    assert "+" in load(base, folder)
    edit(folder, base_model_name_or_path="codellama/CodeLlama-7b-Instruct-hf")
    with pytest.raises(ModelFormatError, match=r"trained on codellama/.*base_model_name_or_path"):
        load(base, folder)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"use_dora": True}, "use_dora"),
        ({"modules_to_save": ["lm_head"]}, "modules_to_save"),
        ({"bias": "all"}, "bias"),
        ({"init_lora_weights": "pissa"}, "pissa"),
        ({"peft_type": "LOHA"}, "LOHA"),
        ({"a_setting_of_tomorrow": 1}, "a_setting_of_tomorrow"),
        ({"r": 0}, "usable r"),
        ({"r": 3}, "of rank 3"),
    ],
)
def test_what_is_more_than_a_product_is_refused_by_name(
    edited: Path, changes: dict[str, Any], word: str
) -> None:
    edit(edited, **changes)
    with pytest.raises(ModelFormatError, match=word):
        read_adapter(edited)


def test_settings_that_are_no_object_are_refused(edited: Path) -> None:
    (edited / "adapter_config.json").write_text("[]")
    with pytest.raises(ModelFormatError, match="JSON object"):
        read_adapter(edited)


def change_tensors(folder: Path, kind: str) -> None:
    file = folder / "adapter_model.safetensors"
    tensors = load_file(file)
    name = min(tensors)
    if kind == "NaN":
        tensors[name][0, 0] = torch.nan
    elif kind == "lacks":
        del tensors[name]
    elif kind == "no part":
        tensors["base_model.model.lm_head.weight"] = torch.zeros(2, 2)
    save_file(tensors, file)


@pytest.mark.parametrize("kind", ["NaN", "lacks", "no part"])
def test_broken_weights_are_refused(edited: Path, kind: str) -> None:
    change_tensors(edited, kind)
    with pytest.raises(ModelFormatError, match=kind):
        read_adapter(edited)


def test_files_of_pickles_and_torn_files_are_refused(edited: Path) -> None:
    file = edited / "adapter_model.safetensors"
    file.write_bytes(file.read_bytes()[:100])
    with pytest.raises(ModelFormatError, match="broken"):
        read_adapter(edited)
    file.rename(edited / "adapter_model.bin")
    with pytest.raises(ModelFormatError, match=r"no adapter_model\.safetensors"):
        read_adapter(edited)


def test_the_other_engines_say_what_to_do(
    base: Path, tuned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    options = EngineOptions(adapter=str(tuned), upstream_url="http://localhost:1")
    with pytest.raises(ModelFormatError, match="upstream's own"):
        create(None, None, options)
    monkeypatch.setenv("BIOQL_DATA_DIR", str(tmp_path))
    with pytest.raises(SystemExit) as stopped:
        cli.main(["serve", "--engine", "onnx", "--adapter", str(tuned), "--port", "0"])
    assert stopped.value.code == cli.EXIT_USAGE
    assert "bioql_lsp.training.lora merge" in capsys.readouterr().err


def test_a_merged_folder_of_several_files_keeps_them(
    base: Path, tuned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cut, out = tmp_path / "cut", tmp_path / "out"
    load_weights("base", base, torch.float32).save_pretrained(cut, max_shard_size="300KB")
    shutil.copyfile(base / "tokenizer.json", cut / "tokenizer.json")
    (cut / "tokenizer.model").write_bytes(b"sentencepiece")
    files = sorted(file.name for file in cut.glob("*.safetensors*"))
    assert len(files) > 2
    edit_base = ["--base", str(cut), "--out", str(out), "--gguf", str(tmp_path / "x.gguf")]
    assert main(["merge", "--adapter", str(tuned), *edit_base]) == EXIT_REFUSED
    assert "convert_hf_to_gguf.py" in capsys.readouterr().err
    assert not (tmp_path / "x.gguf").exists()
    assert sorted(file.name for file in out.glob("*.safetensors*")) == files
    assert (out / "tokenizer.model").exists()
    merged = load_weights("merged", out, torch.float32)
    expected = load_weights("cut", cut, torch.float32)
    read_adapter(tuned).apply(expected)
    wanted = dict(expected.named_parameters())
    assert all(torch.equal(now, wanted[name]) for name, now in merged.named_parameters())


def test_nothing_is_written_over(base: Path, tuned: Path) -> None:
    with pytest.raises(ModelFormatError, match="not empty"):
        merge(base, "base", tuned, base)
