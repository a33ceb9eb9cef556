from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from billing.ledger import Ledger
from tests.billing.support import Bench, Clock
from tests.support.postgres import PostgresServer


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Where an empty ledger can be made in a file."""
    return f"sqlite:///{tmp_path / 'ledger.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_url(request: pytest.FixtureRequest) -> str:
    """Where an empty ledger can be made, on each database that the ledger supports."""
    url: str = request.getfixturevalue(f"{request.param.removesuffix('ql')}_url")
    return url


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> str:
    """A database that holds a new ledger, to be copied: that is quicker than making one."""
    name = postgres.create_database()
    Ledger.create(postgres.url(name), clock=Clock())
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def new_ledger_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A ledger without accounts, on each database; ``Clock`` says when it was made."""
    if request.param == "sqlite":
        url = request.getfixturevalue("sqlite_url")
        Ledger.create(url, clock=Clock())
        yield url
        return
    postgres: PostgresServer = request.getfixturevalue("postgres")
    with postgres.database(request.getfixturevalue("postgres_template")) as url:
        yield url


@contextmanager
def _bench(url: str) -> Iterator[Bench]:
    clock = Clock()
    bench = Bench(url, Ledger.open(url, clock), clock)
    try:
        yield bench
        assert bench.ledger.audit() == []
    finally:
        bench.ledger.close()


@pytest.fixture
def bench(new_ledger_url: str) -> Iterator[Bench]:
    """A ledger on each database."""
    with _bench(new_ledger_url) as bench:
        yield bench


@pytest.fixture
def sqlite_bench(sqlite_url: str) -> Iterator[Bench]:
    """For what is true of SQLite alone."""
    Ledger.create(sqlite_url, clock=Clock())
    with _bench(sqlite_url) as bench:
        yield bench
