"""Prompts and code are kept only where the operator wants that, and only for so long."""

from __future__ import annotations

from pathlib import Path

import pytest

from billing.database import open_database
from billing.model import RejectedInputError
from tests.billing.support import Bench, used

DAY_SECONDS = 86_400


def _texts(bench: Bench) -> list[tuple[str, str]]:
    database = open_database(bench.url)
    try:
        rows = database.read(
            lambda session: session.rows("SELECT prompt, code FROM stored_texts ORDER BY hold_id")
        )
    finally:
        database.close()
    return [(row[0], row[1]) for row in rows]


def test_nothing_is_kept_unless_the_operator_turned_it_on(bench: Bench) -> None:
    hold = bench.hold(bench.customer(), "r1")
    assert bench.ledger.retention_days() is None
    assert bench.ledger.store_texts(hold, "a prompt", "code") is False
    assert (_texts(bench), bench.ledger.count_texts()) == ([], 0)


def test_texts_are_kept_once_per_request(bench: Bench) -> None:
    hold = bench.hold(bench.customer(), "r1")
    bench.ledger.set_retention(30)
    assert bench.ledger.store_texts(hold, "a prompt", "code") is True
    assert bench.ledger.store_texts(hold, "another", "other") is True
    assert _texts(bench) == [("a prompt", "code")]


def test_texts_are_deleted_after_their_days_and_the_charge_stays(bench: Bench) -> None:
    ada = bench.customer()
    bench.ledger.set_retention(2)
    first = bench.hold(ada, "r1")
    bench.ledger.settle(first, used(1))
    bench.ledger.store_texts(first, "first", "")
    bench.clock.advance(DAY_SECONDS)
    second = bench.hold(ada, "r2")
    bench.ledger.settle(second, used(1))
    bench.ledger.store_texts(second, "second", "")
    bench.clock.advance(DAY_SECONDS)
    assert bench.ledger.purge_texts() == 0
    bench.clock.advance(1)
    assert bench.ledger.purge_texts() == 1
    assert _texts(bench) == [("second", "")]
    assert bench.ledger.month(ada)[0] == 2


def test_turning_it_off_deletes_what_is_kept(bench: Bench) -> None:
    hold = bench.hold(bench.customer(), "r1")
    bench.ledger.set_retention(30)
    bench.ledger.store_texts(hold, "a prompt", "code")
    bench.ledger.set_retention(None)
    assert (_texts(bench), bench.ledger.retention_days()) == ([], None)


def test_a_text_written_while_it_was_turned_off_goes_with_the_next_purge(bench: Bench) -> None:
    hold = bench.hold(bench.customer(), "r1")
    database = open_database(bench.url)
    database.write(
        lambda session: session.change(
            "INSERT INTO stored_texts (hold_id, prompt, code, created_us) VALUES (?, 'p', 'c', ?)",
            hold.id,
            bench.clock.now_us,
        )
    )
    database.close()
    assert bench.ledger.purge_texts() == 1
    assert _texts(bench) == []


def test_no_api_key_is_kept(bench: Bench) -> None:
    hold = bench.hold(bench.customer(), "r1")
    key, _ = bench.ledger.add_key("ada@example.org")
    bench.ledger.set_retention(30)
    bench.ledger.store_texts(hold, f'quantum("x", api_key="{key}")', f"# {key[:-1]}")
    assert _texts(bench) == [('quantum("x", api_key="bioql_live_...")', "# bioql_live_...")]


def test_text_that_no_database_stores_is_kept_readable(bench: Bench) -> None:
    hold = bench.hold(bench.customer(), "r1")
    bench.ledger.set_retention(30)
    bench.ledger.store_texts(hold, "a\0b\ud800c", "d\U0001f9ec")
    assert _texts(bench) == [("a\ufffdb?c", "d\U0001f9ec")]


@pytest.mark.parametrize("days", [0, -1, 3651])
def test_days_out_of_bounds_are_refused(bench: Bench, days: int) -> None:
    with pytest.raises(RejectedInputError):
        bench.ledger.set_retention(days)
    assert bench.ledger.retention_days() is None


@pytest.mark.parametrize("is_purged", [True, False], ids=["purged", "turned-off"])
def test_deleted_texts_leave_no_trace_in_the_file(sqlite_bench: Bench, is_purged: bool) -> None:
    secret = "a molecule that nobody may know " * 300
    hold = sqlite_bench.hold(sqlite_bench.customer(), "r1")
    sqlite_bench.ledger.set_retention(1)
    sqlite_bench.ledger.store_texts(hold, secret, "code")
    path = Path(sqlite_bench.url.removeprefix("sqlite:///"))
    files = (path, path.with_name(f"{path.name}-wal"))
    assert any(secret[:30].encode() in file.read_bytes() for file in files)
    if is_purged:
        sqlite_bench.clock.advance(2 * DAY_SECONDS)
        assert sqlite_bench.ledger.purge_texts() == 1
    else:
        sqlite_bench.ledger.set_retention(None)
    assert not any(secret[:30].encode() in file.read_bytes() for file in files)
    sqlite_bench.ledger.sweep()
