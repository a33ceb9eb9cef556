"""Commands about accounts: ``account ...`` and ``balance``."""

from __future__ import annotations

from typing import Annotated

import typer

from billing import cli_output as output
from billing.cli_input import (
    EmailArgument,
    FormatOption,
    YesOption,
    confirm,
    ledger_url,
    usd_or_zero,
)
from billing.cli_output import Format
from billing.ledger import Ledger
from billing.model import RejectedInputError
from billing.operations.accounts import AccountInfo, normalised_email
from billing.prices import format_usd

app = typer.Typer(help="Accounts of customers.")

TierOption = Annotated[str, typer.Option(help="One of `bioql-billing tiers`.")]


@app.command("add", epilog="Example: bioql-billing account add ada@example.org --tier pro")
def account_add(
    context: typer.Context,
    email: EmailArgument,
    tier: TierOption = "free",
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Add an account; it has no credit until a top-up, unless its tier includes some."""
    with Ledger.open(ledger_url(context)) as ledger:
        ledger.add_account(email, tier)
        info = ledger.account(email)
    if output_format is Format.JSON:
        output.print_json(output.account_json(info))
        return
    credit = info.funds.posted_nano_usd
    with_what = f"{format_usd(credit)} USD of monthly credit" if credit else "no credit yet"
    output.print_line(f"Added {info.email} in the tier {tier}, with {with_what}.")


@app.command("list", epilog="Example: bioql-billing account list --format json")
def account_list(context: typer.Context, output_format: FormatOption = Format.TEXT) -> None:
    """List every account with its money and this month's requests."""
    with Ledger.open(ledger_url(context)) as ledger:
        infos = ledger.list_accounts()
    if output_format is Format.JSON:
        output.print_json([output.account_json(info) for info in infos])
        return
    columns = ("Email", "Tier", "Balance USD", "Held USD", "Month's requests", "State")
    output.print_table("Accounts", columns, [output.account_row(info) for info in infos])


@app.command("show", epilog="Example: bioql-billing account show ada@example.org")
def account_show(
    context: typer.Context, email: EmailArgument, output_format: FormatOption = Format.TEXT
) -> None:
    """Show all that is known of an account; `key list EMAIL` shows its keys."""
    with Ledger.open(ledger_url(context)) as ledger:
        _print_account(ledger.account(email), output_format)


@app.command(
    "set", epilog="Example: bioql-billing account set ada@example.org --tier pro --low-balance 5"
)
def account_set(
    context: typer.Context,
    email: EmailArgument,
    tier: Annotated[str | None, typer.Option(help="One of `bioql-billing tiers`.")] = None,
    low_balance: Annotated[
        str | None,
        typer.Option(metavar="USD", help="Note an event below that balance; 0: never."),
    ] = None,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Change the tier, or the balance below which `bioql-billing events` has a warning.

    A new tier holds from the next request on. Its monthly credit comes at once where this month
    has had none yet, else with the next month.
    """
    if tier is None and low_balance is None:
        raise RejectedInputError("nothing to set: write --tier, --low-balance, or both")
    threshold = None if low_balance is None else usd_or_zero(low_balance)
    with Ledger.open(ledger_url(context)) as ledger:
        info = ledger.set_account(email, tier=tier, low_balance_nano_usd=threshold)
    _print_account(info, output_format)


@app.command("disable", epilog="Example: bioql-billing account disable ada@example.org")
def account_disable(
    context: typer.Context,
    email: EmailArgument,
    *,
    yes: YesOption = False,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Refuse every key of an account from now on; its money stays, running requests are billed."""
    confirm(f"Refuse every key of {normalised_email(email)}?", is_sure=yes)
    with Ledger.open(ledger_url(context)) as ledger:
        info = ledger.disable_account(email)
    if output_format is Format.JSON:
        output.print_json(output.account_json(info))
    else:
        output.print_line(f"{info.email} is disabled; `account enable` undoes it.")


@app.command("enable", epilog="Example: bioql-billing account enable ada@example.org")
def account_enable(
    context: typer.Context, email: EmailArgument, output_format: FormatOption = Format.TEXT
) -> None:
    """Let the keys of a disabled account work again."""
    with Ledger.open(ledger_url(context)) as ledger:
        info = ledger.enable_account(email)
    if output_format is Format.JSON:
        output.print_json(output.account_json(info))
    else:
        output.print_line(f"{info.email} is enabled.")


def balance(
    context: typer.Context, email: EmailArgument, output_format: FormatOption = Format.TEXT
) -> None:
    """Show what is posted, what running requests hold, and what is left."""
    with Ledger.open(ledger_url(context)) as ledger:
        funds = ledger.balance(email)
    values = output.funds_json(normalised_email(email), funds)
    if output_format is Format.JSON:
        output.print_json(values)
    else:
        columns = ("Email", "Balance USD", "Held USD", "Available USD")
        output.print_table("Balance", columns, [list(values.values())])


def _print_account(info: AccountInfo, output_format: Format) -> None:
    values = output.account_json(info)
    if output_format is Format.JSON:
        output.print_json(values)
    else:
        output.print_facts(f"Account {info.email}", values)
