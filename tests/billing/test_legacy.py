"""What becomes of the old service's money, once or again, on each database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from billing.ledger import Ledger
from billing.legacy.report import RowNote, TableCount
from billing.model import RejectedInputError
from billing.prices import NANO_PER_USD
from tests.billing.old_service import SHAPES, OldService, Shape, old, reasons
from tests.billing.support import START_US, Bench, used

__all__ = ["old"]

TABLES = ("users", "api_keys", "accounts", "billing_transactions", "entries", "account_events")
ADA, BOB = "ada@example.org", "bob@example.org"


def contents(ledger: Ledger) -> dict[str, list[Any]]:
    return ledger._read(
        lambda session: {
            table: sorted(session.rows(f"SELECT * FROM {table}"), key=repr) for table in TABLES
        }
    )


def posted(bench: Bench, email: str = ADA) -> int:
    return bench.ledger.balance(email).posted_nano_usd


@pytest.mark.parametrize("shape", SHAPES)
def test_accounts_keys_and_money_are_taken(bench: Bench, tmp_path: Path, shape: Shape) -> None:
    old = OldService(tmp_path / "old.db", shape)
    old.user(1, "Ada@Example.org", 2, name="Ada")
    old.key(1, 1, "bioql_live_of_the_old_service")
    old.money(1, 1, 100.0, description="Initial credit", created_at="2025-01-31 23:59:59")
    old.money(2, 1, -0.001283, transaction_type="inference", description="BioQL inference")
    old.money(3, 1, -0.0)
    report = bench.ledger.import_legacy(old.path)
    assert (report.is_complete, report.has_changed) == (True, True)
    assert report.counts == {
        "users": TableCount(taken=1),
        "api_keys": TableCount(taken=1),
        "billing_transactions": TableCount(taken=2, left_out=1),
    }
    assert report.left_out == [RowNote("billing_transactions", "3", "moves no money")]
    principal = bench.ledger.authenticate("bioql_live_of_the_old_service")
    assert (principal.email, principal.tier, principal.is_test) == (ADA, "light", False)
    assert posted(bench) == 100 * NANO_PER_USD - 1_283_000
    lines = bench.ledger.statement(ADA).lines
    assert [(line.at_us, line.kind, line.amount_nano_usd) for line in lines] == [
        (1_738_367_999_000_000, "legacy", 100 * NANO_PER_USD),
        (1_740_830_400_000_000, "legacy", -1_283_000),
    ]
    bench.ledger.settle(bench.hold(principal, "r1"), used(2))
    assert posted(bench) == 100 * NANO_PER_USD - 1_283_000 - 855_555


def test_what_a_customer_had_overdrawn_is_written_off(bench: Bench, old: OldService) -> None:
    old.user(1, ADA)
    old.money(1, 1, "10.0")
    for number in range(2, 66):
        old.money(number, 1, "-1.0")
    report = bench.ledger.import_legacy(old.path)
    (customer,) = report.customers
    assert (customer.email, customer.transactions) == (ADA, 65)
    assert customer.amount_nano_usd == -54 * NANO_PER_USD
    assert (customer.written_off_nano_usd, customer.balance_nano_usd) == (54 * NANO_PER_USD, 0)
    assert report.is_complete
    assert posted(bench) == 0
    last = bench.ledger.statement(ADA).lines[-1]
    assert (last.amount_nano_usd, last.balance_nano_usd) == (54 * NANO_PER_USD, 0)
    assert last.at_us == START_US
    assert operator_account(bench, "operator_loss") == -54 * NANO_PER_USD
    assert operator_account(bench, "legacy_balance") == 54 * NANO_PER_USD


def operator_account(bench: Bench, name: str) -> int:
    query = (
        "SELECT COALESCE(SUM(e.amount_nano_usd), 0) FROM accounts a"
        " JOIN entries e ON e.account_id = a.id WHERE a.name = ?"
    )
    row = bench.ledger._read(lambda session: session.row(query, name))
    assert row is not None
    return int(row[0])


def test_a_write_off_leaves_what_a_running_request_holds(bench: Bench, old: OldService) -> None:
    hold = bench.hold(bench.customer(ADA, usd=1), "r1")
    old.user(1, ADA)
    old.money("a", 1, "-3")
    (customer,) = bench.ledger.import_legacy(old.path).customers
    assert customer.balance_nano_usd == hold.amount_nano_usd == posted(bench)
    assert customer.written_off_nano_usd == 2 * NANO_PER_USD + hold.amount_nano_usd
    old.money("b", 1, "-1")
    assert bench.ledger.import_legacy(old.path).customers[0].written_off_nano_usd == NANO_PER_USD
    bench.ledger.settle(hold, used(5))


def test_a_write_off_stands_when_money_comes_later(bench: Bench, old: OldService) -> None:
    old.user(1, ADA)
    old.money(1, 1, -54)
    bench.ledger.import_legacy(old.path)
    old.money(2, 1, 60)
    (customer,) = bench.ledger.import_legacy(old.path).customers
    assert (customer.written_off_nano_usd, posted(bench)) == (0, 60 * NANO_PER_USD)


def test_the_order_of_old_rows_never_causes_a_write_off(bench: Bench, old: OldService) -> None:
    old.user(1, ADA)
    old.money(1, 1, -5)
    old.money(2, 1, 5)
    (customer,) = bench.ledger.import_legacy(old.path).customers
    assert (customer.written_off_nano_usd, customer.balance_nano_usd) == (0, 0)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_second_import_changes_nothing_and_says_so(
    bench: Bench, tmp_path: Path, shape: Shape
) -> None:
    old = OldService(tmp_path / "old.db", shape)
    old.user(1, ADA)
    old.user(2, BOB, is_active=0)
    old.key(1, 1, "one")
    old.money(1, 1, 3)
    old.money(2, 2, -2)
    bench.ledger.import_legacy(old.path)
    before = contents(bench.ledger)
    bench.clock.advance(40 * 86_400)
    report = bench.ledger.import_legacy(old.path)
    assert (report.has_changed, report.is_complete, report.customers) == (False, True, [])
    assert {table: count.already_there for table, count in report.counts.items()} == {
        "users": 2,
        "api_keys": 1,
        "billing_transactions": 2,
    }
    assert contents(bench.ledger) == before


def test_a_later_import_takes_what_is_new(bench: Bench, old: OldService) -> None:
    old.user(1, ADA)
    old.money(1, 1, 3)
    bench.ledger.import_legacy(old.path)
    old.user(2, BOB)
    old.money(2, 2, 4)
    old.money(3, 1, -1)
    report = bench.ledger.import_legacy(old.path)
    assert report.counts["billing_transactions"] == TableCount(taken=2, already_there=1)
    assert (posted(bench), posted(bench, BOB)) == (2 * NANO_PER_USD, 4 * NANO_PER_USD)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE billing_transactions SET amount = 4 WHERE id = 1",
        "UPDATE billing_transactions SET amount = 0 WHERE id = 1",
        "UPDATE billing_transactions SET user_id = 2 WHERE id = 1",
    ],
)
def test_a_row_that_is_another_by_now_is_refused(
    bench: Bench, old: OldService, change: str
) -> None:
    old.user(1, ADA)
    old.user(2, BOB)
    old.money(1, 1, 3)
    bench.ledger.import_legacy(old.path)
    before = contents(bench.ledger)
    old.run(change)
    report = bench.ledger.import_legacy(old.path)
    refused = reasons(report, "billing_transactions")
    assert refused["1"].startswith("it was taken before as 3.000000000 USD of user 1")
    assert contents(bench.ledger) == before


def test_two_old_files_are_told_apart_by_their_source(bench: Bench, tmp_path: Path) -> None:
    for name in ("east", "west"):
        old = OldService(tmp_path / f"{name}.db")
        old.user(1, ADA)
        old.key(1, 1, f"key of {name}")
        old.money(1, 1, 3)
        assert bench.ledger.import_legacy(old.path, name).counts["api_keys"].taken == 1
    assert posted(bench) == 6 * NANO_PER_USD
    assert [key.start for key in bench.ledger.list_keys()] == ["east-1", "west-1"]


@pytest.mark.parametrize("source", ["", "a b", "a:b", "-a", "é", "x" * 33])
def test_a_source_that_cannot_be_in_an_id_is_refused(
    bench: Bench, old: OldService, source: str
) -> None:
    with pytest.raises(RejectedInputError, match="the source is"):
        bench.ledger.import_legacy(old.path, source)


def test_a_dry_run_tells_the_same_and_changes_nothing(bench: Bench, old: OldService) -> None:
    old.user(1, ADA)
    old.key(1, 1, "one")
    old.money(1, 1, -3)
    before = contents(bench.ledger)
    told = bench.ledger.import_legacy(old.path, is_dry_run=True)
    assert contents(bench.ledger) == before
    done = bench.ledger.import_legacy(old.path)
    assert (told.counts, told.customers) == (done.counts, done.customers)
    assert (told.is_dry_run, done.is_dry_run) == (True, False)


def test_more_money_than_an_account_can_have_stops_the_import(
    bench: Bench, old: OldService
) -> None:
    old.user(1, ADA)
    old.run(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1001)"
        " INSERT INTO billing_transactions (id, user_id, amount) SELECT i, 1, 1000000 FROM n"
    )
    before = contents(bench.ledger)
    with pytest.raises(RejectedInputError, match=f"{ADA} come to 1001000000.000000000 USD"):
        bench.ledger.import_legacy(old.path)
    assert contents(bench.ledger) == before
