"""Runs benchmarks, prints tables and writes ``artifacts/benchmarks.json``.

Ours and a peer are measured in turns in one run. Only ratios travel between machines; the figures
beside them say on what they rest. ``lsp`` is the comparison with other language servers,
``ledger`` the one with raw sqlite3, ``worker`` the one with other ways to serve the embedded model
(``--quick`` shows that it runs, its figures mean little); ``profile`` shows where our own time
goes; ``markdown`` puts the last report into a document.
"""

from __future__ import annotations

import argparse
from collections.abc import Collection
from pathlib import Path

from tests.benchmarks import lsp
from tests.benchmarks.ledger_figures import LedgerFigures
from tests.benchmarks.ratios import Result
from tests.benchmarks.report import Report, show, write_section
from tests.benchmarks.worker_figures import WorkerFigures

BENCHMARKS = ("analysis", "ledger", "engine", "worker", "lsp")
TOOLS = ("profile", "markdown")
DOCUMENT = Path("docs/performance.md")


def main() -> None:
    """Do what the command line says."""
    options = _options()
    if options.what == ["profile"]:
        from tests.benchmarks.profiling import profile

        profile()
    elif options.what == ["markdown"]:
        write_section(Report.load(), options.document)
    else:
        _run(options.what or BENCHMARKS, options)


def _run(names: Collection[str], options: argparse.Namespace) -> None:
    """Run the named benchmarks and report."""
    comparisons = _compare([name for name in names if name not in ("lsp", "ledger", "worker")])
    ledger = _measure_ledger(is_full=options.full) if "ledger" in names else None
    worker = _measure_worker(is_quick=options.quick) if "worker" in names else None
    figures = lsp.measure(options.rounds).summaries() if "lsp" in names else []
    report = Report.of(comparisons, figures, ledger, worker)
    report.save()
    show(report)


def _measure_ledger(*, is_full: bool) -> LedgerFigures:
    """The ledger; imported late, because it loads the drivers of databases."""
    from tests.benchmarks.ledger_measure import measure

    return measure(is_full=is_full)


def _measure_worker(*, is_quick: bool) -> WorkerFigures:
    """The worker; imported late, because preparing its peers loads torch."""
    from tests.benchmarks.worker_measure import measure

    return measure(is_quick=is_quick)


def _compare(names: Collection[str]) -> list[Result]:
    """Our parts against a peer each; imported late, because they load torch."""
    if not names:
        return []
    from tests.benchmarks.comparisons import COMPARISONS

    return [COMPARISONS[name]() for name in names]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    choices = (
        f"benchmarks ({', '.join(BENCHMARKS)}; all of them if none is named) or one of {TOOLS}"
    )
    parser.add_argument("what", nargs="*", help=choices)
    parser.add_argument("--rounds", type=int, default=lsp.ROUNDS, help="of lsp (%(default)s)")
    parser.add_argument(
        "--full", action="store_true", help="ledger: with five million transactions too (4 GB)"
    )
    parser.add_argument(
        "--quick", action="store_true", help="worker: two short rounds, whose figures mean little"
    )
    parser.add_argument(
        "--document", type=Path, default=DOCUMENT, help="for markdown (%(default)s)"
    )
    options = parser.parse_args()
    is_tool = len(options.what) == 1 and options.what[0] in TOOLS
    if not is_tool and set(options.what) - set(BENCHMARKS):
        parser.error(f"choose {choices}")
    return options


if __name__ == "__main__":
    main()
