"""What is true of a ledger on a PostgreSQL server alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import psycopg
import pytest

from billing.database import Session, open_database
from billing.ledger import Ledger
from billing.model import Charge, Hold, LedgerError, LedgerUnusableError, RejectedInputError
from tests.billing.support import Bench, Clock, used
from tests.support.postgres import PostgresServer, running_postgres


@pytest.fixture(scope="module")
def tcp_server() -> Iterator[PostgresServer]:
    """A server of this file's own, which listens on a port too and may be killed."""
    with running_postgres(is_tcp=True) as server:
        yield server


@pytest.fixture
def killable(tcp_server: PostgresServer) -> Iterator[Bench]:
    """A ledger on that server."""
    with tcp_server.database() as url:
        clock = Clock()
        Ledger.create(url, clock=clock)
        with Ledger.open(url, clock) as ledger:
            yield Bench(url, ledger, clock)


def test_a_ledger_is_reached_by_port_and_password(tcp_server: PostgresServer) -> None:
    name = tcp_server.create_database()
    url = tcp_server.tcp_url(name)
    assert Ledger.create(url)
    for spelled in (url, url.replace("postgresql://", "postgres://")):
        with Ledger.open(spelled) as ledger:
            assert ledger.audit() == []
    tcp_server.drop_database(name)


def test_a_wrong_password_is_refused_and_not_repeated(tcp_server: PostgresServer) -> None:
    port = tcp_server.tcp_port
    with pytest.raises(LedgerUnusableError) as caught:
        Ledger.open(f"postgresql://postgres:my-password@127.0.0.1:{port}/postgres")
    assert "password authentication failed" in str(caught.value)
    assert "my-password" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ada:my-password%zz@host/db",
        "postgresql://ada:my-password@host/db?no_such_option=1",
        "postgresql://[::my-password",
    ],
)
def test_a_malformed_url_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(RejectedInputError, match="postgresql://") as caught:
        Ledger.open(url)
    assert "my-password" not in str(caught.value)


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(LedgerUnusableError, match=r"127\.0\.0\.1"):
        Ledger.open("postgresql://ada:my-password@127.0.0.1:1/db")


def test_a_database_that_is_not_there_is_named(postgres: PostgresServer) -> None:
    with pytest.raises(LedgerUnusableError, match="no_such_db"):
        Ledger.open(postgres.url("no_such_db"))


def test_an_empty_database_is_no_ledger(postgres_url: str) -> None:
    with pytest.raises(LedgerUnusableError, match="no BioQL ledger"):
        Ledger.open(postgres_url)
    with psycopg.connect(postgres_url) as connection:
        tables = "SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'"
        assert connection.execute(tables).fetchone() == (0,)


