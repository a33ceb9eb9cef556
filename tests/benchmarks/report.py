"""What a run found, as tables on the terminal, as JSON and as a section of the documentation."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.benchmarks.bars import Bar, judge
from tests.benchmarks.ledger_figures import LedgerFigures
from tests.benchmarks.ledger_tables import circumstances, ledger_tables
from tests.benchmarks.peers import BARE, OURS, PEERS, versions
from tests.benchmarks.ratios import Result
from tests.benchmarks.samples import EDITED, LOAD, MACHINE, USEFUL, Summary
from tests.benchmarks.worker_figures import WorkerFigures
from tests.benchmarks.worker_tables import worker_circumstances, worker_tables

REPORT = Path("artifacts/benchmarks.json")
SECTION_BEGIN = "<!-- figures: begin (written by `python -m tests.benchmarks markdown`) -->"
SECTION_END = "<!-- figures: end -->"
LEDGER_BEGIN = "<!-- ledger: begin (written by `python -m tests.benchmarks markdown`) -->"
LEDGER_END = "<!-- ledger: end -->"
WORKER_BEGIN = "<!-- worker: begin (written by `python -m tests.benchmarks markdown`) -->"
WORKER_END = "<!-- worker: end -->"
PACKAGES = ("jedi-language-server", "jedi", "python-lsp-server", "basedpyright", "bioql")
FIGURE_COLUMNS = ("measured", "place", "lines", "unit", OURS, BARE, *PEERS)
BAR_COLUMNS = (
    "required of bioql-lsp",
    "against",
    "ours",
    "theirs",
    "unit",
    "ratio",
    "wanted",
    "",
    "note",
)
LEDGER_BAR_COLUMNS = ("required of the ledger", *BAR_COLUMNS[1:])
WORKER_BAR_COLUMNS = ("required of the worker", *BAR_COLUMNS[1:])
COMPARISON_COLUMNS = ("what", "peer", "ours", "peer's", "unit", "ratio")

Rows = list[tuple[str, ...]]
Tables = list[tuple[str, Sequence[str], Rows]]


@dataclass(frozen=True)
class Report:
    """One run; what was not selected is empty."""

    date: str
    machine: str
    versions: dict[str, str]
    comparisons: list[Result]
    figures: list[Summary]
    bars: list[Bar]
    ledger: LedgerFigures | None = None
    worker: WorkerFigures | None = None

    @classmethod
    def of(
        cls,
        comparisons: list[Result],
        figures: list[Summary],
        ledger: LedgerFigures | None = None,
        worker: WorkerFigures | None = None,
    ) -> Report:
        """A report of what was measured just now on this machine."""
        pins = versions()
        used = {"Python": platform.python_version(), **{name: pins[name] for name in PACKAGES}}
        date = datetime.now(UTC).date().isoformat()
        bars = judge(figures) if figures else []
        return cls(date, machine(), used, comparisons, figures, bars, ledger, worker)

    def save(self, path: Path = REPORT) -> None:
        """Write the report as JSON."""
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path = REPORT) -> Report:
        """Read a report that `save` wrote."""
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        data["comparisons"] = [Result(**each) for each in data["comparisons"]]
        data["figures"] = [Summary(**each) for each in data["figures"]]
        data["bars"] = [Bar(**each) for each in data["bars"]]
        if data.get("ledger") is not None:
            data["ledger"] = LedgerFigures.from_json(data["ledger"])
        if data.get("worker") is not None:
            data["worker"] = WorkerFigures.from_json(data["worker"])
        return cls(**data)


def machine() -> str:
    """The machine in words, without its name."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{os.cpu_count()} cores, {models[0] if models else platform.machine()}"


def show(report: Report, console: Console | None = None) -> None:
    """Print what the report has."""
    console = console or Console(width=150)
    for title, columns, rows in (
        *_tables(report),
        *_ledger_tables(report),
        *_worker_tables(report),
    ):
        table = Table(title=title)
        for column in columns:
            table.add_column(column)
        for row in rows:
            table.add_row(*row)
        console.print(table)
    console.print(_circumstances(report))
    if report.ledger is not None:
        console.print(_ledger_circumstances(report, report.ledger))
    if report.worker is not None:
        console.print(_worker_circumstances(report, report.worker))


def markdown(report: Report) -> str:
    """The report as a section of a Markdown document, without the ledger."""
    return _section(_circumstances(report), _tables(report))


def ledger_markdown(report: Report, ledger: LedgerFigures) -> str:
    """What was measured of the ledger, as a section of its own."""
    return _section(_ledger_circumstances(report, ledger), _ledger_tables(report))


def worker_markdown(report: Report, worker: WorkerFigures) -> str:
    """What was measured of the worker, as a section of its own."""
    return _section(_worker_circumstances(report, worker), _worker_tables(report))


