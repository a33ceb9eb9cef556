"""Loading of the ``transformers`` engine: what is refused, and what is told meanwhile."""

from __future__ import annotations

import json
from pathlib import Path

import huggingface_hub.constants
import pytest
from safetensors.torch import load_file, save_file

from bioql_lsp.worker.engines.base import ModelFormatError
from bioql_lsp.worker.engines.folder import revision_of
from bioql_lsp.worker.engines.transformers import (
    TransformersEngine,
    _download_bar,
    weights_fingerprint,
)
from tests.worker.engines.conftest import CONTEXT_TOKENS_MAX, edit_config


def nothing(share: float, word: str) -> None:
    """Report to nobody."""


def test_every_tensor_that_is_loaded_moves_the_progress(tiny_folder: Path) -> None:
    reports: list[tuple[float, str]] = []
    engine = TransformersEngine(tiny_folder)
    engine.load(lambda share, word: reports.append((share, word)))
    shares = [share for share, _ in reports]
    assert shares == sorted(shares)
    loading = {share for share, word in reports if word == "loading the weights"}
    assert len(loading) >= len(load_file(tiny_folder / "model.safetensors"))
    assert reports[-1] == (1.0, "ready")


def test_it_writes_as_many_answers_as_it_is_told_or_fit(tiny_folder: Path) -> None:
    engine = TransformersEngine(tiny_folder, rows_max=3)
    engine.load(nothing)
    assert (engine.rows_max, engine.context_tokens_max) == (3, CONTEXT_TOKENS_MAX)


def shard(folder: Path, count: int = 3) -> list[Path]:
    """Cut a folder's weights into several files, as large models come."""
    whole = folder / "model.safetensors"
    tensors = load_file(whole)
    whole.unlink()
    places: dict[str, str] = {}
    for index in range(count):
        name = f"model-{index + 1:05}-of-{count:05}.safetensors"
        part = {key: tensors[key] for key in sorted(tensors)[index::count]}
        save_file(part, folder / name, metadata={"format": "pt"})
        places |= dict.fromkeys(part, name)
    index_file = folder / "model.safetensors.index.json"
    index_file.write_text(json.dumps({"metadata": {}, "weight_map": places}))
    return sorted(folder.glob("*.safetensors"))


def revision(folder: Path) -> str:
    engine = TransformersEngine(folder)
    engine.load(nothing)
    return engine.revision


def test_a_change_in_any_shard_is_another_revision(edited_folder: Path) -> None:
    shards = shard(edited_folder)
    seen = {revision(edited_folder)}
    for file in shards:
        # The last number of the file, by its lowest bit.
        content = bytearray(file.read_bytes())
        content[-4] ^= 1
        file.write_bytes(content)
        seen.add(revision(edited_folder))
    assert len(seen) == 1 + len(shards)


def test_shards_that_change_places_are_another_revision(tmp_path: Path) -> None:
    (tmp_path / "a.safetensors").write_bytes(b"one")
    (tmp_path / "b.safetensors").write_bytes(b"two")
    before = weights_fingerprint(tmp_path, nothing)
    (tmp_path / "a.safetensors").write_bytes(b"two")
    (tmp_path / "b.safetensors").write_bytes(b"one")
    assert weights_fingerprint(tmp_path, nothing) != before


def test_a_single_file_of_weights_has_the_revision_that_other_engines_give_it(
    tiny_folder: Path,
) -> None:
    assert revision(tiny_folder) == revision_of(tiny_folder / "model.safetensors")


def test_looking_at_the_weights_is_told_in_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.safetensors").write_bytes(bytes(20 << 20))
    reports: list[tuple[float, str]] = []
    weights_fingerprint(tmp_path, lambda share, word: reports.append((share, word)))
    assert [share for share, _ in reports] == [0.4, 0.5, 0.9, 1.0]
    assert reports[1][1] == "looking at the weights, 20 of 40 MiB"


def test_weights_that_lack_a_tensor_are_refused(edited_folder: Path) -> None:
    tensors = load_file(edited_folder / "model.safetensors")
    del tensors["model.layers.1.mlp.up_proj.weight"]
    save_file(tensors, edited_folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelFormatError, match=r"layers\.1\.mlp\.up_proj\.weight"):
        TransformersEngine(edited_folder).load(nothing)


def test_quantised_weights_are_refused(edited_folder: Path) -> None:
    edit_config(edited_folder, quantization_config={"quant_method": "gptq", "bits": 4})
    with pytest.raises(ModelFormatError, match="quantised"):
        TransformersEngine(edited_folder).load(nothing)


def test_a_name_that_the_hub_does_not_give_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(ModelFormatError, match="give the path of a folder"):
        TransformersEngine("bioql/no-such-model").load(nothing)


def test_a_download_is_told_in_bytes_and_never_goes_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    reports: list[tuple[float, str]] = []
    kind = _download_bar(lambda share, word: reports.append((share, word)))
    files, received = kind(total=2, desc="files"), kind(total=0, unit="B", mininterval=0)
    for size in (40 << 20, 60 << 20):
        received.total += size
        received.refresh()
        received.update(30 << 20)
        received.refresh()
        files.update(1)
    received.close()
    files.close()
    shares = [share for share, _ in reports]
    assert shares == sorted(shares)
    assert shares[-1] > 0
    assert reports[-1][1] == "downloading the model, 60 of 100 MiB"
    assert capsys.readouterr() == ("", "")
