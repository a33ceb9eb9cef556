"""The price list: immutable versions per engine, ``*`` for engines without a line of their own."""

from __future__ import annotations

from billing.database import Row, Session
from billing.model import LedgerUnusableError
from billing.prices import Price

_COLUMNS = "version, engine, base_nano_usd_per_hour, markup_percent"


def add_price(session: Session, now_us: int, price: Price) -> None:
    """Add a version that holds from now on."""
    session.change(
        f"INSERT INTO price_versions ({_COLUMNS}, valid_from_us) VALUES (?, ?, ?, ?, ?)",  # noqa: S608
        price.version,
        price.engine,
        price.base_nano_usd_per_hour,
        price.markup_percent,
        now_us,
    )


def price_now(session: Session, now_us: int, engine: str) -> Price:
    """The version that a new hold is priced with. Raises LedgerUnusableError without any."""
    row = session.row(
        f"SELECT {_COLUMNS} FROM price_versions WHERE engine IN (?, '*') AND valid_from_us <= ?"  # noqa: S608
        " ORDER BY CASE engine WHEN '*' THEN 1 ELSE 0 END, valid_from_us DESC LIMIT 1",
        engine,
        now_us,
    )
    if row is None:
        raise LedgerUnusableError(f"the ledger has no price for the engine {engine!r} yet")
    return _price(row)


def prices_by_version(session: Session) -> dict[str, Price]:
    """Every version there has ever been."""
    rows = session.rows(f"SELECT {_COLUMNS} FROM price_versions")  # noqa: S608
    return {row[0]: _price(row) for row in rows}


def price_of_version(session: Session, version: str) -> Price:
    """One version of the list."""
    row = session.row(f"SELECT {_COLUMNS} FROM price_versions WHERE version = ?", version)  # noqa: S608
    assert row is not None
    return _price(row)


def _price(row: Row) -> Price:
    return Price(*row)
