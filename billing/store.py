"""What the parts of the ledger's interface rest on: a database, a clock, transactions."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeAlias, TypeVar

from billing.database import Database, Session
from billing.founding import Kind

Clock: TypeAlias = Callable[[], int]
_Result = TypeVar("_Result")


def wall_clock_us() -> int:
    """Microseconds since 1970."""
    return time.time_ns() // 1000


class Store:
    """An open ledger.

    ``kind`` is ``standard``, ``demo`` (with the public demo key) or ``local`` (at price 0); only a
    standard ledger is about real money, and only there keys are live keys.
    """

    def __init__(self, database: Database, kind: Kind, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.kind = kind

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    @property
    def is_demo(self) -> bool:
        """Whether the public demo key opens an account here."""
        return self.kind == "demo"

    def _read(self, operation: Callable[[Session], _Result]) -> _Result:
        return self._database.read(operation)

    def _write(self, operation: Callable[[Session, int], _Result], order: int = 0) -> _Result:
        """``order`` is the id of the user whose rows the operation locks."""
        return self._database.write(lambda session: operation(session, self._clock()), order)
