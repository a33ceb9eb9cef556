"""Operations that share a transaction: each is durable, or undone alone."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from billing.database import Database, Session, open_database
from billing.database.group_commit import ATTEMPTS_MAX, BATCH_MAX, GroupCommit, TryAgainError
from billing.model import LedgerError, LedgerUnusableError

FACT = "INSERT INTO ledger_facts (name, value) VALUES (?, 'x')"


@pytest.fixture
def database(new_ledger_url: str) -> Iterator[Database]:
    database = open_database(new_ledger_url)
    yield database
    database.close()


class Gate:
    """Holds the writer up, so that what is asked meanwhile shares the next transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._is_inside = threading.Event()
        self._may_go = threading.Event()

    def _wait(self, _: Session) -> None:
        self._is_inside.set()
        assert self._may_go.wait(30)

    @contextmanager
    def closed(self) -> Iterator[Callable[[], None]]:
        with ThreadPoolExecutor(1) as pool:
            future = pool.submit(self._database.write, self._wait)
            assert self._is_inside.wait(30)
            try:
                yield self._may_go.set
            finally:
                self._may_go.set()
            future.result()


def _facts(database: Database) -> set[str]:
    rows = database.read(lambda session: session.rows("SELECT name FROM ledger_facts"))
    return {row[0] for row in rows} - {"kind"}


def _queued(database: Database, count: int) -> None:
    while database._commits._queue.qsize() < count:
        pass


