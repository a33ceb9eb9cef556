"""The old file is only read, on one snapshot, whatever it is."""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import closing
from pathlib import Path

import apsw
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from billing.ledger import Ledger
from billing.legacy import old_database
from billing.legacy.old_database import OldDatabase
from billing.model import LedgerError, LedgerUnusableError, RejectedInputError
from billing.prices import NANO_PER_USD
from tests.billing.old_service import OldService, old
from tests.billing.support import Bench

__all__ = ["old"]

ADA = "ada@example.org"


def digests(folder: Path) -> dict[str, str]:
    """Of the file and what SQLite keeps beside it, but for the memory that readers share."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.glob("old.db*")
        if not path.name.endswith("-shm")
    }


def test_the_file_is_not_changed(bench: Bench, old: OldService) -> None:
    old.user(1, ADA)
    old.money(1, 1, 3)
    before = digests(old.path.parent)
    bench.ledger.import_legacy(old.path)
    assert digests(old.path.parent) == before


def test_what_is_still_in_the_wal_is_read_and_left_there(bench: Bench, old: OldService) -> None:
    old.user(1, ADA)
    with closing(old.connect()) as service:
        list(service.execute("PRAGMA journal_mode = WAL"))
        service.execute("INSERT INTO billing_transactions (id, user_id, amount) VALUES (1, 1, 3)")
        before = digests(old.path.parent)
        assert "old.db-wal" in before
        bench.ledger.import_legacy(old.path)
        assert digests(old.path.parent) == before
        assert bench.ledger.balance(ADA).posted_nano_usd == 3 * NANO_PER_USD


def test_what_is_written_meanwhile_is_not_seen(old: OldService) -> None:
    old.run("PRAGMA journal_mode = WAL")
    old.user(1, ADA)
    with OldDatabase(old.path) as snapshot:
        old.user(2, "bob@example.org")
        assert [row["email"] for row in snapshot.rows("users", "email")] == [ADA]


def test_a_locked_file_can_be_tried_again(
    bench: Bench, old: OldService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(old_database, "_BUSY_TIMEOUT_MS", 0)
    with closing(old.connect()) as service:
        service.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LedgerUnusableError, match="locked by another process"):
            bench.ledger.import_legacy(old.path)
    assert bench.ledger.import_legacy(old.path).is_complete


def test_what_is_no_file_is_refused(bench: Bench, tmp_path: Path) -> None:
    for path in (tmp_path / "missing.db", tmp_path):
        with pytest.raises(RejectedInputError, match="there is no file"):
            bench.ledger.import_legacy(path)


def test_a_half_written_change_must_be_recovered_first(bench: Bench, old: OldService) -> None:
    with closing(old.connect()) as service:
        service.execute("PRAGMA cache_size = 1")
        service.execute("BEGIN")
        service.execute(
            "CREATE TABLE big AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL"
            " SELECT i + 1 FROM n WHERE i < 300) SELECT randomblob(5000) FROM n"
        )
        copy = old.path.parent / "copy.db"
        for suffix in ("", "-journal"):
            Path(f"{copy}{suffix}").write_bytes(Path(f"{old.path}{suffix}").read_bytes())
    with pytest.raises(RejectedInputError, match="open the copy once with sqlite3"):
        bench.ledger.import_legacy(copy)


@pytest.mark.parametrize("script", ["", "CREATE TABLE t (x)", "CREATE VIEW users AS SELECT 1"])
def test_another_database_is_refused(bench: Bench, tmp_path: Path, script: str) -> None:
    path = tmp_path / "other.db"
    with closing(apsw.Connection(str(path))) as connection:
        list(connection.execute(script))
    with pytest.raises(RejectedInputError, match="is no database of the old service"):
        bench.ledger.import_legacy(path)


def test_a_file_that_hides_a_row_is_refused(bench: Bench, old: OldService) -> None:
    old.user("a", ADA)
    with closing(old.connect()) as service:
        root = service.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'users'").get
        size = service.execute("PRAGMA page_size").get
    content = bytearray(old.path.read_bytes())
    content[(root - 1) * size + 4] -= 1  # the number of rows on the only page of the table
    old.path.write_bytes(content)
    with pytest.raises(RejectedInputError, match="is damaged: restore a backup"):
        bench.ledger.import_legacy(old.path)


def test_values_that_break_a_rule_of_the_old_tables_are_no_damage(
    bench: Bench, old: OldService
) -> None:
    old.run(
        "DROP TABLE api_keys; PRAGMA ignore_check_constraints = 1;"
        "CREATE TABLE api_keys (id INTEGER CHECK (id > 5), key_hash TEXT);"
        "INSERT INTO api_keys VALUES (1, NULL); PRAGMA writable_schema = 1;"
        "UPDATE sqlite_schema SET sql = replace(sql, 'key_hash TEXT', 'key_hash TEXT NOT NULL')"
    )
    assert bench.ledger.import_legacy(old.path).counts["api_keys"].refused == 1


@pytest.fixture(scope="module")
def ledger() -> object:
    """One for every example: each imports under a source of its own."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/ledger.db"
        Ledger.create(url)
        with Ledger.open(url) as opened:
            yield opened
            assert opened.audit() == []


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=3000))
@example(b"")
@example(b"SQLite format 3\x00")
def test_no_bytes_are_taken_for_a_database(ledger: Ledger, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "old.db"
        path.write_bytes(content)
        with pytest.raises(RejectedInputError):
            ledger.import_legacy(path)
        assert path.read_bytes() == content


@pytest.fixture(scope="module")
def sound() -> bytes:
    """The bytes of a sound old database."""
    with tempfile.TemporaryDirectory() as folder:
        service = OldService(Path(folder) / "old.db")
        for number in range(20):
            service.user(number, f"user-{number}@example.org", 2)
            service.key(number, number, f"key-{number}")
            service.money(number, number, "1.25", description="paid by card")
        return service.path.read_bytes()


@settings(max_examples=300, deadline=None)
@given(
    changes=st.lists(st.tuples(st.integers(0, 2**20), st.binary(min_size=1, max_size=8))),
    length=st.integers(0, 2**20),
)
def test_a_damaged_file_is_refused_or_taken_whole(
    ledger: Ledger, sound: bytes, changes: list[tuple[int, bytes]], length: int
) -> None:
    content = bytearray(sound)
    for place, piece in changes:
        at = place % len(sound)
        content[at : at + len(piece)] = piece
    content = content[: max(100, length % (2 * len(sound)))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "old.db"
        path.write_bytes(content)
        source = hashlib.sha256(content).hexdigest()[:16]
        try:
            ledger.import_legacy(path, source)
        except LedgerError:
            count = "SELECT COUNT(*) FROM billing_transactions WHERE external_id LIKE ?"
            row = ledger._read(lambda session: session.row(count, f"legacy%:{source}:%"))
            assert row == (0,)
        assert path.read_bytes() == content
