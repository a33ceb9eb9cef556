"""The engine's thread, the line before it, and how its time is shared out."""

import asyncio
import random
from collections.abc import AsyncIterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bioql_lsp.worker.engines.base import Infill, Instruct, Prompt, Sampling, Task
from bioql_lsp.worker.jobs import (
    Job,
    JobFailedError,
    NotReadyError,
    Order,
    Outcome,
    QueueFullError,
    QueueWaitError,
)
from bioql_lsp.worker.scheduler import Scheduler
from tests.support.fake_engine import FakeEngine, ManualClock


@pytest.fixture
async def scheduler() -> AsyncIterator[Scheduler]:
    async for one in running(queue_length_max=3):
        yield one


@pytest.fixture
async def wide() -> AsyncIterator[Scheduler]:
    """An engine that writes three answers at once."""
    async for one in running(rows_max=3):
        yield one


async def running(rows_max: int = 1, queue_length_max: int = 64) -> AsyncIterator[Scheduler]:
    clock = ManualClock()
    scheduler = Scheduler(FakeEngine(clock, rows_max=rows_max), clock, queue_length_max)
    await start(scheduler)
    yield scheduler
    await scheduler.stop(10)


async def start(scheduler: Scheduler) -> None:
    scheduler.start()
    while scheduler.load_state.status == "loading":  # noqa: ASYNC110 - set by the engine's thread
        await asyncio.sleep(0)


def order(
    text: str,
    *,
    is_inline: bool = False,
    owner: int = 1,
    engine_us_max: int = 60_000_000,
    seconds_max: float = 60.0,
) -> Order:
    task: Task = Infill(text) if is_inline else Instruct(text)
    priority = 0 if is_inline else 1
    return Order(task, Prompt((1,)), Sampling(4096), priority, owner, engine_us_max, seconds_max)


def submit(scheduler: Scheduler, what: Order) -> Job:
    scheduler.reserve()
    return scheduler.submit(what)


async def outcome(job: Job) -> Outcome:
    async for _ in job.pieces():
        pass
    assert job.outcome is not None
    return job.outcome


async def begun(scheduler: Scheduler, *, is_inline: bool = False) -> Job:
    """A job that holds a row of the engine until it is cancelled."""
    job = submit(scheduler, order("[hang]", is_inline=is_inline))
    assert await anext(job.pieces())
    return job


def seen_by(scheduler: Scheduler) -> list[str]:
    engine = scheduler.engine
    assert isinstance(engine, FakeEngine)
    return [t.prefix if isinstance(t, Infill) else t.instruction for t in engine.tasks]  # type: ignore[union-attr]


async def test_inline_goes_before_generate_and_first_before_second(scheduler: Scheduler) -> None:
    first = await begun(scheduler)
    jobs = [
        submit(scheduler, order("slow one")),
        submit(scheduler, order("slow two")),
        submit(scheduler, order("inline", is_inline=True)),
    ]
    first.cancel()
    await asyncio.gather(*map(outcome, jobs))
    assert seen_by(scheduler)[1:] == ["inline", "slow one", "slow two"]


async def test_accounts_take_turns_however_much_one_asks() -> None:
    async for scheduler in running():
        first = await begun(scheduler)
        jobs = [submit(scheduler, order(f"many {n}", owner=1)) for n in range(4)]
        jobs += [submit(scheduler, order(f"few {n}", owner=2)) for n in range(2)]
        first.cancel()
        await asyncio.gather(*map(outcome, jobs))
        assert seen_by(scheduler)[1:] == [
            "few 0", "many 0", "few 1", "many 1", "many 2", "many 3",
        ]  # fmt: skip


async def test_the_last_row_is_kept_for_inline(wide: Scheduler) -> None:
    running_jobs = [await begun(wide) for _ in range(2)]
    waiting = submit(wide, order("patient"))
    inline = submit(wide, order("inline", is_inline=True))
    assert (await outcome(inline)).finish == "stop"
    assert "patient" not in seen_by(wide)
    running_jobs[0].cancel()
    assert (await outcome(waiting)).finish == "stop"
    running_jobs[1].cancel()


async def test_a_failure_of_one_row_leaves_the_others_alone(wide: Scheduler) -> None:
    hanging = await begun(wide)
    with pytest.raises(JobFailedError):
        await outcome(submit(wide, order("[crash-late]")))
    hanging.cancel()
    assert (await outcome(hanging)).finish == "cancelled"


async def test_a_full_queue_refuses_and_a_cancelled_job_makes_room(scheduler: Scheduler) -> None:
    first = await begun(scheduler)
    waiting = [submit(scheduler, order("x")) for _ in range(3)]
    assert (scheduler.running, scheduler.waiting) == (1, 3)
    with pytest.raises(QueueFullError) as refusal:
        scheduler.reserve()
    assert 1 <= refusal.value.retry_after_seconds <= 30
    waiting[1].cancel()
    left = await outcome(waiting[1])
    assert (left.finish, left.engine_us, left.prompt_tokens) == ("cancelled", 0, 0)
    assert left.queue_seconds == left.seconds
    scheduler.reserve()
    scheduler.give_back()
    first.cancel()
    assert (await outcome(first)).finish == "cancelled"
    assert [(await outcome(waiting[n])).finish for n in (0, 2)] == ["stop", "stop"]


