"""The one place that knows which database it is: connections, transactions, dialect, its errors.

One writer connection behind one lock, so that a process queues in memory and not on the file; other
processes may write at the same time (BEGIN IMMEDIATE, busy timeout). Reads go through a connection
of their own and see one snapshot each.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import apsw
import peewee
from playhouse.apsw_ext import APSWDatabase

from billing.model import LedgerUnusableError, RejectedInputError

Row: TypeAlias = tuple[Any, ...]
_Result = TypeVar("_Result")

BUSY_TIMEOUT_SECONDS = 30
_SQLITE_PREFIX = "sqlite:///"


class Session:
    """The statements of one open transaction. Parameters are always bound, never formatted in."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def rows(self, sql: str, *parameters: object) -> list[Row]:
        """Every row of a query (or of a change with RETURNING)."""
        return list(self._connection.execute_sql(sql, parameters).fetchall())

    def row(self, sql: str, *parameters: object) -> Row | None:
        """The first row of a query, or None."""
        rows = self.rows(sql, *parameters)
        return rows[0] if rows else None

    def each(self, sql: str, *parameters: object) -> Iterator[Row]:
        """The rows of a query one by one, for what may not fit into memory."""
        yield from self._connection.execute_sql(sql, parameters)

    def change(self, sql: str, *parameters: object) -> int:
        """Run a statement and return how many rows it changed."""
        cursor = self._connection.execute_sql(sql, parameters)
        return int(self._connection.rows_affected(cursor))


def has_wal_reset_bug(version: tuple[int, ...]) -> bool:
    """Whether that SQLite may corrupt a WAL database (sqlite.org/wal.html#walresetbug)."""
    return not (
        version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    )


