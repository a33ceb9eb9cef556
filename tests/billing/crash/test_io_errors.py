"""Every write and every sync of an operation fails once, as on a full or a faulty disk."""

from __future__ import annotations

import random
from contextlib import closing, suppress

from billing.database import open_database
from billing.ledger import Ledger
from billing.model import LedgerError
from tests.billing.crash.failpoints import assert_a_repetition_changes_nothing
from tests.billing.crash.operations import DONE_BEFORE, Prepare, every_operation
from tests.billing.crash.power import Disk, mounted
from tests.billing.support import START_US, Clock

CHECKPOINT_PAGES = 1
"""After every commit, so that a checkpoint fails too."""
STEPS = range(1, 300)
STEPS_MIN = 5


@every_operation
def test_a_write_that_fails_once_never_does_half_or_twice(
    sqlite_url: str, prepare: Prepare
) -> None:
    clock = Clock()
    Ledger.create(sqlite_url, clock=clock)
    for number in STEPS:
        clock.now_us = START_US
        disk = Disk(random.Random(number))
        with mounted(disk, CHECKPOINT_PAGES), Ledger.open(sqlite_url, clock) as ledger:
            act = prepare(ledger, clock, f"u{number}")
            disk.fail_after(number)
            with suppress(LedgerError):
                act(ledger)
            has_failed = disk.mend()
            with suppress(*DONE_BEFORE):
                act(ledger)
        with Ledger.open(sqlite_url, clock) as ledger, closing(open_database(sqlite_url)) as again:
            assert_a_repetition_changes_nothing(ledger, again, act)
        if not has_failed:
            break
    assert number > STEPS_MIN
