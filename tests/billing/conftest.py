from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from billing.ledger import Ledger
from tests.billing.support import Bench, Clock


@pytest.fixture(params=["sqlite"])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty ledger can be made, on each database that the ledger supports."""
    assert request.param == "sqlite"
    return f"sqlite:///{tmp_path / 'ledger.db'}"


@pytest.fixture
def bench(ledger_url: str) -> Iterator[Bench]:
    clock = Clock()
    Ledger.create(ledger_url, clock=clock)
    bench = Bench(ledger_url, Ledger.open(ledger_url, clock), clock)
    yield bench
    assert bench.ledger.audit() == []
    bench.ledger.close()
