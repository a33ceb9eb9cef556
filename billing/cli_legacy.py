"""The command that imports the old service's database, and how its report is printed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from billing import cli_output as output
from billing.cli_input import FormatOption, YesOption, confirm, ledger_url
from billing.cli_output import Format
from billing.ledger import Ledger
from billing.legacy.importing import DEFAULT_SOURCE
from billing.legacy.report import Report, RowNote, report_json
from billing.prices import format_usd

EPILOG = "Example: bioql-billing --ledger sqlite:///ledger.db import-legacy old.db --dry-run"


def import_legacy(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The old service's SQLite file.")],
    *,
    source: Annotated[
        str, typer.Option(metavar="NAME", help="Tells several old files apart: one name for each.")
    ] = DEFAULT_SOURCE,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the report and change nothing.")
    ] = False,
    yes: YesOption = False,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Import accounts, keys and money of the service before this one; again: only what is new.

    All of it in one transaction. The file is only read. Exit 1 if a row could not be taken: the
    report names each.
    """
    url = ledger_url(context)
    if not dry_run:
        question = "Import the file? What it books stays in the journal for ever."
        confirm(question, is_sure=yes, needs_yes=False)
    with Ledger.open(url) as ledger:
        report = ledger.import_legacy(file, source, is_dry_run=dry_run)
    if output_format is Format.JSON:
        output.print_json(report_json(report))
    else:
        _print_report(report)
    if not report.is_complete:
        raise typer.Exit(1)


def _print_report(report: Report) -> None:
    output.print_line(_headline(report))
    rows = [
        (table, str(count.taken), str(count.already_there), str(count.left_out), str(count.refused))
        for table, count in report.counts.items()
    ]
    columns = ("Table", "Taken", "There already", "Left out", "Refused")
    output.print_table("Rows", columns, rows)
    _print_customers(report)
    for (table, reason), count in report.left_out_by_reason().items():
        output.print_line(f"Left out: {count} of {table}: {reason}.")
    for unused in report.unused:
        output.print_line(f"Not taken: {unused.rows} rows of {unused.table}: {unused.reason}.")
    _print_notes("Warning", report.warnings)
    _print_notes("Refused", report.refused)


def _headline(report: Report) -> str:
    if report.is_dry_run:
        return "Nothing was changed: this is what an import would do."
    if report.has_changed:
        return "Imported."
    return "There was nothing new to take: nothing was changed."


def _print_customers(report: Report) -> None:
    if not report.customers:
        return
    columns = ("Email", "Transactions", "Change USD", "Written off USD", "Balance USD")
    rows = [
        (
            customer.email,
            str(customer.transactions),
            format_usd(customer.amount_nano_usd),
            format_usd(customer.written_off_nano_usd),
            format_usd(customer.balance_nano_usd),
        )
        for customer in report.customers
    ]
    output.print_table("Balances that changed", columns, rows)
    for customer in report.customers:
        if customer.written_off_nano_usd:
            amount = format_usd(customer.written_off_nano_usd)
            output.print_line(f"Written off: {amount} USD that {customer.email} had overdrawn.")


def _print_notes(title: str, notes: list[RowNote]) -> None:
    for note in notes:
        output.print_line(f"{title}: {note.table} {note.row}: {note.text}.")
