"""The commands that read the books: statement, usage, events, audit, and close."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from billing import cli_output as output
from billing.cli_input import EmailArgument, FormatOption, day_end_us, day_start_us, ledger_url
from billing.cli_output import Format, StatementFormat, time_text
from billing.ledger import Ledger
from billing.model import AuditFinding, RejectedInputError, StatementLine
from billing.operations.accounts import normalised_email
from billing.operations.closing import Closing
from billing.operations.usage import GROUPINGS, Grouping, UsageFigures, UsageLine, total
from billing.prices import format_usd

EPILOGS = {
    "statement": "Example: bioql-billing statement ada@example.org --from 2027-01-01 --format csv",
    "usage": "Example: bioql-billing usage --from 2027-01-01 --to 2027-01-31 --by tier,model",
    "events": "Example: bioql-billing events --after 17 --format json",
    "audit": "Example: bioql-billing audit --format json",
    "close": "Example, every night by cron: bioql-billing close --format json >> /mnt/else/heads",
}

_STATEMENT_COLUMNS = {
    "at": "At (UTC)",
    "kind": "What",
    "id": "Id",
    "model": "Model",
    "prompt_tokens": "Prompt tokens",
    "completion_tokens": "Completion tokens",
    "engine_seconds": "Engine seconds",
    "amount_usd": "Amount USD",
    "balance_usd": "Balance USD",
    "description": "Note",
}
_USAGE_COLUMNS = {
    "day": "Day",
    "tier": "Tier",
    "model": "Model",
    "user": "User",
    "settled_requests": "Settled",
    "free_requests": "Free",
    "voided_requests": "Voided",
    "engine_seconds": "Engine seconds",
    "prompt_tokens": "Prompt tokens",
    "completion_tokens": "Completion tokens",
    "cost_usd": "Cost USD",
    "revenue_usd": "Revenue USD",
    "operator_loss_usd": "Loss USD",
    "margin_usd": "Margin USD",
}
_EVENT_COLUMNS = {
    "id": "Id",
    "at": "At (UTC)",
    "email": "Email",
    "kind": "What",
    "balance_usd": "Balance USD",
}

FromOption = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help="First day (UTC), like 2027-01-01.")
]
ToOption = Annotated[
    str | None, typer.Option("--to", metavar="DATE", help="Last day (UTC), like 2027-01-31.")
]
TableOption = Annotated[StatementFormat, typer.Option("--format", help="Print text, JSON or CSV.")]


def statement(
    context: typer.Context,
    email: EmailArgument,
    first_day: FromOption = None,
    last_day: ToOption = None,
    output_format: TableOption = StatementFormat.TEXT,
) -> None:
    """List every movement of an account, with the balance after it."""
    from_us, to_us = _time(first_day, last_day)
    with Ledger.open(ledger_url(context)) as ledger:
        found, funds = ledger.statement(email, from_us, to_us), ledger.balance(email)
    email, rows = normalised_email(email), [_line_json(line) for line in found.lines]
    opening, closing = format_usd(found.opening_nano_usd), format_usd(found.closing_nano_usd)
    if output_format is StatementFormat.CSV:
        output.print_csv(rows, list(_STATEMENT_COLUMNS))
        return
    totals = {
        kind: {"count": count, "amount_usd": format_usd(amount)}
        for kind, (count, amount) in found.totals().items()
    }
    if output_format is StatementFormat.JSON:
        period = {"from": first_day, "to": last_day}
        balances = {"opening_balance_usd": opening, "closing_balance_usd": closing}
        body = period | balances | {"lines": rows, "totals": totals}
        output.print_json(output.funds_json(email, funds) | body)
        return
    _print_rows(f"Statement of {email}", _STATEMENT_COLUMNS, rows)
    output.print_line(f"Opening balance {opening} USD, closing balance {closing} USD.")
    for kind, sums in totals.items():
        output.print_line(f"{kind}: {sums['count']}, {sums['amount_usd']} USD.")


def usage(
    context: typer.Context,
    first_day: FromOption = None,
    last_day: ToOption = None,
    by: Annotated[
        str, typer.Option(metavar="LIST", help="What to group by, of day,tier,model,user.")
    ] = "day,tier,model",
    output_format: TableOption = StatementFormat.TEXT,
) -> None:
    """Report what was answered, what it cost, and what it earned.

    Margin is revenue less cost. Loss is what nobody paid: overruns at the user's price, and the
    cost of answers that were free or voided. A voided request counts on its own day.
    """
    from_us, to_us = _time(first_day, last_day)
    groupings = _groupings(by)
    with Ledger.open(ledger_url(context)) as ledger:
        lines = ledger.usage(from_us, to_us, groupings)
    rows = [_group_json(line, groupings) | _figures_json(line.figures) for line in lines]
    totals = _figures_json(total(lines))
    columns = {name: _USAGE_COLUMNS[name] for name in (*groupings, *totals)}
    if output_format is StatementFormat.CSV:
        output.print_csv(rows, list(columns))
        return
    if output_format is StatementFormat.JSON:
        period = {"from": first_day, "to": last_day, "by": list(groupings)}
        output.print_json(period | {"lines": rows, "totals": totals})
        return
    whole = dict.fromkeys(groupings, "") | {groupings[0]: "total"} | totals
    _print_rows("Usage", columns, [*rows, whole])


def events(
    context: typer.Context,
    after: Annotated[
        int,
        typer.Option(min=0, max=2**63 - 1, metavar="ID", help="Only what came after this event."),
    ] = 0,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """List the events of accounts: balances that fell below what their owner set."""
    with Ledger.open(ledger_url(context)) as ledger:
        found = ledger.events(after)
    rows = [
        {
            "id": event.id,
            "at": time_text(event.at_us),
            "email": event.email,
            "kind": event.kind,
            "balance_usd": format_usd(event.balance_nano_usd),
        }
        for event in found
    ]
    if output_format is Format.JSON:
        output.print_json(rows)
        return
    _print_rows("Events", _EVENT_COLUMNS, rows)


def audit(
    context: typer.Context,
    expect_head: Annotated[
        str | None,
        typer.Option(metavar="SHA256", help="A head that `close` printed and that you have kept."),
    ] = None,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Check every rule of the ledger on one snapshot; exit 1 and name the rows if one is broken."""
    if expect_head is not None and not re.fullmatch(r"[0-9a-f]{64}", expect_head, re.ASCII):
        raise RejectedInputError("the head is not one of `close`: 64 of the characters 0-9 and a-f")
    with Ledger.open(ledger_url(context)) as ledger:
        findings, head = ledger.audit(expect_head), ledger.head()
    if output_format is Format.JSON:
        rows = [{"rule": finding.rule, "row": finding.row} for finding in findings]
        closed = {} if head is None else {"head": head}
        output.print_json({"ok": not findings, "findings": rows} | closed)
    else:
        _print_findings(findings)
        if head is not None:
            output.print_line(f"Head of the closed journal: {head}")
    if findings:
        raise typer.Exit(1)


