"""What an import did, row by row where it matters."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from billing.legacy.old_database import OldValue
from billing.legacy.values import shown
from billing.prices import format_usd


@dataclass(slots=True)
class TableCount:
    """How many rows of one old table went which way; together they are all of its rows."""

    taken: int = 0
    already_there: int = 0
    left_out: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class RowNote:
    """Something to say about one old row."""

    table: str
    row: str
    text: str


@dataclass(frozen=True, slots=True)
class UnusedTable:
    """A table that is never taken, with the ids of its rows where they are known."""

    table: str
    rows: int
    reason: str
    ids: tuple[str, ...] = ()


@dataclass(slots=True)
class CustomerSum:
    """What one import does to the money of one customer, in nano-USD.

    ``written_off_nano_usd`` is what the operator bears because the old service let the customer
    spend more than there was.
    """

    email: str
    transactions: int = 0
    amount_nano_usd: int = 0
    written_off_nano_usd: int = 0
    balance_nano_usd: int = 0


@dataclass(slots=True)
class Report:
    """Everything that an import did or would do.

    ``left_out`` are rows that need not be taken, ``refused`` those that could not; ``warnings`` are
    about rows that were taken all the same.
    """

    source: str
    is_dry_run: bool = False
    counts: dict[str, TableCount] = field(default_factory=dict)
    refused: list[RowNote] = field(default_factory=list)
    left_out: list[RowNote] = field(default_factory=list)
    warnings: list[RowNote] = field(default_factory=list)
    customers: list[CustomerSum] = field(default_factory=list)
    unused: list[UnusedTable] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """Whether every row was taken that there was to take."""
        return not self.refused

    @property
    def has_changed(self) -> bool:
        """Whether anything is in the ledger that was not there before."""
        return any(count.taken for count in self.counts.values())

    def count(self, table: str) -> TableCount:
        """The counts of a table."""
        return self.counts.setdefault(table, TableCount())

    def refuse(self, table: str, row: str, reason: str) -> None:
        """Note a row that could not be taken."""
        self.count(table).refused += 1
        self.refused.append(RowNote(table, row, reason))

    def leave_out(self, table: str, row: str, reason: str) -> None:
        """Note a row that need not be taken."""
        self.count(table).left_out += 1
        self.left_out.append(RowNote(table, row, reason))

    def warn(self, table: str, row: str, text: str) -> None:
        """Say something about a row that was taken."""
        self.warnings.append(RowNote(table, row, text))

    def left_out_by_reason(self) -> Counter[tuple[str, str]]:
        """How many rows of which table were left out for which reason."""
        return Counter((note.table, note.text) for note in self.left_out)


def row_name(row_id: OldValue, place: int) -> str:
    """How the report names a row: by its id, or by its place in the table where it has none."""
    return f"without id, row {place}" if row_id is None else shown(row_id)


def report_json(report: Report) -> dict[str, Any]:
    """The report as data; amounts are decimal strings in USD."""
    return {
        "source": report.source,
        "dry_run": report.is_dry_run,
        "complete": report.is_complete,
        "changed": report.has_changed,
        "tables": {
            table: {
                "taken": count.taken,
                "already_there": count.already_there,
                "left_out": count.left_out,
                "refused": count.refused,
            }
            for table, count in report.counts.items()
        },
        "customers": [_customer_json(customer) for customer in report.customers],
        "refused": [_note_json(note, "reason") for note in report.refused],
        "left_out": [_note_json(note, "reason") for note in report.left_out],
        "warnings": [_note_json(note, "warning") for note in report.warnings],
        "unused_tables": [
            {"table": one.table, "rows": one.rows, "reason": one.reason, "ids": list(one.ids)}
            for one in report.unused
        ],
    }


def _customer_json(customer: CustomerSum) -> dict[str, Any]:
    return {
        "email": customer.email,
        "transactions": customer.transactions,
        "amount_usd": format_usd(customer.amount_nano_usd),
        "written_off_usd": format_usd(customer.written_off_nano_usd),
        "balance_usd": format_usd(customer.balance_nano_usd),
    }


def _note_json(note: RowNote, text_name: str) -> dict[str, str]:
    return {"table": note.table, "id": note.row, text_name: note.text}
