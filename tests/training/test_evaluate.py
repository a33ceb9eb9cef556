"""The command: what it asks, what it reports, and a run at a real service."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bioql_lsp.training.evaluate.__main__ import main
from bioql_lsp.training.evaluate.report import MEASURES, missed_bars, share, wilson
from bioql_lsp.training.evaluate.tasks import GROUPS, TaskFileError, drawn, read
from bioql_lsp.wire import CompleteRequest, FixRequest, GenerateRequest


def test_the_same_seed_draws_the_same_tasks() -> None:
    first = drawn(5, "test", 40)
    assert first == drawn(5, "test", 40)
    assert first != drawn(6, "test", 40)
    assert len(first) == 40


def test_every_group_is_asked_in_its_own_way() -> None:
    tasks = drawn(5, "test", 40)
    kinds = {task.group: type(task.request) for task in tasks}
    assert kinds == {
        "generate": GenerateRequest,
        "infill": CompleteRequest,
        "fix": FixRequest,
        "refusal": GenerateRequest,
    }
    fixes = [task.request for task in tasks if task.group == "fix"]
    assert all(isinstance(fix, FixRequest) and fix.findings for fix in fixes)


def test_requests_leave_the_service_its_defaults() -> None:
    sent = drawn(5, "test", 4)[0].request.model_dump(exclude_unset=True)
    assert set(sent) == {"instruction", "context"}


def test_tasks_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "tasks.jsonl"
    path.write_text('{"request": "half-life of CCO", "code": "x = 1\\n"}\n\n')
    (task,) = read(path)
    assert (task.group, task.expected) == ("generate", "x = 1\n")
    path.write_text('{"request": "a poem"}\n')
    assert [task.group for task in read(path)] == ["refusal"]
    path.write_text('{"code": "half-life of CCO"}\n')
    with pytest.raises(TaskFileError, match="line 1"):
        read(path)


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    [(0, 0, 0, 1), (0, 10, 0, 0.2775), (10, 10, 0.7225, 1), (90, 100, 0.8256, 0.9448)],
)
def test_shares_have_wilsons_interval(hits: int, count: int, low: float, high: float) -> None:
    assert wilson(hits, count) == pytest.approx((low, high), abs=1e-4)


def test_a_bar_is_missed_below_it_and_only_where_something_was_asked() -> None:
    def found(hits: int) -> dict[str, object]:
        return {"groups": {"generate": {"measures": {"right": share(hits, 100)}}}}

    assert missed_bars(found(90)) == []
    assert missed_bars(found(89)) == ["generate: right 89.0% < 90%"]
    assert missed_bars({"groups": {}}) == []


def test_a_url_needs_a_key(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--url", "http://127.0.0.1:9", "--count", "4"]) == 2
    assert "--key-from-env" in capsys.readouterr().err


def test_a_service_that_does_not_start_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--engine", "nothing", "--count", "4"]) == 2
    assert "There is no engine nothing" in capsys.readouterr().err


@pytest.mark.timeout(600)
def test_the_embedded_model_is_measured_end_to_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "report.json"
    assert main(["--count", "20", "--failures", "1", "--out", str(out)]) == 0
    found = json.loads(out.read_text())
    assert (found["engine"], found["model"]) == ("onnx", "bioql-mini")
    assert {"revision", "date", "cpu", "seed"} <= set(found)
    assert sum(found["groups"][group]["count"] for group in GROUPS) == 20
    for group in GROUPS:
        measured = found["groups"][group]
        assert set(measured["measures"]) == set(MEASURES[group])
        assert 0 < measured["milliseconds"]["p50"] <= measured["milliseconds"]["p95"]
        shown = measured["measures"].get("valid of shown")
        assert shown is None or shown["hits"] == shown["count"]
    assert "bioql-mini" in capsys.readouterr().out
