"""Who is next."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.worker.waiting import PATIENCE_SECONDS, WaitingLine


class Clock:
    now_seconds = 0.0

    def __call__(self) -> float:
        return self.now_seconds


def line() -> tuple[WaitingLine[str], Clock]:
    clock = Clock()
    return WaitingLine(clock), clock


def drain(waiting: WaitingLine[str]) -> list[str]:
    items = []
    while (item := waiting.take()) is not None:
        items.append(item)
    return items


def test_a_lower_priority_number_goes_first() -> None:
    waiting, _ = line()
    waiting.add("generate", 1, 1)
    waiting.add("inline", 0, 1)
    assert drain(waiting) == ["inline", "generate"]


def test_who_has_waited_long_goes_like_inline() -> None:
    waiting, clock = line()
    waiting.add("generate", 1, 1)
    clock.now_seconds = PATIENCE_SECONDS + 1
    waiting.add("inline", 0, 2)
    assert drain(waiting) == ["generate", "inline"]


def test_only_inline_can_be_taken_where_that_is_wanted() -> None:
    waiting, clock = line()
    waiting.add("generate", 1, 1)
    clock.now_seconds = PATIENCE_SECONDS + 1
    assert waiting.take(priority_max=0) is None
    waiting.add("inline", 0, 1)
    assert waiting.take(priority_max=0) == "inline"
    assert len(waiting) == 1


def test_a_newcomer_goes_before_the_rest_of_a_crowd() -> None:
    waiting, _ = line()
    for number in range(5):
        waiting.add(f"crowd {number}", 1, 1)
    assert [waiting.take(), waiting.take()] == ["crowd 0", "crowd 1"]
    waiting.add("newcomer", 1, 2)
    assert waiting.take() == "newcomer"
    assert waiting.take() == "crowd 2"


def test_leaving_the_line() -> None:
    waiting, _ = line()
    first, second = "first one", "second one"
    waiting.add(first, 1, 1)
    waiting.add(second, 1, 1)
    assert waiting.remove(first)
    assert not waiting.remove(first)
    assert drain(waiting) == [second]


def test_who_asks_and_changes_their_mind_loses_no_turn() -> None:
    waiting, _ = line()
    for number in range(9):
        waiting.add(f"crowd {number}", 1, 1)
    for number in range(20):
        typed = f"typed {number}"
        waiting.add(typed, 1, 2)
        assert waiting.remove(typed)
    waiting.add("typed at last", 1, 2)
    assert "typed at last" in [waiting.take(), waiting.take()]


@given(st.lists(st.integers(1, 4), max_size=40))
def test_no_account_is_ever_two_turns_ahead_of_another_that_waits(owners: list[int]) -> None:
    waiting, _ = line()
    for number, owner in enumerate(owners):
        waiting.add(f"{owner}:{number}", 1, owner)
    left = {owner: owners.count(owner) for owner in owners}
    served = dict.fromkeys(owners, 0)
    for item in drain(waiting):
        owner = int(item.partition(":")[0])
        served[owner] += 1
        left[owner] -= 1
        assert all(served[owner] - served[other] <= 1 for other in left if left[other])
