"""Makes databases of the service before this one, in the two shapes that it left behind."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any, Literal, TypeAlias

import apsw
import pytest

from billing.keys import hash_of
from billing.legacy.report import Report

Shape: TypeAlias = Literal["served", "scripted"]

_COMMON = """
CREATE TABLE users (id {id}, email TEXT, name TEXT, password_hash TEXT, current_plan TEXT,
    is_active INTEGER DEFAULT 1, tier_id INTEGER);
CREATE TABLE api_keys (id {id}, user_id INTEGER, key_hash TEXT, is_active INTEGER DEFAULT 1);
CREATE TABLE pricing_tiers (id INTEGER PRIMARY KEY, name TEXT, quota_simulator INTEGER,
    quota_gpu INTEGER, quota_quantum INTEGER, rate_limit_per_minute INTEGER);
INSERT INTO pricing_tiers (id, name, rate_limit_per_minute)
    VALUES (1, 'free', 10), (2, 'starter', 60), (3, 'pro', 300), (4, 'enterprise', 1000);
"""
_SHAPES: dict[Shape, str] = {
    # Ids and amounts without a type: what was written is what is stored.
    "served": _COMMON.format(id="PRIMARY KEY")
    + """
CREATE TABLE billing_transactions (id PRIMARY KEY, user_id, transaction_type TEXT, amount,
    description TEXT, metadata TEXT, created_at TEXT);
CREATE TABLE inference_usage (id PRIMARY KEY, user_id, api_key_id, prompt TEXT,
    code_generated TEXT, execution_time REAL, base_cost TEXT, user_cost TEXT, profit TEXT,
    success INTEGER, error_message TEXT, created_at TEXT);
""",
    "scripted": _COMMON.format(id="INTEGER PRIMARY KEY")
    + """
CREATE TABLE billing_transactions (id INTEGER PRIMARY KEY, user_id INTEGER, amount REAL,
    transaction_type TEXT, description TEXT, created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE inference_logs (id INTEGER PRIMARY KEY, user_id INTEGER, prompt TEXT,
    time_seconds REAL, created_at TIMESTAMP);
""",
}
SHAPES: tuple[Shape, ...] = ("served", "scripted")


class OldService:
    """One old database: rows are added as the old service stored them."""

    def __init__(self, path: Path, shape: Shape = "served", encoding: str = "UTF-8") -> None:
        self.path = path
        self.run(f"PRAGMA encoding = '{encoding}'; {_SHAPES[shape]}")

    def connect(self) -> apsw.Connection:
        """A connection to it, by the SQLite that the ledger uses: another one in the same process
        would not see its locks."""
        return apsw.Connection(str(self.path))

    def run(self, script: str) -> None:
        """SQL of the test's own."""
        with closing(self.connect()) as connection:
            list(connection.execute(script))

    def add(self, table: str, **values: Any) -> None:
        """One row."""
        columns, marks = ", ".join(values), ", ".join("?" * len(values))
        with closing(self.connect()) as connection:
            connection.execute(
                f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(values.values())
            )

    def user(self, number: Any, email: str, tier: int | None = 1, **values: Any) -> None:
        """A user, active unless told otherwise."""
        self.add("users", **({"id": number, "email": email, "tier_id": tier} | values))

    def key(self, number: Any, user: Any, key: str, **values: Any) -> None:
        """A key of a user."""
        row = {"id": number, "user_id": user, "key_hash": hash_of(key)}
        self.add("api_keys", **(row | values))

    def money(self, number: Any, user: Any, amount: Any, **values: Any) -> None:
        """A movement of money."""
        row = {"id": number, "user_id": user, "amount": amount, "transaction_type": "debit"}
        time = {"created_at": "2025-03-01 12:00:00"}
        self.add("billing_transactions", **(row | time | values))


@pytest.fixture
def old(tmp_path: Path) -> OldService:
    """An old database without rows."""
    return OldService(tmp_path / "old.db")


def reasons(report: Report, table: str) -> dict[str, str]:
    """Why which rows of a table were refused."""
    return {note.row: note.text for note in report.refused if note.table == table}
