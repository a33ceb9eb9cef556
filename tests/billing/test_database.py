"""What is said when the database cannot be used, and what a transaction promises."""

from __future__ import annotations

import os
from pathlib import Path

import apsw
import pytest

from billing import migrations
from billing.database import Database, has_wal_reset_bug
from billing.ledger import Ledger
from billing.model import LedgerUnusableError, RejectedInputError
from tests.billing.support import Bench


@pytest.mark.parametrize(
    ("version", "is_affected"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((4, 0, 0), False),
    ],
)
def test_a_sqlite_with_the_wal_reset_bug_is_known(
    version: tuple[int, ...], is_affected: bool
) -> None:
    assert has_wal_reset_bug(version) == is_affected


def test_a_sqlite_with_the_wal_reset_bug_is_refused(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apsw, "sqlite_lib_version", lambda: "3.51.2")
    with pytest.raises(LedgerUnusableError, match="WAL-reset bug"):
        Ledger.open(bench.url)


@pytest.mark.parametrize(
    "url",
    ["", "x", "sqlite:", "sqlite:///", "sqlite:///:memory:", "sqlite:///a\0b", "sqlite:///\ud800"],
)
def test_a_url_that_names_no_file_is_refused(url: str) -> None:
    with pytest.raises(RejectedInputError, match="write sqlite:///"):
        Ledger.open(url)


def test_postgresql_is_refused_by_name() -> None:
    with pytest.raises(RejectedInputError, match="PostgreSQL is not supported yet"):
        Ledger.open("postgresql://user:secret@host/db")


def test_a_missing_ledger_is_not_made_by_opening_it(tmp_path: Path) -> None:
    with pytest.raises(LedgerUnusableError, match="init"):
        Ledger.open(f"sqlite:///{tmp_path / 'no.db'}")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no ledger " * 500)
    with pytest.raises(LedgerUnusableError, match=r"notes\.txt .* is no ledger"):
        Ledger.open(f"sqlite:///{path}")
    assert path.read_text() == "no ledger " * 500


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = apsw.Connection(str(path))
    connection.execute("CREATE TABLE users (id INTEGER)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(LedgerUnusableError, match="no BioQL ledger"):
        Ledger.open(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_a_ledger_of_a_newer_release_is_refused(bench: Bench) -> None:
    path = bench.url.removeprefix("sqlite:///")
    connection = apsw.Connection(path)
    connection.execute("INSERT INTO schema_version VALUES (999, 0)")
    with pytest.raises(LedgerUnusableError, match="schema 999"):
        Ledger.open(bench.url)
    connection.execute("DELETE FROM schema_version WHERE version = 999")
    connection.close()


def test_a_step_that_is_missing_is_applied_when_the_ledger_is_opened(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def step(session: object, _: object) -> None:
        session.change("CREATE TABLE added (id INTEGER)")  # type: ignore[attr-defined]

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, step))
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", migrations.SCHEMA_VERSION + 1)
    bench.reopen()
    bench.reopen()
    database = Database(bench.url)
    assert database.has_table("added")
    assert database.read(migrations.version_of) == migrations.SCHEMA_VERSION
    database.close()


def test_an_empty_file_becomes_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    assert Ledger.create(f"sqlite:///{path}")
    Ledger.open(f"sqlite:///{path}").close()


def test_making_a_ledger_leaves_nothing_else_behind(tmp_path: Path) -> None:
    Ledger.create(f"sqlite:///{tmp_path / 'ledger.db'}")
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.db"]


def test_a_failed_making_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", -1)
    with pytest.raises(LedgerUnusableError):
        Ledger.create(f"sqlite:///{tmp_path / 'ledger.db'}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", ["missing", "file/inside"])
def test_a_place_where_nothing_can_be_made_is_named(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LedgerUnusableError, match="choose a folder"):
        Ledger.create(f"sqlite:///{tmp_path / folder / 'ledger.db'}")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(LedgerUnusableError, match="Permission denied"):
        Ledger.create(f"sqlite:///{tmp_path / 'ledger.db'}")
    tmp_path.chmod(0o700)


def test_every_commit_is_synced_and_in_wal_mode(bench: Bench) -> None:
    database = Database(bench.url)
    assert database.write(lambda session: session.row("PRAGMA synchronous")) == (2,)
    assert database.write(lambda session: session.row("PRAGMA journal_mode")) == ("wal",)
    assert database.write(lambda session: session.row("PRAGMA foreign_keys")) == (1,)
    database.close()


def test_an_operation_that_raises_is_undone_as_a_whole(bench: Bench) -> None:
    database = Database(bench.url)

    def fail(session: object) -> None:
        session.change("DELETE FROM ledger_facts")  # type: ignore[attr-defined]
        raise KeyError("afterwards")

    with pytest.raises(KeyError):
        database.write(fail)
    kept = database.read(lambda session: session.rows("SELECT name FROM ledger_facts"))
    assert kept == [("kind",)]
    database.close()


def test_a_full_disk_is_named_and_loses_nothing(bench: Bench) -> None:
    ada = bench.customer()
    database = bench.ledger._database
    pages = database.write(lambda session: session.row("PRAGMA page_count"))
    assert pages is not None
    database.write(lambda session: session.row(f"PRAGMA max_page_count = {pages[0]}"))
    done = 0
    with pytest.raises(LedgerUnusableError, match="the disk is full"):
        for number in range(2000):
            bench.hold(ada, f"a-rather-long-request-id-{number}", seconds=0.001)
            done += 1
    database.write(lambda session: session.row("PRAGMA max_page_count = 1000000"))
    assert bench.ledger.funds(ada).held_nano_usd == done * 428
    bench.hold(ada, "next")


def test_a_locked_ledger_is_named(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("billing.database.BUSY_TIMEOUT_SECONDS", 0)
    bench.reopen()
    other = apsw.Connection(bench.url.removeprefix("sqlite:///"))
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LedgerUnusableError, match="another process has kept it locked"):
        bench.ledger.add_account("ada@example.org")
    other.execute("ROLLBACK")
    other.close()
    bench.ledger.add_account("ada@example.org")