def write_section(report: Report, path: Path) -> None:
    """Put what the report has between its marks in a document, or at the document's end."""
    if report.comparisons or report.figures:
        _put(path, SECTION_BEGIN, SECTION_END, markdown(report))
    if report.ledger is not None:
        _put(path, LEDGER_BEGIN, LEDGER_END, ledger_markdown(report, report.ledger))
    if report.worker is not None:
        _put(path, WORKER_BEGIN, WORKER_END, worker_markdown(report, report.worker))


def _put(path: Path, begin: str, end: str, text: str) -> None:
    document = path.read_text(encoding="utf-8") if path.exists() else "# Performance\n"
    section = f"{begin}\n\n{text}\n{end}"
    before, found_begin, rest = document.partition(begin)
    _, found_end, after = rest.partition(end)
    if found_begin and found_end:
        path.write_text(f"{before}{section}{after}", encoding="utf-8")
    else:
        path.write_text(f"{document.rstrip()}\n\n{section}\n", encoding="utf-8")


def _section(first: str, tables: Tables) -> str:
    parts = [first]
    for title, columns, rows in tables:
        head = [_line(columns), _line(["---"] * len(columns))]
        parts.append("\n".join([f"### {title}", "", *head, *(_line(row) for row in rows)]))
    return "\n\n".join(parts) + "\n"


def _circumstances(report: Report) -> str:
    """When, on what and against what was measured, and how busy the machine was."""
    used = ", ".join(f"{name} {version}" for name, version in report.versions.items())
    loads = [each.median for each in report.figures if each.server == MACHINE]
    busy = f", {LOAD} {_figure(loads[0])} (median of the rounds)" if loads else ""
    return f"Measured on {report.date}: {report.machine}{busy}; {used}."


def _ledger_circumstances(report: Report, ledger: LedgerFigures) -> str:
    python = report.versions["Python"]
    return f"Measured on {report.date}: {report.machine}, {circumstances(ledger)}, Python {python}."


def _worker_circumstances(report: Report, worker: WorkerFigures) -> str:
    used = f"{worker_circumstances(worker)}, Python {report.versions['Python']}"
    return f"Measured on {report.date}: {report.machine}, {used}."


def _ledger_tables(report: Report) -> Tables:
    if report.ledger is None:
        return []
    bars = _bar_table("ledger", LEDGER_BAR_COLUMNS, report.ledger.bars())
    return [*ledger_tables(report.ledger), bars]


def _worker_tables(report: Report) -> Tables:
    if report.worker is None:
        return []
    bars = _bar_table("worker", WORKER_BAR_COLUMNS, report.worker.bars())
    return [*worker_tables(report.worker), bars]


def _bar_table(
    of_what: str, columns: Sequence[str], bars: Sequence[Bar]
) -> tuple[str, Sequence[str], Rows]:
    met = sum(bar.is_met for bar in bars)
    title = f"Requirements on the {of_what}: {met} of {len(bars)} met"
    return title, columns, _bar_rows(bars)


def _tables(report: Report) -> Tables:
    met = sum(bar.is_met for bar in report.bars)
    tables = [
        ("Ours / peer, above 1 is faster", COMPARISON_COLUMNS, _comparison_rows(report)),
        ("Language servers: medians (samples)", FIGURE_COLUMNS, _figure_rows(report.figures)),
        (f"Requirements: {met} of {len(report.bars)} met", BAR_COLUMNS, _bar_rows(report.bars)),
    ]
    return [table for table in tables if table[2]]


def _comparison_rows(report: Report) -> Rows:
    return [
        (each.what, each.peer, str(each.ours), str(each.theirs), each.unit, str(each.ratio))
        for each in report.comparisons
    ]


def _bar_rows(bars: Sequence[Bar]) -> Rows:
    return [
        (
            bar.what,
            bar.peer,
            _figure(bar.ours),
            _figure(bar.theirs),
            bar.unit,
            f"{bar.ratio:g}",
            bar.wanted,
            "met" if bar.is_met else "missed",
            bar.note,
        )
        for bar in bars
    ]


def _figure_rows(figures: Sequence[Summary]) -> Rows:
    """One row a metric, one column a server."""
    grouped: dict[tuple[str, str, str, str], dict[str, Summary]] = {}
    ordered = sorted(figures, key=lambda s: (s.name, s.place or "", s.lines or 0))
    for each in (summary for summary in ordered if summary.server != MACHINE):
        lines = f"{each.lines:,}" if each.lines else ""
        row = grouped.setdefault((each.name, each.place or "", lines, each.unit), {})
        row[each.server] = each
    columns = (OURS, BARE, *PEERS)
    return [(*key, *(_cell(row.get(server)) for server in columns)) for key, row in grouped.items()]


def _cell(summary: Summary | None) -> str:
    if summary is None:
        return ""
    if summary.name == USEFUL:
        return "yes" if summary.median == 1 else "no"
    tail = f", p95 {_figure(summary.p95)}" if summary.name == EDITED else ""
    return f"{_figure(summary.median)}{tail} ({summary.count})"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
