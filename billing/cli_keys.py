"""Commands about API keys: ``key ...``."""

from __future__ import annotations

from typing import Annotated

import typer

from billing import cli_output as output
from billing.cli_input import (
    EmailArgument,
    FormatOption,
    YesOption,
    confirm,
    duration_us,
    expiry_us,
    ledger_url,
)
from billing.cli_output import Format
from billing.ledger import Ledger
from billing.prices import parse_usd
from billing.store import wall_clock_us

app = typer.Typer(help="API keys: shown once when made, only their hash is stored.")

KeyArgument = Annotated[
    str, typer.Argument(metavar="KEY", help="Its id, what it starts with, or the key itself.")
]


@app.command(
    "add", epilog="Example: bioql-billing key add ada@example.org --cap 25 --expires 2027-12-31"
)
def key_add(
    context: typer.Context,
    email: EmailArgument,
    *,
    cap: Annotated[
        str | None, typer.Option(metavar="USD", help="The most that this key may ever spend.")
    ] = None,
    expires: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="Last day (UTC), like 2027-01-31, or a span, like 30d."),
    ] = None,
    test: Annotated[
        bool, typer.Option("--test", help="A bioql_test_ key: its requests cost the user nothing.")
    ] = False,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Make a key and print it, this once."""
    cap_nano_usd = None if cap is None else parse_usd(cap)
    expires_us = None if expires is None else expiry_us(expires, wall_clock_us())
    with Ledger.open(ledger_url(context)) as ledger:
        key, info = ledger.add_key(email, cap_nano_usd, expires_us, is_test=test)
    if output_format is Format.JSON:
        output.print_json(output.key_json(info) | {"key": key})
    else:
        output.print_line(key)
        output.print_line(f"Key {info.id} of {info.email}. It is not shown again: store it now.")


@app.command("list", epilog="Example: bioql-billing key list ada@example.org")
def key_list(
    context: typer.Context,
    email: Annotated[str | None, typer.Argument(metavar="[EMAIL]", help="Of one account.")] = None,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """List keys by the characters they start with.

    Keys of one rotation share the cap of the first, and what was spent of it.
    """
    with Ledger.open(ledger_url(context)) as ledger:
        infos = ledger.list_keys(email)
    if output_format is Format.JSON:
        output.print_json([output.key_json(info) for info in infos])
        return
    now_us = wall_clock_us()
    columns = ("Id", "Email", "Starts with", "Cap USD", "Spent USD", "Created", "State")
    output.print_table("Keys", columns, [output.key_row(info, now_us) for info in infos])


@app.command("revoke", epilog="Example: bioql-billing key revoke 7")
def key_revoke(
    context: typer.Context,
    key: KeyArgument,
    *,
    yes: YesOption = False,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Refuse a key from now on; requests that run already are still billed."""
    confirm("Refuse this key for ever?", is_sure=yes, needs_yes=False)
    with Ledger.open(ledger_url(context)) as ledger:
        info = ledger.revoke_key(key)
    if output_format is Format.JSON:
        output.print_json(output.key_json(info))
    else:
        output.print_line(f"Key {info.id} ({info.start}...) of {info.email} is revoked.")


@app.command("rotate", epilog="Example: bioql-billing key rotate 7 --overlap 72h")
def key_rotate(
    context: typer.Context,
    key: KeyArgument,
    *,
    overlap: Annotated[
        str,
        typer.Option(metavar="SPAN", help="How long the old key still works: 0, 45m, 24h or 30d."),
    ] = "24h",
    yes: YesOption = False,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Make a new key in place of another one and print it, this once.

    It shares the old key's cap and what was spent of it. It expires when the old one would have;
    a key that came with `import-legacy` is replaced by one that does not expire.
    """
    overlap_us = duration_us(overlap)
    confirm(f"Replace this key, which ends in {overlap}?", is_sure=yes, needs_yes=False)
    with Ledger.open(ledger_url(context)) as ledger:
        text, new, old = ledger.rotate_key(key, overlap_us)
    if output_format is Format.JSON:
        output.print_json(output.key_json(new) | {"key": text, "replaces": output.key_json(old)})
        return
    assert old.expires_us is not None
    output.print_line(text)
    output.print_line(f"Key {new.id} of {new.email}. It is not shown again: store it now.")
    output.print_line(
        f"Key {old.id} ({old.start}...) works until {output.time_text(old.expires_us)}."
    )
