"""How the commands print: tables for people, JSON and CSV for programs."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from rich.console import Console
from rich.table import Table

from billing.model import Funds, KeyInfo, StatementLine
from billing.operations.accounts import AccountInfo
from billing.prices import format_usd

_WIDTH_WITHOUT_TERMINAL = 160
_FIGURES = (
    *("USD", "seconds", "minute", "requests", "month", "once", "tokens", "percent"),
    *("Settled", "Free", "Voided"),
)
"""How the headings of columns of figures end."""


class Format(StrEnum):
    """What every command can print."""

    TEXT = "text"
    JSON = "json"


class StatementFormat(StrEnum):
    """What a statement can be printed as."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def print_json(value: object) -> None:
    """One JSON value, ended by a newline."""
    print(json.dumps(value, indent=2))


def print_csv(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> None:
    """Rows under a header line."""
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def print_line(text: str) -> None:
    """A line that is never wrapped nor coloured, so that it can be copied."""
    print(text)


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table; columns of figures are right-aligned."""
    table = Table(title=title, title_justify="left")
    for column in columns:
        is_figure = column.endswith(_FIGURES)
        table.add_column(
            column,
            justify="right" if is_figure else "left",
            overflow="fold",
            no_wrap=is_figure or column.endswith("(UTC)"),
        )
    for row in rows:
        table.add_row(*row)
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, width=_WIDTH_WITHOUT_TERMINAL)
    console.print(table)


def print_facts(title: str, values: dict[str, Any]) -> None:
    """A table of names and values; what is None stays empty."""
    rows = [
        (name.replace("_usd", "_USD").replace("_", " "), "" if value is None else str(value))
        for name, value in values.items()
    ]
    print_table(title, ("What", "Value"), rows)


def funds_json(email: str, funds: Funds) -> dict[str, Any]:
    """The money of an account, as decimal strings."""
    return {
        "email": email,
        "balance_usd": format_usd(funds.posted_nano_usd),
        "held_usd": format_usd(funds.held_nano_usd),
        "available_usd": format_usd(funds.available_nano_usd),
    }


def account_json(info: AccountInfo) -> dict[str, Any]:
    """What is known of an account."""
    return funds_json(info.email, info.funds) | {
        "tier": info.tier,
        "low_balance_usd": format_usd(info.low_balance_nano_usd),
        "is_low": info.is_low,
        "open_requests": info.open_requests,
        "month_requests": info.month_requests,
        "month_spent_usd": format_usd(info.month_spent_nano_usd),
        "created": time_text(info.created_us),
        "disabled": _time_or_none(info.disabled_us),
    }


def account_row(info: AccountInfo) -> list[str]:
    """An account's line in the table of accounts."""
    posted, held = format_usd(info.funds.posted_nano_usd), format_usd(info.funds.held_nano_usd)
    state = "active" if info.disabled_us is None else "disabled"
    return [info.email, info.tier, posted, held, str(info.month_requests), state]


def key_json(info: KeyInfo) -> dict[str, Any]:
    """What is known of a key."""
    cap = info.cap_nano_usd
    return {
        "id": info.id,
        "email": info.email,
        "start": info.start,
        "is_test": info.is_test == 1,
        "cap_usd": None if cap is None else format_usd(cap),
        "spent_usd": format_usd(info.spent_nano_usd),
        "held_usd": format_usd(info.held_nano_usd),
        "created": time_text(info.created_us),
        "expires": _time_or_none(info.expires_us),
        "revoked": _time_or_none(info.revoked_us),
        "root_id": info.root_id,
        "is_legacy": info.is_legacy == 1,
    }


def line_json(line: StatementLine) -> dict[str, Any]:
    """One movement of an account."""
    return {
        "at": time_text(line.at_us),
        "kind": line.kind,
        "id": line.reference,
        "engine_seconds": None if line.engine_us is None else line.engine_us / 1_000_000,
        "amount_usd": format_usd(line.amount_nano_usd),
        "balance_usd": format_usd(line.balance_nano_usd),
    }


def time_text(at_us: int) -> str:
    """A time as ISO 8601 in UTC, to the microsecond."""
    seconds, rest = divmod(at_us, 1_000_000)
    moment = datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest)
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def key_row(info: KeyInfo, now_us: int) -> list[str]:
    """A key's line in the table of keys."""
    state = "active"
    if info.expires_us is not None:
        word = "until" if info.expires_us > now_us else "expired"
        state = f"{word} {time_text(info.expires_us)[:16]}"
    if info.revoked_us is not None:
        state = "revoked"
    cap = "" if info.cap_nano_usd is None else format_usd(info.cap_nano_usd)
    spent, created = format_usd(info.spent_nano_usd), time_text(info.created_us)[:16]
    return [str(info.id), info.email, f"{info.start}...", cap, spent, created, state]


def _time_or_none(at_us: int | None) -> str | None:
    return None if at_us is None else time_text(at_us)
