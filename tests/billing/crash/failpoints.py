"""Failures at a chosen statement, and what a ledger holds before and after."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any, TypeAlias
from unittest.mock import patch

import peewee

from billing.database import Database, Row, Session, open_database
from billing.ledger import Ledger
from tests.billing.crash.operations import DONE_BEFORE, Act

DONE, DIED, RAISED = 0, 10, 11

Dump: TypeAlias = dict[str, list[Row]]

_TABLES = {
    "SqliteDatabase": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "PostgresqlDatabase": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}


@contextmanager
def armed(number: int, strike: Callable[[], None], *, is_lasting: bool = False) -> Iterator[None]:
    """Call ``strike`` in place of the statement of that number, or of all from it.

    BEGIN and COMMIT count.
    """
    numbers = itertools.count(1)

    def striking(run: Callable[..., Any]) -> Callable[..., Any]:
        def execute(target: Any, sql: str, *parameters: Any) -> Any:
            this = next(numbers)
            if this == number or (is_lasting and this > number):
                strike()
            return run(target, sql, *parameters)

        return execute

    with (
        patch.object(Session, "_execute", striking(Session._execute)),
        patch.object(peewee.Database, "execute_sql", striking(peewee.Database.execute_sql)),
    ):
        yield


def exit_code_of(url: str, clock: Callable[[], int], act: Act, dying_at: int) -> int:
    """Run in a process of its own, which ends without a word at that statement."""
    child = os.fork()
    if child == 0:
        os._exit(_run(url, clock, act, dying_at))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _run(url: str, clock: Callable[[], int], act: Act, dying_at: int) -> int:
    try:
        ledger = Ledger.open(url, clock)
        with armed(dying_at, lambda: os._exit(DIED)):
            act(ledger)
    except BaseException:
        return RAISED
    return DONE


def dump_of(database: Database) -> Dump:
    """Every row of every table."""

    def dump(session: Session) -> Dump:
        return {
            name: sorted(session.rows(f"SELECT * FROM {name}"), key=repr)
            for (name,) in session.rows(_TABLES[type(database).__name__])
        }

    return database.read(dump)


def dump_of_url(url: str) -> Dump:
    """Every row of every table, as one sees it who comes new."""
    with closing(open_database(url)) as database:
        return dump_of(database)


def assert_a_repetition_changes_nothing(ledger: Ledger, database: Database, act: Act) -> None:
    """Fail where an operation that was done is done again, or the books do not balance."""
    done = dump_of(database)
    with suppress(*DONE_BEFORE):
        act(ledger)
    assert dump_of(database) == done
    assert ledger.audit() == []
