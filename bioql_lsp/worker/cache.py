"""Answers that were given before, free for whoever asks the same of the same model."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bioql_lsp.worker.engines.base import Engine
from bioql_lsp.worker.results import Result
from bioql_lsp.worker.work import Work

ENTRIES_MAX = 2048
CHARS_MAX = 4 * 1024 * 1024
AGE_SECONDS_MAX = 3600.0


@dataclass(frozen=True, slots=True)
class _Entry:
    since_seconds: float
    result: Result
    chars: int


class AnswerCache:
    """Bound in number, size and age; what was not asked for longest goes first.

    Only what must come out the same again is kept: greedy answers and those with a seed. An answer
    is known by the engine, its model's revision and everything in the request but its id, so what
    was verified then is verified still.
    """

    def __init__(
        self,
        engine: Engine,
        clock_seconds: Callable[[], float] = time.monotonic,
        entries_max: int = ENTRIES_MAX,
        chars_max: int = CHARS_MAX,
    ) -> None:
        self._engine = engine
        self._clock_seconds = clock_seconds
        self._entries_max = entries_max
        self._chars_max = chars_max
        self._chars = 0
        self._entries: OrderedDict[tuple[str, ...], _Entry] = OrderedDict()
        self.queries = 0
        self.hits = 0

    def get(self, work: Work) -> Result | None:
        """How the same request ended before."""
        if not work.is_repeatable:
            return None
        self.queries += 1
        key = self._key(work)
        entry = self._entries.get(key)
        if entry is None:
            return None
        if self._clock_seconds() - entry.since_seconds > AGE_SECONDS_MAX:
            self._drop(key)
            return None
        self._entries.move_to_end(key)
        self.hits += 1
        return entry.result

    def put(self, work: Work, result: Result) -> None:
        """Keep an answer that was handed out whole."""
        is_whole = result.finish in ("stop", "length") and result.code is not None
        if not is_whole or not work.is_repeatable:
            return
        key = self._key(work)
        self._drop(key)
        chars = len(result.code or "")
        self._entries[key] = _Entry(self._clock_seconds(), result, chars)
        self._chars += chars
        while len(self._entries) > self._entries_max or self._chars > self._chars_max:
            self._drop(next(iter(self._entries)))

    def _drop(self, key: tuple[str, ...]) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._chars -= entry.chars

    def _key(self, work: Work) -> tuple[str, ...]:
        engine = self._engine
        return (engine.name, engine.model, engine.revision, work.fingerprint)
