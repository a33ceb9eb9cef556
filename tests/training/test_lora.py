"""A fine-tune from its first step to the answers that it gives."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import torch
from gguf import GGUFReader
from safetensors.torch import load_file

from bioql_lsp.analysis.facts import facts_for
from bioql_lsp.training.corpus.examples import examples
from bioql_lsp.training.data import encode_example
from bioql_lsp.training.lora.__main__ import EXIT_REFUSED, EXIT_STOPPED, main
from bioql_lsp.training.lora.base import estimate, open_base
from bioql_lsp.training.lora.batches import STRETCH, Batches
from bioql_lsp.training.lora.checkpoint import checkpoints
from bioql_lsp.training.lora.plan import LoraPlan
from bioql_lsp.training.lora.served import as_served, corpus
from bioql_lsp.worker.engines.base import Instruct, LocalEngine, ModelFormatError, Sampling
from bioql_lsp.worker.engines.folder import embedded_folder, read_folder
from bioql_lsp.worker.engines.registry import EngineOptions, create_local
from bioql_lsp.worker.engines.single import generate
from bioql_lsp.worker.prompts import GENERAL_STYLE, PromptBuilder
from tests.training.lora_models import (
    adapter_weights,
    make_base,
    make_forgetful,
    pairs,
    trainer,
)

MINI = embedded_folder()
BUILDER = read_folder(MINI).prompts
GENERAL = PromptBuilder(read_folder(MINI).tokenizer, 1024, GENERAL_STYLE)
REQUEST = Instruct("predict the ADME of caffeine")
FAMILY = "adme"


def engine(name: str, model: Path, **options: Any) -> LocalEngine:
    made = create_local(name, str(model), EngineOptions(is_constrained=False, **options))
    made.load(lambda share, word: None)
    return made


def answer(served: LocalEngine) -> tuple[str, int]:
    pieces = list(generate(served, REQUEST, Sampling(60)))
    return "".join(piece.text for piece in pieces), pieces[-1].completion_tokens


def metrics(run: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module")
def forgetful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_forgetful(tmp_path_factory.mktemp("base") / "forgetful")


@pytest.fixture(scope="module")
def tuned(forgetful: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty steps of the embedded model, disturbed, on a family of recipes, by the command."""
    run = tmp_path_factory.mktemp("tuned") / "run"
    arguments = f"--base {forgetful} "
    arguments += "--steps 20 --rows 1 --columns 192 --accumulate 1 --rank 8 --alpha 16"
    more = f"--learning-rate 3e-3 --save-every 10 --device cpu --recipes {FAMILY}"
    assert main(["train", "--out", str(run), *arguments.split(), *more.split()]) == 0
    return run


@pytest.mark.heavy
def test_the_loss_falls_and_is_written_down(tuned: Path) -> None:
    lines = metrics(tuned)
    losses = [line["loss"] for line in lines if "loss" in line]
    assert len(losses) == 20
    validation = [line["validation_loss"] for line in lines if "validation_loss" in line]
    assert len(validation) == 3
    assert validation[-1] < validation[1] < validation[0] - 0.2
    rates = [line["rate"] for line in lines if "rate" in line]
    assert max(rates) == pytest.approx(3e-3, rel=0.02)
    assert rates[-1] < 0.1 * max(rates)
    assert [folder.name for folder in checkpoints(tuned)] == [
        "checkpoint-000010",
        "checkpoint-000020",
    ]


@pytest.mark.heavy
def test_adapter_and_merged_folder_answer_alike_and_not_as_the_base(
    forgetful: Path, tuned: Path, tmp_path: Path
) -> None:
    adapter, merged, file = tmp_path / "adapter", tmp_path / "merged", tmp_path / "merged.gguf"
    assert main(["export", "--run", str(tuned), "--out", str(adapter)]) == 0
    assert sorted(path.name for path in adapter.iterdir()) == [
        "adapter_config.json",
        "adapter_model.safetensors",
    ]
    paths = ["--adapter", str(adapter), "--out", str(merged), "--gguf", str(file)]
    paths += ["--base", str(forgetful)]
    assert main(["merge", *paths, "--dtype", "fp32", "--gguf-precision", "f32"]) == 0
    with_adapter = engine("transformers", forgetful, adapter=str(adapter))
    whole = engine("transformers", merged)
    base = engine("transformers", forgetful)
    assert answer(with_adapter) == answer(whole) == answer(engine("onnx", merged, precision="fp32"))
    assert answer(with_adapter) != answer(base)
    assert len({with_adapter.revision, whole.revision, base.revision}) == 3
    assert with_adapter.revision.startswith(base.revision)
    assert len(GGUFReader(file).tensors) == len(load_file(merged / "model.safetensors"))


def test_a_run_goes_on_exactly_where_it_was(tmp_path: Path) -> None:
    base = make_base(tmp_path / "base")
    whole = trainer(base, tmp_path / "whole", steps=6)
    expected = [whole.step()["loss"] for _ in range(6)]
    first = trainer(base, tmp_path / "cut", steps=6)
    for _ in range(3):
        first.step()
    first.save()
    first.step()
    second = trainer(base, tmp_path / "cut", steps=6, resume=True)
    assert (second.steps, second.tokens) == (3, 3 * 2 * 96)
    second.run()
    ours, theirs = adapter_weights(second), adapter_weights(whole)
    assert all(torch.equal(ours[name], theirs[name]) for name in theirs)
    losses = [line["loss"] for line in metrics(tmp_path / "cut") if "loss" in line]
    assert losses == pytest.approx(expected[3:], rel=1e-4)


