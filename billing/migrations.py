"""The ordered steps from an empty database to today's schema; released steps never change."""

from __future__ import annotations

from collections.abc import Callable

from billing import schema
from billing.database import Database, Session
from billing.model import LedgerUnusableError


def _create_tables(session: Session, database: Database) -> None:
    for statement in schema.FIRST_TABLES:
        session.change(database.rendered(statement))
    for table in schema.JOURNAL:
        for statement in database.append_only_sql(table):
            session.change(statement)
    for name, requests_per_minute in schema.TIERS:
        session.change(
            "INSERT INTO pricing_tiers (name, requests_per_minute) VALUES (?, ?)",
            name,
            requests_per_minute,
        )
    for account_id, name in schema.OPERATOR_ACCOUNTS:
        session.change("INSERT INTO accounts (id, name) VALUES (?, ?)", account_id, name)


MIGRATIONS: tuple[Callable[[Session, Database], None], ...] = (_create_tables,)
SCHEMA_VERSION = len(MIGRATIONS)


def version_of(session: Session) -> int:
    """The schema version of a database, 0 for a new one."""
    row = session.row("SELECT MAX(version) FROM schema_version")
    return int(row[0] or 0) if row else 0


def migrate(session: Session, database: Database, now_us: int) -> None:
    """Bring a database to SCHEMA_VERSION inside one transaction.

    Raises LedgerUnusableError where a newer release has written it.
    """
    session.change(
        database.rendered(
            "CREATE TABLE IF NOT EXISTS schema_version"
            " (version {integer} NOT NULL PRIMARY KEY, applied_us {integer} NOT NULL)"
            "{table_options}"
        )
    )
    version = version_of(session)
    refuse_newer(version)
    for number, step in enumerate(MIGRATIONS[version:], start=version + 1):
        step(session, database)
        session.change(
            "INSERT INTO schema_version (version, applied_us) VALUES (?, ?)", number, now_us
        )


def refuse_newer(version: int) -> None:
    """Raise LedgerUnusableError for a schema that this release does not know."""
    if version > SCHEMA_VERSION:
        raise LedgerUnusableError(
            f"the ledger has schema {version}, this release knows up to {SCHEMA_VERSION}:"
            " install the release that wrote it, or a newer one"
        )
