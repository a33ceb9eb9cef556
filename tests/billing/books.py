"""A ledger in which everything has happened once, and a hand that changes it behind its back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import apsw
import psycopg
import pytest

from billing.ledger import Ledger
from billing.model import EngineUsage, Hold
from billing.operations.journal import credit
from billing.prices import NANO_PER_USD, Price
from billing.schema import JOURNAL, LEGACY_BALANCE_ACCOUNT, OPERATOR_LOSS_ACCOUNT
from tests.billing.support import Bench, Clock, used
from tests.support.postgres import PostgresServer

TOKEN_PRICE = Price("tokens-1", "openai", 0, 40, 250_000_000, 1_250_000_000)


def open_books(url: str) -> Bench:
    """The ledger that ``live`` wrote, at the time at which it had finished."""
    clock = Clock()
    clock.advance(61)
    return Bench(url, Ledger.open(url, clock), clock)


def live(url: str) -> None:
    """Fill an empty standard ledger; ids are the same on every database.

    Ada (1): an expired, a settled, a released, a voided and an open hold. Bob (2): every kind of
    transaction, a low balance, a rotated key, a test key, tokens, a discount and an overrun.
    """
    clock = Clock()
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
    _move_money(bench)
    _answer_bob(bench)
    bench.ledger.close()


def _move_money(bench: Bench) -> None:
    """Transactions 6 to 12 of Bob, who has 9 USD afterwards and is warned below 9.50."""
    ledger, bob, usd = bench.ledger, "bob@example.org", NANO_PER_USD
    ledger.add_account(bob, "pro")
    ledger.topup(bob, 10 * usd, "paid")
    ledger.refund(bob, usd, "paid-back")
    ledger.set_account(bob, low_balance_nano_usd=9_500_000_000)
    ledger.set_tier("pro", {"monthly_credit_nano_usd": 5 * usd})
    ledger.grant_plan_credit()
    _legacy(bench, bob, -4 * usd, "old:1", LEGACY_BALANCE_ACCOUNT)
    _legacy(bench, bob, usd, "old:write-off", OPERATOR_LOSS_ACCOUNT)
    ledger.adjust(bob, -3 * usd, "correction", "counted twice")
    ledger.adjust(bob, usd, "correction-2", "not so often")


def _legacy(bench: Bench, email: str, amount: int, external_id: str, counter_account: int) -> None:
    user_id = 2
    bench.ledger._write(
        lambda session, now_us: credit(
            session,
            now_us,
            user_id=user_id,
            transaction_type="legacy",
            amount_nano_usd=amount,
            external_id=external_id,
            counter_account=counter_account,
        )
    )


def _answer_bob(bench: Bench) -> None:
    """Holds 6 to 10: old key, new key, test key, tokens at a discount, an overrun."""
    ledger, bob = bench.ledger, "bob@example.org"
    old_key, info = ledger.add_key(bob, 5 * NANO_PER_USD)
    old = ledger.authenticate(old_key)
    ledger.settle(bench.hold(old, "old-key"), used(2))
    new_key, _, _ = ledger.rotate_key(str(info.id))
    new = ledger.authenticate(new_key)
    ledger.settle(bench.hold(new, "new-key"), used(1))
    test_key, _ = ledger.add_key(bob, is_test=True)
    ledger.settle(bench.hold(ledger.authenticate(test_key), "test-key"), used(2))
    ledger.add_price(TOKEN_PRICE)
    ledger.set_discount("pro", 0, 10)
    hold = ledger.hold(
        new,
        "tokens",
        "f",
        "openai",
        0,
        model="big",
        prompt_tokens_max=900,
        completion_tokens_max=50,
    )
    assert isinstance(hold, Hold)
    ledger.settle(hold, EngineUsage(800, 50, 0))
    ledger.settle(bench.hold(new, "overrun", seconds=1), used(3))
    ledger.set_retention(30)
    ledger.store_texts(hold, "prompt", "code")


class Copies:
    """Copies of one ledger, each for a test of its own."""

    def __init__(self, template: str, postgres: PostgresServer | None, folder: Path) -> None:
        self._template = template
        self._postgres = postgres
        self._folder = folder
        self._count = 0

    def copy(self) -> AbstractContextManager[str]:
        """The URL of a fresh copy."""
        if self._postgres is not None:
            return self._postgres.database(self._template)
        return self._copied_file()

    @contextmanager
    def _copied_file(self) -> Iterator[str]:
        self._count += 1
        target = self._folder / f"copy-{self._count}.db"
        shutil.copy(self._template, target)
        yield f"sqlite:///{target}"


def sqlite_copies(folder: Path) -> Copies:
    """Of a ledger in a file."""
    path = folder / "template.db"
    Ledger.create(f"sqlite:///{path}", clock=Clock())
    live(f"sqlite:///{path}")
    return Copies(str(path), None, folder)


def postgres_copies(postgres: PostgresServer, folder: Path) -> Copies:
    """Of a ledger in PostgreSQL."""
    name = postgres.create_database()
    Ledger.create(postgres.url(name), clock=Clock())
    live(postgres.url(name))
    return Copies(name, postgres, folder)


def copies_for(request: pytest.FixtureRequest, folder: Path) -> Copies:
    """On the database that the fixture's parameter names."""
    if request.param == "sqlite":
        return sqlite_copies(folder)
    return postgres_copies(request.getfixturevalue("postgres"), folder)


def tamper(url: str, *statements: str) -> None:
    """Change a ledger as somebody would who may do everything: nothing refuses it."""
    if url.startswith("sqlite:"):
        _tamper_with_file(url.removeprefix("sqlite:///"), statements)
        return
    with psycopg.connect(url) as server:
        server.execute("SET session_replication_role = replica")
        server.execute(_DROP_CONSTRAINTS)
        for statement in statements:
            server.execute(statement.encode())


def run_sql(url: str, statement: str) -> None:
    """Run a statement as anybody may who can connect."""
    if url.startswith("sqlite:"):
        apsw.Connection(url.removeprefix("sqlite:///")).execute(statement)
        return
    with psycopg.connect(url) as server:
        server.execute(statement.encode())


def _tamper_with_file(path: str, statements: tuple[str, ...]) -> None:
    connection = apsw.Connection(path)
    connection.execute("PRAGMA ignore_check_constraints = 1")
    guards = [
        (name, sql)
        for name, sql in connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        )
        if any(name.startswith(table) for table in JOURNAL)
    ]
    for name, _ in guards:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    for _, sql in guards:
        connection.execute(sql)
    connection.close()


_DROP_CONSTRAINTS = b"""DO $$ DECLARE found RECORD; BEGIN
    FOR found IN SELECT conrelid::regclass AS name, conname FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'u')
        ORDER BY contype <> 'f'
    LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', found.name, found.conname);
    END LOOP; END $$"""
