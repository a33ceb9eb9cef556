"""What the worker makes of a ledger whose answers are lost on their way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from billing.database import Session
from billing.ledger import Ledger
from billing.limits import RateLimits
from billing.model import EngineUsage, Hold, LedgerUnusableError
from billing.prices import NANO_PER_USD
from bioql_lsp.worker.booking import Booking
from bioql_lsp.worker.errors import ServiceError

EMAIL = "ada@example.org"
USED = EngineUsage(1, 2, 2_000_000)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    Ledger.create(url)
    with Ledger.open(url) as opened:
        opened.add_account(EMAIL)
        opened.topup(EMAIL, NANO_PER_USD, "p1")
        yield opened
        assert opened.audit() == []


@pytest.fixture
def hold(ledger: Ledger) -> Hold:
    key, _ = ledger.add_key(EMAIL)
    reply = ledger.hold(ledger.authenticate(key), "r1", "f", "onnx", 5_000_000)
    assert isinstance(reply, Hold)
    return reply


def _lose_answers(ledger: Ledger, count: int, *, is_committed: bool) -> None:
    """The next transactions end with an error, before or after they were committed."""
    commits = ledger._database._commits
    transaction = commits._transaction
    lost = iter(range(count))

    @contextmanager
    def losing() -> Iterator[Session]:
        is_lost = next(lost, None) is not None
        with transaction() as session:
            yield session
            if is_lost and not is_committed:
                raise LedgerUnusableError("the connection is lost")
        if is_lost:
            raise LedgerUnusableError("the connection is lost")

    commits._transaction = losing


@pytest.mark.parametrize("is_committed", [True, False], ids=["after", "before"])
async def test_a_settle_whose_answer_is_lost_is_charged_once_and_answered(
    ledger: Ledger, hold: Hold, is_committed: bool
) -> None:
    _lose_answers(ledger, 1, is_committed=is_committed)
    charge = await Booking(ledger, RateLimits()).settle(hold, USED)
    assert (charge.status, charge.user_cost_nano_usd) == ("settled", 855_555)
    assert ledger.balance(EMAIL).posted_nano_usd == NANO_PER_USD - 855_555


async def test_a_settle_that_stays_impossible_is_a_503_and_charges_nothing(
    ledger: Ledger, hold: Hold
) -> None:
    _lose_answers(ledger, 2, is_committed=False)
    with pytest.raises(ServiceError) as refusal:
        await Booking(ledger, RateLimits()).settle(hold, USED)
    assert refusal.value.status == 503
    assert ledger.balance(EMAIL).posted_nano_usd == NANO_PER_USD


async def test_a_settle_of_a_hold_that_has_lapsed_is_refused(ledger: Ledger, hold: Hold) -> None:
    ledger.end_hold(hold.id)
    _lose_answers(ledger, 1, is_committed=False)
    with pytest.raises(ServiceError) as refusal:
        await Booking(ledger, RateLimits()).settle(hold, USED)
    assert refusal.value.status == 503
