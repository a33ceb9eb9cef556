"""Summaries, requirements and the section of the worker's benchmark."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bioql_lsp.worker.engines.folder import embedded_folder, read_config
from tests.benchmarks import worker_limits
from tests.benchmarks.report import WORKER_BEGIN, WORKER_END, Report, write_section
from tests.benchmarks.worker_editor_figures import EditorFigure
from tests.benchmarks.worker_figures import Figure, Process, WorkerFigures
from tests.benchmarks.worker_limits import Bandwidth, Limits
from tests.benchmarks.worker_load import Seen
from tests.benchmarks.worker_sides import (
    GENERATE,
    LLAMA_F32,
    LLAMA_F32_ALONE,
    LLAMA_Q8,
    LLAMA_Q8_ALONE,
    MANY,
    ONE,
    OURS,
    SERVE,
)

MET: dict[str, Any] = {
    "one": 1000.0,
    "many": 1600.0,
    "first_ms": 20.0,
    "ready_seconds": 1.5,
    "started_mb": 200.0,
    "loaded_mb": 250.0,
}


def worker_figures(precision: str, **measured: float) -> WorkerFigures:
    """Ours at the limits of all requirements, but for what is said."""
    ours = MET | measured

    def figure(side: str, clients: int, rate: float, of: str = "fp32") -> Figure:
        return Figure(side, of, clients, 10, rate, 64, ours["first_ms"], 30.0)

    return WorkerFigures(
        {"torch": "2"},
        1.5,
        Limits(1_000_000, Bandwidth(20e9, 80e9)),
        [
            figure(OURS, ONE, ours["one"], precision),
            figure(OURS, MANY, ours["many"], precision),
            figure(GENERATE, ONE, 200.0),
            figure(GENERATE, MANY, 200.0),
            figure(SERVE, MANY, 1600 / 3),
            figure(LLAMA_Q8, ONE, 2000.0),
            figure(LLAMA_Q8, MANY, 5333.0),
            figure(LLAMA_F32, ONE, 1000.0),
            figure(LLAMA_F32, MANY, 2000.0),
            figure(LLAMA_Q8_ALONE, ONE, 1999.0),
            figure(LLAMA_Q8_ALONE, MANY, 5332.0),
            figure(LLAMA_F32_ALONE, ONE, 1001.0),
            figure(LLAMA_F32_ALONE, MANY, 1999.0),
        ],
        [Process(OURS, 5, ours["ready_seconds"], ours["started_mb"], ours["loaded_mb"], 400.0)],
        [EditorFigure("warm", 60, 40, 100.0, 200.0)],
    )


def missed(**measured: float) -> list[str]:
    return [bar.what for bar in worker_figures("int8", **measured).bars() if not bar.is_met]


def test_a_figure_is_the_median_rate_of_its_rounds_and_the_first_times_of_all() -> None:
    rounds = [
        [Seen(0.0, 0.1, 1.0, 50), Seen(1.0, 1.2, 2.0, 50)],
        [Seen(0.0, 0.3, 0.5, 50)],
        [Seen(5.0, 5.4, 7.0, 100), Seen(5.0, 5.5, 9.0, 100)],
    ]
    figure = Figure.of("side", "fp32", 1, rounds)
    assert (figure.requests, figure.tokens_per_second, figure.tokens_per_answer) == (5, 50, 70)
    assert (figure.first_p50_ms, figure.first_p95_ms) == (300, 500)


def test_the_bars_are_met_at_their_limits() -> None:
    assert missed() == []


@pytest.mark.parametrize(
    ("measured", "what"),
    [
        ({"one": 999.0}, ["tokens a second, 1 client", "tokens a second, 1 client"]),
        ({"many": 1599.0}, ["tokens a second, 16 clients"] * 3),
        ({"first_ms": 20.1}, ["time to first token, 1 client, median"]),
        ({"ready_seconds": 1.51}, ["process start to ready"]),
        ({"started_mb": 251.0}, ["resident memory"]),
        ({"loaded_mb": 251.0}, ["resident memory"]),
    ],
)
def test_each_bar_can_be_missed(measured: dict[str, float], what: list[str]) -> None:
    assert missed(**measured) == what


@pytest.mark.parametrize(
    ("precision", "peers"),
    [("int8", [LLAMA_Q8, LLAMA_Q8]), ("fp32", [LLAMA_F32_ALONE, LLAMA_F32])],
)
def test_ours_is_held_against_the_faster_one_of_the_nearest_precision(
    precision: str, peers: list[str]
) -> None:
    against = [bar.peer for bar in worker_figures(precision).bars()]
    assert against == [GENERATE, GENERATE, SERVE, *peers, *["the limit"] * 3]


def test_the_limit_is_what_reading_all_weights_takes() -> None:
    limits = Limits(1_000_000, Bandwidth(20e9, 80e9))
    assert limits.tokens_per_second("fp32", is_from_memory=True) == 5000
    assert limits.tokens_per_second("int8", is_from_memory=False) == 80_000


def test_the_weights_are_counted_as_the_models_shape_has_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker_limits, "MEMORY_BYTES", 1 << 20)
    config = read_config(embedded_folder())
    width, inner = config["hidden_size"], config["intermediate_size"]
    layer = 4 * width * width + 3 * width * inner + 2 * width
    expected = config["vocab_size"] * width + config["num_hidden_layers"] * layer + width
    limits = worker_limits.measure()
    assert limits.weights_count == expected
    assert 1e8 < limits.bandwidth.weights < 1e13


def test_full_contexts_are_said_beside_the_memory() -> None:
    assert worker_figures("int8").bars()[-1].note == "with 16 full contexts 400 MB"


def test_an_editor_figure_needs_a_suggestion() -> None:
    assert EditorFigure.of("warm", 4, [1.0, 3.0, 2.0]) == EditorFigure("warm", 4, 3, 2.0, 3.0)
    with pytest.raises(RuntimeError, match="no request of 4"):
        EditorFigure.of("warm", 4, [])


def test_a_report_keeps_the_worker_and_writes_its_own_section(tmp_path: Path) -> None:
    report = Report.of([], [], worker=worker_figures("int8"))
    report.save(tmp_path / "report.json")
    assert Report.load(tmp_path / "report.json") == report
    document = tmp_path / "performance.md"
    document.write_text("# Performance\n\nWords.\n", encoding="utf-8")
    write_section(report, document)
    document.write_text(document.read_text(encoding="utf-8") + "\nMore words.\n", encoding="utf-8")
    write_section(replace(report, date="2027-01-01"), document)
    text = document.read_text(encoding="utf-8")
    assert text.startswith(f"# Performance\n\nWords.\n\n{WORKER_BEGIN}\n\nMeasured on 2027-01-01")
    assert text.endswith(f"{WORKER_END}\n\nMore words.\n")
    assert text.count("### Requirements on the worker: 8 of 8 met") == 1
    assert "| 1 | bioql-worker | int8 | 1,000 | 5.00 | 5% | 20 / 30 | 64 | 10 |" in text
