"""Who is next: the line before an engine.

Inline completions go before answers that somebody asked for, which may wait that long that they go
like the others. Between requests of a kind the accounts take turns: each request of an account gets
a place as if those before it had taken their turn already (start-time fair queueing with requests
of size one), so fifty requests of one do not delay the first of another.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

PATIENCE_SECONDS = 5.0
"""Whoever has waited longer goes like an inline completion."""

ItemT = TypeVar("ItemT")


@dataclass(frozen=True, slots=True)
class _Waiting(Generic[ItemT]):
    item: ItemT
    priority: int
    owner: int
    turn: int
    number: int
    since_seconds: float


class WaitingLine(Generic[ItemT]):
    """Items that wait. Not safe to share between threads; its owner locks."""

    def __init__(self, clock_seconds: Callable[[], float]) -> None:
        self._clock_seconds = clock_seconds
        self._waiting: list[_Waiting[ItemT]] = []
        self._numbers = itertools.count()
        self._turn = 0
        self._next_turns: dict[int, int] = {}
        """Of the accounts that are ahead of the others."""

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, item: ItemT, priority: int, owner: int) -> None:
        """Wait behind what goes first; a lower ``priority`` does."""
        turn = max(self._turn, self._next_turns.get(owner, 0))
        self._next_turns[owner] = turn + 1
        number, now_seconds = next(self._numbers), self._clock_seconds()
        self._waiting.append(_Waiting(item, priority, owner, turn, number, now_seconds))

    def take(self, priority_max: int | None = None) -> ItemT | None:
        """The next one, or None; with ``priority_max`` only of those that go as early as that."""
        now_seconds = self._clock_seconds()

        def place(waiting: _Waiting[ItemT]) -> tuple[int, int, int]:
            is_impatient = now_seconds - waiting.since_seconds > PATIENCE_SECONDS
            return (0 if is_impatient else waiting.priority, waiting.turn, waiting.number)

        able = [w for w in self._waiting if priority_max is None or w.priority <= priority_max]
        if not able:
            return None
        first = min(able, key=place)
        self._waiting.remove(first)
        self._turn = max(self._turn, first.turn)
        self._next_turns = {o: t for o, t in self._next_turns.items() if t > self._turn}
        return first.item

    def remove(self, item: ItemT) -> bool:
        """Take one out of the line; False when it does not wait.

        The turn of an account's last one is free again: who changes their mind loses nothing.
        """
        for waiting in self._waiting:
            if waiting.item is item:
                self._waiting.remove(waiting)
                if self._next_turns.get(waiting.owner) == waiting.turn + 1:
                    self._next_turns[waiting.owner] = waiting.turn
                return True
        return False

    def all(self) -> list[ItemT]:
        """Everything that waits, in the order in which it came."""
        return [waiting.item for waiting in self._waiting]
