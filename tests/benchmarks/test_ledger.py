"""The ledger's benchmark measures what it says: equal rows, sound ledgers, bars that can fail."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from billing.ledger import Ledger
from tests.benchmarks import ledger_measure
from tests.benchmarks.ledger_clients import Round, drive, drive_tasks
from tests.benchmarks.ledger_figures import Figure, LedgerFigures, Setting
from tests.benchmarks.ledger_fill import fill
from tests.benchmarks.ledger_load import OURS, OURS_FROM_TASKS, OurLedger, Side, found
from tests.benchmarks.ledger_peer import PEER, PEER_FROM_TASKS, RawLedger
from tests.benchmarks.report import LEDGER_BEGIN, Report, write_section

ACCOUNTS = 4
NOW_US = 1_800_000_000_000_000
TABLES = (
    "accounts",
    "api_keys",
    "holds",
    "inference_usage",
    "billing_transactions",
    "entries",
    "account_events",
)


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
            for table in TABLES
        }


def book(side: Side) -> None:
    for request, account in enumerate([*range(ACCOUNTS), 0, 0]):
        side.settle(account, side.hold(account, f"request-{request}"))
    side.hold(1, "left-open")


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def test_the_peer_writes_the_same_rows_as_the_ledger(tmp_path: Path) -> None:
    ours_path, peer_path = tmp_path / "ours", tmp_path / "peer"
    keys, terms = found(url(ours_path), ACCOUNTS)
    shutil.copyfile(ours_path, peer_path)
    before = content(ours_path)
    with closing(RawLedger(peer_path, terms, clock=lambda: NOW_US)) as peer:
        book(peer)
    with closing(OurLedger(url(ours_path), keys, clock=lambda: NOW_US)) as ours:
        book(ours)
    assert content(ours_path) == content(peer_path) != before


def test_a_filled_ledger_passes_the_audit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ledger"
    found(url(path), ACCOUNTS)
    monkeypatch.setattr("tests.benchmarks.ledger_fill.CHUNK", 100)
    fill(path, 64 * ACCOUNTS)
    with Ledger.open(url(path)) as ledger:
        assert ledger.audit() == []
    assert len(content(path)["holds"]) == 64 * ACCOUNTS + 1


def test_a_filled_ledger_takes_requests(tmp_path: Path) -> None:
    path = tmp_path / "ledger"
    keys, _ = found(url(path), ACCOUNTS)
    fill(path, 2 * ACCOUNTS)
    with closing(OurLedger(url(path), keys)) as ours:
        book(ours)
        assert ours.ledger.audit() == []


@pytest.mark.parametrize("name", [OURS, PEER])
def test_tasks_book_what_threads_book(tmp_path: Path, name: str) -> None:
    path = tmp_path / "ledger"
    keys, terms = found(url(path), ACCOUNTS)

    async def book_awaited(side: Any) -> None:
        await side.settle_awaited(0, await side.hold_awaited(0, "awaited"))

    opened: Any = OurLedger(url(path), keys) if name == OURS else RawLedger(path, terms)
    with closing(opened) as side:
        asyncio.run(book_awaited(side))
        side.settle(1, side.hold(1, "blocking"))
    with Ledger.open(url(path)) as ledger:
        assert ledger.audit() == []
    awaited, blocking = content(path)["inference_usage"][1:]
    assert awaited[2:-1] == blocking[2:-1]


def test_a_file_that_breaks_a_rule_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger"
    found(url(path), ACCOUNTS)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE api_keys SET spent_nano_usd = spent_nano_usd + 1")
    with pytest.raises(RuntimeError, match="breaks the ledger's rules"):
        ledger_measure.audit_ledger(url(path))


class _Counting:
    """A side that only counts."""

    name = "counting"

    def __init__(self) -> None:
        self._numbers = count()
        self.held: dict[int, int] = {}
        self.settled: list[tuple[int, int]] = []

    def hold(self, account: int, request_id: str) -> int:
        number = next(self._numbers)
        self.held[number] = account
        return number

    def settle(self, account: int, held: int) -> None:
        self.settled.append((held, account))

    async def hold_awaited(self, account: int, request_id: str) -> int:
        await asyncio.sleep(0)
        return self.hold(account, request_id)

    async def settle_awaited(self, account: int, held: int) -> None:
        self.settle(account, held)


@pytest.mark.parametrize("is_threaded", [True, False])
def test_every_hold_is_settled_for_its_account_and_timed(is_threaded: bool) -> None:
    side = _Counting()
    run = drive if is_threaded else drive_tasks
    seen = run(side, 3, 0.05)
    assert sorted(side.settled) == sorted(side.held.items())
    assert len(seen.hold_us) == len(seen.settle_us) == len(side.held) > 0


def test_an_error_of_a_side_ends_the_run() -> None:
    class Broken(_Counting):
        def settle(self, account: int, held: int) -> None:
            raise ValueError(held)

    with pytest.raises(ValueError, match="0"):
        drive(Broken(), 1, 0.05)


def figures(peer_rate: int, share_us: float, full_rate: int) -> LedgerFigures:
    """Ours books 800 a second at 64 clients from an empty ledger on."""

    def figure(side: str, setting: Setting, rate: int, us: float = 9000) -> Figure:
        return Figure.of(side, setting, [Round(1.0, 0.5, [us / 2] * rate, [us / 2] * rate)])

    return LedgerFigures(
        {"SQLite": "3"},
        150.0,
        0.7,
        [
            figure(OURS, Setting(64), 800),
            figure(PEER, Setting(64), peer_rate),
            figure(OURS_FROM_TASKS, Setting(64), 800),
            figure(PEER_FROM_TASKS, Setting(64), 1000),
        ],
        [
            figure(side, Setting(16, 0, 0.1), 100, share_us)
            for side in (OURS_FROM_TASKS, PEER_FROM_TASKS)
        ],
        [
            figure(OURS, Setting(64, 1000), full_rate),
            figure(OURS, Setting(64, 0), 800),
            figure(PEER, Setting(64, 1000), 400),
            figure(PEER, Setting(64, 0), 600),
        ],
    )


def test_the_bars_are_met_at_their_limits() -> None:
    assert [bar.is_met for bar in figures(1000, 2000, 640).bars()] == [True] * 4


@pytest.mark.parametrize(
    ("measured", "missed"),
    [((1001, 2000, 640), 0), ((1000, 2001, 640), 2), ((1000, 2000, 639), 3)],
)
def test_each_bar_can_be_missed(measured: tuple[int, float, int], missed: int) -> None:
    met = [bar.is_met for bar in figures(*measured).bars()]
    assert met == [number != missed for number in range(4)]


def test_growth_is_shown_beside_the_peers() -> None:
    assert figures(1000, 2000, 640).bars()[-1].note == "sqlite3: 1.5 times"


def test_a_report_keeps_the_ledger_and_writes_its_own_section(tmp_path: Path) -> None:
    report = Report.of([], [], figures(1000, 2000, 640))
    report.save(tmp_path / "report.json")
    assert Report.load(tmp_path / "report.json") == report
    document = tmp_path / "performance.md"
    document.write_text("# Performance\n\nWords.\n", encoding="utf-8")
    write_section(report, document)
    write_section(replace(report, date="2027-01-01"), document)
    text = document.read_text(encoding="utf-8")
    assert text.startswith(f"# Performance\n\nWords.\n\n{LEDGER_BEGIN}\n\nMeasured on 2027-01-01")
    assert text.count("### Requirements on the ledger: 4 of 4 met") == 1
