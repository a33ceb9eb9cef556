"""Time is shared out, and never more of it than has passed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.worker.metering import Lap, Meter, SharedMeter
from tests.support.fake_engine import ManualClock


@given(st.lists(st.tuples(st.integers(0, 10**10), st.sets(st.integers(0, 5))), max_size=40))
def test_a_span_is_shared_by_those_that_it_was_spent_on(
    spans: list[tuple[int, set[int]]],
) -> None:
    meter, laps = Meter(ManualClock()), [Lap() for _ in range(6)]
    for duration_ns, members in spans:
        meter.spend(duration_ns, [laps[member] for member in members])
    assert meter.busy_us == sum(duration_ns for duration_ns, _ in spans) // 1000
    assert sum(lap.engine_us for lap in laps) <= meter.busy_us
    shared_ns = sum(duration_ns for duration_ns, members in spans if members)
    lost_us = len(laps) + len(spans) * len(laps) / 1000
    assert sum(lap.engine_us for lap in laps) >= shared_ns // 1000 - lost_us


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 10**9)), max_size=60))
def test_requests_that_come_and_go_share_the_time_of_each_moment(
    changes: list[tuple[int, int]],
) -> None:
    """Each change: somebody comes, or goes if they are there; then time passes."""
    clock = ManualClock()
    meter, laps, under_way = SharedMeter(clock), [], {}
    busy_ns = 0
    for person, duration_ns in changes:
        if person in under_way:
            meter.end(under_way.pop(person))
        else:
            under_way[person] = Lap()
            laps.append(under_way[person])
            meter.begin(under_way[person])
        clock.advance(duration_ns)
        busy_ns += duration_ns if under_way else 0
    for lap in under_way.values():
        meter.end(lap)
    assert meter.busy_us == busy_ns // 1000
    assert sum(lap.engine_us for lap in laps) <= meter.busy_us


def test_two_under_way_pay_half_each() -> None:
    clock = ManualClock()
    meter, first, second = SharedMeter(clock), Lap(), Lap()
    meter.begin(first)
    clock.advance(2_000_000)
    meter.begin(second)
    clock.advance(6_000_000)
    meter.end(first)
    clock.advance(1_000_000)
    meter.end(second)
    assert (first.engine_us, second.engine_us, meter.busy_us) == (5000, 4000, 9000)


def test_the_prompts_part_is_what_was_used_before_the_first_piece() -> None:
    lap = Lap()
    lap.add(5_000)
    assert (lap.prompt_us, lap.engine_us) == (5, 5)
    lap.mark_prompt_done()
    lap.add(7_000)
    lap.mark_prompt_done()
    assert (lap.prompt_us, lap.engine_us) == (5, 12)
