"""Commands about what is allowed and what it costs: ``tiers``, ``tier ...``, ``price ...``."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from billing import cli_output as output
from billing.cli_input import (
    FormatOption,
    YesOption,
    confirm,
    day_start_us,
    ledger_url,
    usd_or_zero,
)
from billing.cli_output import Format
from billing.ledger import Ledger
from billing.model import RejectedInputError
from billing.operations.tiers import Tier, TierChanges
from billing.prices import Price, format_usd

tier_app = typer.Typer(help="What a tier allows, includes and takes off.")
price_app = typer.Typer(help="The price list: versions that never change.")

TierArgument = Annotated[str, typer.Argument(metavar="NAME", help="One of `bioql-billing tiers`.")]


def tiers(context: typer.Context, output_format: FormatOption = Format.TEXT) -> None:
    """List the tiers: what each allows, and the credit that it includes each month."""
    with Ledger.open(ledger_url(context)) as ledger:
        found = ledger.tiers()
    _print_tiers(found, [_tier_json(tier) for tier in found], output_format)


@tier_app.command(
    "set", epilog="Example: bioql-billing tier set pro --concurrent 80 --monthly-requests none"
)
def tier_set(
    context: typer.Context,
    name: TierArgument,
    *,
    requests_per_minute: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Of one key, with its rotations.")
    ] = None,
    concurrent: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Requests of an account at once.")
    ] = None,
    monthly_requests: Annotated[
        str | None, typer.Option(metavar="N|none", help="Requests in a month (UTC), or no limit.")
    ] = None,
    monthly_credit: Annotated[
        str | None, typer.Option(metavar="USD", help="Granted once a month; 0: none.")
    ] = None,
    yes: YesOption = False,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Change a tier for everybody in it, from the next request on.

    Its monthly credit is granted to those who have had none this month, within the hour.
    """
    changes = TierChanges()
    if requests_per_minute is not None:
        changes["requests_per_minute"] = requests_per_minute
    if concurrent is not None:
        changes["concurrent_requests"] = concurrent
    if monthly_requests is not None:
        changes["monthly_requests"] = _quota(monthly_requests)
    if monthly_credit is not None:
        changes["monthly_credit_nano_usd"] = usd_or_zero(monthly_credit)
    if not changes:
        raise RejectedInputError("nothing to set: see `tier set --help`")
    confirm(f"Change the tier {name!r} for everybody in it?", is_sure=yes)
    with Ledger.open(ledger_url(context)) as ledger:
        tier = ledger.set_tier(name, changes)
    _print_tiers([tier], _tier_json(tier), output_format)


