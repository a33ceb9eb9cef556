"""An answer is reused while the user types it, and only there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.assist.cache import AnswerCache, Hit

TEXT = st.text(st.sampled_from("ab(\n😀"), max_size=12)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@given(TEXT, TEXT, TEXT.filter(bool))
def test_every_typed_beginning_gets_the_rest(prefix: str, suffix: str, answer: str) -> None:
    cache = AnswerCache()
    cache.put("s", prefix, suffix, answer)
    for count in range(len(answer)):
        hit = cache.get("s", prefix + answer[:count], suffix)
        assert hit == Hit(answer[count:], count)
    assert cache.get("s", prefix + answer, suffix) is None


@given(TEXT, TEXT, TEXT, TEXT, TEXT)
def test_a_hit_always_completes_to_the_answer_it_came_from(
    prefix: str, suffix: str, answer: str, asked: str, asked_suffix: str
) -> None:
    cache = AnswerCache()
    cache.put("s", prefix, suffix, answer)
    hit = cache.get("s", asked, asked_suffix)
    if hit is not None:
        assert asked + hit.rest == prefix + answer
        assert asked_suffix == suffix


def test_what_stands_after_the_cursor_and_the_scope_belong_to_the_key() -> None:
    cache = AnswerCache()
    cache.put("remote", "x = ", "\n", "1")
    assert cache.get("remote", "x = ", "") is None
    assert cache.get("local", "x = ", "\n") is None
    assert cache.get("remote", "x = ", "\n") == Hit("1", 0)


def test_that_nothing_fits_is_known_for_exactly_one_place() -> None:
    cache = AnswerCache()
    cache.put("s", "x", "", "")
    assert cache.get("s", "x", "") == Hit("", 0)
    assert cache.get("s", "x ", "") is None


def test_the_least_recently_used_and_the_old_are_dropped() -> None:
    clock = Clock()
    cache = AnswerCache(entries_max=2, age_seconds_max=10, clock=clock)
    cache.put("s", "a", "", "1")
    cache.put("s", "b", "", "2")
    assert cache.get("s", "a", "") is not None
    cache.put("s", "c", "", "3")
    assert cache.get("s", "b", "") is None
    assert len(cache) == 2
    clock.now = 11.0
    assert cache.get("s", "c", "") is None
    assert len(cache) == 0
