"""The ledger's figures as rows of tables."""

from __future__ import annotations

from collections.abc import Sequence

from tests.benchmarks.ledger_figures import THROUGHPUT_CLIENTS, Figure, LedgerFigures

Rows = list[tuple[str, ...]]

TIMES_COLUMNS = ("hold p50 / p99 ms", "settle p50 / p99 ms", "both p50 / p99 ms")
THROUGHPUT_COLUMNS = ("clients", "side", "pairs/s", "CPU us a pair", *TIMES_COLUMNS, "requests")
SHARE_COLUMNS = ("clients", "engine ms", "side", *TIMES_COLUMNS, "requests")
GROWTH_COLUMNS = (
    "transactions before",
    "side",
    "pairs/s",
    "us a pair",
    "CPU us a pair",
    *TIMES_COLUMNS,
    "requests",
)


def ledger_tables(found: LedgerFigures) -> list[tuple[str, Sequence[str], Rows]]:
    """Title, columns and rows of what was measured."""
    return [
        (
            "Hold and settle, as fast as they are answered",
            THROUGHPUT_COLUMNS,
            [_throughput_row(each) for each in found.throughput],
        ),
        (
            "Hold, then an engine that works a while, then settle",
            SHARE_COLUMNS,
            [_share_row(each) for each in found.shares],
        ),
        (
            f"Ledgers that are filled already, {THROUGHPUT_CLIENTS} clients",
            GROWTH_COLUMNS,
            [_growth_row(each) for each in found.growth],
        ),
    ]


def circumstances(found: LedgerFigures) -> str:
    """On what it rests."""
    used = ", ".join(f"{name} {version}" for name, version in found.versions.items())
    return (
        f"load average {found.load_average:.3g} (median of the rounds); {used};"
        f" a bare fdatasync takes {found.sync_p50_us:,.0f} us (median)"
    )


def _throughput_row(figure: Figure) -> tuple[str, ...]:
    return (
        str(figure.setting.clients),
        figure.side,
        f"{figure.pairs_per_second:,.0f}",
        f"{figure.cpu_us_per_pair:,.0f}",
        *_times(figure),
        _requests(figure),
    )


def _share_row(figure: Figure) -> tuple[str, ...]:
    engine_ms = f"{figure.setting.engine_seconds * 1000:g}"
    clients = str(figure.setting.clients)
    return (clients, engine_ms, figure.side, *_times(figure), _requests(figure))


def _growth_row(figure: Figure) -> tuple[str, ...]:
    return (
        f"{figure.setting.transactions:,}",
        figure.side,
        f"{figure.pairs_per_second:,.0f}",
        f"{figure.us_per_pair:,.0f}",
        f"{figure.cpu_us_per_pair:,.0f}",
        *_times(figure),
        _requests(figure),
    )


def _times(figure: Figure) -> tuple[str, ...]:
    return tuple(
        f"{_ms(p50)} / {_ms(p99)}"
        for p50, p99 in (
            (figure.hold_p50_us, figure.hold_p99_us),
            (figure.settle_p50_us, figure.settle_p99_us),
            (figure.pair_p50_us, figure.pair_p99_us),
        )
    )


def _requests(figure: Figure) -> str:
    return f"{figure.requests:,}"


def _ms(us: float) -> str:
    return f"{us / 1000:.3g}" if us < 1_000_000 else f"{us / 1000:,.0f}"
