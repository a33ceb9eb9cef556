"""One contract on memory and on a real Redis, where several instances stand for several workers.

``limits`` reads the time of day itself, so these tests move that: all of the rest is real.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from limits.storage import RedisStorage

from billing.limits import RESERVED_SECONDS, LimitsUnavailableError, RateLimits
from billing.model import LimitReachedError, Principal, RejectedInputError
from tests.billing.interleaving import Stepped, every_interleaving
from tests.support.redis import RedisServer, running_redis

LIMIT = 10
WINDOW_SECONDS = 60
NewLimits = Callable[[], RateLimits]


class TimeOfDay:
    """A time of day that moves when told; a slot of reservations begins with it."""

    def __init__(self) -> None:
        self.now_seconds = 1_800_000_000.0 // RESERVED_SECONDS * RESERVED_SECONDS

    def __call__(self) -> float:
        return self.now_seconds

    def advance(self, seconds: float) -> None:
        self.now_seconds += seconds


@pytest.fixture
def time_of_day(monkeypatch: pytest.MonkeyPatch) -> TimeOfDay:
    clock = TimeOfDay()
    monkeypatch.setattr(time, "time", clock)
    return clock


@pytest.fixture(params=["memory", "redis"])
def new_limits(request: pytest.FixtureRequest, time_of_day: TimeOfDay) -> NewLimits:
    """Instances that share what they count."""
    if request.param == "memory":
        alone = RateLimits("memory://")
        return lambda: alone
    server: RedisServer = request.getfixturevalue("redis_server")
    with server.client() as client:
        client.flushall()
    return lambda: RateLimits(server.url)


@pytest.fixture
def own_redis() -> Iterator[RedisServer]:
    """A server that a test may kill."""
    with running_redis() as server:
        yield server


def principal(root_id: int = 1, key_id: int | None = None, limit: int = LIMIT) -> Principal:
    return Principal(1, key_id or root_id, root_id, "ada@example.org", "free", limit, False)


def admitted(limits: RateLimits, who: Principal, tries: int) -> int:
    """How many requests pass and are used."""
    count = 0
    for _ in range(tries):
        try:
            limits.reserve(who, "answer").use()
        except LimitReachedError:
            continue
        count += 1
    return count


def retry_after_seconds(limits: RateLimits, who: Principal) -> int:
    with pytest.raises(LimitReachedError) as caught:
        limits.reserve(who, "answer")
    assert (caught.value.source, caught.value.limit) == ("rate", who.requests_per_minute)
    return caught.value.retry_after_seconds


def reservable(limits: RateLimits, who: Principal) -> int:
    """How many requests could pass now; all of them are given back."""
    reserved = []
    with pytest.raises(LimitReachedError):
        while True:
            reserved.append(limits.reserve(who, "answer"))
    for reservation in reserved:
        reservation.give_back()
    return len(reserved)


def test_the_limit_is_reached_and_not_passed(new_limits: NewLimits) -> None:
    assert admitted(new_limits(), principal(), LIMIT + 5) == LIMIT


def test_workers_share_a_limit(new_limits: NewLimits) -> None:
    one, other = new_limits(), new_limits()
    assert admitted(one, principal(), 6) == 6
    assert admitted(other, principal(), 6) == LIMIT - 6
    assert admitted(one, principal(), 1) == 0


def test_the_keys_of_a_rotation_share_a_limit_and_other_keys_have_their_own(
    new_limits: NewLimits,
) -> None:
    limits = new_limits()
    assert admitted(limits, principal(1, key_id=1), LIMIT) == LIMIT
    assert admitted(limits, principal(1, key_id=2), 1) == 0
    assert admitted(limits, principal(3), LIMIT + 1) == LIMIT


def test_voids_and_answers_are_counted_apart(new_limits: NewLimits) -> None:
    limits = new_limits()
    assert admitted(limits, principal(), LIMIT) == LIMIT
    limits.reserve(principal(), "void").use()


def test_what_is_given_back_consumes_nothing(new_limits: NewLimits) -> None:
    limits = new_limits()
    for _ in range(3 * LIMIT):
        limits.reserve(principal(), "answer").give_back()
    assert admitted(limits, principal(), LIMIT + 1) == LIMIT


def test_what_is_refused_consumes_nothing(new_limits: NewLimits, time_of_day: TimeOfDay) -> None:
    limits = new_limits()
    assert admitted(limits, principal(), 3 * LIMIT) == LIMIT
    time_of_day.advance(WINDOW_SECONDS + 1)
    assert admitted(limits, principal(), LIMIT + 1) == LIMIT


def test_what_is_reserved_counts_before_it_is_used(new_limits: NewLimits) -> None:
    one, other = new_limits(), new_limits()
    reservations = [one.reserve(principal(), "answer") for _ in range(LIMIT - 1)]
    last = other.reserve(principal(), "answer")
    assert 1 <= retry_after_seconds(other, principal()) <= WINDOW_SECONDS + 1
    last.give_back()
    for reservation in reservations:
        reservation.use()
    assert admitted(other, principal(), 2) == 1


def test_the_window_moves(new_limits: NewLimits, time_of_day: TimeOfDay) -> None:
    limits = new_limits()
    assert admitted(limits, principal(), 6) == 6
    time_of_day.advance(30)
    assert admitted(limits, principal(), LIMIT) == LIMIT - 6
    time_of_day.advance(31)
    assert admitted(limits, principal(), LIMIT) == 6
    time_of_day.advance(30)
    assert admitted(limits, principal(), LIMIT) == LIMIT - 6


@pytest.mark.parametrize("spent_seconds", [1.3, 17.2, 58.9])
def test_retry_after_is_enough_and_a_second_less_is_not(
    new_limits: NewLimits, time_of_day: TimeOfDay, spent_seconds: float
) -> None:
    limits = new_limits()
    assert admitted(limits, principal(), 1) == 1
    time_of_day.advance(spent_seconds)
    assert admitted(limits, principal(), LIMIT) == LIMIT - 1
    time_of_day.advance(retry_after_seconds(limits, principal()) - 1)
    assert admitted(limits, principal(), 1) == 0
    time_of_day.advance(1)
    assert admitted(limits, principal(), 2) == 1


def test_reservations_of_a_dead_worker_lapse(new_limits: NewLimits, time_of_day: TimeOfDay) -> None:
    limits = new_limits()
    lost = [limits.reserve(principal(), "answer") for _ in range(LIMIT)]
    time_of_day.advance(RESERVED_SECONDS)
    assert admitted(limits, principal(), 1) == 0
    time_of_day.advance(RESERVED_SECONDS)
    assert admitted(limits, principal(), LIMIT) == LIMIT
    for reservation in lost:  # it was not dead but slow: nobody gets more for it
        reservation.give_back()
    assert admitted(limits, principal(), 1) == 0
    time_of_day.advance(WINDOW_SECONDS + 1)
    assert admitted(limits, principal(), LIMIT + 1) == LIMIT


def test_a_busy_key_never_forgets_what_is_reserved(
    new_limits: NewLimits, time_of_day: TimeOfDay
) -> None:
    """Something is reserved at every moment, for longer than the counter of a slot lives."""
    limits = new_limits()
    waiting = limits.reserve(principal(), "answer")
    for _ in range(20):
        time_of_day.advance(RESERVED_SECONDS / 2)
        newer = limits.reserve(principal(), "answer")
        waiting.give_back()
        waiting = newer
        assert reservable(limits, principal()) == LIMIT - 1


def test_a_reservation_of_a_worker_whose_clock_is_ahead_is_seen(
    new_limits: NewLimits, time_of_day: TimeOfDay
) -> None:
    limits = new_limits()
    time_of_day.advance(RESERVED_SECONDS)
    ahead = [limits.reserve(principal(), "answer") for _ in range(LIMIT)]
    time_of_day.advance(-1)
    retry_after_seconds(limits, principal())
    time_of_day.advance(1)
    for reservation in ahead:
        reservation.give_back()


@pytest.mark.parametrize("seed", range(3))
def test_no_interleaving_admits_more_than_the_limit(new_limits: NewLimits, seed: int) -> None:
    """Threads of several workers reserve, use and give back; the limit is then exhausted."""
    workers = [new_limits() for _ in range(3)]
    start, used = threading.Barrier(16), []

    def act(number: int) -> None:
        choose = random.Random(f"{seed} {number}")
        start.wait()
        for _ in range(12):
            try:
                turn = workers[number % 3].reserve(principal(), "answer")
            except LimitReachedError:
                continue
            if choose.random() < 0.6:
                turn.give_back()
                continue
            used.append(number)
            turn.use()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(act, range(16)))
    assert 1 <= len(used) <= LIMIT
    assert admitted(workers[0], principal(), LIMIT + 1) == LIMIT - len(used)


@pytest.mark.parametrize("is_given_back", [False, True], ids=["used", "given back"])
def test_every_order_of_two_workers_commands_admits_one_of_two_at_most(
    redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch, is_given_back: bool
) -> None:
    """One place is left; the first worker uses it or gives it back."""
    for name in ("incr", "get_moving_window", "acquire_entry"):
        monkeypatch.setattr(RedisStorage, name, Stepped.at(getattr(RedisStorage, name)))
    limits = RateLimits(redis_server.url)
    runs, admitted_counts = 0, set()
    for run in every_interleaving():
        who, used = principal(root_id=1000 + runs + 500 * is_given_back, limit=1), []

        def act(number: int, who: Principal = who, used: list[int] = used) -> None:
            try:
                turn = limits.reserve(who, "answer")
            except LimitReachedError:
                return
            if number == 0 and is_given_back:
                turn.give_back()
                return
            used.append(number)
            turn.use()

        run(act, act)
        assert len(used) <= 1
        assert admitted(limits, who, 2) == 1 - len(used)
        admitted_counts.add(len(used))
        runs += 1
    assert runs > 20
    assert 1 in admitted_counts


def test_unlimited_means_unlimited() -> None:
    limits = RateLimits(is_unlimited=True)
    assert admitted(limits, principal(limit=1), 50) == 50


@pytest.mark.parametrize("uri", ["", "memory", "memcached://x", "redis", "redis://h:port/0"])
def test_a_uri_of_something_else_is_refused(uri: str) -> None:
    with pytest.raises(RejectedInputError, match="limits"):
        RateLimits(uri)


def test_a_redis_that_is_not_there_is_named_without_its_password() -> None:
    with pytest.raises(LimitsUnavailableError) as caught:
        RateLimits("redis://:my-password@127.0.0.1:1/0")
    assert "my-password" not in str(caught.value)


def test_without_redis_nothing_passes_and_after_it_returns_everything_works(
    own_redis: RedisServer, time_of_day: TimeOfDay
) -> None:
    limits = RateLimits(own_redis.url)
    before = [limits.reserve(principal(), "answer") for _ in range(2)]
    own_redis.kill()
    with pytest.raises(LimitsUnavailableError):
        limits.reserve(principal(), "answer")
    before[0].use()
    own_redis.start()
    before[1].give_back()  # of a counter that Redis has lost
    assert admitted(limits, principal(), LIMIT + 1) == LIMIT


def test_what_could_not_be_used_stands_in_for_its_request(
    own_redis: RedisServer, time_of_day: TimeOfDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Redis is away for a moment but keeps what it holds."""
    monkeypatch.setattr("billing.limits.REDIS_TIMEOUT_SECONDS", 0.05)
    limits = RateLimits(own_redis.url)
    turn = limits.reserve(principal(), "answer")
    with own_redis.client() as client:
        client.execute_command("CLIENT", "PAUSE", 60_000, "WRITE")
        turn.use()
        client.execute_command("CLIENT", "UNPAUSE")
    assert admitted(limits, principal(), LIMIT) == LIMIT - 1
    time_of_day.advance(2 * RESERVED_SECONDS)
    assert admitted(limits, principal(), LIMIT + 1) == LIMIT
