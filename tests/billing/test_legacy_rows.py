"""Odd rows of the old service: amounts, times, ids, texts, columns that are not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from billing.legacy import values
from billing.legacy.report import TableCount
from billing.legacy.values import RowRefusedError
from billing.prices import NANO_PER_USD
from tests.billing.old_service import OldService, old, reasons
from tests.billing.support import START_US, Bench

__all__ = ["old"]

ADA = "ada@example.org"
HASH = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("value", "nano", "is_exact"),
    [
        (5, 5_000_000_000, True),
        (0, 0, True),
        (-0.0, 0, True),
        ("-0.0", 0, True),
        (" 5 ", 5_000_000_000, True),
        ("+.5", 500_000_000, True),
        ("5.", 5_000_000_000, True),
        ("-1.2e-06", -1_200, True),
        (-1.2e-06, -1_200, True),
        (0.001283, 1_283_000, True),
        (0.1 + 0.2, 300_000_000, False),
        ("0.0000000005", 0, False),
        ("0.0000000015", 2, False),
        ("0.0000000025", 2, False),
        ("-0.0000000025", -2, False),
        ("0.00000000250000000000000000000000000000000000000000000000001", 3, False),
        ("1e-9999", 0, False),
        ("999999.9999999995", 1_000_000_000_000_000, False),
        (1_000_000, 1_000_000_000_000_000, True),
    ],
)
def test_an_amount_is_an_exact_decimal_rounded_once(
    value: float | str, nano: int, is_exact: bool
) -> None:
    assert values.amount_nano_usd(value) == (nano, is_exact)


@pytest.mark.parametrize(
    "value",
    [
        *("", " ", "nan", "NaN", "inf", "-Infinity", "1_000", "1,5", "0x10", "5 USD", "١", "--1"),
        *("1e400", "1e99999", "1000000.000000001", 1_000_001, 2**62, float("inf"), -1e300),
        *("0" * 101, b"5", None),
    ],
)
def test_what_is_no_amount_is_refused(value: values.OldValue) -> None:
    with pytest.raises(RowRefusedError, match="amount"):
        values.amount_nano_usd(value)


@pytest.mark.parametrize(
    ("value", "at_us"),
    [
        ("2025-03-01 12:00:00", 1_740_830_400_000_000),
        ("2025-03-01T12:00:00.000001", 1_740_830_400_000_001),
        ("2025-03-01T12:00:00Z", 1_740_830_400_000_000),
        ("2025-03-01 14:00:00+02:00", 1_740_830_400_000_000),
        (" 2025-03-01 ", 1_740_787_200_000_000),
        *[(bad, None) for bad in ("", "yesterday", "2025-13-01", "0001-01-01 00:00:00+23:59")],
        *[(bad, None) for bad in (None, b"2025-03-01", 1_740_830_400, "1999-12-31", "2100-01-01")],
    ],
)
def test_a_time_is_utc_unless_it_names_a_zone(value: values.OldValue, at_us: int | None) -> None:
    assert values.time_us(value, START_US) == at_us


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7, "7"),
        ("5c0ffee0-uuid", "5c0ffee0-uuid"),
        ("a b\n", "'a b\\n'"),
        (b"\xff", "b'\\xff'"),
        (HASH, "'...'"),
        (f"key bioql_live_{HASH[:9]}!", "'key bioql_live_...!'"),
        ("é" * 60, ascii("é" * 60)[:60] + "..."),
    ],
)
def test_a_value_is_shown_on_one_short_line_without_secrets(
    value: values.OldValue, text: str
) -> None:
    assert values.shown(value) == text


def test_ids_that_differ_have_tokens_that_differ_and_fit() -> None:
    odd = ["", "a b", "A" * 49, HASH, "é", b"", b"a b", 1.5, "1.5", "real", 7, -7, "7a"]
    tokens = [values.token(value) for value in odd]
    assert len(set(tokens)) == len(odd)
    assert max(map(len, tokens)) <= 71
    assert values.token(7) == values.token("7") == "7"


def test_rows_without_an_owner_or_an_id_are_reported(bench: Bench, old: OldService) -> None:
    old.user(1, ADA)
    old.money(1, None, 1)
    old.money(2, 99, 1)
    old.money(None, 1, 1)
    old.money(4, 1, "nan")
    old.money(5, 1, None)
    old.money(6, b"\xff", 1)
    report = bench.ledger.import_legacy(old.path)
    assert reasons(report, "billing_transactions") == {
        "1": "it belongs to no user",
        "2": "its user 99 is not in the file",
        "without id, row 3": "it has no id",
        "4": "its amount is no number: nan",
        "5": "it has no amount",
        "6": "its user b'\\xff' is not in the file",
    }
    assert bench.ledger.balance(ADA).posted_nano_usd == 0


def test_an_id_that_two_rows_have_is_taken_for_neither(bench: Bench, old: OldService) -> None:
    old.user(1, ADA)
    old.money(7, 1, 1)
    old.money("7", 1, 1)
    report = bench.ledger.import_legacy(old.path)
    assert report.counts["billing_transactions"] == TableCount(refused=2)
    assert reasons(report, "billing_transactions") == {"7": "another row has the same id"}


def test_odd_ids_are_taken_once(bench: Bench, old: OldService) -> None:
    old.user(1, ADA)
    ids = ["b7f9e6d2-8a1c-4a53-9f6e-0c5a1d2e3f40", "", "a b", HASH, b"\x00\xff", 1.5, -3]
    for number in ids:
        old.money(number, 1, 1)
    assert bench.ledger.import_legacy(old.path).counts["billing_transactions"].taken == len(ids)
    assert not bench.ledger.import_legacy(old.path).has_changed
    assert bench.ledger.balance(ADA).posted_nano_usd == len(ids) * NANO_PER_USD


def test_what_was_rounded_or_has_no_time_is_taken_and_said(bench: Bench, old: OldService) -> None:
    old.user(1, ADA)
    old.money(1, 1, "1.0000000001", created_at=None)
    old.money(2, 1, "0.0000000001")
    report = bench.ledger.import_legacy(old.path)
    assert [(note.row, note.text) for note in report.warnings] == [
        ("1", "1.0000000001 USD was rounded to 1.000000000"),
        ("1", "has no readable time: it is booked at that of the import"),
        ("2", "0.0000000001 USD was rounded to 0.000000000"),
    ]
    assert report.is_complete
    assert [line.at_us for line in bench.ledger.statement(ADA).lines] == [START_US]


@pytest.mark.parametrize(
    ("columns", "text"),
    [
        ({"description": "Top up  by\ncard\x00"}, "Top up by card"),
        ({"description": None, "transaction_type": "credit"}, "credit"),
        ({"description": "with bioql_test_870ce7ae"}, "with bioql_test_..."),
        ({"description": f"key {HASH}"}, "key ..."),
        ({"description": b"caf\xe9"}, "caf\ufffd"),
        ({"description": "x" * 500}, "x" * 200),
        ({"description": None, "transaction_type": None}, ""),
    ],
)
def test_a_description_is_kept_without_secrets(
    bench: Bench, old: OldService, columns: dict[str, object], text: str
) -> None:
    old.user(1, ADA)
    old.money(1, 1, 1, **columns)
    bench.ledger.import_legacy(old.path)
    rows = bench.ledger._read(
        lambda session: session.rows("SELECT description FROM billing_transactions")
    )
    assert [row[0] for row in rows] == [text]


def test_columns_that_are_missing_or_more_do_no_harm(bench: Bench, tmp_path: Path) -> None:
    old = OldService(tmp_path / "old.db")
    old.run(
        "DROP TABLE users; DROP TABLE api_keys; DROP TABLE pricing_tiers;"
        "CREATE TABLE Users (extra BLOB, EMAIL TEXT, ID INTEGER);"
        "CREATE TABLE sessions (id INTEGER); INSERT INTO sessions VALUES (1);"
        "CREATE TABLE inference_logs (prompt TEXT); INSERT INTO inference_logs VALUES ('an idea');"
        "ALTER TABLE billing_transactions DROP COLUMN created_at"
    )
    old.add("users", id=1, email=ADA, extra=b"\xff")
    old.add("billing_transactions", id=1, user_id=1, amount="2")
    report = bench.ledger.import_legacy(old.path)
    assert report.is_complete
    assert bench.ledger.account(ADA).disabled_us is None
    assert bench.ledger.balance(ADA).posted_nano_usd == 2 * NANO_PER_USD
    assert {(table.table, table.rows, table.reason) for table in report.unused} >= {
        ("api_keys", 0, "the file has no such table"),
        ("sessions", 1, "it is no table of the ledger"),
    }
    assert {table.table: table.ids for table in report.unused}["inference_logs"] == (
        "without id, row 1",
    )


def test_without_an_amount_column_every_row_is_refused(bench: Bench, old: OldService) -> None:
    old.user(1, ADA)
    old.money(1, 1, 5)
    old.run("ALTER TABLE billing_transactions DROP COLUMN amount")
    report = bench.ledger.import_legacy(old.path)
    assert reasons(report, "billing_transactions") == {"1": "it has no amount"}


def test_text_in_utf_16_and_text_that_is_not_valid_are_read(bench: Bench, tmp_path: Path) -> None:
    old = OldService(tmp_path / "old.db", encoding="UTF-16be")
    old.user(1, "jürgen@example.org")
    old.money("ä", 1, "1.5")
    assert bench.ledger.import_legacy(old.path).is_complete
    assert bench.ledger.balance("jürgen@example.org").posted_nano_usd == 1_500_000_000
    old = OldService(tmp_path / "other.db")
    old.user(1, ADA)
    old.run("INSERT INTO users (id, email) VALUES (2, CAST(x'ff40' AS TEXT))")
    old.run(
        "INSERT INTO billing_transactions (id, user_id, amount) VALUES"
        " (CAST(x'fe' AS TEXT), 1, '2'), ('z', 1, CAST(x'31fe' AS TEXT))"
    )
    report = bench.ledger.import_legacy(old.path, "other")
    assert reasons(report, "users") == {"2": "its email is not an address"}
    assert reasons(report, "billing_transactions") == {"z": "its amount is no number: b'1\\xfe'"}
    assert bench.ledger.balance(ADA).posted_nano_usd == 2 * NANO_PER_USD


def test_usage_rows_are_listed_and_not_taken(bench: Bench, old: OldService) -> None:
    old.user(1, ADA)
    old.add("inference_usage", id="u-1", prompt="a secret idea", user_cost="0.001283")
    report = bench.ledger.import_legacy(old.path)
    usage = next(table for table in report.unused if table.table == "inference_usage")
    assert (usage.rows, usage.ids) == (1, ("u-1",))
    assert report.is_complete
