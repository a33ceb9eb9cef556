"""Every operation fails, or its process dies, at every one of its statements."""

from __future__ import annotations

import threading
from contextlib import closing, suppress

import pytest

from billing.database import open_database
from billing.ledger import Ledger
from tests.billing.crash.failpoints import (
    DIED,
    DONE,
    armed,
    assert_a_repetition_changes_nothing,
    dump_of,
    dump_of_url,
    exit_code_of,
)
from tests.billing.crash.operations import DONE_BEFORE, Act, Prepare, every_operation
from tests.billing.support import START_US, Clock

STATEMENTS = range(1, 100)
STATEMENTS_MIN = 3
"""BEGIN, something, COMMIT: an operation with fewer was not struck."""


class _StruckError(Exception):
    """The statement failed."""


@every_operation
def test_a_process_that_dies_at_any_statement_leaves_all_or_nothing(
    struck_url: str, prepare: Prepare
) -> None:
    clock = Clock()
    with Ledger.open(struck_url, clock) as ledger:
        act = prepare(ledger, clock, "ada")
    before = dump_of_url(struck_url)
    left = []
    for number in STATEMENTS:
        code = exit_code_of(struck_url, clock, act, dying_at=number)
        assert code in (DIED, DONE)
        left.append(dump_of_url(struck_url))
        if code == DONE:
            break
        with Ledger.open(struck_url, clock) as ledger:
            assert ledger.audit() == []
    done = left[-1]
    assert done != before
    assert all(dump in (before, done) for dump in left)
    assert left.count(before) >= STATEMENTS_MIN
    with (
        Ledger.open(struck_url, clock) as ledger,
        closing(open_database(struck_url)) as database,
    ):
        assert_a_repetition_changes_nothing(ledger, database, act)


@pytest.mark.parametrize("is_lasting", [False, True], ids=["once", "lasting"])
@every_operation
def test_an_operation_that_fails_at_any_statement_is_done_whole_or_not_at_all(
    struck_url: str, prepare: Prepare, is_lasting: bool
) -> None:
    clock = Clock()
    with (
        Ledger.open(struck_url, clock) as ledger,
        closing(open_database(struck_url)) as database,
    ):
        for number in STATEMENTS:
            clock.now_us = START_US
            act = prepare(ledger, clock, f"u{number}")
            before = dump_of(database)
            is_struck = _is_struck(ledger, act, number, is_lasting=is_lasting)
            left = dump_of(database)
            with suppress(*DONE_BEFORE):
                act(ledger)
            done = dump_of(database)
            assert left in (before, done)
            assert done != before
            assert_a_repetition_changes_nothing(ledger, database, act)
            if not is_struck:
                break
    assert left == done
    assert number > STATEMENTS_MIN


def _is_struck(ledger: Ledger, act: Act, number: int, *, is_lasting: bool) -> bool:
    """Run with a failure at that statement; whether there was one of that number."""
    struck = threading.Event()

    def strike() -> None:
        struck.set()
        raise _StruckError

    with armed(number, strike, is_lasting=is_lasting), suppress(_StruckError):
        act(ledger)
    return struck.is_set()
