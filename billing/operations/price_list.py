"""The price list: immutable versions per engine, ``*`` for engines without a line of their own."""

from __future__ import annotations

import re

from billing.database import Row, Session
from billing.model import RejectedInputError
from billing.prices import AMOUNT_NANO_USD_MAX, Price

_COLUMNS = (
    "version, engine, base_nano_usd_per_hour, markup_percent,"
    " base_nano_usd_per_million_prompt_tokens, base_nano_usd_per_million_completion_tokens"
)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/-]{0,63}", re.ASCII)
_MARKUP_PERCENT_MAX = 1000

_NEWEST = "AND valid_from_us <= ? ORDER BY valid_from_us DESC, version DESC LIMIT 1"
VERSION_NOW_SQL = (
    f"COALESCE((SELECT version FROM price_versions WHERE engine = ? {_NEWEST}),"  # noqa: S608
    f" (SELECT version FROM price_versions WHERE engine = '*' {_NEWEST}))"
)
"""The version that a new hold is priced with; parameters: engine, now, now."""


def add_price(session: Session, valid_from_us: int, price: Price) -> None:
    """Add a version, for ever: holds that begin at ``valid_from_us`` or later are priced with it.

    Raises RejectedInputError for a name that is taken, figures out of bounds, or a beginning that
    lies in a closed range of the journal.
    """
    _check(price)
    closed = session.row(
        "SELECT MAX(last_id) FROM journal_closings WHERE table_name = 'price_versions'"
    )
    if closed is not None and closed[0] is not None and valid_from_us <= closed[0]:
        raise RejectedInputError(
            "the price would begin within what `close` has closed already: is the clock right?"
        )
    added = session.change(
        f"INSERT INTO price_versions ({_COLUMNS}, valid_from_us) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
        " ON CONFLICT (version) DO NOTHING",
        price.version,
        price.engine,
        price.base_nano_usd_per_hour,
        price.markup_percent,
        price.base_nano_usd_per_million_prompt_tokens,
        price.base_nano_usd_per_million_completion_tokens,
        valid_from_us,
    )
    if not added:
        raise RejectedInputError(
            f"there is a version {price.version} already, and versions never change: name another"
        )


def announce_price(session: Session, now_us: int, valid_from_us: int, price: Price) -> None:
    """Add a version that holds from a time to come. Raises RejectedInputError."""
    if valid_from_us <= now_us:
        raise RejectedInputError(
            "a price cannot begin in the past: write a day to come, or none to begin now"
        )
    rival = session.row(
        "SELECT version FROM price_versions WHERE engine = ? AND valid_from_us = ?",
        price.engine,
        valid_from_us,
    )
    if rival is not None:
        raise RejectedInputError(f"version {rival[0]} begins at that moment already")
    add_price(session, valid_from_us, price)


def price_list(session: Session) -> list[tuple[Price, int]]:
    """Every version there has ever been, with when it began to hold; grouped by engine."""
    rows = session.rows(
        f"SELECT {_COLUMNS}, valid_from_us FROM price_versions"  # noqa: S608
        " ORDER BY engine, valid_from_us, version"
    )
    return [(_price(row[:-1]), row[-1]) for row in rows]


def prices_by_version(session: Session) -> dict[str, Price]:
    """Every version there has ever been."""
    rows = session.rows(f"SELECT {_COLUMNS} FROM price_versions")  # noqa: S608
    return {row[0]: _price(row) for row in rows}


class PriceBook:
    """The versions of one ledger. None ever changes, so that each is read once."""

    def __init__(self) -> None:
        self._prices: dict[str, Price] = {}

    def of_version(self, session: Session, version: str) -> Price:
        """One version of the list."""
        price = self._prices.get(version)
        if price is None:
            row = session.row(f"SELECT {_COLUMNS} FROM price_versions WHERE version = ?", version)  # noqa: S608
            assert row is not None
            price = self._prices[version] = _price(row)
        return price


def _check(price: Price) -> None:
    if not _NAME.fullmatch(price.version):
        raise RejectedInputError(
            "a version is 1 to 64 letters, digits and _ . : / -, starting with a letter or digit"
        )
    if price.engine != "*" and not _NAME.fullmatch(price.engine):
        raise RejectedInputError("the engine is the name of one, or * for all others")
    if not 0 <= price.markup_percent <= _MARKUP_PERCENT_MAX:
        raise RejectedInputError(f"the markup is 0 to {_MARKUP_PERCENT_MAX} percent")
    base = (
        price.base_nano_usd_per_hour,
        price.base_nano_usd_per_million_prompt_tokens,
        price.base_nano_usd_per_million_completion_tokens,
    )
    if not all(0 <= amount <= AMOUNT_NANO_USD_MAX for amount in base):
        raise RejectedInputError("a base price is 0 to 1000000 USD")


def _price(row: Row) -> Price:
    return Price(*row)
