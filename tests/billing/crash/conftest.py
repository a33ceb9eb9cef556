from __future__ import annotations

import pytest

from billing.ledger import Ledger
from tests.billing.support import Clock


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.heavy)])
def struck_url(request: pytest.FixtureRequest) -> str:
    """A ledger without accounts, for hundreds of failures: PostgreSQL takes its time for them."""
    url: str = request.getfixturevalue(f"{request.param.removesuffix('ql')}_url")
    Ledger.create(url, clock=Clock())
    return url
