"""The operator's command: ``bioql-billing --ledger URL COMMAND``.

Exit 0: done; 1: it failed, or the audit found a difference; 2: an argument is wrong. Whatever goes
wrong is one line on stderr.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from billing import cli_output as output
from billing.cli_output import Format, StatementFormat
from billing.keys import DEMO_EMAIL, DEMO_KEY
from billing.ledger import Ledger
from billing.model import LedgerError, RejectedInputError
from billing.operations.accounts import normalised_email
from billing.prices import format_usd, parse_usd

_KEY_IN_TEXT = re.compile(r"(bioql_(?:live|test)_)\w+")

app = typer.Typer(
    name="bioql-billing",
    help="Accounts, keys and money of a BioQL worker. Amounts are in USD.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
account_app = typer.Typer(help="Accounts of customers.")
key_app = typer.Typer(help="API keys: shown once when made, only their hash is stored.")
app.add_typer(account_app, name="account")
app.add_typer(key_app, name="key")

FormatOption = Annotated[Format, typer.Option("--format", help="Print text or JSON.")]
EmailArgument = Annotated[str, typer.Argument(metavar="EMAIL", help="Whose account.")]


@app.callback()
def choose_ledger(
    context: typer.Context,
    ledger: Annotated[
        str, typer.Option(metavar="URL", help="The ledger, for example sqlite:///ledger.db.")
    ] = "",
) -> None:
    """Accounts, keys and money of a BioQL worker. Amounts are in USD."""
    context.obj = ledger


def _url(context: typer.Context) -> str:
    url = str(context.obj or "")
    if not url:
        raise RejectedInputError(
            "which ledger? write it before the command:"
            " bioql-billing --ledger sqlite:///ledger.db ..."
        )
    return url


@app.command()
def init(
    context: typer.Context,
    *,
    demo: Annotated[
        bool, typer.Option("--demo", help="With 10 USD of play money under the public demo key.")
    ] = False,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Make an empty ledger; one that is there already is left as it is."""
    is_new = Ledger.create(_url(context), "demo" if demo else "standard")
    if output_format is Format.JSON:
        value: dict[str, object] = {"created": is_new, "demo": demo}
        output.print_json(value | ({"email": DEMO_EMAIL, "key": DEMO_KEY} if demo else {}))
        return
    output.print_line("The ledger is ready." if is_new else "The ledger was there already.")
    if demo:
        output.print_line(f"Demo account {DEMO_EMAIL}, key {DEMO_KEY}: play money, for tests only.")
    elif is_new:
        output.print_line("Next: account add EMAIL, key add EMAIL, topup EMAIL USD --id ID.")


