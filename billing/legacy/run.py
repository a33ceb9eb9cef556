"""What every step of one import works with."""

from __future__ import annotations

from dataclasses import dataclass

from billing.database import Session
from billing.legacy.old_database import OldDatabase
from billing.legacy.report import Report


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One import: from ``old`` into ``session``. ``is_test``: the ledger holds play money."""

    session: Session
    now_us: int
    old: OldDatabase
    report: Report
    is_test: bool
