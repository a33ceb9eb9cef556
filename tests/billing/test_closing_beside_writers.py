"""The journal is closed while others write."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg

from billing.database import Session
from billing.ledger import Ledger
from billing.model import Hold
from billing.operations.closing import Closing
from billing.operations.topup import topup
from billing.prices import NANO_PER_USD
from tests.billing.support import used
from tests.support.postgres import PostgresServer


def last_id(closings: list[Closing], table: str) -> int:
    return [closing.last_id for closing in closings if closing.table_name == table][-1]


def test_a_transaction_in_flight_with_a_lower_id_is_waited_for(postgres: PostgresServer) -> None:
    """Two writers: the later id is committed first, and the closing must not leave a hole."""
    with postgres.database() as url:
        Ledger.create(url)
        with Ledger.open(url) as slow, Ledger.open(url) as quick:
            slow.add_account("ada@example.org")
            slow.add_account("bob@example.org")
            is_booked, may_commit = threading.Event(), threading.Event()
            closed: list[Closing] = []

            def book_slowly() -> None:
                def operation(session: Session, now_us: int) -> None:
                    topup(session, now_us, 1, 1, "slow")
                    is_booked.set()
                    assert may_commit.wait(30)

                slow._write(operation)

            writer = threading.Thread(target=book_slowly)
            writer.start()
            assert is_booked.wait(30)
            quick.topup("bob@example.org", 1, "quick")
            closer = threading.Thread(target=lambda: closed.extend(quick.close_journal()))
            closer.start()
            try:
                _wait_until_it_waits(closer, url)
            finally:
                may_commit.set()
            writer.join()
            closer.join()
            assert last_id(closed, "billing_transactions") == 2
            assert quick.audit() == []


def _wait_until_it_waits(closer: threading.Thread, url: str) -> None:
    """Return once the closing waits for the other writer's lock."""
    query = (
        b"SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND database ="
        b" (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    with psycopg.connect(url, autocommit=True) as server:
        while server.execute(query).fetchone() == (0,):
            assert closer.is_alive(), "it did not wait"


def test_closing_while_requests_run_leaves_no_hole_and_ends_nobodys_request(
    new_ledger_url: str,
) -> None:
    first, second = Ledger.open(new_ledger_url), Ledger.open(new_ledger_url)
    principals = []
    for number in range(4):
        first.add_account(f"user{number}@example.org", "pro")
        first.topup(f"user{number}@example.org", NANO_PER_USD, f"first{number}")
        key, _ = first.add_key(f"user{number}@example.org")
        principals.append(first.authenticate(key))

    def work(number: int) -> None:
        ledger = (first, second)[number % 2]
        for request in range(30):
            hold = ledger.hold(principals[number], f"r{request}", "f", "onnx", 1_000_000)
            assert isinstance(hold, Hold)
            ledger.topup(f"user{number}@example.org", 1, f"{number}-{request}")
            ledger.settle(hold, used(0.5))

    heads: list[str | None] = []
    with first, second, ThreadPoolExecutor(4) as threads:
        working = [threads.submit(work, number) for number in range(4)]
        while not all(future.done() for future in working):
            second.close_journal()
            heads.append(second.head())
        for future in working:
            future.result()
        first.close_journal()
        assert {head for head in heads if head is not None}
        for head in {*heads, first.head()}:
            assert first.audit(head) == []
        assert last_id(first.closings(), "holds") == 120
