"""Commands that move money: ``topup``, ``refund``, ``adjust``, ``grant``."""

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
    signed_usd,
)
from billing.cli_output import Format
from billing.keys import masked
from billing.ledger import Ledger
from billing.model import Funds
from billing.operations.accounts import normalised_email
from billing.prices import format_usd, parse_usd

UsdArgument = Annotated[str, typer.Argument(metavar="USD", help="For example 25 or 0.50.")]


def topup(
    context: typer.Context,
    email: EmailArgument,
    usd: UsdArgument,
    external_id: Annotated[
        str, typer.Option("--id", metavar="ID", help="The payment's id: booked once, for ever.")
    ],
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Credit a payment; repeating it with the same id and amount changes nothing."""
    amount = parse_usd(usd)
    with Ledger.open(ledger_url(context)) as ledger:
        is_new = ledger.topup(email, amount, external_id)
        funds = ledger.balance(email)
    _print_booked(
        f"Credited {format_usd(amount)} USD to {normalised_email(email)} ({external_id}).",
        _booked_json(email, funds, external_id, amount, is_new=is_new),
        output_format,
    )


def refund(
    context: typer.Context,
    email: EmailArgument,
    usd: UsdArgument,
    external_id: Annotated[
        str, typer.Option("--id", metavar="ID", help="The refund's id: booked once, for ever.")
    ],
    *,
    yes: YesOption = False,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Take a payment that was paid back off an account, at most what is available."""
    amount = parse_usd(usd)
    shown = normalised_email(email)
    confirm(f"Take {format_usd(amount)} USD off {shown}?", is_sure=yes)
    with Ledger.open(ledger_url(context)) as ledger:
        is_new = ledger.refund(email, amount, external_id)
        funds = ledger.balance(email)
    _print_booked(
        f"Refunded {format_usd(amount)} USD of {shown} ({external_id}).",
        _booked_json(email, funds, external_id, -amount, is_new=is_new),
        output_format,
    )


def adjust(
    context: typer.Context,
    email: EmailArgument,
    usd: Annotated[str, typer.Argument(metavar="SIGNED_USD", help="For example 2.50 or -2.50.")],
    external_id: Annotated[
        str, typer.Option("--id", metavar="ID", help="The adjustment's id: booked once, for ever.")
    ],
    *,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Stays in the books.")],
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Correct a balance by hand: goodwill, a charge to give back after ten minutes, an error."""
    amount = signed_usd(usd)
    with Ledger.open(ledger_url(context)) as ledger:
        is_new = ledger.adjust(email, amount, external_id, reason)
        funds = ledger.balance(email)
    _print_booked(
        f"Adjusted {normalised_email(email)} by {format_usd(amount)} USD ({external_id}).",
        _booked_json(email, funds, external_id, amount, is_new=is_new) | {"reason": masked(reason)},
        output_format,
    )


def grant(context: typer.Context, output_format: FormatOption = Format.TEXT) -> None:
    """Book the monthly credit that tiers include, once per account and month (UTC).

    Workers do this every hour: the command is for those who want it now. The first grant of a
    month stands, also when the tier changes afterwards.
    """
    with Ledger.open(ledger_url(context)) as ledger:
        count = ledger.grant_plan_credit()
    if output_format is Format.JSON:
        output.print_json({"granted": count})
    else:
        output.print_line(f"{count} accounts got their monthly credit.")


def _booked_json(
    email: str, funds: Funds, external_id: str, amount_nano_usd: int, *, is_new: bool
) -> dict[str, object]:
    booked = {"id": external_id, "amount_usd": format_usd(amount_nano_usd), "repeated": not is_new}
    return output.funds_json(normalised_email(email), funds) | booked


def _print_booked(done: str, values: dict[str, object], output_format: Format) -> None:
    if output_format is Format.JSON:
        output.print_json(values)
        return
    output.print_line(f"Booked before, nothing changed: {done}" if values["repeated"] else done)
    output.print_line(f"Balance {values['balance_usd']} USD.")
