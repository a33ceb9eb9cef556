"""The rules of the audit about closings: every closed range still has the digest it had."""

from __future__ import annotations

from collections.abc import Iterator

from billing.database import Session
from billing.model import AuditFinding
from billing.operations.closing import CLOSED_TABLES, FIRST_ID, Closing, closings, digest, heads

_RANGE_RULE = "a closed range is as it was closed"
_CHAIN_RULE = "closings follow one another"


def closing_findings(session: Session, expected_head: str | None) -> Iterator[AuditFinding]:
    """Ranges whose rows were changed, added or removed, and closings that were themselves."""
    known = closings(session)
    newest: dict[str, Closing] = {}
    for closing_id, closing in known:
        row = f"journal_closings {closing_id}: {_range(closing)}"
        if closing.table_name not in CLOSED_TABLES:
            yield AuditFinding(_CHAIN_RULE, f"{row}: no table that is closed")
            continue
        before = newest.get(closing.table_name)
        newest[closing.table_name] = closing
        first_id = FIRST_ID if before is None else before.last_id + 1
        if closing.first_id != first_id:
            yield AuditFinding(_CHAIN_RULE, f"{row}: it should begin at {first_id}")
        yield from _changes(session, row, closing, "" if before is None else before.sha256)
    yield from _rows_before(session)
    if expected_head is not None and expected_head not in heads(item for _, item in known):
        yield AuditFinding(
            "the closings lead to the head that was kept",
            f"journal_closings: {expected_head} is none of the {len(known)} heads",
        )


def _changes(session: Session, row: str, closing: Closing, previous: str) -> Iterator[AuditFinding]:
    ids = closing.first_id, closing.last_id
    now = digest(session, closing.table_name, ids, previous, closing.closed_us)
    if now.row_count != closing.row_count:
        change = "inserted" if now.row_count > closing.row_count else "missing"
        yield AuditFinding(
            _RANGE_RULE,
            f"{row}: {closing.row_count} rows were closed, {now.row_count} are there ({change})",
        )
    elif now.sha256 != closing.sha256:
        yield AuditFinding(
            _RANGE_RULE, f"{row}: the digest differs, a row or the closing before it was changed"
        )


def _rows_before(session: Session) -> Iterator[AuditFinding]:
    for table, closed in CLOSED_TABLES.items():
        for (key,) in session.each(
            f"SELECT {closed.key} FROM {table} WHERE {closed.key} < ?",  # noqa: S608
            FIRST_ID,
        ):
            yield AuditFinding(_RANGE_RULE, f"{table} {key}: before the first range")


def _range(closing: Closing) -> str:
    return f"{closing.table_name} {closing.first_id} to {closing.last_id}"
