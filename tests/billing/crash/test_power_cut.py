"""Power cuts: what was not synced is lost or torn, what was acknowledged is there."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest

from billing.ledger import Ledger
from billing.model import LedgerUnusableError
from tests.billing.crash.failpoints import dump_of_url
from tests.billing.crash.history import History, lost_of
from tests.billing.crash.operations import DONE_BEFORE, Prepare, every_operation
from tests.billing.crash.power import Disk, mounted
from tests.billing.crash.workload import Acknowledgement, add_customers, spend
from tests.billing.support import START_US, Clock

CUSTOMERS = 3
REQUESTS = 40
STEPS_MAX = 1_200
CHECKPOINT_PAGES = 12
CUTS_PER_LEDGER = 25
HOUR_SECONDS = 3600
CONTROL_CUTS_MAX = 60
STEPS = range(1, 300)
STEPS_MIN = 5


class _Machine:
    """A ledger on a disk that loses power again and again."""

    def __init__(self, folder: Path, seed: str) -> None:
        self.url = f"sqlite:///{folder / 'ledger.db'}"
        self.clock = Clock()
        self._dice = random.Random(seed)
        Ledger.create(self.url, clock=self.clock)
        self._customers = add_customers(self.url, self.clock, CUSTOMERS)

    def run_until_power_cut(
        self, name: str, synchronous: str = "FULL"
    ) -> tuple[list[Acknowledgement], Disk]:
        """Use the ledger until the power goes; what was acknowledged until then."""
        # Each time the holds of the time before are dead.
        self.clock.advance(HOUR_SECONDS)
        disk = Disk(self._dice)
        acknowledgements: list[Acknowledgement] = []
        with mounted(disk, CHECKPOINT_PAGES, synchronous):
            disk.cut_after(self._dice.randrange(1, STEPS_MAX))
            with suppress(LedgerUnusableError), Ledger.open(self.url, self.clock) as ledger:
                spend(ledger, self._customers, name, REQUESTS, acknowledgements.append)
                if self._dice.random() < 0.5:
                    disk.cut()  # else it goes while the ledger is closed, or after
        disk.cut()
        _start_again(disk, self.url)
        return acknowledgements, disk


@pytest.mark.parametrize(
    "cuts", [20, pytest.param(300, marks=[pytest.mark.heavy, pytest.mark.timeout(600)])]
)
def test_what_was_acknowledged_survives_power_cuts(tmp_path: Path, cuts: int) -> None:
    acknowledged = in_doubt = 0
    for first in range(0, cuts, CUTS_PER_LEDGER):
        folder = tmp_path / str(first)
        folder.mkdir()
        machine = _Machine(folder, f"power {first}")
        history = History(machine.url)
        for number in range(first, min(cuts, first + CUTS_PER_LEDGER)):
            acknowledgements, disk = machine.run_until_power_cut(f"p{number}")
            history.check(machine.url, machine.clock, acknowledgements)
            in_doubt += disk.changes_in_doubt
        acknowledged += history.acknowledged
    # Else there was nothing to lose.
    assert acknowledged > cuts
    assert in_doubt > cuts


def test_the_power_cuts_lose_what_a_ledger_does_not_sync(tmp_path: Path) -> None:
    lost: list[str] = []
    for number in range(CONTROL_CUTS_MAX):
        folder = tmp_path / str(number)
        folder.mkdir()
        machine = _Machine(folder, f"control {number}")
        acknowledgements, _ = machine.run_until_power_cut("p", synchronous="NORMAL")
        lost = lost_of(machine.url, acknowledgements)
        if lost:
            break
    assert lost


@pytest.mark.parametrize("checkpoint_pages", [1, 1_000], ids=["checkpoint", "log"])
@every_operation
def test_a_power_cut_at_any_step_of_an_operation_leaves_all_or_nothing(
    sqlite_url: str, prepare: Prepare, checkpoint_pages: int
) -> None:
    clock = Clock()
    Ledger.create(sqlite_url, clock=clock)
    for number in STEPS:
        clock.now_us = START_US
        disk = Disk(random.Random(number))
        is_acknowledged = False
        with mounted(disk, checkpoint_pages), Ledger.open(sqlite_url, clock) as ledger:
            act = prepare(ledger, clock, f"u{number}")
            before = dump_of_url(sqlite_url)
            disk.cut_after(number)
            with suppress(LedgerUnusableError):
                act(ledger)
                is_acknowledged = True
            is_cut = disk.is_off
            disk.cut()
        _start_again(disk, sqlite_url)
        left = dump_of_url(sqlite_url)
        with Ledger.open(sqlite_url, clock) as ledger:
            assert ledger.audit() == []
            with suppress(*DONE_BEFORE):
                act(ledger)
        done = dump_of_url(sqlite_url)
        assert left == done or (left == before and not is_acknowledged)
        if not is_cut:
            break
    assert number > STEPS_MIN


def _start_again(disk: Disk, url: str) -> None:
    """Leave what a cut leaves: no shared memory, and of the files what the disk kept."""
    disk.restore()
    Path(f"{url.removeprefix('sqlite:///')}-shm").unlink(missing_ok=True)
