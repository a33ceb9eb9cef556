"""Answers that stay right while the user types along: ``T`` for ``P`` answers ``P + T[:k]``.

What stands after the cursor belongs to the key. No document is kept: places are digests.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

ENTRIES_MAX = 200
AGE_SECONDS_MAX = 300.0


@dataclass(frozen=True, slots=True)
class Hit:
    """What is left to type of a cached answer; empty when nothing is known to fit there."""

    rest: str
    typed_count: int


@dataclass(frozen=True, slots=True)
class _Entry:
    prefix_count: int
    prefix_digest: bytes
    suffix_digest: bytes
    scope: str
    answer: str
    stored_at: float


class AnswerCache:
    """A bounded cache of inline answers, most recently used last.

    ``scope`` holds what else decides an answer: document, worker, BioQL version.
    """

    def __init__(
        self,
        entries_max: int = ENTRIES_MAX,
        age_seconds_max: float = AGE_SECONDS_MAX,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._entries: OrderedDict[tuple[str, bytes, bytes], _Entry] = OrderedDict()
        self._entries_max = entries_max
        self._age_seconds_max = age_seconds_max
        self._clock = clock

    def __len__(self) -> int:
        return len(self._entries)

    def put(self, scope: str, prefix: str, suffix: str, answer: str) -> None:
        """Remember an answer; an empty one says that nothing fits at exactly this place."""
        entry = _Entry(len(prefix), _digest(prefix), _digest(suffix), scope, answer, self._clock())
        key = (scope, entry.prefix_digest, entry.suffix_digest)
        self._entries.pop(key, None)
        self._entries[key] = entry
        while len(self._entries) > self._entries_max:
            self._entries.popitem(last=False)

    def get(self, scope: str, prefix: str, suffix: str) -> Hit | None:
        """The rest of an answer whose beginning has been typed.

        An answer that is typed to its end is no hit: what comes after it is not known.
        """
        self._drop_old()
        suffix_digest = _digest(suffix)
        for key, entry in reversed(self._entries.items()):
            if entry.scope == scope and entry.suffix_digest == suffix_digest:
                hit = _rest(entry, prefix)
                if hit is not None:
                    self._entries.move_to_end(key)
                    return hit
        return None

    def clear(self) -> None:
        """Forget everything."""
        self._entries.clear()

    def _drop_old(self) -> None:
        oldest = self._clock() - self._age_seconds_max
        for key in [key for key, entry in self._entries.items() if entry.stored_at < oldest]:
            del self._entries[key]


def _rest(entry: _Entry, prefix: str) -> Hit | None:
    typed = prefix[entry.prefix_count :]
    if len(prefix) < entry.prefix_count or not entry.answer.startswith(typed):
        return None
    if typed and len(typed) == len(entry.answer):
        return None
    if _digest(prefix[: entry.prefix_count]) != entry.prefix_digest:
        return None
    return Hit(entry.answer[len(typed) :], len(typed))


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
