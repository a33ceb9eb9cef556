"""What a transaction promises and how a ledger begins, on every database."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from billing import migrations
from billing.database import Database, Row, Session, open_database
from billing.ledger import Ledger
from billing.model import LedgerUnusableError, RejectedInputError
from billing.prices import NANO_PER_USD
from billing.schema import JOURNAL
from tests.billing.support import Bench, used


@pytest.fixture
def database(bench: Bench) -> Iterator[Database]:
    """The bench's database, as another process has it."""
    opened = open_database(bench.url)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "mysql://h/db",
        "sqlite:",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///a\0b",
        "sqlite:///\ud800",
    ],
)
def test_a_url_that_names_no_database_is_refused(url: str) -> None:
    for act in (Ledger.open, Ledger.create):
        with pytest.raises(RejectedInputError, match="write sqlite:///"):
            act(url)


def test_a_ledger_is_made_once(ledger_url: str) -> None:
    assert Ledger.create(ledger_url)
    with Ledger.open(ledger_url) as ledger:
        ledger.add_account("ada@example.org")
    assert not Ledger.create(ledger_url)
    with Ledger.open(ledger_url) as ledger:
        assert [account.email for account in ledger.list_accounts()] == ["ada@example.org"]
        assert ledger.audit() == []


def test_many_who_make_a_ledger_at_once_make_one(ledger_url: str) -> None:
    barrier = threading.Barrier(6)

    def make(_: int) -> bool:
        barrier.wait()
        return Ledger.create(ledger_url)

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(make, range(6))) == [False] * 5 + [True]
    with Ledger.open(ledger_url) as ledger:
        assert ledger.audit() == []


def test_another_kind_of_ledger_in_the_place_is_named(ledger_url: str) -> None:
    Ledger.create(ledger_url)
    with pytest.raises(LedgerUnusableError, match="there is a standard ledger"):
        Ledger.create(ledger_url, "demo")


def test_a_ledger_that_could_not_be_made_can_be_made_later(
    ledger_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("billing.founding.LIST_PRICE", None)
        with pytest.raises(AttributeError):
            Ledger.create(ledger_url)
    with pytest.raises(LedgerUnusableError):
        Ledger.open(ledger_url)
    assert Ledger.create(ledger_url)


def test_a_ledger_of_a_newer_release_is_refused(bench: Bench, database: Database) -> None:
    database.write(lambda session: session.change("INSERT INTO schema_version VALUES (999, 0)"))
    with pytest.raises(LedgerUnusableError, match="schema 999"):
        Ledger.open(bench.url)
    database.write(lambda session: session.change("DELETE FROM schema_version WHERE version > 99"))


def test_a_step_that_is_missing_is_applied_when_the_ledger_is_opened(
    bench: Bench, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def step(session: Session, _: object, __: int) -> None:
        session.change("CREATE TABLE added (id INTEGER)")

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, step))
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", migrations.SCHEMA_VERSION + 1)
    monkeypatch.setattr(migrations.migrate, "__defaults__", (migrations.SCHEMA_VERSION,))
    bench.reopen()
    bench.reopen()
    assert database.has_table("added")
    assert database.read(migrations.version_of) == migrations.SCHEMA_VERSION


def test_an_operation_that_raises_is_undone_as_a_whole(database: Database) -> None:
    def fail(session: Session) -> None:
        session.change("DELETE FROM ledger_facts")
        raise KeyError("afterwards")

    with pytest.raises(KeyError):
        database.write(fail)
    kept = database.read(lambda session: session.rows("SELECT name FROM ledger_facts"))
    assert kept == [("kind",)]


def test_an_operation_that_only_reads_cannot_write(database: Database) -> None:
    with pytest.raises(LedgerUnusableError):
        database.read(lambda session: session.change("DELETE FROM ledger_facts"))
    assert database.read(lambda session: session.rows("SELECT name FROM ledger_facts")) != []


def test_a_reader_sees_one_snapshot(bench: Bench, database: Database) -> None:
    def look_twice(session: Session) -> tuple[object, object]:
        before = session.row("SELECT COUNT(*) FROM users")
        bench.ledger.add_account("ada@example.org")
        return before, session.row("SELECT COUNT(*) FROM users")

    assert database.read(look_twice) == ((0,), (0,))
    assert database.read(lambda session: session.row("SELECT COUNT(*) FROM users")) == (1,)


COLUMNS = {"entries": "amount_nano_usd", "price_versions": "engine", "inference_usage": "hold_id"}


@pytest.mark.parametrize("table", JOURNAL)
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_the_journal_is_append_only(
    bench: Bench, database: Database, table: str, verb: str
) -> None:
    ada = bench.customer()
    bench.ledger.set_account(ada.email, low_balance_nano_usd=20 * NANO_PER_USD)
    bench.ledger.settle(bench.hold(ada, "r1"), used(2))
    bench.ledger.close_journal()
    column = COLUMNS.get(table, "id")
    sql = {"UPDATE": f"UPDATE {table} SET {column} = {column}", "DELETE": f"DELETE FROM {table}"}

    def rows() -> list[Row]:
        return database.read(lambda session: session.rows(f"SELECT * FROM {table}"))

    before = rows()
    assert before != []
    with pytest.raises(LedgerUnusableError, match="break a rule"):
        database.write(lambda session: session.change(sql[verb]))
    assert rows() == before