class Database:
    """A SQLite file in WAL mode with every commit synced."""

    identity = "INTEGER PRIMARY KEY"
    integer = "INTEGER"
    table_options = " STRICT"

    def __init__(self, url: str) -> None:
        """Open an existing database.

        Raises RejectedInputError for the URL, LedgerUnusableError for what it names.
        """
        self._path = sqlite_path(url)
        if not self._path.is_file() or self._path.stat().st_size == 0:
            raise LedgerUnusableError(
                f"there is no ledger at {self._path}: make one with"
                f" `bioql-billing --ledger {_SQLITE_PREFIX}{self._path} init`"
            )
        self._connect(self._path)

    @classmethod
    def create(cls, url: str, build: Callable[[Session, Database], None]) -> bool:
        """Make a database that ``build`` fills; it appears whole or not at all.

        False where there is one already (which is left alone).
        """
        path = sqlite_path(url)
        if path.exists() and path.stat().st_size > 0:
            return False
        try:
            with tempfile.TemporaryDirectory(prefix=".ledger-", dir=path.parent) as folder:
                fresh = Path(folder) / "ledger"
                fresh.touch(mode=0o600)
                database = cls.__new__(cls)
                database._path = path
                database._connect(fresh)
                try:
                    database.ensure_wal()
                    database.write(lambda session: build(session, database))
                finally:
                    database.close()
                return _put_in_place(fresh, path)
        except OSError as error:
            raise LedgerUnusableError(
                f"cannot make a ledger at {path} ({error.strerror}): choose a folder that exists"
                " and that you may write to"
            ) from error

    def _connect(self, path: Path) -> None:
        if has_wal_reset_bug(tuple(int(part) for part in apsw.sqlite_lib_version().split("."))):
            raise LedgerUnusableError(
                f"SQLite {apsw.sqlite_lib_version()} may corrupt a ledger (WAL-reset bug):"
                " install apsw 3.51.3 or newer"
            )
        self._write_lock = threading.Lock()
        self._read_lock = threading.Lock()
        common = [("foreign_keys", 1), ("synchronous", "FULL")]
        self._writer = _connection(path, "IMMEDIATE", common)
        self._reader = _connection(path, "DEFERRED", [*common, ("query_only", 1)])
        with self._translated():
            for connection in (self._writer, self._reader):
                connection.connect()

    def ensure_wal(self) -> None:
        """Put the file into WAL mode, which it keeps. Raises LedgerUnusableError."""
        with self._write_lock, self._translated():
            self._writer.execute_sql("PRAGMA journal_mode = WAL").fetchall()

    def close(self) -> None:
        """Close both connections; the database may not be used any more."""
        for lock, connection in (
            (self._read_lock, self._reader),
            (self._write_lock, self._writer),
        ):
            with lock, suppress(peewee.PeeweeException, apsw.Error):
                connection.close()

    def write(self, operation: Callable[[Session], _Result]) -> _Result:
        """Run an operation in one transaction, durable when this returns.

        An exception of the operation undoes it. Raises LedgerUnusableError.
        """
        with self._write_lock, self._translated(), self._writer.atomic():
            return operation(Session(self._writer))

    def read(self, operation: Callable[[Session], _Result]) -> _Result:
        """Run an operation that only reads, on one snapshot. Raises LedgerUnusableError."""
        with self._read_lock, self._translated(), self._reader.atomic():
            return operation(Session(self._reader))

    def has_table(self, name: str) -> bool:
        """Whether the table is there. Raises LedgerUnusableError."""
        with self._read_lock, self._translated():
            return bool(self._reader.table_exists(name))

    def rendered(self, statement: str) -> str:
        """A statement of ``schema`` in this database's words."""
        return statement.format(
            identity=self.identity, integer=self.integer, table_options=self.table_options
        )

    def append_only_sql(self, table: str) -> tuple[str, ...]:
        """The statements that make a table refuse UPDATE and DELETE."""
        return tuple(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for verb in ("UPDATE", "DELETE")
        )

    def unguarded_tables(self, session: Session, tables: tuple[str, ...]) -> list[str]:
        """Which of the tables have lost a trigger that makes them append-only."""
        found = session.rows("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        statements = {row[2] for row in found}
        return [name for name in tables if not statements.issuperset(self.append_only_sql(name))]

    def damage(self, session: Session) -> list[str]:
        """What the database itself finds wrong with its file."""
        found = [str(row[0]) for row in session.rows("PRAGMA integrity_check")]
        return [line for line in found if line != "ok"]

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (peewee.PeeweeException, apsw.Error) as error:
            raise LedgerUnusableError(
                _explained(self._path, getattr(error, "orig", error))
            ) from error


def sqlite_path(url: str) -> Path:
    """The file of a ``sqlite:///`` URL. Raises RejectedInputError for any other."""
    if url.startswith(("postgresql:", "postgres:")):
        raise RejectedInputError(
            "this release keeps ledgers in SQLite only, PostgreSQL is not supported yet:"
            " use sqlite:///PATH"
        )
    path = url.removeprefix(_SQLITE_PREFIX)
    is_text = not any("\ud800" <= character <= "\udfff" or character == "\0" for character in path)
    if path == url or not path or path.startswith(":") or not is_text:
        raise RejectedInputError(
            "the ledger is not a URL of a file: write sqlite:///ledger.db (in this folder) or"
            " sqlite:////var/lib/bioql/ledger.db"
        )
    return Path(path).absolute()


def _connection(path: Path, lock_type: str, pragmas: list[tuple[str, object]]) -> Any:
    return APSWDatabase(
        str(path),
        pragmas=pragmas,
        lock_type=lock_type,
        timeout=BUSY_TIMEOUT_SECONDS,
        thread_safe=False,
        flags=apsw.SQLITE_OPEN_READWRITE,
    )


def _put_in_place(fresh: Path, path: Path) -> bool:
    if path.exists() and path.stat().st_size == 0:
        fresh.replace(path)
    else:
        try:
            path.hardlink_to(fresh)
        except FileExistsError:
            return False
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return True


def _explained(path: Path, cause: object) -> str:
    known = (
        (apsw.FullError, "the disk is full: free some space and try again"),
        (apsw.BusyError, "another process has kept it locked: try again, or end that process"),
        (apsw.ReadOnlyError, "it may not be written: check the rights of the file and its folder"),
        (apsw.CantOpenError, "it cannot be opened: check the rights of the file and its folder"),
        (apsw.NotADBError, "the file is no ledger: check the path"),
        (apsw.CorruptError, "the file is damaged: restore it from a backup"),
        (apsw.ConstraintError, "the change would break a rule of the ledger and was undone"),
        (apsw.IOError, "reading or writing it failed: check the disk and the rights"),
    )
    reason = next((text for kind, text in known if isinstance(cause, kind)), f"{cause}")
    return f"the ledger {path} cannot be used: {reason}"
