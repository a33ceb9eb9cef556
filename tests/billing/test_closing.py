"""Closed ranges of the journal: whoever changes them later is seen, and which range is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from billing.model import LedgerUnusableError
from billing.operations import closing
from billing.operations.closing import CLOSED_TABLES, Closing
from billing.prices import NANO_PER_USD, Price
from billing.schema import JOURNAL
from tests.billing.books import (
    Copies,
    copies_for,
    open_books,
    postgres_copies,
    run_sql,
    sqlite_copies,
    tamper,
)
from tests.billing.support import Bench, used
from tests.support.postgres import PostgresServer

RANGE = "a closed range is as it was closed"
CHAIN = "closings follow one another"
HEAD = "the closings lead to the head that was kept"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def copies(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Copies:
    return copies_for(request, tmp_path_factory.mktemp("books"))


@pytest.fixture
def books(copies: Copies) -> Iterator[Bench]:
    """A ledger where the open hold has been settled and the journal closed twice."""
    with copies.copy() as url:
        bench = open_books(url)
        bench.clock.advance(1)
        bench.ledger.close_journal()
        _go_on(bench)
        bench.ledger.close_journal()
        yield bench
        bench.ledger.close()


def _go_on(bench: Bench) -> None:
    """End the open hold 5, and book some more."""
    bench.clock.advance(60)
    assert bench.ledger.sweep() == 1
    bench.ledger.topup("ada@example.org", NANO_PER_USD, "second")
    key, _ = bench.ledger.add_key("ada@example.org")
    ada = bench.ledger.authenticate(key)
    bench.ledger.settle(bench.hold(ada, "later"), used(1))
    bench.ledger.settle(bench.hold(ada, "later-voided"), used(1))


def found(bench: Bench, head: str | None = None) -> list[tuple[str, str]]:
    rules = (RANGE, CHAIN, HEAD)
    return [(item.rule, item.row) for item in bench.ledger.audit(head) if item.rule in rules]


def ranges(closings: list[Closing]) -> dict[str, list[tuple[int, int, int]]]:
    result: dict[str, list[tuple[int, int, int]]] = {}
    for item in closings:
        result.setdefault(item.table_name, []).append((item.first_id, item.last_id, item.row_count))
    return result


def test_ranges_follow_one_another_up_to_the_first_open_request(books: Bench) -> None:
    tokens_us = books.ledger.prices()[1][1]
    assert ranges(books.ledger.closings()) == {
        "price_versions": [(0, tokens_us, 2)],
        "holds": [(0, 4, 4), (5, 12, 8)],
        "inference_usage": [(0, 4, 3), (5, 12, 7)],
        "billing_transactions": [(0, 17, 17), (18, 20, 3)],
        "entries": [(0, 17, 43), (18, 20, 8)],
        "account_events": [(0, 2, 2)],
    }
    assert books.ledger.audit() == []


def test_every_table_of_the_journal_is_closed() -> None:
    assert set(CLOSED_TABLES) == (set(JOURNAL) | {"holds"}) - {"journal_closings"}


def test_closing_again_without_news_closes_nothing(books: Bench) -> None:
    head = books.ledger.head()
    assert books.ledger.close_journal() == []
    assert books.ledger.head() == head


def test_what_happens_after_a_closing_is_no_finding(books: Bench) -> None:
    key, _ = books.ledger.add_key("ada@example.org")
    ada = books.ledger.authenticate(key)
    books.ledger.void(ada, "later-voided")
    books.ledger.settle(books.hold(ada, "after"), used(1))
    books.ledger.add_price(Price("later-1", "onnx", 1, 0))
    assert books.ledger.audit(books.ledger.head()) == []


@pytest.mark.parametrize(
    ("change", "row"),
    [
        (
            "UPDATE billing_transactions SET description = 'gift' WHERE id = 7",
            "journal_closings {billing_transactions}: billing_transactions 0 to 17: the digest"
            " differs, a row or the closing before it was changed",
        ),
        (
            "UPDATE holds SET fingerprint = 'g' WHERE id = 2",
            "journal_closings {holds}: holds 0 to 4: the digest differs, a row or the closing"
            " before it was changed",
        ),
        (
            "UPDATE price_versions SET engine = 'onnx' WHERE version = 'tokens-1'",
            "journal_closings {price_versions}: price_versions 0 to 1800000061000000: the digest"
            " differs, a row or the closing before it was changed",
        ),
        (
            "DELETE FROM entries WHERE transaction_id = 7 AND account_id = 1",
            "journal_closings {entries}: entries 0 to 17: 43 rows were closed, 42 are there"
            " (missing)",
        ),
        (
            "DELETE FROM inference_usage WHERE hold_id = 2",
            "journal_closings {inference_usage}: inference_usage 0 to 4: 3 rows were closed, 2 are"
            " there (missing)",
        ),
        (
            "DELETE FROM account_events WHERE id = 1",
            "journal_closings {account_events}: account_events 0 to 2: 2 rows were closed, 1 are"
            " there (missing)",
        ),
        (
            "INSERT INTO inference_usage SELECT 1, user_id, 0, 0, 0, 0, 0, 0, created_us"
            " FROM inference_usage WHERE hold_id = 2",
            "journal_closings {inference_usage}: inference_usage 0 to 4: 3 rows were closed, 4 are"
            " there (inserted)",
        ),
        (
            "INSERT INTO account_events SELECT -1, user_id, kind, balance_nano_usd, created_us"
            " FROM account_events WHERE id = 1",
            "account_events -1: before the first range",
        ),
    ],
)
def test_a_row_that_was_changed_removed_or_slipped_in_names_its_range(
    books: Bench, change: str, row: str
) -> None:
    first_ids = {item.table_name: number for number, item in reversed(_closings(books))}
    tamper(books.url, change)
    assert found(books) == [(RANGE, row.format(**first_ids))]


def test_a_closing_that_was_itself_changed_shows_in_the_one_after_it(books: Bench) -> None:
    tamper(books.url, "UPDATE billing_transactions SET description = 'gift' WHERE id = 7")
    forged = _recomputed(books, "billing_transactions")
    number = next(i for i, item in _closings(books) if item.table_name == "billing_transactions")
    tamper(books.url, f"UPDATE journal_closings SET sha256 = '{forged.sha256}' WHERE id = {number}")
    later = next(
        i for i, item in reversed(_closings(books)) if item.table_name == "billing_transactions"
    )
    assert found(books) == [
        (
            RANGE,
            f"journal_closings {later}: billing_transactions 18 to 20: the digest differs, a row"
            " or the closing before it was changed",
        )
    ]


def test_only_the_kept_head_shows_that_rows_and_all_closings_were_rewritten(books: Bench) -> None:
    kept = books.ledger.head()
    assert found(books, kept) == []
    tamper(
        books.url,
        "UPDATE billing_transactions SET description = 'gift' WHERE id = 7",
        "DELETE FROM journal_closings",
    )
    books.ledger.close_journal()
    assert found(books) == []
    assert found(books, kept) == [
        (HEAD, f"journal_closings: {kept} is none of the {len(_closings(books))} heads")
    ]


def test_an_older_head_is_still_known_after_later_closings(books: Bench) -> None:
    kept = books.ledger.head()
    books.ledger.topup("ada@example.org", 1, "third")
    books.ledger.close_journal()
    assert books.ledger.head() != kept
    assert found(books, kept) == []


def test_a_closing_that_was_removed_leaves_a_gap(books: Bench) -> None:
    number = next(i for i, item in _closings(books) if item.table_name == "holds")
    tamper(books.url, f"DELETE FROM journal_closings WHERE id = {number}")
    rules = [rule for rule, row in found(books) if "holds 5 to 12" in row]
    assert rules == [CHAIN, RANGE]


def test_a_closing_of_an_unknown_table_is_found(books: Bench) -> None:
    number = _closings(books)[0][0]
    tamper(books.url, f"UPDATE journal_closings SET table_name = 'users' WHERE id = {number}")
    assert any(rule == CHAIN and "no table that is closed" in row for rule, row in found(books))


def test_both_databases_give_the_same_digests(tmp_path: Path, postgres: PostgresServer) -> None:
    heads = set()
    for copies in (sqlite_copies(tmp_path), postgres_copies(postgres, tmp_path)):
        with copies.copy() as url:
            bench = open_books(url)
            bench.clock.advance(1)
            bench.ledger.close_journal()
            _go_on(bench)
            bench.ledger.close_journal()
            heads.add(bench.ledger.head())
            bench.ledger.close()
    assert len(heads) == 1


def test_who_closes_second_at_the_same_time_changes_nothing(books: Bench) -> None:
    books.ledger.topup("ada@example.org", 1, "third")
    limits, now_us = books.ledger._write(books.ledger._last_ids)
    fresh = books.ledger._read(lambda session: closing.digested(session, limits, now_us))
    books.ledger.close_journal()
    known = books.ledger.closings()
    with pytest.raises(LedgerUnusableError, match="another process has closed"):
        books.ledger._write(lambda session, _: books.ledger._note(session, fresh))
    assert books.ledger.closings() == known


def test_the_closings_refuse_changes(books: Bench) -> None:
    with pytest.raises(Exception, match="journal_closings is append-only"):
        run_sql(books.url, "UPDATE journal_closings SET sha256 = ''")


def _closings(bench: Bench) -> list[tuple[int, Closing]]:
    return bench.ledger._read(closing.closings)


def _recomputed(bench: Bench, table: str) -> Closing:
    """The first closing of a table as somebody would forge it."""
    first = next(item for _, item in _closings(bench) if item.table_name == table)
    ids = first.first_id, first.last_id
    return bench.ledger._read(
        lambda session: closing.digest(session, table, ids, "", first.closed_us)
    )