def close(context: typer.Context, output_format: FormatOption = Format.TEXT) -> None:
    """Digest the journal's new rows, so that the audit sees whoever changes them later.

    Keep the head that is printed in another place, and give it to `audit --expect-head`: it shows
    that somebody has rewritten rows and digests alike. Meant for cron; workers need not stop.
    """
    with Ledger.open(ledger_url(context)) as ledger:
        fresh, head = ledger.close_journal(), ledger.head()
    if output_format is Format.JSON:
        output.print_json({"closed": [_closing_json(closing) for closing in fresh], "head": head})
        return
    for closing in fresh:
        ids = f"{closing.first_id} to {closing.last_id}"
        output.print_line(f"Closed {closing.table_name} {ids}: {closing.row_count} rows.")
    if not fresh:
        output.print_line("Nothing has come since the last closing.")
    if head is not None:
        output.print_line(f"Head of the closed journal: {head}")


def _time(first_day: str | None, last_day: str | None) -> tuple[int | None, int | None]:
    from_us = None if first_day is None else day_start_us(first_day)
    to_us = None if last_day is None else day_end_us(last_day)
    if from_us is not None and to_us is not None and to_us <= from_us:
        raise RejectedInputError("the last day is before the first one: exchange --from and --to")
    return from_us, to_us


def _groupings(text: str) -> tuple[Grouping, ...]:
    names = [name.strip() for name in text.split(",")]
    if not set(names) <= set(GROUPINGS) or len(set(names)) != len(names):
        raise RejectedInputError(
            "the grouping is some of day,tier,model,user, each once, with commas between"
        )
    return tuple(name for name in GROUPINGS if name in names)


def _line_json(line: StatementLine) -> dict[str, Any]:
    return output.line_json(line) | {
        "model": line.model,
        "prompt_tokens": line.prompt_tokens,
        "completion_tokens": line.completion_tokens,
        "description": line.description,
    }


def _group_json(line: UsageLine, groupings: tuple[Grouping, ...]) -> dict[str, Any]:
    day = None if line.day_us is None else time_text(line.day_us)[:10]
    group = {"day": day, "tier": line.tier, "model": line.model, "user": line.email}
    return {name: group[name] for name in groupings}


def _figures_json(figures: UsageFigures) -> dict[str, Any]:
    return {
        "settled_requests": figures.settled_requests,
        "free_requests": figures.free_requests,
        "voided_requests": figures.voided_requests,
        "engine_seconds": figures.engine_us / 1_000_000,
        "prompt_tokens": figures.prompt_tokens,
        "completion_tokens": figures.completion_tokens,
        "cost_usd": format_usd(figures.cost_nano_usd),
        "revenue_usd": format_usd(figures.revenue_nano_usd),
        "operator_loss_usd": format_usd(figures.operator_loss_nano_usd),
        "margin_usd": format_usd(figures.margin_nano_usd),
    }


def _closing_json(closing: Closing) -> dict[str, Any]:
    return {
        "table": closing.table_name,
        "first_id": closing.first_id,
        "last_id": closing.last_id,
        "rows": closing.row_count,
        "sha256": closing.sha256,
        "closed": time_text(closing.closed_us),
    }


def _print_rows(title: str, columns: Mapping[str, str], rows: Sequence[dict[str, Any]]) -> None:
    cells = [[_cell(name, row[name]) for name in columns] for row in rows]
    output.print_table(title, list(columns.values()), cells)


def _print_findings(findings: list[AuditFinding]) -> None:
    for finding in findings:
        output.print_line(f"{finding.rule}: {finding.row}")
    if findings:
        output.print_line(f"{len(findings)} differences: stop the workers and keep a copy.")
    else:
        output.print_line("Every rule holds.")


def _cell(name: str, value: object) -> str:
    """Times to the second are enough for people."""
    text = "" if value is None else str(value)
    return f"{text[:19]}Z" if name == "at" and text else text
