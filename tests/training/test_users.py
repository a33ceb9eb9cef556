"""The requests of users: every program given for one is right, and none is there twice."""

from __future__ import annotations

import ast
import json
from importlib.resources import files

import pytest

from bioql_lsp.analysis.findings import Severity
from bioql_lsp.analysis.registry import check
from bioql_lsp.analysis.verify import verify
from bioql_lsp.text import Span

AREAS = {
    "basic",
    "chemistry",
    "circuits",
    "crispr",
    "docking",
    "drug",
    "genomics",
    "local",
    "metabolomics",
    "multiomics",
    "profiling",
    "proteomics",
    "provenance",
    "qec",
    "visualisation",
}


def rows(name: str) -> list[dict[str, str]]:
    text = files("bioql_lsp.training.users").joinpath(name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


TASKS = rows("tasks.jsonl")
INDEPENDENT = rows("independent.jsonl")
UNSEEN = rows("unseen.jsonl")


@pytest.mark.parametrize("row", [*TASKS, *INDEPENDENT, *UNSEEN], ids=lambda row: row["task"])
def test_every_program_parses_binds_and_has_no_finding_above_information(
    row: dict[str, str],
) -> None:
    code = row["code"]
    ast.parse(code)
    assert [f for f in check(code) if f.severity is not Severity.INFORMATION] == []
    verdict = verify("", Span(0, 0), code)
    assert verdict.is_accepted
    assert verdict.code == code


def test_tasks_are_unique_and_every_area_is_there() -> None:
    assert len(TASKS) == 150
    for field in ("task", "request"):
        assert len({row[field] for row in TASKS}) == len(TASKS)
    assert all(set(row) == {"task", "request", "code", "area"} for row in TASKS)
    assert {row["area"] for row in TASKS} == AREAS


def test_the_independent_tasks_are_others() -> None:
    assert (len(INDEPENDENT), len(UNSEEN)) == (60, 90)
    for field in ("task", "request"):
        assert len({row[field] for row in [*TASKS, *INDEPENDENT, *UNSEEN]}) == 300
    assert {row["area"] for row in UNSEEN} <= AREAS


def test_foreign_requests_are_unique_and_no_task() -> None:
    foreign = [row["request"] for row in rows("foreign.jsonl")]
    assert len(set(foreign)) == len(foreign) == 100
    assert not set(foreign) & {row["request"] for row in [*TASKS, *INDEPENDENT, *UNSEEN]}
