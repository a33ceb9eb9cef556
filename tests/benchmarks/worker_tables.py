"""The worker's figures as rows of tables."""

from __future__ import annotations

from collections.abc import Sequence

from tests.benchmarks.worker_figures import Figure, Process, WorkerFigures
from tests.benchmarks.worker_limits import BYTES_PER_WEIGHT, Limits
from tests.benchmarks.worker_prompts import ANSWER_TOKENS, PROMPT_TOKENS
from tests.benchmarks.worker_sides import GENERATE, ONE

Rows = list[tuple[str, ...]]

ANSWER_COLUMNS = (
    "clients",
    "side",
    "weights",
    "tokens/s",
    f"x {GENERATE}",
    "of the memory's limit",
    "time to first token p50 / p95 ms",
    "tokens an answer",
    "requests",
)
LIMIT_COLUMNS = ("weights", "MB a token", "read from", "GB/s", "limit, tokens/s")
PROCESS_COLUMNS = (
    "side",
    "start to ready s",
    "starts",
    "resident MB",
    "after 16 clients MB",
    "after 16 full contexts MB",
)
EDITOR_COLUMNS = ("session", "p50 ms", "p95 ms", "suggestions", "requests")


def worker_tables(found: WorkerFigures) -> list[tuple[str, Sequence[str], Rows]]:
    """Title, columns and rows of what was measured."""
    return [
        (
            f"Answers of {ANSWER_TOKENS} tokens to prompts of {PROMPT_TOKENS} or a few more",
            ANSWER_COLUMNS,
            [_answer_row(each, found) for each in found.figures],
        ),
        (
            "What reading all weights once for each token allows, one answer at a time",
            LIMIT_COLUMNS,
            _limit_rows(found.limits),
        ),
        (
            "Processes",
            PROCESS_COLUMNS,
            [_process_row(each) for each in found.processes],
        ),
        (
            "Inline completion at the editor's end, from the last key to the suggestion",
            EDITOR_COLUMNS,
            [
                (
                    each.what,
                    _figure(each.p50_ms),
                    _figure(each.p95_ms),
                    str(each.suggested),
                    str(each.requests),
                )
                for each in found.editor
            ],
        ),
    ]


def worker_circumstances(found: WorkerFigures) -> str:
    """On what it rests."""
    used = ", ".join(f"{name} {version}" for name, version in found.versions.items())
    return f"load average {found.load_average:.3g} (median of the rounds); {used}"


def _answer_row(figure: Figure, found: WorkerFigures) -> tuple[str, ...]:
    base = next(
        each for each in found.figures if (each.side, each.clients) == (GENERATE, figure.clients)
    )
    limit = found.limits.tokens_per_second(figure.precision, is_from_memory=True)
    # Answers that are written together read the weights together.
    share = f"{figure.tokens_per_second / limit:.0%}" if figure.clients == ONE else ""
    return (
        str(figure.clients),
        figure.side,
        figure.precision,
        _figure(figure.tokens_per_second),
        f"{figure.tokens_per_second / base.tokens_per_second:.2f}",
        share,
        f"{_figure(figure.first_p50_ms)} / {_figure(figure.first_p95_ms)}",
        f"{figure.tokens_per_answer:g}",
        f"{figure.requests:,}",
    )


def _limit_rows(limits: Limits) -> Rows:
    rows: Rows = []
    sources = (("memory", limits.bandwidth.memory), ("the cache", limits.bandwidth.weights))
    for precision in BYTES_PER_WEIGHT:
        megabytes = limits.bytes_per_token(precision) / 1e6
        for source, bandwidth in sources:
            limit = limits.tokens_per_second(precision, is_from_memory=source == "memory")
            speed = _figure(bandwidth / 1e9)
            rows.append((precision, f"{megabytes:.3g}", source, speed, _figure(limit)))
    return rows


def _process_row(process: Process) -> tuple[str, ...]:
    return (
        process.side,
        f"{process.ready_seconds:.2f}",
        str(process.starts),
        _figure(process.started_mb),
        _figure(process.loaded_mb),
        "" if process.full_mb is None else _figure(process.full_mb),
    )


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