@account_app.command("add")
def account_add(
    context: typer.Context,
    email: EmailArgument,
    tier: Annotated[str, typer.Option(help="One of `bioql-billing tiers`.")] = "free",
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Add an account; it has no credit until a top-up."""
    with Ledger.open(_url(context)) as ledger:
        ledger.add_account(email, tier)
        email, funds = normalised_email(email), ledger.balance(email)
    if output_format is Format.JSON:
        output.print_json(output.funds_json(email, funds) | {"tier": tier})
    else:
        output.print_line(f"Added {email} in the tier {tier}, with no credit yet.")


@key_app.command("add")
def key_add(
    context: typer.Context,
    email: EmailArgument,
    cap: Annotated[
        str | None, typer.Option(metavar="USD", help="The most that this key may ever spend.")
    ] = None,
    expires: Annotated[
        str | None, typer.Option(metavar="DATE", help="Last day (UTC), like 2027-01-31.")
    ] = None,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Make a key and print it, this once."""
    cap_nano_usd = None if cap is None else parse_usd(cap)
    expires_us = None if expires is None else _end_of_day_us(expires)
    with Ledger.open(_url(context)) as ledger:
        key, info = ledger.add_key(email, cap_nano_usd, expires_us)
    if output_format is Format.JSON:
        output.print_json(output.key_json(info) | {"key": key})
    else:
        output.print_line(key)
        output.print_line(f"Key {info.id} of {info.email}. It is not shown again: store it now.")


@key_app.command("list")
def key_list(
    context: typer.Context,
    email: Annotated[str | None, typer.Argument(metavar="[EMAIL]", help="Of one account.")] = None,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """List keys by the characters they start with."""
    with Ledger.open(_url(context)) as ledger:
        infos = ledger.list_keys(email)
    if output_format is Format.JSON:
        output.print_json([output.key_json(info) for info in infos])
        return
    columns = ("Id", "Email", "Starts with", "Cap USD", "Spent USD", "Created", "State")
    output.print_table("Keys", columns, [output.key_row(info) for info in infos])


@key_app.command("revoke")
def key_revoke(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help="Its id, or what it starts with.")],
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Refuse a key from now on; requests that run already are still billed."""
    with Ledger.open(_url(context)) as ledger:
        info = ledger.revoke_key(key)
    if output_format is Format.JSON:
        output.print_json(output.key_json(info))
    else:
        output.print_line(f"Key {info.id} ({info.start}...) of {info.email} is revoked.")


@app.command(context_settings={"ignore_unknown_options": True})
def topup(
    context: typer.Context,
    email: EmailArgument,
    usd: Annotated[str, typer.Argument(metavar="USD", help="For example 25 or 0.50.")],
    external_id: Annotated[
        str, typer.Option("--id", metavar="ID", help="The payment's id: booked once, for ever.")
    ],
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Credit a payment; repeating it with the same id and amount changes nothing."""
    amount = parse_usd(usd)
    with Ledger.open(_url(context)) as ledger:
        is_new = ledger.topup(email, amount, external_id)
        email, funds = normalised_email(email), ledger.balance(email)
    if output_format is Format.JSON:
        topped = {"id": external_id, "amount_usd": format_usd(amount), "repeated": not is_new}
        output.print_json(output.funds_json(email, funds) | topped)
        return
    done = "Credited" if is_new else "Was booked before, nothing changed:"
    output.print_line(f"{done} {format_usd(amount)} USD to {email} ({external_id}).")
    output.print_line(f"Balance {format_usd(funds.posted_nano_usd)} USD.")


@app.command()
def balance(
    context: typer.Context, email: EmailArgument, output_format: FormatOption = Format.TEXT
) -> None:
    """Show what is posted, what running requests hold, and what is left."""
    with Ledger.open(_url(context)) as ledger:
        funds = ledger.balance(email)
    values = output.funds_json(normalised_email(email), funds)
    if output_format is Format.JSON:
        output.print_json(values)
    else:
        columns = ("Email", "Balance USD", "Held USD", "Available USD")
        output.print_table("Balance", columns, [list(values.values())])


@app.command()
def statement(
    context: typer.Context,
    email: EmailArgument,
    output_format: Annotated[
        StatementFormat, typer.Option("--format", help="Print text, JSON or CSV.")
    ] = StatementFormat.TEXT,
) -> None:
    """List every movement of an account, with the balance after it."""
    with Ledger.open(_url(context)) as ledger:
        lines, funds = ledger.statement(email), ledger.balance(email)
    email = normalised_email(email)
    rows = [output.line_json(line) for line in lines]
    if output_format is StatementFormat.JSON:
        output.print_json(output.funds_json(email, funds) | {"lines": rows})
        return
    columns = ("at", "kind", "id", "engine_seconds", "amount_usd", "balance_usd")
    if output_format is StatementFormat.CSV:
        output.print_csv(rows, columns)
        return
    headings = ("At (UTC)", "What", "Id", "Engine seconds", "Amount USD", "Balance USD")
    cells = [
        ["" if row[column] is None else str(row[column]) for column in columns] for row in rows
    ]
    output.print_table(f"Statement of {email}", headings, cells)


@app.command()
def tiers(context: typer.Context, output_format: FormatOption = Format.TEXT) -> None:
    """List the tiers and how many requests a minute each allows."""
    with Ledger.open(_url(context)) as ledger:
        found = ledger.tiers()
    if output_format is Format.JSON:
        output.print_json([{"name": name, "requests_per_minute": rate} for name, rate in found])
    else:
        rows = [(name, str(rate)) for name, rate in found]
        output.print_table("Tiers", ("Tier", "Requests a minute"), rows)


@app.command()
def audit(context: typer.Context, output_format: FormatOption = Format.TEXT) -> None:
    """Check every rule of the ledger on one snapshot; exit 1 and name the rows if one is broken."""
    with Ledger.open(_url(context)) as ledger:
        findings = ledger.audit()
    if output_format is Format.JSON:
        rows = [{"rule": finding.rule, "row": finding.row} for finding in findings]
        output.print_json({"ok": not findings, "findings": rows})
    elif not findings:
        output.print_line("Every rule holds.")
    else:
        for finding in findings:
            output.print_line(f"{finding.rule}: {finding.row}")
        output.print_line(f"{len(findings)} differences: stop the workers and keep a copy.")
    if findings:
        raise typer.Exit(1)


def _end_of_day_us(text: str) -> int:
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
        return int((day + timedelta(days=1)).timestamp()) * 1_000_000
    except (ValueError, OverflowError):
        raise RejectedInputError("the expiry is not a date: write it like 2027-01-31") from None


def run(arguments: Sequence[str]) -> int:
    """Run the command and return its exit status."""
    try:
        status = app(list(arguments), prog_name="bioql-billing", standalone_mode=False)
        sys.stdout.flush()
    except LedgerError as error:
        return _failed(str(error), 2 if isinstance(error, RejectedInputError) else 1)
    except BrokenPipeError:
        # Whoever read the output has seen enough; Python must not flush into the pipe again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _failed(f"the output cannot be written: {error.strerror}", 1)
    except (KeyboardInterrupt, typer.Abort):
        return _failed("stopped", 130)
    except Exception as error:
        # Usage errors of the click that typer carries have no public name.
        if not hasattr(error, "format_message"):
            raise
        return _failed(f"{error.format_message()} See bioql-billing --help.", 2)
    return status if isinstance(status, int) else 0


def _failed(message: str, status: int) -> int:
    line = _KEY_IN_TEXT.sub(r"\1...", " ".join(message.split()))
    print(f"error: {line}", file=sys.stderr)
    return status


def main() -> None:
    """Entry point of ``bioql-billing``."""
    raise SystemExit(run(sys.argv[1:]))