def test_operations_that_wait_share_one_transaction(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    write = GroupCommit._write
    monkeypatch.setattr(
        GroupCommit, "_write", lambda self, batch: sizes.append(len(batch)) or write(self, batch)
    )
    with ThreadPoolExecutor(100) as pool, Gate(database).closed() as open_gate:
        futures = [
            pool.submit(database.write, lambda session, n=n: session.change(FACT, f"f{n}"))
            for n in range(100)
        ]
        _queued(database, 100)
        open_gate()
        assert [future.result() for future in futures] == [1] * 100
    assert sizes == [1, BATCH_MAX, 100 - BATCH_MAX]
    assert _facts(database) == {f"f{n}" for n in range(100)}


@pytest.mark.parametrize("error", [LedgerUnusableError("no"), RuntimeError("no")])
def test_one_that_fails_after_writing_is_undone_and_the_others_stay(
    database: Database, error: Exception
) -> None:
    def fail(session: Session) -> None:
        session.change(FACT, "half")
        raise error

    with ThreadPoolExecutor(8) as pool, Gate(database).closed() as open_gate:
        good = [
            pool.submit(database.write, lambda session, n=n: session.change(FACT, f"f{n}"))
            for n in range(3)
        ]
        bad = pool.submit(database.write, fail)
        _queued(database, 4)
        open_gate()
        assert [future.result() for future in good] == [1, 1, 1]
        with pytest.raises(type(error), match="no"):
            bad.result()
    assert _facts(database) == {"f0", "f1", "f2"}


def test_a_statement_that_the_database_refuses_undoes_its_operation_alone(
    database: Database,
) -> None:
    with ThreadPoolExecutor(8) as pool, Gate(database).closed() as open_gate:
        first = pool.submit(database.write, lambda session: session.change(FACT, "same"))
        _queued(database, 1)
        second = pool.submit(database.write, lambda session: session.change(FACT, "same"))
        third = pool.submit(database.write, lambda session: session.change(FACT, "other"))
        _queued(database, 3)
        open_gate()
        assert (first.result(), third.result()) == (1, 1)
        with pytest.raises(LedgerUnusableError, match="break a rule"):
            second.result()
    assert _facts(database) == {"same", "other"}


def test_a_refusal_before_any_write_disturbs_nobody(database: Database) -> None:
    runs: list[str] = []

    def refuse(session: Session) -> None:
        session.row("SELECT 1")
        raise LedgerError("refused")

    def write(session: Session) -> None:
        runs.append("write")
        session.change(FACT, "f")

    with ThreadPoolExecutor(8) as pool, Gate(database).closed() as open_gate:
        good = pool.submit(database.write, write)
        bad = pool.submit(database.write, refuse)
        _queued(database, 2)
        open_gate()
        good.result()
        with pytest.raises(LedgerError, match="refused"):
            bad.result()
    assert runs == ["write"]


def test_a_refusal_by_a_guarded_write_that_found_no_row_disturbs_nobody(
    database: Database,
) -> None:
    runs: list[str] = []

    def refuse(session: Session) -> None:
        sql = "UPDATE ledger_facts SET value = 'y' WHERE name = 'none' RETURNING name"
        assert session.changed_row(sql) is None
        raise LedgerError("refused")

    def write(session: Session) -> None:
        runs.append("write")
        session.change(FACT, "f")

    with ThreadPoolExecutor(8) as pool, Gate(database).closed() as open_gate:
        good = pool.submit(database.write, write)
        bad = pool.submit(database.write, refuse)
        _queued(database, 2)
        open_gate()
        good.result()
        with pytest.raises(LedgerError, match="refused"):
            bad.result()
    assert runs == ["write"]


def test_a_refusal_is_forgotten_when_the_operation_runs_again(database: Database) -> None:
    runs: list[str] = []

    def refuse_once(session: Session) -> str:
        runs.append("run")
        if len(runs) == 1:
            raise LedgerError("not yet")
        session.change(FACT, "second")
        return "passed"

    def fail(session: Session) -> None:
        session.change(FACT, "half")
        raise LedgerError("no")

    with ThreadPoolExecutor(8) as pool, Gate(database).closed() as open_gate:
        refused_once = pool.submit(database.write, refuse_once)
        _queued(database, 1)
        failed = pool.submit(database.write, fail)
        _queued(database, 2)
        open_gate()
        assert refused_once.result() == "passed"
        with pytest.raises(LedgerError, match="no"):
            failed.result()
    assert _facts(database) == {"second"}


def test_an_operation_that_others_came_before_runs_again(database: Database) -> None:
    attempts: list[int] = []

    def write(session: Session) -> str:
        attempts.append(session.change(FACT, "f"))
        if len(attempts) < 3:
            raise TryAgainError
        return "done"

    assert database.write(write) == "done"
    assert _facts(database) == {"f"}


def test_an_operation_that_never_gets_its_turn_is_given_up(database: Database) -> None:
    attempts: list[int] = []

    def write(session: Session) -> None:
        attempts.append(session.change(FACT, "f"))
        raise TryAgainError

    with pytest.raises(LedgerUnusableError, match="try again"):
        database.write(write)
    assert len(attempts) == 1 + ATTEMPTS_MAX
    assert _facts(database) == set()


def test_operations_of_a_transaction_run_by_their_users(database: Database) -> None:
    ran: list[int] = []
    with ThreadPoolExecutor(8) as pool, Gate(database).closed() as open_gate:
        futures = []
        for count, user in enumerate((3, 1, 2), start=1):
            futures.append(pool.submit(database.write, lambda _, u=user: ran.append(u), user))
            _queued(database, count)
        open_gate()
        for future in futures:
            future.result()
    assert ran == [1, 2, 3]


async def test_coroutines_get_their_results_and_errors(database: Database) -> None:
    def refuse(_: Session) -> None:
        raise LedgerError("refused")

    writes = [
        database.submit(lambda session, n=n: session.change(FACT, f"f{n}")) for n in range(80)
    ]
    results = await asyncio.gather(*writes, database.submit(refuse), return_exceptions=True)
    assert results[:80] == [1] * 80
    assert isinstance(results[80], LedgerError)
    assert _facts(database) == {f"f{n}" for n in range(80)}


async def test_a_cancelled_coroutine_leaves_its_operation_in_place(database: Database) -> None:
    with Gate(database).closed() as open_gate:
        task = database.submit(lambda session: session.change(FACT, "paid"))
        await asyncio.to_thread(_queued, database, 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        open_gate()
    await database.submit(lambda session: session.rows("SELECT 1"))
    assert _facts(database) == {"paid"}


def test_results_for_an_event_loop_that_is_gone_disturb_nobody(database: Database) -> None:
    async def ask_and_leave() -> None:
        database.submit(lambda session: session.change(FACT, "left"))

    with Gate(database).closed():
        asyncio.run(ask_and_leave())
    assert database.write(lambda session: session.change(FACT, "next")) == 1
    assert _facts(database) == {"left", "next"}


def test_closing_writes_what_waits_and_refuses_what_comes_later(new_ledger_url: str) -> None:
    database = open_database(new_ledger_url)
    with ThreadPoolExecutor(8) as pool:
        with Gate(database).closed():
            future = pool.submit(database.write, lambda session: session.change(FACT, "last"))
            _queued(database, 1)
            closing = pool.submit(database.close)
        assert future.result() == 1
        closing.result()
    with pytest.raises(LedgerUnusableError, match="closed"):
        database.write(lambda session: session.change(FACT, "late"))
    again = open_database(new_ledger_url)
    assert _facts(again) == {"last"}
    again.close()
