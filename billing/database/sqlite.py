"""A ledger in a SQLite file: WAL mode, every commit synced."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

import apsw
from playhouse.apsw_ext import APSWDatabase

from billing.database.base import BUSY_TIMEOUT_SECONDS, Database
from billing.database.session import Row, Session
from billing.model import LedgerUnusableError, RejectedInputError

PREFIX = "sqlite:///"
CACHE_KIB = 32 * 1024
"""A transaction of many operations must not spill into the WAL before it is committed."""
STATEMENTS_CACHED = 512
"""apsw forgets a statement after so many others: more than a transaction of many operations has."""


def has_wal_reset_bug(version: tuple[int, ...]) -> bool:
    """Whether that SQLite may corrupt a WAL database (sqlite.org/wal.html#walresetbug)."""
    return not (
        version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    )


class _SqliteSession(Session):
    def each(self, sql: str, *parameters: object) -> Iterator[Row]:
        yield from self._connection.cursor().execute(sql, parameters)

    def inserted_id(self, sql: str, *parameters: object) -> int:
        self.has_changed = True
        self._execute(sql, parameters)
        return int(self._driver.last_insert_rowid())

    def _changed_count(self) -> int:
        return int(self._driver.changes())


class SqliteDatabase(Database):
    """One file, which its name's user alone may read."""

    dialect: ClassVar[dict[str, str]] = {
        "identity": "INTEGER PRIMARY KEY",
        "integer": "INTEGER",
        "table_options": " STRICT",
        "clustered_options": " STRICT, WITHOUT ROWID",
    }
    _begin_write = "BEGIN IMMEDIATE"
    _begin_read = "BEGIN"
    _session = _SqliteSession

    def __init__(self, url: str) -> None:
        """Open an existing database.

        Raises RejectedInputError for the URL, LedgerUnusableError for what it names.
        """
        path = sqlite_path(url)
        if not path.is_file() or path.stat().st_size == 0:
            raise LedgerUnusableError(
                f"there is no ledger at {path}: make one with"
                f" `bioql-billing --ledger {PREFIX}{path} init`"
            )
        self._open(path, path)

    def _open(self, file: Path, path: Path) -> None:
        if has_wal_reset_bug(tuple(int(part) for part in apsw.sqlite_lib_version().split("."))):
            raise LedgerUnusableError(
                f"SQLite {apsw.sqlite_lib_version()} may corrupt a ledger (WAL-reset bug):"
                " install apsw 3.51.3 or newer"
            )
        self.path = path
        self._file = file
        common = [
            ("foreign_keys", 1),
            ("synchronous", "FULL"),
            ("cache_size", -CACHE_KIB),
            ("secure_delete", 1),  # texts whose time is over leave no trace in the file
        ]
        self._connect(_connection(file, common), _connection(file, [*common, ("query_only", 1)]))
        self._opened_file = _identity(file)

    def _begin(self, connection: Any, begin: str) -> None:
        """What is written into a file that is gone would be lost with it."""
        if self._file == self.path and _identity(self.path) != self._opened_file:
            raise LedgerUnusableError(
                f"the ledger's file {self.path} was moved, deleted or replaced while it was open:"
                " put it back and start again"
            )
        super()._begin(connection, begin)

    @classmethod
    def create(cls, url: str, build: Callable[[Session, Database], None]) -> bool:
        """Make a database that ``build`` fills; it appears whole or not at all.

        False where there is one already (which is left alone).
        """
        path = sqlite_path(url)
        if path.exists() and path.stat().st_size > 0:
            return False
        log = path.with_name(f"{path.name}-wal")
        if log.exists():
            raise LedgerUnusableError(
                f"{log} is the log of a ledger that is gone, and would be read into a new one:"
                " restore that ledger, or move the log away"
            )
        try:
            with tempfile.TemporaryDirectory(prefix=".ledger-", dir=path.parent) as folder:
                fresh = Path(folder) / "ledger"
                fresh.touch(mode=0o600)
                database = cls.__new__(cls)
                database._open(fresh, path)
                try:
                    database.prepare()
                    database.write(lambda session: build(session, database))
                finally:
                    database.close()
                return _put_in_place(fresh, path)
        except OSError as error:
            raise LedgerUnusableError(
                f"cannot make a ledger at {path} ({error.strerror}): choose a folder that exists"
                " and that you may write to"
            ) from error

    def prepare(self) -> None:
        """Put the file into WAL mode, which it keeps. Raises LedgerUnusableError."""
        with self._read_lock, self._translated():
            self._writer.execute_sql("PRAGMA journal_mode = WAL").fetchall()

    def forget(self, table: str) -> None:
        """Empty the log, which still has what was deleted, unless somebody is reading it."""
        connection = _connection(self.path, [])
        with self._translated():
            connection.connect()
            try:
                connection.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                connection.close()

    def append_only_sql(self, table: str) -> tuple[str, ...]:
        """A trigger each for UPDATE and DELETE."""
        return tuple(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for verb in ("UPDATE", "DELETE")
        )

    def unguarded_tables(self, session: Session, tables: Sequence[str]) -> list[str]:
        """Tables without these triggers, word by word."""
        statements = {
            row[0] for row in session.rows("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
        }
        return [name for name in tables if not statements.issuperset(self.append_only_sql(name))]

    def damage(self, session: Session) -> list[str]:
        """What ``PRAGMA integrity_check`` and ``foreign_key_check`` find."""
        found = [str(row[0]) for row in session.rows("PRAGMA integrity_check")]
        orphans = session.rows("PRAGMA foreign_key_check")
        return [line for line in found if line != "ok"] + [
            f"{table} row {rowid}: no such row in {parent}" for table, rowid, parent, _ in orphans
        ]

    def _errors(self) -> tuple[type[Exception], ...]:
        return (apsw.Error,)

    def _explained(self, cause: object) -> LedgerUnusableError:
        known = (
            (apsw.FullError, "the disk is full: free some space and try again"),
            (apsw.BusyError, "another process has kept it locked: try again, or end that process"),
            (apsw.ReadOnlyError, "it may not be written: check the rights of the file and folder"),
            (apsw.CantOpenError, "it cannot be opened: check the rights of the file and folder"),
            (apsw.NotADBError, "the file is no ledger: check the path"),
            (apsw.CorruptError, "the file is damaged: restore it from a backup"),
            (apsw.ConstraintError, "the change would break a rule of the ledger and was undone"),
            (apsw.IOError, "reading or writing it failed: check the disk and the rights"),
        )
        reason = next((text for kind, text in known if isinstance(cause, kind)), f"{cause}")
        return LedgerUnusableError(f"the ledger {self.path} cannot be used: {reason}")


def sqlite_path(url: str) -> Path:
    """The file of a ``sqlite:///`` URL. Raises RejectedInputError for any other."""
    path = url.removeprefix(PREFIX)
    is_text = not any("\ud800" <= character <= "\udfff" or character == "\0" for character in path)
    if path == url or not path or path.startswith(":") or not is_text:
        raise RejectedInputError(
            "the ledger is not a URL that can be used: write sqlite:///ledger.db (a file in this"
            " folder), sqlite:////var/lib/bioql/ledger.db or postgresql://host/database"
        )
    return Path(path).absolute()


class _Connection(APSWDatabase):  # type: ignore[misc]
    def _connect(self) -> Any:
        connection = super()._connect()
        # apsw's SQLite has STAT4, and would plan a statement anew for each value bound to it.
        connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
        return connection


def _connection(path: Path, pragmas: list[tuple[str, object]]) -> Any:
    return _Connection(
        str(path),
        pragmas=pragmas,
        timeout=BUSY_TIMEOUT_SECONDS,
        thread_safe=False,
        flags=apsw.SQLITE_OPEN_READWRITE,
        statementcachesize=STATEMENTS_CACHED,
    )


def _put_in_place(fresh: Path, path: Path) -> bool:
    if path.exists() and path.stat().st_size == 0:
        with path.open("rb") as empty:
            # Others look at the same empty file: whoever has its lock first puts a ledger there.
            fcntl.flock(empty, fcntl.LOCK_EX)
            if path.stat().st_size > 0:
                return False
            fresh.replace(path)
    else:
        try:
            path.hardlink_to(fresh)
        except FileExistsError:
            return False
    sync_folder(path)
    return True


def sync_folder(path: Path) -> None:
    """Make the name of a file durable."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another under the same name; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
