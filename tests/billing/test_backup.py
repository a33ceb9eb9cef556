"""Copies of a ledger's file while others write, and the way back."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
import pytest

from billing import migrations
from billing.backup import backup, restore
from billing.database import Database, Session, create_database
from billing.ledger import Ledger
from billing.model import EngineUsage, Hold, LedgerUnusableError, RejectedInputError
from billing.prices import NANO_PER_USD
from tests.billing.support import ROOT
from tests.support.postgres import PostgresServer, binaries

ADA = "ada@example.org"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger with an account that has 10 USD."""
    _fill(f"sqlite:///{tmp_path / 'ledger.db'}")
    return tmp_path / "ledger.db"


def _fill(url: str) -> None:
    Ledger.create(url)
    with Ledger.open(url) as ledger:
        ledger.add_account(ADA)
        ledger.topup(ADA, 10 * NANO_PER_USD, "first")


def _topup(path: Path, external_id: str) -> None:
    with Ledger.open(f"sqlite:///{path}") as ledger:
        ledger.topup(ADA, NANO_PER_USD, external_id)


def _dollars(path: Path) -> int:
    with Ledger.open(f"sqlite:///{path}") as ledger:
        assert ledger.audit() == []
        return ledger.balance(ADA).posted_nano_usd // NANO_PER_USD


