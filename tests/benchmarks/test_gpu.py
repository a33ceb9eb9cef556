"""The benchmark of a card, on a CPU in seconds, and what it makes of its figures."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from bioql_lsp.worker.engines.torch_model import TorchModel
from tests.benchmarks.gpu import main
from tests.benchmarks.gpu_measure import Ours, disagreement
from tests.benchmarks.gpu_report import Figures, FirstToken, Rate
from tests.benchmarks.gpu_shapes import config_of, random_model

QUICK = ["--shape", "tiny", "--device", "cpu", "--rounds", "1", "--block-mib", "8"]
SHORT = ["--new-tokens", "4", "--prompts", "20", "50", "--rows", "1", "4"]
FIGURES = Figures(
    date="2026-01-01",
    device="a card",
    versions={"torch": "2"},
    shape="7b",
    layers=32,
    dtype="bfloat16",
    is_compiled=True,
    prompt_tokens=200,
    new_tokens=128,
    rounds=5,
    weight_bytes=13_000_000_000,
    ready_s=30.0,
    disagreement=0.01,
    peak_memory_bytes=40_000_000_000,
    bandwidths={"read": 2.0e12, "copy": 2.6e12, "triad": 2.5e12},
    rates=[Rate(1, 150.0, 30.0), Rate(8, 1100.0, 220.0), Rate(32, 3600.0, 800.0)],
    first_tokens=[FirstToken(200, 12.0, 40.0)],
)


def test_it_runs_from_end_to_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "artifacts" / "gpu.json"
    assert main([*QUICK, *SHORT, "--out", str(out)]) == 0
    data = json.loads(out.read_text())
    assert [rate["rows"] for rate in data["rates"]] == [1, 4]
    assert all(rate["ours"] > 0 and rate["generate"] > 0 for rate in data["rates"])
    assert [each["prompt_tokens"] for each in data["first_tokens"]] == [20, 50]
    assert data["disagreement"] < 1e-4
    printed = capsys.readouterr().out
    assert data["date"] in printed
    assert "| batch 1, against `generate` |" in printed
    assert "not measured" in printed


def test_every_requirement_is_met_or_missed_by_its_figure() -> None:
    assert FIGURES.limit == 200.0
    found = [(each.found, each.is_met) for each in FIGURES.requirements()]
    assert found == [(0.75, True), (5.0, True), (120.0, True), (0.01, True)]
    slow = replace(FIGURES, rates=[Rate(1, 100.0, 30.0), Rate(32, 440.0, None)], disagreement=0.5)
    assert [each.is_met for each in slow.requirements()] == [False, False, False, False]
    assert "miss" in slow.markdown()


def test_what_did_not_fit_is_not_called_missed() -> None:
    small = replace(FIGURES, rates=[Rate(1, 150.0, 30.0), Rate(32, None, None)])
    assert [each.is_met for each in small.requirements()] == [True, True, None, True]
    assert "| 32 |  |  |  |  |  |" in small.markdown()


def test_a_model_that_computes_something_else_is_found_out() -> None:
    cpu = torch.device("cpu")
    config = config_of("tiny", None, 128)
    model, other = random_model(config, cpu), random_model(config, cpu)
    ours = Ours(TorchModel(model, ()), config.vocab_size, cpu)
    assert disagreement(ours, other, [20, 33], cpu) < 1e-4
    with torch.no_grad():
        other.lm_head.weight.copy_(other.lm_head.weight.flip(0))
    assert disagreement(ours, other, [20, 33], cpu) > 0.25
