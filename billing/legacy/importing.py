"""Import the database of the old service, whole or not at all."""

from __future__ import annotations

import re
from pathlib import Path

from billing.database import Session
from billing.legacy.money import import_transactions
from billing.legacy.old_database import OldDatabase
from billing.legacy.people import import_keys, import_users
from billing.legacy.report import Report, UnusedTable, row_name
from billing.legacy.run import ImportRun
from billing.model import RejectedInputError
from billing.store import Store

DEFAULT_SOURCE = "legacy"

_SOURCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}", re.ASCII)
_TAKEN = ("users", "api_keys", "billing_transactions")
_USAGE = ("inference_usage", "inference_logs")
_USAGE_REASON = "its money is in billing_transactions; prompts and code are not kept"
_TIERS_REASON = "the ledger has tiers of its own: only the names of the old ones are used"


class LegacyImports(Store):
    """The one way in for the customers of the service before this one."""

    def import_legacy(
        self, path: Path, source: str = DEFAULT_SOURCE, *, is_dry_run: bool = False
    ) -> Report:
        """Take accounts, active keys and every movement of money out of an old SQLite file.

        All in one transaction, from one snapshot of the file, which is never written to. ``source``
        names the file's service: a row is booked once per source and id, so importing again takes
        what is new alone. A dry run reports the same and changes nothing. Raises
        RejectedInputError for the file or the source, LedgerUnusableError.
        """
        if not _SOURCE.fullmatch(source):
            raise RejectedInputError(
                "the source is 1 to 32 letters, digits, _ and -, starting with a letter or digit"
            )
        with OldDatabase(path) as old:
            if "users" not in old.tables():
                raise RejectedInputError(f"{path} is no database of the old service: no users")

            def operation(session: Session, now_us: int) -> Report:
                report = Report(source, is_dry_run)
                _import(ImportRun(session, now_us, old, report, is_test=self.kind != "standard"))
                if is_dry_run:
                    raise _DryRunOver(report)
                return report

            try:
                return self._write(operation)
            except _DryRunOver as over:
                return over.report


def _import(run: ImportRun) -> None:
    customers = import_users(run)
    import_keys(run, customers)
    import_transactions(run, customers)
    run.report.unused = _unused_tables(run.old)


class _DryRunOver(Exception):  # noqa: N818 - it ends a transaction, nothing is wrong
    """Undoes the transaction of a dry run."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


def _unused_tables(old: OldDatabase) -> list[UnusedTable]:
    unused = [
        UnusedTable(table, 0, "the file has no such table")
        for table in _TAKEN
        if table not in old.tables()
    ]
    for table in old.tables():
        if table in _USAGE:
            rows = enumerate(old.rows(table, "id"), start=1)
            ids = tuple(row_name(row.get("id"), place) for place, row in rows)
            unused.append(UnusedTable(table, len(ids), _USAGE_REASON, ids))
        elif table == "pricing_tiers":
            unused.append(UnusedTable(table, old.count(table), _TIERS_REASON))
        elif table not in _TAKEN:
            unused.append(UnusedTable(table, old.count(table), "it is no table of the ledger"))
    return unused
