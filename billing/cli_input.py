"""What the commands share: the options of all of them, arguments read into values, the question."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from billing.cli_output import Format
from billing.model import RejectedInputError
from billing.prices import parse_usd

_US_PER_UNIT = {"m": 60_000_000, "h": 3_600_000_000, "d": 86_400_000_000}
_DURATION = re.compile(r"([0-9]{1,6})([mhd])", re.ASCII)

FormatOption = Annotated[Format, typer.Option("--format", help="Print text or JSON.")]
EmailArgument = Annotated[str, typer.Argument(metavar="EMAIL", help="Whose account.")]
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


def ledger_url(context: typer.Context) -> str:
    """The URL given before the command, or by the environment. Raises RejectedInputError."""
    url = str(context.obj or "")
    if not url:
        raise RejectedInputError(
            "which ledger? write it before the command,"
            " bioql-billing --ledger sqlite:///ledger.db ..., or set BIOQL_LEDGER"
        )
    return url


def confirm(question: str, *, is_sure: bool, needs_yes: bool = True) -> None:
    """Ask on a terminal before a change that cannot be taken back.

    Without a terminal nobody can answer: the change is refused unless ``--yes`` was written, or
    made where ``needs_yes`` is false. Raises RejectedInputError, or typer.Exit for a no.
    """
    if is_sure:
        return
    if sys.stdin is not None and sys.stdin.isatty():
        if not typer.confirm(question, err=True):
            print("Nothing was changed.", file=sys.stderr)
            raise typer.Exit(1)
    elif needs_yes:
        raise RejectedInputError(f"{question} nobody is here to answer: add --yes to do it")


def signed_usd(text: str) -> int:
    """Nano-USD of an amount such as ``-2.50`` or ``+3``. Raises RejectedInputError."""
    if text.startswith("-"):
        return -parse_usd(text[1:])
    return parse_usd(text.removeprefix("+"))


def usd_or_zero(text: str) -> int:
    """Nano-USD of an amount that may be 0. Raises RejectedInputError."""
    return 0 if re.fullmatch(r"0(\.0{1,9})?", text, re.ASCII) else parse_usd(text)


def day_start_us(text: str) -> int:
    """When a day (UTC) like 2027-01-31 begins. Raises RejectedInputError."""
    return int(_day(text).timestamp()) * 1_000_000


def day_end_us(text: str) -> int:
    """When a day (UTC) like 2027-01-31 is over. Raises RejectedInputError."""
    try:
        return int((_day(text) + timedelta(days=1)).timestamp()) * 1_000_000
    except OverflowError:
        raise _not_a_day() from None


def duration_us(text: str) -> int:
    """Microseconds of ``0``, ``45m``, ``24h`` or ``30d``. Raises RejectedInputError."""
    if text == "0":
        return 0
    match = _DURATION.fullmatch(text)
    if match is None:
        raise RejectedInputError("this is no span of time: write 0, 45m, 24h or 30d")
    return int(match[1]) * _US_PER_UNIT[match[2]]


def expiry_us(text: str, now_us: int) -> int:
    """The end of a day, or so long from now. Raises RejectedInputError."""
    if _DURATION.fullmatch(text):
        return now_us + duration_us(text)
    return day_end_us(text)


def _day(text: str) -> datetime:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII) is None:
            raise _not_a_day()
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise _not_a_day() from None


def _not_a_day() -> RejectedInputError:
    return RejectedInputError("this is not a date: write it like 2027-01-31")
