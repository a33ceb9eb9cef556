"""The operator's command: ``bioql-billing --ledger URL COMMAND``.

Exit 0: done; 1: it failed, or the audit found a difference; 2: an argument is wrong. Whatever goes
wrong is one line on stderr.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Annotated, Any

import typer

from billing import (
    cli_accounts,
    cli_holds,
    cli_keeping,
    cli_keys,
    cli_legacy,
    cli_money,
    cli_prices,
    cli_reports,
)
from billing import cli_output as output
from billing.cli_input import FormatOption, ledger_url
from billing.cli_output import Format
from billing.keys import DEMO_EMAIL, DEMO_KEY, masked
from billing.ledger import Ledger
from billing.model import LedgerError, RejectedInputError

_SIGNED = {"ignore_unknown_options": True}
"""An amount below zero is an amount, not an option."""

app = typer.Typer(
    name="bioql-billing",
    help="Accounts, keys and money of a BioQL worker. Amounts are in USD.",
    epilog="Set BIOQL_LEDGER once and leave --ledger out, as the examples do.",
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def choose_ledger(
    context: typer.Context,
    ledger: Annotated[
        str,
        typer.Option(
            metavar="URL",
            envvar="BIOQL_LEDGER",
            help="The ledger: sqlite:///ledger.db or postgresql://user@host/database.",
        ),
    ] = "",
) -> None:
    """Accounts, keys and money of a BioQL worker. Amounts are in USD."""
    context.obj = ledger


@app.command(epilog="Example: bioql-billing --ledger sqlite:///ledger.db init")
def init(
    context: typer.Context,
    *,
    demo: Annotated[
        bool, typer.Option("--demo", help="With 10 USD of play money under the public demo key.")
    ] = False,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Make an empty ledger; one that is there already is left as it is."""
    is_new = Ledger.create(ledger_url(context), "demo" if demo else "standard")
    if output_format is Format.JSON:
        value: dict[str, object] = {"created": is_new, "demo": demo}
        output.print_json(value | ({"email": DEMO_EMAIL, "key": DEMO_KEY} if demo else {}))
        return
    output.print_line("The ledger is ready." if is_new else "The ledger was there already.")
    if demo:
        output.print_line(f"Demo account {DEMO_EMAIL}, key {DEMO_KEY}: play money, for tests only.")
    elif is_new:
        output.print_line("Next: account add EMAIL, key add EMAIL, topup EMAIL USD --id ID.")


def _register(command: Callable[..., Any], name: str, example: str, **options: Any) -> None:
    app.command(name, epilog=example, **options)(command)


def _register_all() -> None:
    """In the order in which ``--help`` lists them."""
    app.add_typer(cli_accounts.app, name="account")
    app.add_typer(cli_keys.app, name="key")
    of = "Example: bioql-billing"
    ada = "ada@example.org"
    topup, refund = f"{of} topup {ada} 25 --id inv-7", f"{of} refund {ada} 25 --id inv-7-back"
    _register(cli_money.topup, "topup", topup, context_settings=_SIGNED)
    _register(cli_money.refund, "refund", refund, context_settings=_SIGNED)
    adjust = f"{of} adjust {ada} -2.50 --id ticket-12 --reason 'Charged twice by the old service'"
    _register(cli_money.adjust, "adjust", adjust, context_settings=_SIGNED)
    _register(cli_accounts.balance, "balance", f"{of} balance {ada}")
    for name, example in cli_reports.EPILOGS.items():
        _register(getattr(cli_reports, name), name, example)
    _register(cli_prices.tiers, "tiers", f"{of} tiers")
    app.add_typer(cli_prices.tier_app, name="tier")
    app.add_typer(cli_prices.price_app, name="price")
    app.add_typer(cli_holds.app, name="hold")
    _register(cli_money.grant, "grant", f"{of} grant")
    _register(cli_keeping.retention, "retention", f"{of} retention --days 30")
    _register(cli_keeping.backup, "backup", f"{of} backup ledger-2027-01-31.db")
    _register(cli_keeping.restore, "restore", f"{of} restore ledger-2027-01-31.db")
    _register(cli_legacy.import_legacy, "import-legacy", cli_legacy.EPILOG)


_register_all()


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
    print(f"error: {masked(' '.join(message.split()))}", file=sys.stderr)
    return status


def main() -> None:
    """Entry point of ``bioql-billing``."""
    raise SystemExit(run(sys.argv[1:]))
