from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from billing.ledger import Ledger
from tests.worker.support import Customer, WorkerProcess, new_customer, running_worker


@pytest.fixture(scope="package")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("worker")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ledger.sqlite3'}"


@pytest.fixture(scope="package")
def shared_ledger_url(folder: Path) -> str:
    url = f"sqlite:///{folder / 'ledger.sqlite3'}"
    Ledger.create(url)
    return url


@pytest.fixture(scope="package")
def worker(folder: Path, shared_ledger_url: str) -> Iterator[WorkerProcess]:
    """One worker for every test that does not stop it."""
    with running_worker(folder, "--port", "0", "--ledger", shared_ledger_url) as process:
        yield process


@pytest.fixture(scope="package")
def url(worker: WorkerProcess) -> str:
    return worker.announcement()["url"]


@pytest.fixture
def ledger(shared_ledger_url: str) -> Iterator[Ledger]:
    with Ledger.open(shared_ledger_url) as opened:
        yield opened
        assert opened.audit() == []


@pytest.fixture
def add_customer(ledger: Ledger, url: str) -> Iterator[Callable[..., Customer]]:
    customers: list[Customer] = []

    def add(**options: Any) -> Customer:
        customers.append(new_customer(ledger, url, **options))
        return customers[-1]

    yield add
    for customer in customers:
        customer.http.close()
        assert customer.funds.held_nano_usd == 0


@pytest.fixture
def customer(add_customer: Callable[..., Customer]) -> Customer:
    return add_customer()
