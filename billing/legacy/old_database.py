"""Read the old service's SQLite file, on one snapshot and without ever writing to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, TypeAlias

import apsw

from billing.model import LedgerUnusableError, RejectedInputError

OldValue: TypeAlias = int | float | str | bytes | None
"""A stored value. Text that is not valid in the file's encoding comes as bytes."""
OldRow: TypeAlias = dict[str, OldValue]
"""The values of one row by column in lower case; a column that the table lacks is missing."""

_BUSY_TIMEOUT_MS = 5_000
# What the old service's own rules say of a value is no damage.
_NO_DAMAGE = re.compile(r"ok$|CHECK constraint failed|\S+ value in ")
_CODECS = {"UTF-8": "utf-8", "UTF-16le": "utf-16-le", "UTF-16be": "utf-16-be"}


class OldDatabase:
    """A snapshot of the file: what others write to it meanwhile is not seen. Use it in a ``with``.

    Any thread may use it, one at a time. Every method raises RejectedInputError for a file that is
    missing, damaged or no database, and LedgerUnusableError for one that is locked.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        if not path.is_file():
            raise RejectedInputError(f"there is no file {path}: check the path")
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with self._explained():
            flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
            self._connection: Any = apsw.Connection(uri, flags=flags)
        try:
            with self._explained():
                self._begin()
                self._refuse_damage()
        except BaseException:
            self._connection.close()
            raise

    def _begin(self) -> None:
        self._connection.set_busy_timeout(_BUSY_TIMEOUT_MS)
        # A view or trigger of a file that somebody sent must not reach beyond the file.
        self._connection.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
        self._connection.execute("BEGIN")
        names = self._connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%'"
            " ESCAPE '~' ORDER BY rowid"
        )
        self._tables = {str(name).lower(): str(name) for (name,) in names}
        self._codec = _CODECS[str(self._connection.pragma("encoding"))]

    def _refuse_damage(self) -> None:
        # Of a damaged file SQLite may read some rows and pass over others in silence.
        for (line,) in self._connection.execute("PRAGMA integrity_check"):
            if not _NO_DAMAGE.match(str(line)):
                raise RejectedInputError(
                    f"{self._path} is damaged: restore a backup, or the rows that can still be read"
                    " with `sqlite3 OLD .recover | sqlite3 NEW`"
                )

    def __enter__(self) -> OldDatabase:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._connection.close(True)

    def tables(self) -> list[str]:
        """The names of the tables, in lower case."""
        return list(self._tables)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        with self._explained():
            return int(self._connection.execute(f"SELECT COUNT(*) FROM {self._name(table)}").get)  # noqa: S608

    def rows(self, table: str, *columns: str) -> Iterator[OldRow]:
        """The rows of a table in the order that they are stored in; none where it is missing."""
        if table not in self._tables:
            return
        with self._explained():
            found = self._columns(table)
            names = [column for column in columns if column in found]
            # Bytes, because text that is not valid would end the whole query with an error.
            selected = ", ".join(
                f"typeof({found[name]}), CASE typeof({found[name]}) WHEN 'text'"
                f" THEN CAST({found[name]} AS BLOB) ELSE {found[name]} END"
                for name in names
            )
            query = f"SELECT {selected or 'NULL'} FROM {self._name(table)}"  # noqa: S608
            for values in self._connection.execute(query):
                yield {
                    name: self._decoded(values[2 * place], values[2 * place + 1])
                    for place, name in enumerate(names)
                }

    def _columns(self, table: str) -> dict[str, str]:
        with self._explained():
            rows = self._connection.execute("SELECT name FROM pragma_table_xinfo(?)", (table,))
            return {str(name).lower(): _quoted(str(name)) for (name,) in rows}

    def _name(self, table: str) -> str:
        return _quoted(self._tables[table])

    def _decoded(self, kind: str, value: Any) -> OldValue:
        if kind != "text":
            return value  # type: ignore[no-any-return]
        try:
            return bytes(value).decode(self._codec)
        except UnicodeDecodeError:
            return bytes(value)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (apsw.BusyError, apsw.LockedError) as error:
            raise LedgerUnusableError(
                f"{self._path} is locked by another process: stop the old service, or try again"
            ) from error
        except (apsw.ReadOnlyError, apsw.CantOpenError) as error:
            raise RejectedInputError(
                f"{self._path} cannot be read as it is: copy it, with the -wal or -journal file"
                " beside it, to a folder that you may write to, and open the copy once with sqlite3"
            ) from error
        except (apsw.Error, UnicodeDecodeError) as error:
            raise RejectedInputError(
                f"{self._path} is no database of the old service, or it is damaged"
            ) from error


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
