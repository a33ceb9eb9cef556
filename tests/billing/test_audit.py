"""The audit names the exact row of whatever somebody changed behind the ledger's back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from billing.ledger import Ledger
from tests.billing.support import Bench, Clock, used

GUARDS = [
    f"DROP TRIGGER {table}_no_{verb}"
    for table in ("billing_transactions", "entries", "inference_usage", "price_versions")
    for verb in ("update", "delete")
]


@pytest.fixture
def lived_in(tmp_path: Path) -> Iterator[Bench]:
    """A ledger with an expired, a settled, a released, a voided and an open hold, in this order."""
    clock, url = Clock(), f"sqlite:///{tmp_path / 'ledger.db'}"
    Ledger.create(url, clock=clock)
    bench = Bench(url, Ledger.open(url, clock), clock)
    ada = bench.customer()
    bench.hold(ada, "lost")
    clock.advance(61)
    bench.ledger.sweep()
    bench.ledger.settle(bench.hold(ada, "settled"), used(2))
    bench.ledger.release(bench.hold(ada, "released"), used(2))
    bench.ledger.settle(bench.hold(ada, "voided", seconds=1), used(2))
    bench.ledger.void(ada, "voided")
    bench.hold(ada, "open")
    assert bench.ledger.audit() == []
    yield bench
    bench.ledger.close()


def _tamper(bench: Bench, *statements: str) -> None:
    connection = apsw.Connection(bench.url.removeprefix("sqlite:///"))
    connection.execute("PRAGMA ignore_check_constraints = 1")
    for statement in statements:
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    ("change", "rule", "row"),
    [
        (
            "UPDATE entries SET amount_nano_usd = 7 WHERE transaction_id = 1 AND account_id = 1",
            "a transaction's entries sum to zero",
            "billing_transactions 1 of user 1: the entries sum to 10000000007",
        ),
        (
            "DELETE FROM entries WHERE transaction_id = 1",
            "a transaction's entries sum to zero",
            "billing_transactions 1 of user 1: the entries sum to None",
        ),
        (
            "DELETE FROM billing_transactions WHERE id = 2",
            "an entry belongs to a transaction and an account",
            "entries of transaction 2, account 2: 611111 nano-USD without its other side",
        ),
        (
            "UPDATE billing_transactions SET amount_nano_usd = -1 WHERE id = 2",
            "a transaction's amount is its entry on the customer's account",
            "billing_transactions 2: amount -1, entry -855555",
        ),
        (
            "UPDATE accounts SET posted_nano_usd = posted_nano_usd + 1 WHERE user_id = 1",
            "posted is the sum of the entries",
            "accounts 5: posted 9999144446, entries 9999144445",
        ),
        (
            "UPDATE accounts SET held_nano_usd = 0 WHERE user_id = 1",
            "held is the sum of the open holds",
            "accounts 5: held 0, open holds 2138889",
        ),
        (
            "UPDATE accounts SET posted_nano_usd = 1 WHERE user_id = 1",
            "nobody is below zero",
            "accounts 5: posted 1, held 2138889",
        ),
        (
            "UPDATE api_keys SET held_nano_usd = 1",
            "a key's held is the sum of its open holds",
            "api_keys 1: held 1, open holds 2138889",
        ),
        (
            "UPDATE api_keys SET spent_nano_usd = 1",
            "a key's spent is the sum of its charges",
            "api_keys 1: spent 1, charges 855555",
        ),
        (
            "DELETE FROM accounts WHERE user_id = 1",
            "a user has an account",
            "users 1: no account",
        ),
        (
            "DELETE FROM inference_usage WHERE hold_id = 2",
            "a hold has a usage row exactly when it was settled, released or voided",
            "holds 2: settled, no usage row",
        ),
        (
            "UPDATE holds SET status = 'expired' WHERE id = 2",
            "a hold has a usage row exactly when it was settled, released or voided",
            "holds 2: expired, a usage row",
        ),
        (
            "UPDATE inference_usage SET user_cost_nano_usd = 9000000 WHERE hold_id = 2",
            "a usage row belongs to a hold of its user and never charges more than was held",
            "inference_usage 2: charged 9000000, held 2138889",
        ),
        (
            "UPDATE inference_usage SET user_cost_nano_usd = 1 WHERE hold_id = 2",
            "a charge is posted once, with its amount",
            "inference_usage 2: charged 1, posted -855555",
        ),
        (
            "UPDATE entries SET amount_nano_usd = 1 WHERE transaction_id = 2 AND account_id = 2",
            "the engine's cost is posted once for each usage",
            "inference_usage 2: base 611111, posted 1",
        ),
        (
            "UPDATE entries SET amount_nano_usd = 1 WHERE transaction_id = 2 AND account_id = 3",
            "the margin is kept from charges alone, and given back by a void",
            "holds 2: settled, 1 nano-USD of margin",
        ),
        (
            "UPDATE holds SET status = 'settled' WHERE id = 4",
            "a void gives back its whole charge, and only a voided hold has one",
            "holds 4: settled, 427778 nano-USD given back",
        ),
        (
            "UPDATE holds SET status = 'voided' WHERE id = 2",
            "a void gives back its whole charge, and only a voided hold has one",
            "holds 2: voided, 0 nano-USD given back",
        ),
        (
            "UPDATE inference_usage SET engine_us = 1000000 WHERE hold_id = 2",
            "a charge is what its price version says",
            "inference_usage 2: base 611111, user 855555, overrun 0;"
            " 1000000 us at list-1 cost 305555 and 427777",
        ),
        (
            "UPDATE holds SET amount_nano_usd = 1 WHERE id = 3",
            "a hold is what its price says",
            "holds 3: held 1",
        ),
        (
            "UPDATE holds SET price_version = 'gone' WHERE id = 3",
            "a charge has a price version",
            "holds 3: 'gone'",
        ),
        (
            "UPDATE holds SET lease_until_us = 1 WHERE id = 5",
            "an open hold has a living worker",
            "holds 5: its lease is over",
        ),
        (
            "DROP TRIGGER entries_no_delete",
            "the journal is append-only",
            "table entries: its triggers are gone",
        ),
    ],
)
def test_a_change_behind_the_ledgers_back_is_found(
    lived_in: Bench, change: str, rule: str, row: str
) -> None:
    guards = [] if change.startswith("DROP") else GUARDS
    _tamper(lived_in, *guards, change)
    assert (rule, row) in [(finding.rule, finding.row) for finding in lived_in.ledger.audit()]


@pytest.mark.parametrize(
    "table", ["billing_transactions", "entries", "inference_usage", "price_versions"]
)
@pytest.mark.parametrize("change", ["UPDATE {0} SET rowid = rowid", "DELETE FROM {0}"])
def test_the_journal_refuses_changes(lived_in: Bench, table: str, change: str) -> None:
    with pytest.raises(apsw.ConstraintError, match=f"{table} is append-only"):
        _tamper(lived_in, change.format(table))
