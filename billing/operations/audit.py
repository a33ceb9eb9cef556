"""Check every invariant of the ledger on one read snapshot. Each finding names its row.

The rules are in ``audit_rules`` (what a query can state), ``audit_requests`` (each request
recomputed from its price) and ``audit_closings`` (the digests of the journal). Rows are read one
by one and findings are counted beyond ``FINDINGS_MAX``, so that memory does not grow with the
ledger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from billing.calendar import US_PER_DAY, month_start_us
from billing.database import Database, Session
from billing.model import AuditFinding
from billing.operations.audit_closings import closing_findings
from billing.operations.audit_requests import request_findings
from billing.operations.audit_rules import RULES
from billing.operations.texts import retention_days
from billing.schema import FIRST_OPERATOR_ACCOUNTS, JOURNAL, LATER_OPERATOR_ACCOUNTS

FINDINGS_MAX = 1000
"""How many rows are named for each rule; what comes after them is counted."""


def audit(
    session: Session,
    database: Database,
    now_us: int,
    *,
    is_standard: bool,
    expected_head: str | None = None,
) -> list[AuditFinding]:
    """Every difference found; none is what a ledger should have."""
    findings: list[AuditFinding] = []
    counts: Counter[str] = Counter()
    for finding in _every(session, database, now_us, is_standard, expected_head):
        counts[finding.rule] += 1
        if counts[finding.rule] <= FINDINGS_MAX:
            findings.append(finding)
    return findings + [
        AuditFinding(rule, f"{count - FINDINGS_MAX} more rows")
        for rule, count in counts.items()
        if count > FINDINGS_MAX
    ]


def _every(
    session: Session,
    database: Database,
    now_us: int,
    is_standard: bool,
    expected_head: str | None,
) -> Iterator[AuditFinding]:
    for line in database.damage(session):
        yield AuditFinding("the database is sound", line)
    for table in database.unguarded_tables(session, JOURNAL):
        yield AuditFinding("the journal is append-only", f"table {table}: its triggers are gone")
    for rule, query, template in RULES:
        for row in session.each(query):
            yield AuditFinding(rule, template.format(*row))
    yield from _wrong_operator_accounts(session)
    yield from _wrong_months(session)
    yield from request_findings(session, is_standard=is_standard)
    yield from closing_findings(session, expected_head)
    yield from _overdue(session, now_us)


def _wrong_operator_accounts(session: Session) -> Iterator[AuditFinding]:
    expected = dict(enumerate(FIRST_OPERATOR_ACCOUNTS, start=1)) | dict(LATER_OPERATOR_ACCOUNTS)
    rows = session.rows("SELECT id, name FROM accounts WHERE user_id IS NULL")
    found = {row[0]: row[1] for row in rows}
    for account_id in sorted(expected.keys() | found.keys()):
        if expected.get(account_id) != found.get(account_id):
            yield AuditFinding(
                "the operator has its accounts and no others",
                f"accounts {account_id}: {found.get(account_id)}, not {expected.get(account_id)}",
            )


def _wrong_months(session: Session) -> Iterator[AuditFinding]:
    for account_id, month_us in session.each("SELECT id, month_us FROM accounts"):
        if month_us != month_start_us(month_us):
            yield AuditFinding(
                "a month begins on its first day", f"accounts {account_id}: month {month_us}"
            )


def _overdue(session: Session, now_us: int) -> Iterator[AuditFinding]:
    for (hold_id,) in session.each(
        "SELECT id FROM holds WHERE status = 'open' AND lease_until_us < ?", now_us
    ):
        yield AuditFinding(
            "an open hold has a living worker", f"holds {hold_id}: its lease is over"
        )
    yield from _old_texts(session, now_us)


def _old_texts(session: Session, now_us: int) -> Iterator[AuditFinding]:
    rule, days = "texts are kept no longer than they may", retention_days(session)
    if days is None:
        for (hold_id,) in session.each("SELECT hold_id FROM stored_texts"):
            yield AuditFinding(rule, f"stored_texts {hold_id}: none are to be kept")
        return
    # A day of grace: they are purged once an hour, and only while a worker runs.
    latest_us = now_us - (days + 1) * US_PER_DAY
    for (hold_id,) in session.each(
        "SELECT hold_id FROM stored_texts WHERE created_us < ?", latest_us
    ):
        yield AuditFinding(rule, f"stored_texts {hold_id}: to be kept for {days} days")
