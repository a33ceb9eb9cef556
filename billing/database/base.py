"""What every database offers, and what its dialect must say."""

from __future__ import annotations

import asyncio
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, ClassVar, TypeVar

import peewee

from billing.database.group_commit import STILL_BUSY, GroupCommit, TryAgainError
from billing.database.session import Session
from billing.model import LedgerUnusableError

_Result = TypeVar("_Result")

BUSY_TIMEOUT_SECONDS = 30


class Database(ABC):
    """A writer connection that one thread uses, and a reader that sees one snapshot at a time.

    Other processes may write at the same time; the database's own locks order them.
    """

    dialect: ClassVar[dict[str, str]]
    """What ``rendered`` puts into the braces of a statement of ``schema``."""
    _begin_write: ClassVar[str]
    _begin_read: ClassVar[str]
    _session: ClassVar[type[Session]]

    @abstractmethod
    def __init__(self, url: str) -> None:
        """Open an existing database. Raises RejectedInputError, LedgerUnusableError."""

    def _connect(self, writer: Any, reader: Any) -> None:
        self._writer = writer
        self._reader = reader
        self._read_lock = threading.Lock()
        self._commits = GroupCommit(self._write_transaction)
        with self._translated():
            for connection in (writer, reader):
                connection.connect()

    @classmethod
    @abstractmethod
    def create(cls, url: str, build: Callable[[Session, Database], None]) -> bool:
        """Make a database that ``build`` fills; False where there is one (left alone)."""

    def close(self) -> None:
        """Write what waits and close both connections."""
        self._commits.close()
        with self._read_lock:
            for connection in (self._reader, self._writer):
                with suppress(peewee.PeeweeException, *self._errors()):
                    connection.close()

    def write(self, operation: Callable[[Session], _Result], order: int = 0) -> _Result:
        """Run an operation in a transaction that it may share; durable when this returns.

        The operation may run more than once and is undone alone when it raises. ``order`` is the
        id of the user whose rows it locks. Raises LedgerUnusableError.
        """
        return self._commits.run(operation, order)

    def submit(
        self, operation: Callable[[Session], _Result], order: int = 0
    ) -> asyncio.Future[_Result]:
        """The same for a coroutine, which awaits the result.

        Its cancellation leaves the operation in place: it will be written all the same.
        """
        return self._commits.submit(operation, order)

    def read(self, operation: Callable[[Session], _Result]) -> _Result:
        """Run an operation that only reads, on one snapshot. Raises LedgerUnusableError."""
        try:
            with self._read_lock, self._transaction(self._reader, self._begin_read) as session:
                return operation(session)
        except TryAgainError as error:
            raise error.in_vain or LedgerUnusableError(STILL_BUSY) from error

    def has_table(self, name: str) -> bool:
        """Whether the table is there. Raises LedgerUnusableError."""
        with self._read_lock, self._translated():
            return bool(self._reader.table_exists(name))

    def rendered(self, statement: str) -> str:
        """A statement of ``schema`` in this database's words."""
        return statement.format(**self.dialect)

    def prepare(self) -> None:  # noqa: B027 - not every database has something to do
        """Make sure that commits are durable. Raises LedgerUnusableError."""

    def forget(self, table: str) -> None:  # noqa: B027
        """Let what was deleted from a table vanish from the database's files too."""

    def lock_schema(self, session: Session) -> None:  # noqa: B027
        """Let no other process change the schema until the transaction ends."""

    def lock_journal(self, session: Session, tables: Sequence[str]) -> None:  # noqa: B027
        """Wait for those who write these tables, and keep others out until the transaction ends."""

    @abstractmethod
    def append_only_sql(self, table: str) -> tuple[str, ...]:
        """The statements that make a table refuse UPDATE and DELETE."""

    @abstractmethod
    def unguarded_tables(self, session: Session, tables: Sequence[str]) -> list[str]:
        """Which of the tables have lost what makes them append-only."""

    @abstractmethod
    def damage(self, session: Session) -> list[str]:
        """What the database itself finds wrong with its files."""

    @abstractmethod
    def _errors(self) -> tuple[type[Exception], ...]:
        """The driver's own root errors."""

    @abstractmethod
    def _explained(self, cause: object) -> Exception:
        """The ledger's error for one of the driver's."""

    @contextmanager
    def _write_transaction(self) -> Iterator[Session]:
        with self._transaction(self._writer, self._begin_write) as session:
            yield session

    @contextmanager
    def _transaction(self, connection: Any, begin: str) -> Iterator[Session]:
        with self._translated():
            try:
                self._begin(connection, begin)
                yield self._session(connection)
                connection.execute_sql("COMMIT")
            except BaseException:
                with suppress(peewee.PeeweeException, *self._errors()):
                    connection.rollback()
                raise

    def _begin(self, connection: Any, begin: str) -> None:
        connection.execute_sql(begin)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        driver_errors: tuple[type[Exception], ...] = (peewee.PeeweeException, *self._errors())
        try:
            yield
        except driver_errors as error:
            raise self._explained(getattr(error, "orig", error)) from error
