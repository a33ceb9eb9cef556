"""Two administrators at one moment on PostgreSQL: both wait for a lock, then one of them acts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import psycopg
import pytest

from billing.ledger import Ledger
from billing.model import LedgerError
from billing.prices import NANO_PER_USD

ADA = "ada@example.org"
_Result = TypeVar("_Result")


@pytest.fixture
def ledgers(postgres_url: str) -> Iterator[tuple[Ledger, Ledger]]:
    Ledger.create(postgres_url)
    with Ledger.open(postgres_url) as first, Ledger.open(postgres_url) as second:
        first.add_account(ADA)
        yield first, second
        assert first.audit() == []


def _at_once(
    url: str,
    table: str,
    ledgers: tuple[Ledger, Ledger],
    action: Callable[[Ledger], _Result],
) -> list[_Result | LedgerError]:
    """What each gets that comes to the rows while somebody else has them locked."""

    def attempt(ledger: Ledger) -> _Result | LedgerError:
        try:
            return action(ledger)
        except LedgerError as error:
            return error

    with psycopg.connect(url) as locking, ThreadPoolExecutor(2) as threads:
        locking.execute(f"SELECT * FROM {table} FOR UPDATE")
        answers = [threads.submit(attempt, ledger) for ledger in ledgers]
        _wait_for_two_waiting(url)
        locking.rollback()
        return [answer.result() for answer in answers]


def _wait_for_two_waiting(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as watching:
        waiting = "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        waiting += " AND datname = current_database()"
        while watching.execute(waiting).fetchone() != (2,):
            pass


def test_two_workers_grant_a_months_credit_once(
    postgres_url: str, ledgers: tuple[Ledger, Ledger]
) -> None:
    ledgers[0].set_tier("free", {"monthly_credit_nano_usd": 2 * NANO_PER_USD})
    counts = _at_once(postgres_url, "accounts", ledgers, Ledger.grant_plan_credit)
    assert sorted(map(str, counts)) == ["0", "1"]
    assert ledgers[0].balance(ADA).posted_nano_usd == 2 * NANO_PER_USD


def test_two_rotations_of_a_key_make_one_new_key(
    postgres_url: str, ledgers: tuple[Ledger, Ledger]
) -> None:
    old, _ = ledgers[0].add_key(ADA)
    answers = _at_once(postgres_url, "api_keys", ledgers, lambda ledger: ledger.rotate_key(old))
    refused = [answer for answer in answers if isinstance(answer, LedgerError)]
    assert ["rotated already" in str(error) for error in refused] == [True]
    assert len(ledgers[0].list_keys()) == 2


def test_two_top_ups_with_one_id_are_booked_once(
    postgres_url: str, ledgers: tuple[Ledger, Ledger]
) -> None:
    answers = _at_once(
        postgres_url, "accounts", ledgers, lambda ledger: ledger.topup(ADA, NANO_PER_USD, "p1")
    )
    assert answers.count(True) == 1
    assert ledgers[0].balance(ADA).posted_nano_usd == NANO_PER_USD
    assert ledgers[1].topup(ADA, NANO_PER_USD, "p1") is False


def test_two_accounts_of_one_email_are_one(
    postgres_url: str, ledgers: tuple[Ledger, Ledger]
) -> None:
    answers = _at_once(
        postgres_url,
        "pricing_tiers",
        ledgers,
        lambda ledger: ledger.add_account("bob@example.org"),
    )
    refused = [answer for answer in answers if isinstance(answer, LedgerError)]
    assert ["has an account already" in str(error) for error in refused] == [True]
    assert len(ledgers[0].list_accounts()) == 2
