"""The statements of one open transaction, the same for every database."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any, TypeAlias

Row: TypeAlias = tuple[Any, ...]


class Session(ABC):
    """One open transaction. Parameters are bound to ``?``, never formatted into the text.

    What reads and what writes goes through different methods, so that a transaction of many
    operations knows which of them leaves something to undo when it raises. Statements run on one
    cursor of the driver's own: peewee makes a new one for each, half the cost of a short statement.
    """

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._driver = connection.connection()
        self._cursor = connection.cursor()
        self.has_changed = False

    def rows(self, sql: str, *parameters: object) -> list[Row]:
        """Every row of a query."""
        self._execute(sql, parameters)
        rows: list[Row] = self._cursor.fetchall()
        return rows

    def row(self, sql: str, *parameters: object) -> Row | None:
        """The first row of a query, or None."""
        self._execute(sql, parameters)
        rows: list[Row] = self._cursor.fetchall()
        return rows[0] if rows else None

    @abstractmethod
    def each(self, sql: str, *parameters: object) -> Iterator[Row]:
        """The rows of a query one by one, for what may not fit into memory."""

    def change(self, sql: str, *parameters: object) -> int:
        """Run a statement that writes and return how many rows it changed."""
        self.has_changed = True
        self._execute(sql, parameters)
        return self._changed_count()

    def changed_row(self, sql: str, *parameters: object) -> Row | None:
        """The row that a statement with RETURNING wrote, or None where it wrote none."""
        row = self.row(sql, *parameters)
        self.has_changed = self.has_changed or row is not None
        return row

    @abstractmethod
    def inserted_id(self, sql: str, *parameters: object) -> int:
        """Insert one row into a table with an ``id``, and return that."""

    @abstractmethod
    def _changed_count(self) -> int:
        """How many rows the last statement changed."""

    def _execute(self, sql: str, parameters: tuple[object, ...]) -> None:
        self._cursor.execute(sql, parameters)
