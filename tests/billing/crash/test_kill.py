"""kill -9 at random moments under load: of the ledger's process, and of the database's server."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections.abc import Callable

import psycopg
import pytest

from billing.ledger import Ledger
from tests.billing.crash.history import History
from tests.billing.crash.workload import Acknowledgement, Customer, add_customers
from tests.billing.support import ROOT, Clock
from tests.support.postgres import PostgresServer

CUSTOMERS = 3
ACKNOWLEDGEMENTS_MAX = 250
HOUR_SECONDS = 3600
END_SECONDS_MAX = 60

Kill = Callable[["subprocess.Popen[str]"], int]
"""Returns the code that the process must end with."""


def _few_or_many(few: int, many: int) -> pytest.MarkDecorator:
    heavy = pytest.param(many, marks=[pytest.mark.heavy, pytest.mark.timeout(600)])
    return pytest.mark.parametrize("kills", [few, heavy])


@_few_or_many(8, 100)
def test_what_was_acknowledged_survives_kill_9(sqlite_url: str, kills: int) -> None:
    history = _killed_again_and_again(sqlite_url, kills, _kill_process)
    assert history.acknowledged > kills


@_few_or_many(3, 20)
def test_what_was_acknowledged_survives_kill_9_on_postgresql(postgres_url: str, kills: int) -> None:
    def kill(process: subprocess.Popen[str]) -> int:
        code = _kill_process(process)
        _wait_for_server_to_notice(postgres_url)
        return code

    history = _killed_again_and_again(postgres_url, kills, kill)
    assert history.acknowledged > kills


@_few_or_many(1, 6)
def test_what_was_acknowledged_survives_kill_9_of_the_server(
    postgres: PostgresServer, postgres_url: str, kills: int
) -> None:
    def kill(_: subprocess.Popen[str]) -> int:
        postgres.kill()
        postgres.start()
        return 0

    history = _killed_again_and_again(postgres_url, kills, kill)
    assert history.acknowledged > kills


def _killed_again_and_again(url: str, kills: int, kill: Kill) -> History:
    """Let processes use one ledger, one after the other, and kill each at a random moment."""
    clock = Clock()
    Ledger.create(url, clock=clock)
    customers = add_customers(url, clock, CUSTOMERS)
    history = History(url)
    dice = random.Random(kills)
    for number in range(kills):
        # Each process finds the holds of the one before it dead.
        clock.advance(HOUR_SECONDS)
        process = _start(url, clock.now_us, f"k{number}", customers)
        lines = _lines_until_killed(process, dice.randrange(ACKNOWLEDGEMENTS_MAX), kill)
        history.check(url, clock, [Acknowledgement.of_line(line) for line in lines])
    return history


def _start(url: str, now_us: int, name: str, customers: list[Customer]) -> subprocess.Popen[str]:
    arguments = [part for customer in customers for part in (customer.email, customer.key)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.billing.crash.child", url, str(now_us), name, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def _lines_until_killed(process: subprocess.Popen[str], count: int, kill: Kill) -> list[str]:
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(count)]
    expected_code = kill(process)
    lines += process.stdout.readlines()
    process.stdout.close()
    assert process.wait(END_SECONDS_MAX) == expected_code
    return [line for line in lines if line.endswith("\n")]


def _kill_process(process: subprocess.Popen[str]) -> int:
    process.kill()
    return -signal.SIGKILL


def _wait_for_server_to_notice(url: str) -> None:
    """Return when the server has ended the sessions of the dead process."""
    with psycopg.connect(url, autocommit=True) as connection:
        sessions = 1
        while sessions:
            row = connection.execute(
                "SELECT COUNT(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND application_name = 'bioql-billing'"
            ).fetchone()
            assert row is not None
            sessions = row[0]