@tier_app.command(
    "discount", epilog="Example: bioql-billing tier discount pro --from 100 --percent 10"
)
def tier_discount(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Of one tier.")] = None,
    *,
    from_usd: Annotated[
        str | None, typer.Option("--from", metavar="USD", help="Monthly spending to reach.")
    ] = None,
    percent: Annotated[
        int | None, typer.Option(min=1, max=100, metavar="N", help="Off the user's price.")
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take that discount away.")] = False,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """List the volume discounts; with --from and --percent, or --remove, change one.

    A discount holds for requests that begin after the month's spending (UTC) has reached it; of
    several that are reached the one with the highest --from holds.
    """
    with Ledger.open(ledger_url(context)) as ledger:
        if from_usd is not None or percent is not None or remove:
            _change_discount(ledger, name, from_usd, percent, is_removed=remove)
        found = ledger.discounts(name)
    if output_format is Format.JSON:
        rows = [
            {"tier": row.tier, "from_usd": format_usd(row.from_nano_usd), "percent": row.percent}
            for row in found
        ]
        output.print_json(rows)
        return
    cells = [(row.tier, format_usd(row.from_nano_usd), str(row.percent)) for row in found]
    output.print_table("Discounts", ("Tier", "From USD", "Percent"), cells)


@price_app.command("list", epilog="Example: bioql-billing price list --format json")
def price_list(context: typer.Context, output_format: FormatOption = Format.TEXT) -> None:
    """List every price version; for an engine the newest one that has begun holds."""
    with Ledger.open(ledger_url(context)) as ledger:
        found = ledger.prices()
    rows = [_price_json(price, from_us) for price, from_us in found]
    if output_format is Format.JSON:
        output.print_json(rows)
        return
    columns = ["Version", "Engine", "Hour USD", "Markup percent"]
    columns += ["Million prompt tokens USD", "Million completion tokens USD", "From (UTC)"]
    output.print_table("Prices", columns, [[str(cell) for cell in row.values()] for row in rows])


@price_app.command(
    "add",
    epilog="Example: bioql-billing price add list-2 --engine '*' --usd-per-hour 1.20 --markup 40"
    " --from 2027-02-01",
)
def price_add(
    context: typer.Context,
    version: Annotated[str, typer.Argument(metavar="VERSION", help="A new name, for ever.")],
    *,
    engine: Annotated[
        str, typer.Option(metavar="E", help="An engine's name, or * for all without their own.")
    ],
    usd_per_hour: Annotated[str, typer.Option(metavar="X", help="Base price of engine time.")],
    markup: Annotated[int, typer.Option(metavar="PERCENT", help="On top of the base price.")],
    usd_per_million_prompt_tokens: Annotated[
        str, typer.Option(metavar="X", help="Base price of tokens, on top of the time.")
    ] = "0",
    usd_per_million_completion_tokens: Annotated[
        str, typer.Option(metavar="X", help="The same for tokens that are generated.")
    ] = "0",
    from_day: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="First day (UTC); now without it.")
    ] = None,
    yes: YesOption = False,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Add a price version, which can be followed by another one but never be changed.

    Requests that began before are still charged by the version that they began with.
    """
    price = Price(
        version,
        engine,
        usd_or_zero(usd_per_hour),
        markup,
        usd_or_zero(usd_per_million_prompt_tokens),
        usd_or_zero(usd_per_million_completion_tokens),
    )
    from_us = None if from_day is None else day_start_us(from_day)
    confirm(f"Add the price {version!r}, which can never be changed?", is_sure=yes)
    with Ledger.open(ledger_url(context)) as ledger:
        ledger.add_price(price, from_us)
        begins_us = next(begins for known, begins in ledger.prices() if known.version == version)
    if output_format is Format.JSON:
        output.print_json(_price_json(price, begins_us))
    else:
        output.print_line(f"Version {version} holds from {output.time_text(begins_us)}.")


def _change_discount(
    ledger: Ledger,
    name: str | None,
    from_usd: str | None,
    percent: int | None,
    *,
    is_removed: bool,
) -> None:
    if name is None or from_usd is None or (percent is None) != is_removed:
        raise RejectedInputError("a discount needs NAME, --from, and --percent or --remove")
    from_nano_usd = usd_or_zero(from_usd)
    if percent is None:
        ledger.remove_discount(name, from_nano_usd)
    else:
        ledger.set_discount(name, from_nano_usd, percent)


def _quota(text: str) -> int | None:
    if text == "none":
        return None
    if not re.fullmatch(r"[0-9]{1,10}", text, re.ASCII):
        raise RejectedInputError("the monthly requests are a number, or none for no limit")
    return int(text)


def _print_tiers(found: list[Tier], values: object, output_format: Format) -> None:
    if output_format is Format.JSON:
        output.print_json(values)
        return
    columns = ("Tier", "Requests a minute", "At once", "Requests a month", "Monthly credit USD")
    rows = [
        (
            tier.name,
            str(tier.requests_per_minute),
            str(tier.concurrent_requests),
            "no limit" if tier.monthly_requests is None else str(tier.monthly_requests),
            format_usd(tier.monthly_credit_nano_usd),
        )
        for tier in found
    ]
    output.print_table("Tiers", columns, rows)


def _tier_json(tier: Tier) -> dict[str, object]:
    return {
        "name": tier.name,
        "requests_per_minute": tier.requests_per_minute,
        "concurrent_requests": tier.concurrent_requests,
        "monthly_requests": tier.monthly_requests,
        "monthly_credit_usd": format_usd(tier.monthly_credit_nano_usd),
    }


def _price_json(price: Price, valid_from_us: int) -> dict[str, object]:
    return {
        "version": price.version,
        "engine": price.engine,
        "usd_per_hour": format_usd(price.base_nano_usd_per_hour),
        "markup_percent": price.markup_percent,
        "usd_per_million_prompt_tokens": format_usd(price.base_nano_usd_per_million_prompt_tokens),
        "usd_per_million_completion_tokens": format_usd(
            price.base_nano_usd_per_million_completion_tokens
        ),
        "from": output.time_text(valid_from_us),
    }