async def test_places_are_given_back_however_a_job_ends(scheduler: Scheduler) -> None:
    for text in ("x", "[crash]", "[crash-late]", "[nan]") * 2:
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


async def test_an_answer_is_cut_when_its_deadline_has_passed(scheduler: Scheduler) -> None:
    ended = await outcome(submit(scheduler, order("[hang]", seconds_max=0.2)))
    assert ended.finish == "length"
    assert ended.seconds >= 0.2
    assert ended.first_token_seconds is not None
    assert ended.queue_seconds <= ended.first_token_seconds <= ended.seconds


async def test_a_job_that_waits_ends_when_its_deadline_has_passed(scheduler: Scheduler) -> None:
    first = await begun(scheduler)
    with pytest.raises(QueueWaitError):
        await outcome(submit(scheduler, order("x", seconds_max=0.1)))
    first.cancel()
    assert (await outcome(submit(scheduler, order("x")))).finish == "stop"


async def test_a_failed_step_costs_its_answers_and_the_engine_goes_on(wide: Scheduler) -> None:
    hanging = await begun(wide)
    for job in (submit(wide, order("[broken]")), hanging):
        with pytest.raises(JobFailedError):
            await outcome(job)
    assert (await outcome(submit(wide, order("x")))).finish == "stop"
    assert wide.load_state.status == "ready"


async def test_an_engine_that_fails_again_and_again_is_given_up(wide: Scheduler) -> None:
    jobs = [submit(wide, order("[broken]", owner=n)) for n in range(12)]
    ended = await asyncio.gather(*map(outcome, jobs), return_exceptions=True)
    failed = [one for one in ended if isinstance(one, JobFailedError)]
    refused = [one for one in ended if isinstance(one, QueueWaitError)]
    assert len(failed) + len(refused) == 12
    assert failed
    assert refused
    assert wide.load_state.status == "failed"
    with pytest.raises(NotReadyError, match="again and again"):
        wide.reserve()


async def test_a_failure_tells_what_it_used(scheduler: Scheduler) -> None:
    with pytest.raises(JobFailedError) as failure:
        await outcome(submit(scheduler, order("[crash-late]")))
    assert failure.value.engine_us == 120_000


async def test_nothing_is_accepted_before_the_model_is_loaded() -> None:
    with pytest.raises(NotReadyError):
        Scheduler(FakeEngine(ManualClock())).reserve()


async def test_a_model_that_cannot_be_loaded_says_why() -> None:
    scheduler = Scheduler(FakeEngine(ManualClock(), load="fail"))
    await start(scheduler)
    assert scheduler.load_state.status == "failed"
    with pytest.raises(NotReadyError, match="no model in this test"):
        scheduler.reserve()


SCRIPTS = ["x", "[crash]", "[crash-late]", "[nan]", "[seconds=0.0000019]", "[prompt=0.3333333337]"]


@settings(max_examples=60, deadline=None)
@given(
    requests=st.lists(
        st.tuples(st.sampled_from(SCRIPTS), st.booleans(), st.booleans()), min_size=1, max_size=12
    ),
    rows_max=st.integers(1, 5),
    seed=st.integers(0, 2**16),
)
def test_billed_engine_time_never_exceeds_busy_time(
    requests: list[tuple[str, bool, bool]], rows_max: int, seed: int
) -> None:
    """Each request: its script, whether it is inline, whether its client leaves.

    They come at random moments between the steps of the engine.
    """

    async def billed_us(scheduler: Scheduler) -> int:
        await start(scheduler)
        chance = random.Random(seed)
        jobs = []
        for script, is_inline, is_leaving in requests:
            jobs.append(submit(scheduler, order(script, is_inline=is_inline)))
            if is_leaving:
                asyncio.get_running_loop().call_later(chance.random() / 1000, jobs[-1].cancel)
            if chance.random() < 0.5:
                await asyncio.sleep(chance.random() / 1000)
        ended = await asyncio.gather(*map(outcome, jobs), return_exceptions=True)
        await scheduler.stop(10)
        assert not [one for one in ended if not isinstance(one, Outcome | JobFailedError)]
        return sum(one.engine_us for one in ended if isinstance(one, Outcome | JobFailedError))

    clock = ManualClock()
    scheduler = Scheduler(FakeEngine(clock, rows_max=rows_max), clock)
    before_ns = clock()
    total_us = asyncio.run(billed_us(scheduler))
    busy_us = (clock() - before_ns) // 1000
    assert total_us <= scheduler.meter.busy_us == busy_us
    if all(script == "x" and not is_leaving for script, _, is_leaving in requests):
        # Rounding is all that is lost: under a microsecond for each, and a nanosecond a step.
        assert total_us >= busy_us - len(requests) * 2
