"""The ordered steps from an empty database to today's schema; released steps never change."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from billing import schema
from billing.calendar import month_start_us
from billing.database import Database, Session
from billing.model import LedgerUnusableError


def _create_tables(session: Session, database: Database, now_us: int) -> None:
    _run(session, database, schema.FIRST_TABLES)
    _guard(session, database, schema.FIRST_JOURNAL)
    for name, requests_per_minute in schema.FIRST_TIERS:
        session.change(
            "INSERT INTO pricing_tiers (name, requests_per_minute) VALUES (?, ?)",
            name,
            requests_per_minute,
        )
    for name in schema.FIRST_OPERATOR_ACCOUNTS:
        session.change("INSERT INTO accounts (name) VALUES (?)", name)


def _add_limits(session: Session, database: Database, now_us: int) -> None:
    _run(session, database, schema.LIMIT_COLUMNS)
    for name, concurrent_requests, monthly_requests in schema.TIER_LIMITS:
        session.change(
            "UPDATE pricing_tiers SET concurrent_requests = ?, monthly_requests = ? WHERE name = ?",
            concurrent_requests,
            monthly_requests,
            name,
        )
    for account_id, name in schema.LATER_OPERATOR_ACCOUNTS:
        session.change("INSERT INTO accounts (id, name) VALUES (?, ?)", account_id, name)
    _count_what_was(session, month_start_us(now_us))
    _run(session, database, schema.WIDER_JOURNAL)
    _run(session, database, schema.LATER_TABLES)
    _guard(
        session,
        database,
        ("billing_transactions", "entries", "account_events", "journal_closings"),
    )


def _count_what_was(session: Session, month_us: int) -> None:
    """Fill the counters from the holds of before."""
    session.change(
        "UPDATE holds SET tier_id = (SELECT tier_id FROM users WHERE users.id = holds.user_id)"
    )
    session.change("UPDATE holds SET month_us = ? WHERE created_us >= ?", month_us, month_us)
    session.change(
        "UPDATE accounts SET month_us = ?,"
        " open_requests = (SELECT COUNT(*) FROM holds h WHERE h.user_id = accounts.user_id"
        " AND h.status = 'open'),"
        " month_requests = (SELECT COUNT(*) FROM holds h WHERE h.user_id = accounts.user_id"
        " AND h.month_us = ? AND h.status IN ('open', 'settled', 'voided')),"
        " month_spent_nano_usd = (SELECT COALESCE(SUM(u.user_cost_nano_usd), 0) FROM holds h"
        " JOIN inference_usage u ON u.hold_id = h.id WHERE h.user_id = accounts.user_id"
        " AND h.month_us = ? AND h.status = 'settled') WHERE user_id IS NOT NULL",
        month_us,
        month_us,
        month_us,
    )


def _run(session: Session, database: Database, statements: Iterable[str]) -> None:
    for statement in statements:
        session.change(database.rendered(statement))


def _guard(session: Session, database: Database, tables: Iterable[str]) -> None:
    for table in tables:
        for statement in database.append_only_sql(table):
            session.change(statement)


MIGRATIONS: tuple[Callable[[Session, Database, int], None], ...] = (_create_tables, _add_limits)
SCHEMA_VERSION = len(MIGRATIONS)


def version_of(session: Session) -> int:
    """The schema version of a database, 0 for a new one."""
    row = session.row("SELECT MAX(version) FROM schema_version")
    return int(row[0] or 0) if row else 0


def migrate(session: Session, database: Database, now_us: int, last: int | None = None) -> None:
    """Bring a database to the schema ``last`` (None: today's) inside one transaction.

    Raises LedgerUnusableError where a newer release has written it.
    """
    database.lock_schema(session)
    session.change(
        database.rendered(
            "CREATE TABLE IF NOT EXISTS schema_version"
            " (version {integer} NOT NULL PRIMARY KEY, applied_us {integer} NOT NULL)"
            "{table_options}"
        )
    )
    version = version_of(session)
    refuse_newer(version)
    for number, step in enumerate(MIGRATIONS[version:last], start=version + 1):
        step(session, database, now_us)
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