@contextmanager
def _other_process(path: Path) -> Iterator[None]:
    code = (
        "import sys; from billing.ledger import Ledger\n"
        f"with Ledger.open({f'sqlite:///{path}'!r}): print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield
        process.communicate()


def test_a_copy_is_the_ledger_and_only_its_owner_may_read_it(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert backup(f"sqlite:///{path}", copy) == []
    assert copy.stat().st_mode & 0o777 == 0o600
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["copy.db", "ledger.db"]
    assert _dollars(copy) == 10


def test_a_copy_made_while_others_write_is_one_moment_of_the_ledger(
    path: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{path}"
    with Ledger.open(url) as ledger:
        key, _ = ledger.add_key(ADA)
        principal = ledger.authenticate(key)
        is_over, has_begun = threading.Event(), threading.Event()

        def write() -> None:
            number = 0
            while not is_over.is_set():
                hold = ledger.hold(principal, f"r{number}", "f", "onnx", 1000)
                assert isinstance(hold, Hold)
                ledger.settle(hold, EngineUsage(1, 1, 1000))
                number += 1
                has_begun.set()

        writer = threading.Thread(target=write)
        writer.start()
        try:
            assert has_begun.wait(60)
            found = [backup(url, tmp_path / f"copy-{number}.db") for number in range(3)]
        finally:
            is_over.set()
            writer.join()
        assert found == [[], [], []]
        charged = ledger.month(principal)[0]
    counts = []
    for number in range(3):
        with Ledger.open(f"sqlite:///{tmp_path / f'copy-{number}.db'}") as copy:
            counts.append(copy.month(principal)[0])
    assert 0 < counts[0] <= counts[1] <= counts[2] <= charged


def test_a_copy_never_replaces_a_file(path: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("mine")
    with pytest.raises(RejectedInputError):
        backup(f"sqlite:///{path}", tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "mine"


def test_the_copy_of_a_ledger_with_a_difference_is_kept_and_says_so(
    path: Path, tmp_path: Path
) -> None:
    connection = apsw.Connection(str(path))
    connection.execute("UPDATE accounts SET posted_nano_usd = 5 WHERE user_id = 1")
    connection.close()
    findings = backup(f"sqlite:///{path}", tmp_path / "copy.db")
    assert "posted is the sum of the entries" in {finding.rule for finding in findings}
    assert (tmp_path / "copy.db").exists()
    before = path.read_bytes()
    restored = restore(f"sqlite:///{path}", tmp_path / "copy.db")
    assert (restored.findings, restored.before) == (findings, None)
    assert path.read_bytes() == before


def test_a_restore_brings_back_the_copy_and_keeps_what_was_there(
    path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    backup(f"sqlite:///{path}", copy)
    original = copy.read_bytes()
    _topup(path, "second")
    restored = restore(f"sqlite:///{path}", copy)
    assert restored.before == tmp_path / "ledger.db.before-restore"
    assert restored.before.stat().st_mode & 0o777 == 0o600
    assert (_dollars(path), _dollars(restored.before)) == (10, 11)
    again = restore(f"sqlite:///{path}", copy)
    assert again.before == tmp_path / "ledger.db.before-restore-2"
    assert copy.read_bytes() == original


def test_a_restore_is_refused_while_another_process_has_the_ledger_open(
    path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    backup(f"sqlite:///{path}", copy)
    _topup(path, "second")
    names = sorted(entry.name for entry in tmp_path.iterdir())
    with _other_process(path), pytest.raises(LedgerUnusableError, match="open"):
        restore(f"sqlite:///{path}", copy)
    assert _dollars(path) == 11
    assert sorted(entry.name for entry in tmp_path.iterdir()) == names


def test_a_lost_ledger_is_restored_and_its_orphaned_log_is_kept_apart(
    path: Path, tmp_path: Path
) -> None:
    copy, log = tmp_path / "copy.db", tmp_path / "ledger.db-wal"
    backup(f"sqlite:///{path}", copy)
    with Ledger.open(f"sqlite:///{path}") as ledger:
        ledger.topup(ADA, NANO_PER_USD, "second")
        orphan = log.read_bytes()
    path.unlink()
    log.write_bytes(orphan)
    assert restore(f"sqlite:///{path}", copy).before is None
    assert _dollars(path) == 10
    assert (tmp_path / "ledger.db.before-restore-wal").read_bytes() == orphan


@pytest.mark.parametrize(("first", "last"), [(0, 4096), (0, 16), (8192, 60_000)])
def test_a_damaged_ledger_is_restored(path: Path, tmp_path: Path, first: int, last: int) -> None:
    copy = tmp_path / "copy.db"
    backup(f"sqlite:///{path}", copy)
    damaged = bytearray(path.read_bytes())
    damaged[first:last] = b"\x55" * (last - first)
    path.write_bytes(damaged)
    restored = restore(f"sqlite:///{path}", copy)
    assert restored.before is not None
    assert restored.before.read_bytes()[first:last] == damaged[first:last]
    assert _dollars(path) == 10


def test_a_ledger_with_a_damaged_head_is_not_replaced_while_it_is_open(
    path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    backup(f"sqlite:///{path}", copy)
    with _other_process(path):
        with path.open("r+b") as file:
            file.write(b"\x55" * 4096)
        with pytest.raises(LedgerUnusableError, match="open"):
            restore(f"sqlite:///{path}", copy)


def test_a_copy_of_an_older_schema_is_brought_up_to_date(path: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.db"

    def build(session: Session, database: Database) -> None:
        migrations.migrate(session, database, 0, last=1)
        session.change("INSERT INTO ledger_facts (name, value) VALUES ('kind', 'standard')")
        session.change("INSERT INTO users (email, tier_id, created_us) VALUES (?, 1, 0)", ADA)
        session.change("INSERT INTO accounts (name, user_id) VALUES ('customer', 1)")

    assert create_database(f"sqlite:///{old}", build)
    before = old.read_bytes()
    assert restore(f"sqlite:///{path}", old).findings == []
    assert _dollars(path) == 0
    assert old.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"", b"not a database, but long enough to be read as one" * 99]
)
def test_a_file_that_is_no_ledger_is_refused_and_changes_nothing(
    path: Path, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "copy.db").write_bytes(content)
    with pytest.raises(LedgerUnusableError):
        restore(f"sqlite:///{path}", tmp_path / "copy.db")
    assert _dollars(path) == 10
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["copy.db", "ledger.db"]


def test_a_missing_copy_or_the_ledger_itself_is_refused(path: Path, tmp_path: Path) -> None:
    for file in (tmp_path / "missing.db", path):
        with pytest.raises(RejectedInputError):
            restore(f"sqlite:///{path}", file)
    assert _dollars(path) == 10


@pytest.mark.parametrize("action", [backup, restore])
def test_for_postgresql_the_tool_is_named_without_the_password(
    action: object, tmp_path: Path
) -> None:
    assert callable(action)
    url = "postgresql://ada:sec%40ret@host:5433/books?sslmode=require&password=hush"
    with pytest.raises(RejectedInputError) as caught:
        action(url, tmp_path / "a copy")
    text = str(caught.value)
    assert "postgresql://ada@host:5433/books?sslmode=require" in text
    assert f"'{tmp_path}/a copy'" in text
    assert not re.search("sec|hush", text)


def test_the_commands_named_for_postgresql_bring_a_ledger_back(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    with postgres.database() as url:
        _fill(url)
        _run_the_named_command(backup, url, tmp_path / "copy")
        with Ledger.open(url) as ledger:
            ledger.topup(ADA, NANO_PER_USD, "second")
        _run_the_named_command(restore, url, tmp_path / "copy")
        with Ledger.open(url) as ledger:
            assert ledger.audit() == []
            assert ledger.balance(ADA).posted_nano_usd == 10 * NANO_PER_USD


def _run_the_named_command(action: object, url: str, file: Path) -> None:
    assert callable(action)
    with pytest.raises(RejectedInputError) as caught:
        action(url, file)
    command = shlex.split(str(caught.value).partition(": run ")[2])
    environment = os.environ | {"PATH": f"{binaries()}:{os.environ['PATH']}"}
    subprocess.run(command, check=True, env=environment, capture_output=True)
