"""Commands about what is kept: ``backup``, ``restore``, ``retention``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from billing import backup as copies
from billing import cli_output as output
from billing.cli_input import FormatOption, YesOption, confirm, ledger_url
from billing.cli_output import Format
from billing.ledger import Ledger
from billing.model import AuditFinding, RejectedInputError

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The copy.")]


class RetentionAction(StrEnum):
    """What to do besides showing the retention."""

    OFF = "off"
    PURGE = "purge"


def backup(
    context: typer.Context, file: FileArgument, output_format: FormatOption = Format.TEXT
) -> None:
    """Copy the ledger into a new file while workers go on, and audit the copy.

    Exit 1 where the audit of the copy finds a difference; the copy is kept all the same. For
    PostgreSQL the command to use instead is printed (exit 2).
    """
    findings = copies.backup(ledger_url(context), file)
    if output_format is Format.JSON:
        output.print_json({"file": str(file), "ok": not findings, "findings": _rows(findings)})
    else:
        _print_findings(findings)
        output.print_line(
            f"The copy {file} is whole, but has {len(findings)} differences: see `audit`."
            if findings
            else f"Copied to {file}; every rule holds in the copy."
        )
    if findings:
        raise typer.Exit(1)


def restore(
    context: typer.Context,
    file: FileArgument,
    *,
    yes: YesOption = False,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Put a copy in the ledger's place, after an audit of it; stop the workers first.

    What was there stays beside it as *.before-restore. Refused while another process has the
    ledger open. For PostgreSQL the command to use instead is printed (exit 2).
    """
    url = ledger_url(context)
    copies.refuse_postgresql_restore(url, file)
    confirm(f"Put {file} in the place of the ledger?", is_sure=yes)
    restored = copies.restore(url, file)
    before = None if restored.before is None else str(restored.before)
    if output_format is Format.JSON:
        ok = not restored.findings
        rows = _rows(restored.findings)
        output.print_json({"restored": ok, "before": before, "findings": rows})
    elif restored.findings:
        _print_findings(restored.findings)
        output.print_line(f"{file} breaks these rules: nothing was changed.")
    else:
        output.print_line(f"Restored from {file}.")
        if before:
            output.print_line(f"What was there is {before}.")
    if restored.findings:
        raise typer.Exit(1)


def retention(
    context: typer.Context,
    action: Annotated[
        RetentionAction | None,
        typer.Argument(metavar="[off|purge]", help="Keep none and delete all; or delete old ones."),
    ] = None,
    *,
    days: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Keep texts for so long from now on.")
    ] = None,
    yes: YesOption = False,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Say for how long prompts and code are kept (by default not at all), or change that.

    Workers delete what is past its days every hour; `retention purge` does it now.
    """
    if action is not None and days is not None:
        raise RejectedInputError("write off, purge or --days, one of them")
    if action is RetentionAction.OFF:
        confirm("Delete every stored prompt and answer?", is_sure=yes)
    elif action is RetentionAction.PURGE:
        confirm("Delete the stored prompts and answers that are past their days?", is_sure=yes)
    with Ledger.open(ledger_url(context)) as ledger:
        if action is RetentionAction.PURGE:
            deleted = ledger.purge_texts()
        else:
            deleted = ledger.count_texts() if action else 0
            if action or days:
                ledger.set_retention(days)
        now_days, stored = ledger.retention_days(), ledger.count_texts()
    if output_format is Format.JSON:
        output.print_json({"days": now_days, "stored": stored, "deleted": deleted})
        return
    output.print_line(
        "Prompts and code are not kept."
        if now_days is None
        else f"Prompts and code are kept for {now_days} days."
    )
    output.print_line(f"{stored} requests have stored texts, {deleted} were deleted.")


def _rows(findings: list[AuditFinding]) -> list[dict[str, str]]:
    return [{"rule": finding.rule, "row": finding.row} for finding in findings]


def _print_findings(findings: list[AuditFinding]) -> None:
    for finding in findings:
        output.print_line(f"{finding.rule}: {finding.row}")
