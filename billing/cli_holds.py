"""Commands about the holds of requests: ``hold list`` and ``hold release``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from billing import cli_output as output
from billing.cli_input import FormatOption, YesOption, confirm, ledger_url
from billing.cli_output import Format, time_text
from billing.ledger import Ledger
from billing.model import RejectedInputError
from billing.operations.expire import OpenHold
from billing.prices import format_usd

app = typer.Typer(help="Money that is set aside for requests that run.")

_COLUMNS = {
    "id": "Id",
    "email": "Email",
    "request": "Request",
    "held_usd": "Held USD",
    "since": "Since (UTC)",
    "lease_until": "Lease until (UTC)",
}


@app.command("list", epilog="Example: bioql-billing hold list")
def hold_list(context: typer.Context, output_format: FormatOption = Format.TEXT) -> None:
    """List every open hold. One whose lease is over is ended by the next worker or command."""
    with Ledger.open(ledger_url(context)) as ledger:
        rows = [_json(hold) for hold in ledger.open_holds()]
    if output_format is Format.JSON:
        output.print_json(rows)
        return
    cells = [[str(row[name]) for name in _COLUMNS] for row in rows]
    output.print_table("Open holds", list(_COLUMNS.values()), cells)


@app.command("release", epilog="Example: bioql-billing hold release 17")
def hold_release(
    context: typer.Context,
    hold_id: Annotated[int, typer.Argument(metavar="ID", min=1, max=2**62, help="See hold list.")],
    *,
    yes: YesOption = False,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """End a hold free of charge whose worker is gone, but whose lease lasts: its clock was ahead.

    A worker that still runs the request gives its answer for nothing.
    """
    confirm(f"End the hold {hold_id} free of charge?", is_sure=yes)
    with Ledger.open(ledger_url(context)) as ledger:
        if not ledger.end_hold(hold_id):
            raise RejectedInputError(f"there is no open hold {hold_id}: see `hold list`")
    if output_format is Format.JSON:
        output.print_json({"id": hold_id, "released": True})
    else:
        output.print_line(f"The hold {hold_id} is ended; nothing was charged.")


def _json(hold: OpenHold) -> dict[str, Any]:
    return {
        "id": hold.id,
        "email": hold.email,
        "request": hold.request_id,
        "held_usd": format_usd(hold.amount_nano_usd),
        "since": time_text(hold.created_us),
        "lease_until": time_text(hold.lease_until_us),
    }
