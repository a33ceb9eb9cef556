"""Answers that were given before: what is kept, for how long, and that nobody pays for them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from billing.ledger import Ledger
from billing.model import Charge, EngineUsage, Funds
from bioql_lsp.text import Span
from bioql_lsp.worker.cache import AGE_SECONDS_MAX, AnswerCache
from bioql_lsp.worker.engines.base import Instruct, Sampling
from bioql_lsp.worker.results import Result
from bioql_lsp.worker.work import Work
from tests.support.fake_engine import FakeEngine, ManualClock
from tests.worker.support import Customer, new_customer, running_worker


class Clock:
    now_seconds = 0.0

    def __call__(self) -> float:
        return self.now_seconds


def work(text: str, sampling: Sampling = Sampling(9)) -> Work:  # noqa: B008 - immutable
    return Work("id", text, "generate", Instruct(text), sampling, "7.0.1", "", Span(0, 0))


def result(code: str | None, finish: str = "stop") -> Result:
    charge = Charge("id", "settled", EngineUsage(1, 1, 1), 0, 0, "v1", Funds(0, 0))
    return Result("id", code, finish, charge)  # type: ignore[arg-type]


def cache(**bounds: int) -> tuple[AnswerCache, Clock]:
    clock = Clock()
    return AnswerCache(FakeEngine(ManualClock()), clock, **bounds), clock


def test_the_same_request_gets_the_same_answer() -> None:
    kept, _ = cache()
    assert kept.get(work("a")) is None
    kept.put(work("a"), result("x = 1"))
    again = kept.get(work("a"))
    assert again is not None
    assert again.code == "x = 1"
    assert kept.get(work("b")) is None
    assert (kept.queries, kept.hits) == (3, 1)


@pytest.mark.parametrize(
    ("what", "how"),
    [
        (work("a", Sampling(9, temperature=0.7)), result("x = 1")),
        (work("a"), result("", "withheld")),
        (work("a"), result("", "cancelled")),
        (work("a"), result(None)),
    ],
)
def test_what_may_come_out_otherwise_is_not_kept(what: Work, how: Result) -> None:
    kept, _ = cache()
    kept.put(what, how)
    assert kept.get(what) is None


def test_a_seed_makes_a_warm_answer_worth_keeping() -> None:
    kept, _ = cache()
    warm = work("a", Sampling(9, temperature=0.7, seed=1))
    kept.put(warm, result("x = 1"))
    assert kept.get(warm) is not None


def test_another_revision_of_the_model_answers_anew() -> None:
    engine = FakeEngine(ManualClock())
    kept = AnswerCache(engine)
    kept.put(work("a"), result("x = 1"))
    engine.revision = "2"
    assert kept.get(work("a")) is None


def test_old_answers_go() -> None:
    kept, clock = cache()
    kept.put(work("a"), result("x = 1"))
    clock.now_seconds = AGE_SECONDS_MAX + 1
    assert kept.get(work("a")) is None


def test_what_was_not_asked_for_longest_goes_first() -> None:
    kept, _ = cache(entries_max=2)
    kept.put(work("a"), result("1"))
    kept.put(work("b"), result("2"))
    kept.get(work("a"))
    kept.put(work("c"), result("3"))
    assert [kept.get(work(name)) is not None for name in "abc"] == [True, False, True]


def test_the_kept_text_is_bound() -> None:
    kept, _ = cache(chars_max=10)
    kept.put(work("a"), result("x" * 6))
    kept.put(work("b"), result("y" * 6))
    kept.put(work("c"), result("z" * 11))
    assert [kept.get(work(name)) is not None for name in "abc"] == [False, False, False]
    kept.put(work("d"), result("x" * 10))
    assert kept.get(work("d")) is not None


@pytest.fixture(scope="module")
def customers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Customer, Customer]]:
    """Two customers of a worker that keeps answers."""
    folder: Path = tmp_path_factory.mktemp("cache")
    url = f"sqlite:///{folder / 'ledger.sqlite3'}"
    Ledger.create(url)
    with (
        running_worker(folder, "--port", "0", "--ledger", url, "--cache", "16") as worker,
        Ledger.open(url) as ledger,
    ):
        address = worker.announcement()["url"]
        yield new_customer(ledger, address), new_customer(ledger, address)
        assert ledger.audit() == []


def test_whoever_asks_again_pays_nothing_and_is_told(
    customers: tuple[Customer, Customer],
) -> None:
    first, second = customers
    paid = first.generate("bell").json()
    assert (paid["usage"]["cached"], paid["usage"]["engine_seconds"]) == (False, 0.4)
    request_id = uuid.uuid4().hex
    free = second.generate("bell", request_id).json()
    assert (free["code"], free["verified"]) == (paid["code"], True)
    assert free["usage"] == {**paid["usage"], "engine_seconds": 0.0, "cached": True}
    assert free["cost"]["user_cost_usd"] == "0.000000000"
    assert second.spent_nano_usd() == 0
    assert second.generate("bell", request_id).json() == free
    assert second.generate("other", request_id).status_code == 409


def test_another_buffer_is_another_request(customers: tuple[Customer, Customer]) -> None:
    first, _ = customers
    first.generate("again")
    assert not first.generate("again", context="x = 1\n").json()["usage"]["cached"]
    assert first.generate("again").json()["usage"]["cached"]


def test_a_cached_answer_needs_money_like_any_other(customers: tuple[Customer, Customer]) -> None:
    first, _ = customers
    first.generate("popular")
    poor = new_customer(first.ledger, str(first.http.base_url), topup=None)
    assert poor.generate("popular").status_code == 402


def test_an_answer_that_the_clock_has_cut_is_not_kept(
    customers: tuple[Customer, Customer],
) -> None:
    """24.99 of 25 s go into the prompt, so the answer is cut after its first piece."""
    cut = "[prompt=24.99] [say:len\\nmax]"
    first, second = (one.generate(cut, max_tokens=200).json() for one in customers)
    assert (first["finish"], first["usage"]["completion_tokens"]) == ("length", 1)
    assert not second["usage"]["cached"]


def test_an_answer_that_had_no_time_for_a_better_one_is_not_kept(
    customers: tuple[Customer, Customer],
) -> None:
    """The first of three candidates uses up the 5.1 s that are held, and leaves the 500 out."""
    partly = "500 shots [say:shots=100] [seconds=5.1]"
    first, second = (one.generate(partly, max_tokens=1).json() for one in customers)
    assert (first["finish"], first["usage"]["engine_seconds"]) == ("stop", 5.1)
    assert not second["usage"]["cached"]


def test_an_only_candidate_is_kept_whatever_it_leaves_out(
    customers: tuple[Customer, Customer],
) -> None:
    first, second = (one.generate("500 shots [say:shots=1]", n=1).json() for one in customers)
    assert (first["usage"]["cached"], second["usage"]["cached"]) == (False, True)


def test_the_old_contract_is_warm_and_never_cached(customers: tuple[Customer, Customer]) -> None:
    first, _ = customers
    bodies = [first.post("/", {"api_key": first.key, "prompt": "bell"}).json() for _ in range(2)]
    assert [body["cost"]["user_cost_usd"] for body in bodies] == [0.000171, 0.000171]
