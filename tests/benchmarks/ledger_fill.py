"""Fill a ledger's file with settled requests, far faster than they could be booked.

They are copies of the file's first request, one after the other over the accounts and over the
month in which that one was; balances and counters are moved with them, so that the audit finds
nothing. Nothing else may have the file open.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

CHUNK = 250_000
SPACING_US = 400_000

_FAST = ("journal_mode = OFF", "synchronous = OFF", "cache_size = -1000000")
_OWNERS = (
    """CREATE TEMP TABLE owners (number INTEGER PRIMARY KEY, user_id INTEGER, key_id INTEGER,
        account_id INTEGER)""",
    """INSERT INTO owners SELECT ROW_NUMBER() OVER (ORDER BY u.id) - 1, u.id, k.id, a.id
        FROM users u JOIN api_keys k ON k.user_id = u.id JOIN accounts a ON a.user_id = u.id""",
)
_TEMPLATES = {
    "holds": "id = (SELECT MIN(id) FROM holds)",
    "inference_usage": "hold_id = (SELECT MIN(id) FROM holds)",
    "billing_transactions": "hold_id = (SELECT MIN(id) FROM holds)",
    "entries": """transaction_id = (SELECT id FROM billing_transactions
        WHERE hold_id = (SELECT MIN(id) FROM holds))""",
}
"""Which row of each table is copied (of the entries: which rows)."""
_ACCOUNT_OF_ENTRY = """CASE WHEN t.account_id = (SELECT a.id FROM holds h
    JOIN accounts a ON a.user_id = h.user_id WHERE h.id = (SELECT MIN(id) FROM holds))
    THEN o.account_id ELSE t.account_id END"""
_SHIFTED = ("created_us", "lease_until_us", "resolved_us")
_MOVE_ACCOUNTS = """UPDATE accounts SET posted_nano_usd = posted_nano_usd - :each * :cost,
    month_us = :month_us, month_requests = month_requests + :each,
    month_spent_nano_usd = month_spent_nano_usd + :each * :cost WHERE user_id IS NOT NULL"""
_MOVE_KEYS = "UPDATE api_keys SET spent_nano_usd = spent_nano_usd + :each * :cost"


def fill(path: Path, transactions: int) -> None:
    """Add that many settled requests: a multiple of the number of accounts."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in _FAST:
            connection.execute(f"PRAGMA {pragma}")
        for statement in _OWNERS:
            connection.execute(statement)
        accounts = _number(connection, "SELECT COUNT(*) FROM owners")
        each, rest = divmod(transactions, accounts)
        assert rest == 0, f"{transactions} requests are not the same number for each account"
        connection.execute("BEGIN")
        _copy_all(connection, transactions)
        cost, month_us = connection.execute(
            "SELECT u.user_cost_nano_usd, h.month_us FROM holds h"
            " JOIN inference_usage u ON u.hold_id = h.id ORDER BY h.id LIMIT 1"
        ).fetchone()
        connection.execute(_MOVE_ACCOUNTS, {"each": each, "cost": cost, "month_us": month_us})
        connection.execute(_MOVE_KEYS, {"each": each, "cost": cost})
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")


def _copy_all(connection: sqlite3.Connection, transactions: int) -> None:
    last_hold = _number(connection, "SELECT MAX(id) FROM holds")
    last_transaction = _number(connection, "SELECT MAX(id) FROM billing_transactions")
    hold_id, transaction_id = f"{last_hold} + n", f"{last_transaction} + n"
    own = {
        "holds": {"id": hold_id, "request_id": "lower(hex(randomblob(16)))"},
        "inference_usage": {"hold_id": hold_id},
        "billing_transactions": {"id": transaction_id, "hold_id": hold_id},
        "entries": {"transaction_id": transaction_id, "account_id": _ACCOUNT_OF_ENTRY},
    }
    for first in range(1, transactions + 1, CHUNK):
        for table, columns in own.items():
            _copy(connection, table, columns, (first, min(first + CHUNK - 1, transactions)))


def _copy(
    connection: sqlite3.Connection, table: str, own: dict[str, str], span: tuple[int, int]
) -> None:
    """Copy a table's template for every number of a span; ``own``: columns that are not copied."""
    values: list[str] = []
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    for name in names:
        shifted = f"t.{name} + n * {SPACING_US}" if name in _SHIFTED else f"t.{name}"
        owned = {"user_id": "o.user_id", "api_key_id": "o.key_id"}.get(name, shifted)
        values.append(own.get(name, owned))
    connection.execute(
        "WITH RECURSIVE numbers (n) AS (SELECT ? UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)"
        f" INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} FROM numbers"
        " CROSS JOIN owners o ON o.number = n % (SELECT COUNT(*) FROM owners)"
        f" CROSS JOIN (SELECT * FROM {table} WHERE {_TEMPLATES[table]}) t",
        span,
    )


def _number(connection: sqlite3.Connection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0])
