"""Requests at another server: how many at once, how they end, and what is shared out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator

import pytest

from bioql_lsp.worker.engines.base import (
    Instruct,
    Piece,
    ProgressReport,
    Prompt,
    Sampling,
    Task,
    UpstreamError,
)
from bioql_lsp.worker.jobs import (
    ANSWER_PRIORITY,
    INLINE_PRIORITY,
    Job,
    JobFailedError,
    NotReadyError,
    Order,
    Outcome,
    QueueWaitError,
)
from bioql_lsp.worker.upstream import UpstreamScheduler
from tests.support.fake_engine import ManualClock


class Upstream:
    """Says two pieces; between them it waits for whoever holds ``gate``."""

    name = "openai"
    model = "far"
    revision = "1"
    context_tokens_max = 1000
    facts_kind = "full"

    def __init__(self, clock: ManualClock, requests_max: int) -> None:
        self.requests_max = requests_max
        self.gate = asyncio.Event()
        self.open_streams = 0
        self.most_open_streams = 0
        self.asked: list[str] = []
        self.prompt_tokens: int | None = None
        self._clock = clock

    def load(self, report: ProgressReport) -> None:
        report(0.5, "asking")

    def prompt(self, task: Task, max_new_tokens: int) -> Prompt:
        return Prompt((1,))

    async def stream(
        self, prompt: Prompt, task: Task, sampling: Sampling
    ) -> AsyncGenerator[Piece, None]:
        assert isinstance(task, Instruct)
        self.asked.append(task.instruction)
        self.open_streams += 1
        self.most_open_streams = max(self.open_streams, self.most_open_streams)
        try:
            if task.instruction == "fail":
                raise UpstreamError("it is gone")
            self._clock.advance(1_000_000)
            yield Piece("a", 1)
            await self.gate.wait()
            self._clock.advance(1_000_000)
            yield Piece("b", 2, "stop", self.prompt_tokens)
        finally:
            self.open_streams -= 1

    async def close(self) -> None:
        pass


@pytest.fixture
async def scheduler() -> AsyncIterator[UpstreamScheduler]:
    clock = ManualClock()
    scheduler = UpstreamScheduler(Upstream(clock, requests_max=2), clock, queue_length_max=8)
    with pytest.raises(NotReadyError):
        scheduler.reserve()
    scheduler.start()
    while scheduler.load_state.status == "loading":  # noqa: ASYNC110 - set by another thread
        await asyncio.sleep(0)
    yield scheduler
    await scheduler.stop(10)
    assert upstream(scheduler).open_streams == 0


def upstream(scheduler: UpstreamScheduler) -> Upstream:
    assert isinstance(scheduler.engine, Upstream)
    return scheduler.engine


def submit(
    scheduler: UpstreamScheduler,
    text: str = "x",
    *,
    priority: int = INLINE_PRIORITY,
    seconds_max: float = 60.0,
) -> Job:
    scheduler.reserve()
    order = Order(
        Instruct(text), Prompt((1,)), Sampling(9), priority, len(text), 60_000_000, seconds_max
    )
    return scheduler.submit(order)


async def outcome(job: Job) -> Outcome:
    async for _ in job.pieces():
        pass
    assert job.outcome is not None
    return job.outcome


async def test_no_more_requests_are_open_than_the_upstream_is_asked_for(
    scheduler: UpstreamScheduler,
) -> None:
    jobs = [submit(scheduler) for _ in range(6)]
    assert (scheduler.running, scheduler.waiting) == (2, 4)
    assert [await anext(job.pieces()) for job in jobs[:2]] == ["a", "a"]
    upstream(scheduler).gate.set()
    ended = await asyncio.gather(*map(outcome, jobs))
    assert {one.finish for one in ended} == {"stop"}
    assert {one.completion_tokens for one in ended} == {2}
    assert upstream(scheduler).most_open_streams == 2
    assert sum(one.engine_us for one in ended) <= scheduler.meter.busy_us == 12_000


async def test_the_last_request_is_kept_for_inline(scheduler: UpstreamScheduler) -> None:
    jobs = [submit(scheduler, priority=ANSWER_PRIORITY) for _ in range(2)]
    assert (scheduler.running, scheduler.waiting) == (1, 1)
    jobs.append(submit(scheduler))
    assert (scheduler.running, scheduler.waiting) == (2, 1)
    upstream(scheduler).gate.set()
    assert {(await outcome(job)).finish for job in jobs} == {"stop"}


async def test_a_job_that_waits_ends_when_its_deadline_has_passed(
    scheduler: UpstreamScheduler,
) -> None:
    running = [submit(scheduler) for _ in range(2)]
    with pytest.raises(QueueWaitError):
        await outcome(submit(scheduler, seconds_max=0.05))
    upstream(scheduler).gate.set()
    assert {(await outcome(job)).finish for job in running} == {"stop"}


async def test_prompt_tokens_are_the_upstreams_own_count_but_never_more_than_were_held(
    scheduler: UpstreamScheduler,
) -> None:
    upstream(scheduler).gate.set()
    for told, billed in ((0, 0), (1, 1), (50, 1), (None, 1)):
        upstream(scheduler).prompt_tokens = told
        assert (await outcome(submit(scheduler))).prompt_tokens == billed


async def test_cancelling_closes_the_upstreams_request_and_lets_the_next_one_in(
    scheduler: UpstreamScheduler,
) -> None:
    jobs = [submit(scheduler) for _ in range(3)]
    assert await anext(jobs[0].pieces()) == "a"
    jobs[0].cancel()
    ended = await outcome(jobs[0])
    assert (ended.finish, ended.completion_tokens) == ("cancelled", 1)
    upstream(scheduler).gate.set()
    assert [(await outcome(job)).finish for job in jobs[1:]] == ["stop", "stop"]


async def test_a_job_cancelled_before_it_could_begin_ends_too(
    scheduler: UpstreamScheduler,
) -> None:
    running, waiting = [submit(scheduler) for _ in range(2)], submit(scheduler)
    for job in (waiting, *running):
        job.cancel()
    for job in (waiting, *running):
        assert (await outcome(job)).finish == "cancelled"
    assert upstream(scheduler).asked == []
    assert (scheduler.running, scheduler.waiting) == (0, 0)
    upstream(scheduler).gate.set()
    assert (await outcome(submit(scheduler))).finish == "stop"


async def test_a_failure_is_told_and_frees_its_place(scheduler: UpstreamScheduler) -> None:
    upstream(scheduler).gate.set()
    for _ in range(20):
        with pytest.raises(JobFailedError) as failure:
            await outcome(submit(scheduler, "fail"))
        assert isinstance(failure.value.cause, UpstreamError)
    assert (await outcome(submit(scheduler))).finish == "stop"


async def test_an_answer_is_cut_when_its_time_is_up(scheduler: UpstreamScheduler) -> None:
    ended = await outcome(submit(scheduler, seconds_max=0.05))
    assert (ended.finish, ended.completion_tokens) == ("length", 1)


async def test_stopping_ends_what_runs_and_begins_nothing(scheduler: UpstreamScheduler) -> None:
    job = submit(scheduler)
    for _ in range(3):
        submit(scheduler)
    assert await anext(job.pieces()) == "a"
    await scheduler.stop(10)
    assert (await outcome(job)).finish == "cancelled"
    assert upstream(scheduler).asked == ["x"] * 2
    assert scheduler.waiting == 2
