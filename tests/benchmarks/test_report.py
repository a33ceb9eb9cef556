"""Summaries, requirements and the section in the documentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.bars import judge
from tests.benchmarks.files import SIZES
from tests.benchmarks.peers import BARE, OURS, PEERS
from tests.benchmarks.report import SECTION_BEGIN, SECTION_END, Report, markdown, write_section
from tests.benchmarks.samples import (
    EDITED,
    FIRST,
    INITIALIZE,
    LOAD,
    MACHINE,
    PEAK,
    RESIDENT,
    USEFUL,
    WARM,
    Metric,
    Samples,
    percentile,
)


def samples(ours_ms: float, peers_ms: float) -> Samples:
    """Samples in which every time of a side is the same."""
    result = Samples()
    result.add(MACHINE, Metric(LOAD), 1.5)
    for server in (OURS, BARE, *PEERS):
        value = ours_ms if server in (OURS, BARE) else peers_ms
        result.add(server, Metric(INITIALIZE), value)
        for lines in SIZES:
            for name in (FIRST, EDITED, RESIDENT, PEAK):
                result.add(server, Metric(name, lines), value)
            result.add(server, Metric(WARM, lines, "call"), value)
            result.add(server, Metric(USEFUL, lines, "call"), 1.0)
    return result


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([5.0], 0.95, 5.0), ([*map(float, range(1, 101))], 0.95, 95.0), ([3.0, 1.0, 2.0], 0.5, 2.0)],
)
def test_a_percentile_is_one_of_the_values(
    values: list[float], share: float, expected: float
) -> None:
    assert percentile(values, share) == expected


def test_twenty_times_faster_than_everyone_meets_every_requirement() -> None:
    assert all(bar.is_met for bar in judge(samples(5, 100).summaries()))


def test_nineteen_times_faster_misses_what_asks_for_twenty() -> None:
    missed = [bar for bar in judge(samples(5, 95).summaries()) if not bar.is_met]
    assert {bar.wanted for bar in missed} == {"20x faster"}
    assert {bar.ratio for bar in missed} == {19.0}


def test_ten_milliseconds_and_120_megabytes_are_limits() -> None:
    missed = [bar for bar in judge(samples(130, 2600).summaries()) if not bar.is_met]
    assert {bar.wanted for bar in missed} == {"below 10 ms", "below 120 MB"}


def test_a_report_says_how_busy_the_machine_was() -> None:
    first, *tables = markdown(Report.of([], samples(5, 100).summaries())).split("\n\n")
    assert "load average 1.5" in first
    assert "load average" not in "".join(tables)


def test_a_report_comes_back_from_its_file(tmp_path: Path) -> None:
    report = Report.of([], samples(5, 100).summaries())
    report.save(tmp_path / "report.json")
    assert Report.load(tmp_path / "report.json") == report


def test_a_section_replaces_the_former_one_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "performance.md"
    path.write_text("# Performance\n\nWords.\n", encoding="utf-8")
    write_section(Report.of([], samples(5, 100).summaries()), path)
    path.write_text(path.read_text(encoding="utf-8") + "\nMore words.\n", encoding="utf-8")
    report = Report.of([], samples(7, 100).summaries())
    write_section(report, path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Performance\n\nWords.\n")
    assert text.endswith(f"{SECTION_END}\n\nMore words.\n")
    assert text.count(SECTION_BEGIN) == 1
    assert markdown(report) in text