def test_another_plan_or_base_is_another_run(tmp_path: Path) -> None:
    base, other = make_base(tmp_path / "base"), make_base(tmp_path / "other", product_scale=2.0)
    trainer(base, tmp_path / "run", steps=6).save()
    with pytest.raises(ValueError, match="--resume"):
        trainer(base, tmp_path / "run", steps=6)
    with pytest.raises(ModelFormatError, match="rank was 4 and is 8"):
        trainer(base, tmp_path / "run", steps=6, rank=8, resume=True)
    with pytest.raises(ModelFormatError, match="base_identity"):
        trainer(other, tmp_path / "run", steps=6, resume=True)


def test_a_run_by_the_clock_ends(tmp_path: Path) -> None:
    run = trainer(make_base(tmp_path / "base"), tmp_path / "run", minutes=0.02)
    run.run()
    assert run.elapsed_s >= 1.2
    assert metrics(tmp_path / "run")[-1]["validation_loss"] is not None


def test_checkpointing_gives_the_same_gradients(tmp_path: Path) -> None:
    base = make_base(tmp_path / "base")
    losses = []
    for is_on in (False, True):
        run = trainer(base, tmp_path / str(is_on), steps=3, gradient_checkpointing=is_on)
        losses.append([run.step()["gradient_norm"] for _ in range(3)])
    assert losses[0] == pytest.approx(losses[1], rel=1e-4)


def test_the_batches_of_a_step_are_the_same_whenever_they_are_asked_for() -> None:
    plan = LoraPlan(steps=1, rows=1, columns=96, accumulate=2)
    onward = Batches(plan, BUILDER, pairs)
    seen = [onward.of(step) for step in range(STRETCH + 2)]
    for step in (1, STRETCH + 1):
        for ours, theirs in zip(Batches(plan, BUILDER, pairs).of(step), seen[step], strict=True):
            assert (ours.tokens == theirs.tokens).all()


def test_rows_that_nothing_fits_are_told() -> None:
    with pytest.raises(ValueError, match="--columns"):
        Batches(LoraPlan(steps=1, rows=1, columns=8), BUILDER, pairs).of(0)


def test_only_answers_count() -> None:
    example = next(pairs(1, "train"))
    ids, weights = encode_example(BUILDER, example)
    prompt = BUILDER.build(example.task, 0).ids
    assert set(weights[: len(prompt)]) == {0.0}
    assert set(weights[len(prompt) :]) == {1.0}
    assert len(ids) == len(weights)


def test_each_style_gets_the_facts_that_it_is_served_with() -> None:
    plain = list(islice(as_served(examples(5), BUILDER), 30))
    full = list(islice(as_served(examples(5), GENERAL), 30))
    signature = facts_for("", 0)
    for ours, theirs in zip(plain, full, strict=True):
        assert (ours.answer, ours.kind) == (theirs.answer, theirs.kind)
        assert signature not in ours.task.facts
        assert signature in theirs.task.facts
    request = next(example.task for example in full if isinstance(example.task, Instruct))
    prompt = GENERAL.build(request, 0).ids
    assert "Never use backend" in read_folder(MINI).tokenizer.decode(list(prompt))


def test_recipes_can_be_chosen() -> None:
    kinds = {example.kind for example in islice(corpus(3, "train", (FAMILY,)), 40)}
    assert all(kind.startswith(f"generate:{FAMILY}") for kind in kinds)
    with pytest.raises(ValueError, match="No recipe"):
        corpus(3, "train", ("no_such_recipe",))


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["train", "--out", "run", "--steps", "0"], "--steps"),
        (["train", "--out", "run", "--steps", "1", "--targets", "lm_head"], "lm_head"),
        (["train", "--out", "run", "--steps", "1", "--base", "./nowhere"], "no such folder"),
        (["export", "--run", "nowhere", "--out", "out"], "no checkpoint"),
        (["merge", "--adapter", "nowhere", "--out", "out"], "no adapter"),
    ],
)
def test_what_cannot_be_done_is_told(
    arguments: list[str],
    word: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == EXIT_REFUSED
    assert word in capsys.readouterr().err


def test_the_command_says_what_it_takes_and_where_it_stopped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = make_base(tmp_path / "base", product_scale=2.0**14)
    small = "--steps 2 --rows 2 --columns 320 --accumulate 1 --dtype fp16 --device cpu"
    arguments = ["train", "--base", str(base), "--out", str(tmp_path / "run"), *small.split()]
    assert main([*arguments, "--recipes", FAMILY]) == EXIT_STOPPED
    told = capsys.readouterr()
    assert "in float16 on cpu: about" in told.out
    assert "mlp.down_proj" in told.err


def test_memory_is_reckoned_from_the_shape(tmp_path: Path) -> None:
    base = open_base(str(make_base(tmp_path / "base")), "fp32", "cpu")
    plan = LoraPlan(steps=1, rank=4)
    run = trainer(tmp_path / "base", tmp_path / "run", steps=1)
    memory = estimate(base, plan)
    held = list(run.model.parameters())
    assert memory.weights == sum(4 * p.numel() for p in held if not p.requires_grad)
    assert memory.adapter == sum(5 * 4 * p.numel() for p in held if p.requires_grad)
    checkpointed = estimate(base, LoraPlan(steps=1, rank=4, gradient_checkpointing=True))
    assert checkpointed.total < memory.total
