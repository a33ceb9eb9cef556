"""What is true of a ledger in a SQLite file alone."""

from __future__ import annotations

import fcntl
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import apsw
import pytest

from billing import migrations
from billing.database import open_database
from billing.database.sqlite import has_wal_reset_bug
from billing.ledger import Ledger
from billing.model import LedgerUnusableError
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
    sqlite_bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apsw, "sqlite_lib_version", lambda: "3.51.2")
    with pytest.raises(LedgerUnusableError, match="WAL-reset bug"):
        Ledger.open(sqlite_bench.url)


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


def test_an_empty_file_becomes_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    assert Ledger.create(f"sqlite:///{path}")
    Ledger.open(f"sqlite:///{path}").close()


def test_of_two_that_fill_an_empty_file_the_second_leaves_the_ledger_alone(tmp_path: Path) -> None:
    path, first = tmp_path / "ledger.db", tmp_path / "first.db"
    path.touch()
    Ledger.create(f"sqlite:///{first}")
    with Ledger.open(f"sqlite:///{first}") as ledger:
        ledger.add_account("ada@example.org")
    with ThreadPoolExecutor(1) as pool, path.open("rb") as empty:
        fcntl.flock(empty, fcntl.LOCK_EX)
        second = pool.submit(Ledger.create, f"sqlite:///{path}")
        while not _somebody_waits_for(path) and not second.done():
            pass
        first.replace(path)
        fcntl.flock(empty, fcntl.LOCK_UN)
        assert second.result() is False
    with Ledger.open(f"sqlite:///{path}") as ledger:
        assert ledger.account("ada@example.org").email == "ada@example.org"


def _somebody_waits_for(path: Path) -> bool:
    inode = f":{path.stat().st_ino} "
    lines = Path("/proc/locks").read_text().splitlines()
    return any("-> FLOCK" in line and inode in line for line in lines)


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


def test_every_commit_is_synced_and_in_wal_mode(sqlite_bench: Bench) -> None:
    database = open_database(sqlite_bench.url)
    assert database.write(lambda session: session.row("PRAGMA synchronous")) == (2,)
    assert database.write(lambda session: session.row("PRAGMA journal_mode")) == ("wal",)
    assert database.write(lambda session: session.row("PRAGMA foreign_keys")) == (1,)
    database.close()


def test_a_full_disk_is_named_and_loses_nothing(sqlite_bench: Bench) -> None:
    ada = sqlite_bench.customer(tier="enterprise")
    database = sqlite_bench.ledger._database
    pages = database.write(lambda session: session.row("PRAGMA page_count"))
    assert pages is not None
    database.write(lambda session: session.row(f"PRAGMA max_page_count = {pages[0]}"))
    done = 0
    with pytest.raises(LedgerUnusableError, match="the disk is full"):
        for number in range(2000):
            sqlite_bench.hold(ada, f"a-rather-long-request-id-{number}", seconds=0.001)
            done += 1
    database.write(lambda session: session.row("PRAGMA max_page_count = 1000000"))
    assert sqlite_bench.ledger.funds(ada).held_nano_usd == done * 428
    sqlite_bench.hold(ada, "next")


def test_a_locked_ledger_is_named(sqlite_bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("billing.database.sqlite.BUSY_TIMEOUT_SECONDS", 0)
    sqlite_bench.reopen()
    other = apsw.Connection(sqlite_bench.url.removeprefix("sqlite:///"))
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LedgerUnusableError, match="another process has kept it locked"):
        sqlite_bench.ledger.add_account("ada@example.org")
    other.execute("ROLLBACK")
    other.close()
    sqlite_bench.ledger.add_account("ada@example.org")


@pytest.mark.parametrize("is_replaced", [False, True])
def test_a_ledger_whose_file_is_gone_takes_nothing_more(tmp_path: Path, is_replaced: bool) -> None:
    url, path = f"sqlite:///{tmp_path / 'ledger'}", tmp_path / "ledger"
    Ledger.create(url)
    with Ledger.open(url) as ledger:
        ledger.add_account("ada@example.org")
        for part in tmp_path.glob("ledger*"):
            part.rename(tmp_path / f"moved-{part.name}")
        if is_replaced:
            Ledger.create(url)
        for use in (
            lambda: ledger.topup("ada@example.org", 1000, "p1"),
            lambda: ledger.balance("ada@example.org"),
        ):
            with pytest.raises(LedgerUnusableError, match="moved, deleted or replaced"):
                use()
        path.unlink(missing_ok=True)
        for part in tmp_path.glob("moved-*"):
            part.rename(tmp_path / part.name.removeprefix("moved-"))
        ledger.topup("ada@example.org", 1000, "p1")
        assert ledger.balance("ada@example.org").posted_nano_usd == 1000
        assert ledger.audit() == []
