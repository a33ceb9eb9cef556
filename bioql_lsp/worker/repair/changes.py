"""A rewriting split into its changes, and as few of them as do what is asked."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_TOKEN: Final = re.compile(r"\w+|\s+|[^\w\s]")
_CHANGES_MAX: Final = 24
_CHECKS_MAX: Final = 60
_CHECKED_CHARS_MAX: Final = 250_000
"""Of all texts that are judged together: one of 50 KB takes 0.4 s."""
_PIECES_MAX: Final = 4000
"""More are not compared one by one: that takes the square of their number."""


@dataclass(frozen=True, slots=True)
class Change:
    """Some pieces of the old text, by index, and what stands in their place."""

    start: int
    end: int
    new: str

    @property
    def size(self) -> int:
        """How much is changed."""
        return len(self.new) + self.end - self.start


class Budget:
    """How often something may still be done."""

    def __init__(self, times: int) -> None:
        self._left = times

    @property
    def is_overdrawn(self) -> bool:
        """Whether more was wanted than there was."""
        return self._left < 0

    def take(self, times: int = 1) -> bool:
        """Whether it may be done so many times more."""
        self._left -= times
        return self._left >= 0


def smallest_changes(old: str, new: str, is_good: Callable[[str], bool], text_chars: int) -> str:
    """The rewriting without those changes that can be left out while it stays good.

    ``new`` itself is good. Whole lines are left out first, then words. ``text_chars``: how much has
    to be looked at to tell whether a rewriting is good.
    """
    budget = Budget(min(_CHECKS_MAX, _CHECKED_CHARS_MAX // max(text_chars, 1)))
    for split in (_lines, _words):
        pieces = split(old)
        changes = _changes(pieces, split(new))
        if 1 < len(changes) <= _CHANGES_MAX:
            needed = _needed(pieces, changes, lambda text: budget.take() and is_good(text))
            new = _applied(pieces, needed)
    return new


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _words(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _changes(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """What differs; lines that stand for one another are changes of their own."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    was, now = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(was) + len(now) > _PIECES_MAX:
        return [Change(head, head + len(was), "".join(now))]
    matcher = difflib.SequenceMatcher(None, was, now, autojunk=False)
    found = []
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        if end - start == new_end - new_start:
            pairs = zip(range(start, end), now[new_start:new_end], strict=True)
            found += [Change(head + at, head + at + 1, piece) for at, piece in pairs]
        else:
            found.append(Change(head + start, head + end, "".join(now[new_start:new_end])))
    return found


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pieces at the beginning are the same."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (was, now) in pairs if was != now), min(len(old), len(new)))


def _applied(old: Sequence[str], changes: Sequence[Change]) -> str:
    return "".join(_pieces(old, changes))


def _pieces(old: Sequence[str], changes: Sequence[Change]) -> Iterator[str]:
    cursor = 0
    for change in sorted(changes, key=lambda each: (each.start, each.end)):
        yield from old[cursor : change.start]
        yield change.new
        cursor = change.end
    yield from old[cursor:]


def _needed(
    old: Sequence[str], changes: list[Change], is_good: Callable[[str], bool]
) -> list[Change]:
    """The changes without those that are not needed: one alone, or else all but the idle ones."""
    for change in sorted(changes, key=lambda each: each.size):
        if is_good(_applied(old, [change])):
            return [change]
    kept = changes
    is_smaller = True
    while is_smaller:
        is_smaller = False
        for change in sorted(kept, key=lambda each: -each.size):
            fewer = [each for each in kept if each is not change]
            if fewer and is_good(_applied(old, fewer)):
                kept, is_smaller = fewer, True
    return kept
