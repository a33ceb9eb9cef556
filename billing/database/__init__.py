"""The one place that knows which database it is: connections, transactions, dialect, its errors."""

from __future__ import annotations

from collections.abc import Callable

from billing.database.base import Database
from billing.database.session import Row, Session
from billing.database.sqlite import SqliteDatabase
from billing.model import RejectedInputError

__all__ = ["Database", "Row", "Session", "create_database", "open_database"]

_POSTGRESQL_PREFIXES = ("postgresql://", "postgres://")


def open_database(url: str) -> Database:
    """Open the database of a URL. Raises RejectedInputError, LedgerUnusableError."""
    return _kind_of(url)(_canonical(url))


def create_database(url: str, build: Callable[[Session, Database], None]) -> bool:
    """Make what the URL names and let ``build`` fill it; False where it is there already.

    Raises RejectedInputError, LedgerUnusableError.
    """
    return _kind_of(url).create(_canonical(url), build)


def _kind_of(url: str) -> type[Database]:
    if not url.startswith(_POSTGRESQL_PREFIXES):
        return SqliteDatabase
    try:
        from billing.database.postgresql import PostgresqlDatabase  # noqa: PLC0415
    except ImportError as error:
        raise RejectedInputError(
            "PostgreSQL needs its driver: install bioql-lsp[worker,scale]"
        ) from error
    return PostgresqlDatabase


def _canonical(url: str) -> str:
    return url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url