def test_tables_of_something_else_are_left_alone(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE users (name TEXT)")
        connection.execute("INSERT INTO users VALUES ('eve')")
    with pytest.raises(LedgerUnusableError):
        Ledger.open(postgres_url)
    with pytest.raises(LedgerUnusableError):
        Ledger.create(postgres_url)
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT name FROM users").fetchall() == [("eve",)]
        assert connection.execute("SELECT to_regclass('holds')").fetchone() == (None,)


def test_every_commit_is_durable(killable: Bench) -> None:
    database = open_database(killable.url)
    assert database.write(lambda session: session.row("SHOW synchronous_commit")) == ("on",)
    assert database.read(lambda session: session.row("SHOW fsync")) == ("on",)
    database.close()


def test_the_ledger_works_on_after_the_server_was_restarted(
    killable: Bench, tcp_server: PostgresServer
) -> None:
    ada = killable.customer()
    hold = killable.hold(ada, "r1")
    tcp_server.stop()
    with pytest.raises(LedgerUnusableError):
        killable.ledger.funds(ada)
    with pytest.raises(LedgerUnusableError):
        killable.hold(ada, "r2")
    tcp_server.start()
    assert killable.ledger.settle(hold, used(2)).user_cost_nano_usd == 855_555
    assert killable.ledger.funds(ada).held_nano_usd == 0
    assert killable.ledger.audit() == []


@pytest.mark.parametrize("settled", [0, 1, 5])
def test_what_was_acknowledged_survives_kill_9_of_the_server(
    killable: Bench, tcp_server: PostgresServer, settled: int
) -> None:
    ada = killable.customer()
    for number in range(settled):
        killable.ledger.settle(killable.hold(ada, f"r{number}"), used(1 + number))
    open_hold = killable.hold(ada, "open")
    tcp_server.kill()
    with pytest.raises(LedgerUnusableError):
        killable.ledger.settle(open_hold, used(2))
    tcp_server.start()
    for number in range(settled):
        charge = killable.ledger.hold(ada, f"r{number}", "f", "onnx", 5_000_000)
        assert isinstance(charge, Charge)
        assert charge.usage == used(1 + number)
    assert killable.ledger.settle(open_hold, used(2)).status == "settled"
    assert killable.ledger.audit() == []


def test_a_connection_that_is_cut_costs_one_answer_at_most(killable: Bench) -> None:
    ada = killable.customer()
    with psycopg.connect(killable.url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE application_name = 'bioql-billing' AND datname = current_database()"
        )
    try:
        killable.hold(ada, "r1")
    except LedgerError as error:
        assert isinstance(error, LedgerUnusableError)
    assert isinstance(killable.ledger.hold(ada, "r2", "f", "onnx", 5_000_000), Hold)
    assert killable.ledger.audit() == []


def test_a_port_that_is_no_number_is_refused_without_the_password() -> None:
    with pytest.raises(LedgerUnusableError, match="cannot be used") as caught:
        Ledger.open("postgresql://ada:my-password@host:port/db")
    assert "my-password" not in str(caught.value)


def test_a_row_that_another_process_keeps_locked_is_named(postgres_url: str) -> None:
    Ledger.create(postgres_url)
    with Ledger.open(postgres_url) as ledger, psycopg.connect(postgres_url) as other:
        ledger.add_account("ada@example.org")
        other.execute("UPDATE accounts SET posted_nano_usd = posted_nano_usd")
        ledger._database.write(lambda session: session.change("SET lock_timeout = 1"))
        with pytest.raises(LedgerUnusableError, match="another process has kept it locked"):
            ledger.topup("ada@example.org", 10**9, "p1")
        other.rollback()
        assert ledger.topup("ada@example.org", 10**9, "p1")


def test_a_read_that_meets_a_deadlock_is_told_to_try_again(postgres_url: str) -> None:
    Ledger.create(postgres_url)
    database = open_database(postgres_url)
    with psycopg.connect(postgres_url) as other:
        other.execute("SET deadlock_timeout = '1h'")
        other.execute("LOCK TABLE holds IN ACCESS EXCLUSIVE MODE")
        lock_users = threading.Thread(target=other.execute, args=("LOCK TABLE users",))

        def read(session: Session) -> None:
            session.rows("SELECT id FROM users")
            lock_users.start()
            with psycopg.connect(postgres_url) as watch:
                while watch.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone() is None:
                    pass
            session.rows("SELECT id FROM holds")

        with pytest.raises(LedgerUnusableError, match="try again"):
            database.read(read)
        lock_users.join()
    database.close()


def test_deleted_texts_leave_the_tables_file(killable: Bench) -> None:
    def size_bytes() -> int:
        return int(
            killable.ledger._database.read(
                lambda session: session.rows("SELECT pg_relation_size('stored_texts')")
            )[0][0]
        )

    hold = killable.hold(killable.customer(), "r1")
    killable.ledger.set_retention(1)
    killable.ledger.store_texts(hold, "a secret molecule", "code")
    assert size_bytes() > 0
    killable.ledger.set_retention(None)
    assert size_bytes() == 0
