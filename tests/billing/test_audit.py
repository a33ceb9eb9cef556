"""The audit names the exact row of whatever somebody changed behind the ledger's back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from billing.ledger import Ledger
from billing.operations import audit as audit_module
from billing.operations.audit_rules import REFERENCES, RULES
from billing.schema import JOURNAL
from tests.billing.audit_changes import CHANGES
from tests.billing.books import Copies, copies_for, open_books, run_sql, sqlite_copies, tamper
from tests.billing.support import Bench, used


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def copies(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Copies:
    return copies_for(request, tmp_path_factory.mktemp("books"))


@pytest.fixture
def books(copies: Copies) -> Iterator[Bench]:
    with copies.copy() as url:
        bench = open_books(url)
        yield bench
        bench.ledger.close()


def found(bench: Bench) -> list[tuple[str, str]]:
    return [(finding.rule, finding.row) for finding in bench.ledger.audit()]


def test_a_ledger_in_which_everything_happened_is_sound(books: Bench) -> None:
    assert found(books) == []


@pytest.mark.parametrize(("change", "rule", "row"), CHANGES)
def test_a_change_behind_the_ledgers_back_is_found(
    books: Bench, change: str, rule: str, row: str
) -> None:
    tamper(books.url, *change.split(";"))
    assert (rule, row) in found(books)


@pytest.mark.parametrize(("table", "name", "column", "parent", "key"), REFERENCES)
def test_a_reference_that_leads_nowhere_is_found(
    books: Bench, table: str, name: str, column: str, parent: str, key: str
) -> None:
    nowhere = "'gone'" if key == "version" else "77"
    tamper(
        books.url,
        f"UPDATE {table} SET {column} = {nowhere}"
        f" WHERE {column} = (SELECT MIN({column}) FROM {table})",
    )
    rows = [row for rule, row in found(books) if rule == "every reference leads to a row"]
    ending = f": {column} {nowhere.strip(chr(39))} is not in {parent}"
    assert any(row.startswith(f"{table} ") and row.endswith(ending) for row in rows)


def test_every_rule_has_a_change_that_breaks_it() -> None:
    rules = {rule.rule for rule in RULES} - {"every reference leads to a row"}
    assert rules <= {rule for _, rule, _ in CHANGES}


def test_every_foreign_key_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    Ledger.create(f"sqlite:///{path}")
    connection = apsw.Connection(str(path))
    tables = [row[0] for row in connection.execute("SELECT name FROM pragma_table_list")]
    foreign_keys = {
        (table, row[3], row[2], row[4])
        for table in tables
        for row in connection.execute(f"PRAGMA foreign_key_list({table})")
    }
    connection.close()
    assert foreign_keys == {
        (table, column, parent, key) for table, _, column, parent, key in REFERENCES
    }


def test_a_table_that_lost_its_guard_is_found(books: Bench) -> None:
    for table in JOURNAL:
        if books.url.startswith("sqlite:"):
            statement = f"DROP TRIGGER {table}_no_delete"
        else:
            statement = f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only"
        run_sql(books.url, statement)
    assert found(books) == [
        ("the journal is append-only", f"table {table}: its triggers are gone") for table in JOURNAL
    ]


@pytest.mark.parametrize("table", JOURNAL)
@pytest.mark.parametrize("change", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_the_journal_refuses_changes(books: Bench, table: str, change: str) -> None:
    books.ledger.close_journal()
    column = {"price_versions": "version", "entries": "amount_nano_usd"}.get(table, "user_id")
    if table == "journal_closings":
        column = "id"
    with pytest.raises(Exception, match=f"{table} is append-only"):
        run_sql(books.url, change.format(table, column))


def test_damage_to_the_file_is_found(tmp_path: Path) -> None:
    copies = sqlite_copies(tmp_path)
    with copies.copy() as url:
        bench = open_books(url)
        tamper(url, "DELETE FROM users WHERE id = 1")
        rules = {rule for rule, _ in found(bench)}
        bench.ledger.close()
    assert "the database is sound" in rules


def test_rows_beyond_the_first_thousand_are_counted(
    books: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_module, "FINDINGS_MAX", 2)
    tamper(books.url, "UPDATE accounts SET open_requests = 9")
    shown = found(books)
    assert {rule for rule, _ in shown} == {"open requests are the open holds"}
    assert len(shown) == 3
    assert shown[2][1] == "7 more rows"


def test_a_hold_that_cannot_be_ended_is_named_and_does_not_stop_the_audit(
    sqlite_bench: Bench,
) -> None:
    ada = sqlite_bench.customer()
    sqlite_bench.ledger.settle(sqlite_bench.hold(ada, "r1"), used(2))
    connection = apsw.Connection(sqlite_bench.url.removeprefix("sqlite:///"))
    connection.execute("UPDATE holds SET status = 'open', resolved_us = NULL, lease_until_us = 1")
    connection.close()
    with Ledger.open(sqlite_bench.url, sqlite_bench.clock) as ledger:
        rows = [finding.row for finding in ledger.audit()]
        assert any(row.startswith("holds 1") for row in rows)
        assert ledger.balance(ada.email).held_nano_usd == 0
    connection = apsw.Connection(sqlite_bench.url.removeprefix("sqlite:///"))
    connection.execute("UPDATE holds SET status = 'settled', resolved_us = lease_until_us")
    connection.close()
