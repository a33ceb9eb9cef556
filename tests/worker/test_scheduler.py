"""The engine's thread, its queue and its clock."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bioql_lsp.worker.engines.base import Infill, Instruct, Sampling, Task
from bioql_lsp.worker.metering import Meter
from bioql_lsp.worker.scheduler import (
    Job,
    JobFailedError,
    NotReadyError,
    Order,
    Outcome,
    QueueFullError,
    Scheduler,
)
from tests.support.fake_engine import FakeEngine, ManualClock


@pytest.fixture
async def scheduler() -> AsyncIterator[Scheduler]:
    clock = ManualClock()
    scheduler = Scheduler(FakeEngine(clock), clock, queue_length_max=3)
    await start(scheduler)
    yield scheduler
    await asyncio.to_thread(scheduler.stop, 10)


async def start(scheduler: Scheduler) -> None:
    scheduler.start()
    while scheduler.load_state.status == "loading":  # noqa: ASYNC110 - set by the engine's thread
        await asyncio.sleep(0)


def order(text: str, *, is_inline: bool = False, engine_us_max: int = 60_000_000) -> Order:
    task: Task = Infill(text) if is_inline else Instruct(text)
    return Order(task, Sampling(4096), 0 if is_inline else 1, engine_us_max)


def submit(scheduler: Scheduler, what: Order) -> Job:
    scheduler.reserve()
    return scheduler.submit(what)


async def outcome(job: Job) -> Outcome:
    async for _ in job.pieces():
        pass
    assert job.outcome is not None
    return job.outcome


async def begun(scheduler: Scheduler) -> Job:
    """A job that holds the engine until it is cancelled."""
    job = submit(scheduler, order("[hang]"))
    assert await anext(job.pieces())
    return job


async def test_inline_goes_before_generate_and_first_before_second(scheduler: Scheduler) -> None:
    first = await begun(scheduler)
    jobs = [
        submit(scheduler, order("slow one")),
        submit(scheduler, order("slow two")),
        submit(scheduler, order("inline", is_inline=True)),
    ]
    first.cancel()
    await asyncio.gather(*map(outcome, jobs))
    engine = scheduler.engine
    assert isinstance(engine, FakeEngine)
    assert engine.tasks[1:] == [Infill("inline"), Instruct("slow one"), Instruct("slow two")]


async def test_a_full_queue_refuses_and_a_cancelled_job_makes_room(scheduler: Scheduler) -> None:
    first = await begun(scheduler)
    waiting = [submit(scheduler, order("x")) for _ in range(3)]
    with pytest.raises(QueueFullError):
        scheduler.reserve()
    waiting[1].cancel()
    assert (await outcome(waiting[1])) == Outcome("cancelled")
    scheduler.reserve()
    scheduler.give_back()
    first.cancel()
    assert (await outcome(first)).finish == "cancelled"
    assert [(await outcome(waiting[n])).finish for n in (0, 2)] == ["stop", "stop"]


async def test_places_are_given_back_however_a_job_ends(scheduler: Scheduler) -> None:
    for text in ("x", "[crash]", "[crash-late]", "[nan]", "[long]") * 2:
        job = submit(scheduler, order(text))
        try:
            await outcome(job)
        except JobFailedError:
            continue
    jobs = [submit(scheduler, order("x")) for _ in range(4)]
    assert [(await outcome(job)).finish for job in jobs] == ["stop"] * 4


async def test_the_time_limit_cuts_an_answer(scheduler: Scheduler) -> None:
    ended = await outcome(submit(scheduler, order("[endless]", engine_us_max=500_000)))
    assert (ended.finish, ended.engine_us, ended.prompt_us) == ("length", 500_000, 120_000)
    assert ended.completion_tokens == 20


async def test_a_failure_tells_what_it_used(scheduler: Scheduler) -> None:
    with pytest.raises(JobFailedError) as failure:
        await outcome(submit(scheduler, order("[crash-late]")))
    assert failure.value.engine_us == 120_000


async def test_nothing_is_accepted_before_the_model_is_loaded() -> None:
    with pytest.raises(NotReadyError):
        Scheduler(FakeEngine(ManualClock())).reserve()


SCRIPTS = ["x", "[crash]", "[crash-late]", "[nan]", "[seconds=0.0000019]", "[prompt=0.3333333337]"]


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(SCRIPTS), st.booleans(), st.booleans()), min_size=1, max_size=12
    )
)
def test_billed_engine_time_never_exceeds_busy_time(
    requests: list[tuple[str, bool, bool]],
) -> None:
    """Each request: its script, whether it is inline, whether its client leaves at once."""

    async def billed_us(scheduler: Scheduler) -> int:
        await start(scheduler)
        jobs = []
        for script, is_inline, _ in requests:
            jobs.append(submit(scheduler, order(script, is_inline=is_inline)))
        for job, (_, _, is_leaving) in zip(jobs, requests, strict=True):
            if is_leaving:
                job.cancel()
        ended = await asyncio.gather(*map(outcome, jobs), return_exceptions=True)
        await asyncio.to_thread(scheduler.stop, 10)
        return sum(one.engine_us for one in ended if isinstance(one, Outcome | JobFailedError))

    clock = ManualClock()
    scheduler = Scheduler(FakeEngine(clock), clock)
    before_ns = clock()
    total_us = asyncio.run(billed_us(scheduler))
    assert total_us <= scheduler.meter.busy_us == (clock() - before_ns) // 1000


@pytest.mark.parametrize(
    "misuse", [lambda m, _: m.begin(), lambda m, lap: (m.end(lap), m.end(lap))]
)
def test_laps_cannot_overlap_or_count_twice(misuse: Callable[..., object]) -> None:
    meter = Meter(ManualClock())
    lap = meter.begin()
    with pytest.raises(RuntimeError):
        misuse(meter, lap)
