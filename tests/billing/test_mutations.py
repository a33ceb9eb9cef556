"""The state machine is not blind: it finds each of the bugs that are seeded here."""

from __future__ import annotations

import pytest

from billing.operations import admission, resolve
from tests.billing.machine.base import MismatchError
from tests.billing.machine.machine import run_histories
from tests.billing.machine.places import SqlitePlace
from tests.billing.mutants import MUTANTS, Mutant, applied, mutant

HISTORIES_MAX = 300


def bug_named(name: str) -> Mutant:
    return next(bug for bug in MUTANTS if bug.name == name)


@pytest.mark.parametrize("bug", MUTANTS, ids=lambda bug: bug.name)
def test_the_machine_finds(bug: Mutant) -> None:
    with applied(bug), pytest.raises(MismatchError):
        run_histories(SqlitePlace(), HISTORIES_MAX, random_seed=1, is_shrunk=False)


def test_the_machine_finds_nothing_once_the_bugs_are_gone() -> None:
    for bug in MUTANTS:
        with applied(bug):
            pass
    run_histories(SqlitePlace(), 20, is_shrunk=False)


def test_a_bug_is_in_place_only_for_as_long_as_it_is_applied() -> None:
    code, text = resolve.resolve.__code__, admission._SQL
    with applied(bug_named("double settle")), applied(bug_named("the oldest price holds")):
        assert resolve.resolve.__code__ != code
        assert text != admission._SQL
    assert resolve.resolve.__code__ == code
    assert text == admission._SQL


def test_a_bug_whose_text_the_source_no_longer_has_is_an_error() -> None:
    stale = mutant("stale", "operations.resolve", "no such text", "another")
    with pytest.raises(AssertionError, match="has this 0 times"), applied(stale):
        pass
