"""What happened on an account, and how much a month has cost."""

from __future__ import annotations

from datetime import UTC, datetime

from billing.database import Session
from billing.model import StatementLine


def statement(session: Session, user_id: int) -> list[StatementLine]:
    """Every movement of the account, oldest first, with the balance after it."""
    rows = session.rows(
        "SELECT t.created_us, t.transaction_type, t.amount_nano_usd,"
        " COALESCE(t.external_id, h.request_id), u.engine_us"
        " FROM billing_transactions t LEFT JOIN holds h ON h.id = t.hold_id"
        " LEFT JOIN inference_usage u ON u.hold_id = t.hold_id"
        " WHERE t.user_id = ? AND t.transaction_type <> 'free_usage' ORDER BY t.id",
        user_id,
    )
    lines: list[StatementLine] = []
    balance = 0
    for created_us, kind, amount, reference, engine_us in rows:
        balance += amount
        lines.append(StatementLine(created_us, kind, reference, engine_us, amount, balance))
    return lines


def month(session: Session, now_us: int, user_id: int) -> tuple[int, int]:
    """Requests and their cost to the user since the month (UTC) began; voided ones are free."""
    row = session.row(
        "SELECT COUNT(*), SUM(CASE h.status WHEN 'voided' THEN 0 ELSE u.user_cost_nano_usd END)"
        " FROM inference_usage u JOIN holds h ON h.id = u.hold_id"
        " WHERE u.user_id = ? AND u.created_us >= ?",
        user_id,
        month_start_us(now_us),
    )
    assert row is not None
    return row[0], row[1] or 0


def month_start_us(now_us: int) -> int:
    """When the month (UTC) of a time began."""
    now = datetime.fromtimestamp(now_us // 1_000_000, UTC)
    return int(datetime(now.year, now.month, 1, tzinfo=UTC).timestamp()) * 1_000_000
