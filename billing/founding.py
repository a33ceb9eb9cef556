"""Found a new ledger, and make an existing one ready for this release."""

from __future__ import annotations

from typing import Literal, TypeAlias, cast

from billing import keys, migrations
from billing.database import Database, Session
from billing.model import LedgerUnusableError
from billing.operations.accounts import add_account
from billing.operations.keys import add_key
from billing.operations.price_list import add_price
from billing.operations.topup import topup
from billing.prices import LIST_PRICE, LOCAL_PRICE, NANO_PER_USD

Kind: TypeAlias = Literal["standard", "demo", "local"]

DEMO_CREDIT_NANO_USD = 10 * NANO_PER_USD


def build(session: Session, database: Database, kind: Kind, now_us: int) -> None:
    """Fill an empty database: schema, price list and, for a demo, its account."""
    migrations.migrate(session, database, now_us)
    session.change("INSERT INTO ledger_facts (name, value) VALUES ('kind', ?)", kind)
    # From the beginning of time: a clock that was set back must not leave requests without a price.
    add_price(session, 0, LOCAL_PRICE if kind == "local" else LIST_PRICE)
    if kind == "demo":
        user_id = add_account(session, now_us, keys.DEMO_EMAIL, "free")
        add_key(session, now_us, user_id, keys.DEMO_KEY, is_test=True)
        topup(session, now_us, user_id, DEMO_CREDIT_NANO_USD, "demo-credit")


def prepare(database: Database, now_us: int) -> Kind:
    """Bring the schema up to date and tell what kind of ledger it is.

    Raises LedgerUnusableError for a database that is no ledger or that a newer release wrote.
    """
    if not (database.has_table("schema_version") and database.has_table("ledger_facts")):
        raise LedgerUnusableError("the database is no BioQL ledger: check the path")
    database.prepare()
    version = database.read(migrations.version_of)
    migrations.refuse_newer(version)
    if version < migrations.SCHEMA_VERSION:
        database.write(lambda session: migrations.migrate(session, database, now_us))
    row = database.read(
        lambda session: session.row("SELECT value FROM ledger_facts WHERE name = 'kind'")
    )
    if row is None or row[0] not in ("standard", "demo", "local"):
        raise LedgerUnusableError("the ledger does not say what kind it is: restore a backup")
    return cast(Kind, row[0])
