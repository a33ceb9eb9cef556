"""Whom the old service's users and keys become, on each database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from billing.keys import DEMO_KEY, hash_of, is_well_formed
from billing.legacy.people import KEY_LIFE_US
from billing.legacy.report import TableCount
from billing.model import KeyRefusedError
from tests.billing.old_service import OldService, old, reasons
from tests.billing.support import START_US, Bench

__all__ = ["old"]

ADA, BOB = "ada@example.org", "bob@example.org"


def test_a_key_works_for_30_days_unless_it_is_rotated(bench: Bench, old: OldService) -> None:
    old.user(1, ADA)
    old.key(7, 1, "an-old-key")
    old.key(8, 1, "another-old-key")
    bench.ledger.import_legacy(old.path)
    infos = bench.ledger.list_keys(ADA)
    assert [info.start for info in infos] == ["legacy-7", "legacy-8"]
    assert all(info.is_legacy for info in infos)
    new_key = bench.ledger.rotate_key("legacy-8")[0]
    assert is_well_formed(new_key)
    bench.clock.advance(KEY_LIFE_US / 1_000_000 - 1)
    assert bench.ledger.authenticate("an-old-key").email == ADA
    bench.clock.advance(1)
    for old_key in ("an-old-key", "another-old-key"):
        with pytest.raises(KeyRefusedError):
            bench.ledger.authenticate(old_key)
    assert bench.ledger.authenticate(new_key).email == ADA


def test_no_demo_key_nor_inactive_key_opens_anything(bench: Bench, old: OldService) -> None:
    old.user(1, ADA)
    old.user(2, BOB, is_active=0)
    old.key(1, 1, DEMO_KEY)
    old.key(2, 1, "inactive-key", is_active=0)
    old.key(3, 1, "inactive-null", is_active=None)
    old.key(4, 2, "key-of-inactive-user")
    report = bench.ledger.import_legacy(old.path)
    assert [note.text for note in report.left_out] == [
        "is the public demo key, which opens nothing but a demo",
        "is inactive",
        "is inactive",
        "belongs to an inactive user",
    ]
    assert report.is_complete
    assert bench.ledger.list_keys() == []
    assert bench.ledger.account(BOB).disabled_us == START_US
    with pytest.raises(KeyRefusedError):
        bench.ledger.authenticate(DEMO_KEY)


def test_keys_that_cannot_be_taken_are_reported(bench: Bench, old: OldService) -> None:
    bench.customer(BOB)
    old.user(1, ADA)
    old.key(1, 1, "first")
    old.key(2, 1, "first")
    old.key(3, 1, "x", key_hash="12ab")
    old.key(4, 1, "x", key_hash=hash_of("upper").upper())
    old.key(5, 1, "x", key_hash=None)
    old.key(6, 1, "x", key_hash=b"\xff" * 32)
    old.key(7, None, "x")
    old.key(8, 99, "x")
    old.add("api_keys", id=None, user_id=1, key_hash=hash_of("no id"))
    bad_hash = "its hash is not 64 hexadecimal digits in lower case"
    report = bench.ledger.import_legacy(old.path)
    assert reasons(report, "api_keys") == {
        "2": "it is the same key as api_keys 1",
        "3": bad_hash,
        "4": bad_hash,
        "5": bad_hash,
        "6": bad_hash,
        "7": "it belongs to no user",
        "8": "its user 99 is not in the file",
        "without id, row 9": "it has no id",
    }
    assert report.counts["api_keys"] == TableCount(taken=1, refused=8)


def test_a_key_never_moves_to_another_account(bench: Bench, tmp_path: Path) -> None:
    for name, email in (("east", ADA), ("west", BOB)):
        old = OldService(tmp_path / f"{name}.db")
        old.user(1, email)
        old.key(1, 1, "shared-key")
        report = bench.ledger.import_legacy(old.path, name)
    assert reasons(report, "api_keys") == {"1": "it opens another account here"}
    assert bench.ledger.authenticate("shared-key").email == ADA


@pytest.mark.parametrize(
    ("columns", "tier", "warning"),
    [
        ({"tier_id": 1}, "free", None),
        ({"tier_id": 2}, "light", None),
        ({"tier_id": 3}, "pro", None),
        ({"tier_id": 4, "current_plan": "free"}, "enterprise", None),
        ({"tier_id": "2"}, "light", None),
        ({"tier_id": None, "current_plan": " Starter "}, "light", None),
        ({"tier_id": 9, "current_plan": "pro"}, "pro", None),
        ({"tier_id": 9}, "free", "has the unknown tier 9: free"),
        ({"tier_id": None}, "free", "has no tier: free"),
        ({"tier_id": None, "current_plan": "gold"}, "free", "has the unknown tier gold: free"),
    ],
)
def test_a_tier_goes_by_its_id_then_by_the_plan(
    bench: Bench, old: OldService, columns: dict[str, Any], tier: str, warning: str | None
) -> None:
    old.add("users", id=1, email=ADA, **columns)
    report = bench.ledger.import_legacy(old.path)
    assert bench.ledger.account(ADA).tier == tier
    assert [note.text for note in report.warnings] == ([warning] if warning else [])
    assert report.is_complete


def test_an_account_that_is_there_stays_as_it_is(bench: Bench, old: OldService) -> None:
    bench.customer(ADA)
    bench.ledger.set_account(ADA, tier="pro")
    old.user(1, " ADA@Example.ORG ", 2, is_active=0)
    report = bench.ledger.import_legacy(old.path)
    assert report.counts["users"] == TableCount(already_there=1)
    assert [note.text for note in report.warnings] == [
        f"{ADA} is in the tier pro here, not light: kept",
        f"{ADA} was inactive, but is active here: kept",
    ]
    account = bench.ledger.account(ADA)
    assert (account.tier, account.disabled_us) == ("pro", None)


def test_users_that_cannot_be_taken_are_reported_with_what_is_theirs(
    bench: Bench, old: OldService
) -> None:
    for number, email in enumerate([ADA, "ADA@example.org", "nobody", None, b"\xff@x", ""], 1):
        old.add("users", id=number, email=email)
        old.key(number, number, f"key-{number}")
        old.money(number, number, 1)
    report = bench.ledger.import_legacy(old.path)
    bad = "its email is not an address"
    assert reasons(report, "users") == {
        "2": "users 1 has the same email, but for capitals",
        "3": bad,
        "4": bad,
        "5": bad,
        "6": bad,
    }
    theirs = {str(number): f"its user {number} could not be taken" for number in range(2, 7)}
    assert reasons(report, "api_keys") == reasons(report, "billing_transactions") == theirs
    assert [account.email for account in bench.ledger.list_accounts()] == [ADA]


def test_an_id_that_two_users_have_names_neither(bench: Bench, old: OldService) -> None:
    old.user("7", ADA)
    old.user(7, BOB)
    old.add("users", id=None, email="eve@example.org")
    old.money(1, 7, 1)
    report = bench.ledger.import_legacy(old.path)
    assert reasons(report, "users") == {
        "7": "another row has the same id",
        "without id, row 3": "it has no id",
    }
    assert report.counts["users"] == TableCount(refused=3)
    assert reasons(report, "billing_transactions") == {"1": "its user 7 could not be taken"}


@pytest.mark.parametrize("stored", [7, "7", 7.0])
def test_a_user_is_found_however_the_id_is_stored(
    bench: Bench, old: OldService, stored: object
) -> None:
    old.user(7, ADA)
    old.money(1, stored, 1)
    assert bench.ledger.import_legacy(old.path).is_complete


def test_an_account_is_disabled_once_alone(bench: Bench, old: OldService) -> None:
    old.user(1, ADA, is_active=0)
    bench.ledger.import_legacy(old.path)
    assert bench.ledger.account(ADA).disabled_us == START_US
    bench.ledger.enable_account(ADA)
    bench.ledger.import_legacy(old.path)
    assert bench.ledger.account(ADA).disabled_us is None
