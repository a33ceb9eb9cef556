"""A later candidate that comes to nothing takes nothing away from the one before it.

The service, the ledger and the scheduler are real; the engine's second answer is made to fail.
"""

from __future__ import annotations

import asyncio
import dataclasses
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from billing.ledger import Ledger
from billing.limits import RateLimits
from bioql_lsp.wire import GenerateRequest
from bioql_lsp.worker.answer import AnswerService
from bioql_lsp.worker.engines.base import Instruct, Prompt, Sampling, Task
from bioql_lsp.worker.errors import ServiceError
from bioql_lsp.worker.jobs import Job, Order
from bioql_lsp.worker.results import Result
from bioql_lsp.worker.scheduler import Scheduler
from bioql_lsp.worker.work import Work, work_for_generation
from tests.support.fake_engine import FakeEngine, ManualClock
from tests.worker.support import wait_until

EMAIL = "ada@example.org"
FUNDS_NANO_USD = 10**12
COST_NANO_USD = 59_888
"""Of the prompt's 0.1 s and the two pieces, of 0.02 s each, of the first candidate."""
PARTLY = "bell, 500 shots [say:shots =100]"
GARBAGE = "bell, 500 shots [garbage]"


class Crashing(FakeEngine):
    """Fails in every answer but the first."""

    def add(self, prompt: Prompt, task: Task, sampling: Sampling) -> int:
        if self.tasks and isinstance(task, Instruct):
            task = dataclasses.replace(task, instruction=f"{task.instruction} [crash]")
        return super().add(prompt, task, sampling)


class Crowded(Scheduler):
    """For every order but the first its turn comes too late."""

    is_first = True

    def submit(self, order: Order) -> Job:
        late = order if self.is_first else dataclasses.replace(order, seconds_max=0.0)
        self.is_first = False
        return super().submit(late)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    url = f"sqlite:///{tmp_path / 'ledger.sqlite3'}"
    Ledger.create(url)
    with Ledger.open(url) as opened:
        opened.add_account(EMAIL, "enterprise")
        opened.topup(EMAIL, FUNDS_NANO_USD, "p1")
        yield opened
        assert opened.audit() == []
        assert opened.balance(EMAIL).held_nano_usd == 0


@asynccontextmanager
async def serving(ledger: Ledger, what: str) -> AsyncIterator[AnswerService]:
    clock = ManualClock()
    engine = Crashing(clock) if what == "crash" else FakeEngine(clock)
    scheduler = (Crowded if what == "late" else Scheduler)(engine, clock)
    scheduler.start()
    await asyncio.to_thread(wait_until, lambda: scheduler.load_state.status == "ready")
    yield AnswerService(ledger, scheduler, RateLimits(is_unlimited=True))
    await scheduler.stop(10)


def asked(instruction: str) -> Work:
    return work_for_generation(GenerateRequest(instruction=instruction, n=3), uuid.uuid4().hex)


async def answered(service: AnswerService, work: Work) -> Result:
    key, _ = service.ledger.add_key(EMAIL)
    running = await service.begin(await service.authenticate(key), work)
    try:
        return await running.result()
    finally:
        running.leave()


def spent_nano_usd(ledger: Ledger) -> int:
    return FUNDS_NANO_USD - ledger.balance(EMAIL).posted_nano_usd


@pytest.mark.parametrize("what", ["crash", "late"])
async def test_what_may_be_shown_is_shown_though_a_later_try_fails(
    ledger: Ledger, what: str
) -> None:
    async with serving(ledger, what) as service:
        result = await answered(service, asked(PARTLY))
        assert (result.code, result.is_verified) == ("shots =100\n", True)
        assert result.charge.usage.engine_us == 140_000
        assert result.charge.user_cost_nano_usd == spent_nano_usd(ledger) == COST_NANO_USD
        assert service.cache.get(asked(PARTLY)) is None


@pytest.mark.parametrize(
    ("what", "status", "code"), [("crash", 500, "engine_failed"), ("late", 503, "queue_timeout")]
)
async def test_where_nothing_may_be_shown_a_later_try_that_fails_is_told_and_free(
    ledger: Ledger, what: str, status: int, code: str
) -> None:
    async with serving(ledger, what) as service:
        with pytest.raises(ServiceError) as refusal:
            await answered(service, asked(GARBAGE))
        assert (refusal.value.status, refusal.value.code) == (status, code)
    assert spent_nano_usd(ledger) == 0
