from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from billing import keys
from billing.database import open_database
from billing.ledger import Ledger
from billing.model import InsufficientFundsError, KeyRefusedError, RejectedInputError
from billing.operations.keys import OVERLAP_US
from billing.prices import NANO_PER_USD
from tests.billing.support import SECOND_US, START_US, Bench, used


@pytest.mark.parametrize(("is_test", "prefix"), [(False, "bioql_live_"), (True, "bioql_test_")])
def test_a_key_is_a_prefix_thirty_random_characters_and_a_checksum(
    is_test: bool, prefix: str
) -> None:
    key = keys.new_key(is_test=is_test)
    assert re.fullmatch(prefix + "[0-9A-Za-z]{36}", key)
    assert keys.is_well_formed(key)
    assert key != keys.new_key(is_test=is_test)


def test_any_single_typo_breaks_the_checksum() -> None:
    key = keys.new_key(is_test=False)
    for place in range(len("bioql_live_"), len(key)):
        typo = "x" if key[place] != "x" else "y"
        assert not keys.is_well_formed(key[:place] + typo + key[place + 1 :])


@pytest.mark.parametrize(
    "text",
    ["", "x", "bioql_live_", "bioql_test_870ce7ae", "\ud800", "bioql_live_" + "0" * 36 + "\n"],
)
def test_what_is_no_key_is_refused_before_any_look_up(bench: Bench, text: str) -> None:
    with pytest.raises(KeyRefusedError):
        bench.ledger.authenticate(text)


def test_a_well_formed_key_that_was_never_given_out_is_refused(bench: Bench) -> None:
    with pytest.raises(KeyRefusedError):
        bench.ledger.authenticate(keys.new_key(is_test=False))


def test_the_text_of_a_key_is_not_in_the_ledgers_files(sqlite_url: str, tmp_path: Path) -> None:
    Ledger.create(sqlite_url)
    with Ledger.open(sqlite_url) as ledger:
        ledger.add_account("ada@example.org")
        key, info = ledger.add_key("ada@example.org")
        assert key.startswith(info.start)
        contents = [path.read_bytes() for path in tmp_path.iterdir()]
    assert any(info.start.encode() in content for content in contents)
    assert not any(key[len(info.start) :].encode() in content for content in contents)


def _account_with_key(
    bench: Bench, cap_nano_usd: int | None = None, expires_us: int | None = None
) -> str:
    bench.ledger.add_account("ada@example.org")
    bench.ledger.topup("ada@example.org", 100 * NANO_PER_USD, "p1")
    return bench.ledger.add_key("ada@example.org", cap_nano_usd, expires_us)[0]


def _change(bench: Bench, sql: str, *parameters: object) -> None:
    database = open_database(bench.url)
    database.write(lambda session: session.change(sql, *parameters))
    database.close()


def test_a_rotated_key_works_until_the_overlap_is_over(bench: Bench) -> None:
    old = _account_with_key(bench)
    new, info, replaced = bench.ledger.rotate_key(old)
    assert keys.is_well_formed(new)
    assert (info.expires_us, replaced.expires_us) == (None, START_US + OVERLAP_US)
    assert (info.root_id, replaced.root_id) == (replaced.id, replaced.id)
    assert bench.ledger.authenticate(old).key_id == replaced.id
    bench.clock.advance(OVERLAP_US // SECOND_US)
    with pytest.raises(KeyRefusedError):
        bench.ledger.authenticate(old)
    assert bench.ledger.authenticate(new).key_id == info.id


def test_without_an_overlap_the_old_key_ends_at_once(bench: Bench) -> None:
    old = _account_with_key(bench)
    new, _, _ = bench.ledger.rotate_key(old, 0)
    with pytest.raises(KeyRefusedError):
        bench.ledger.authenticate(old)
    assert bench.ledger.authenticate(new)


@pytest.mark.parametrize("overlap_us", [-1, 91 * 86_400 * SECOND_US])
def test_an_overlap_out_of_bounds_is_refused(bench: Bench, overlap_us: int) -> None:
    old = _account_with_key(bench)
    with pytest.raises(RejectedInputError):
        bench.ledger.rotate_key(old, overlap_us)
    assert len(bench.ledger.list_keys()) == 1


def test_a_rotation_never_widens_the_cap(bench: Bench) -> None:
    old = _account_with_key(bench, cap_nano_usd=2 * NANO_PER_USD)
    first = bench.ledger.authenticate(old)
    bench.ledger.settle(bench.hold(first, "r1", 3600), used(3600))
    second = bench.ledger.authenticate(bench.ledger.rotate_key(old)[0])
    for principal in (first, second):
        with pytest.raises(InsufficientFundsError, match="key_cap"):
            bench.hold(principal, "r2", 3600)
    third = bench.ledger.authenticate(bench.ledger.rotate_key(str(second.key_id))[0])
    hold = bench.hold(third, "r3", 600)
    shown = {
        (info.cap_nano_usd, info.spent_nano_usd, info.held_nano_usd)
        for info in bench.ledger.list_keys()
    }
    assert shown == {(2 * NANO_PER_USD, 1_540_000_000, hold.amount_nano_usd)}


def test_revoking_one_key_of_a_rotation_never_harms_the_other(bench: Bench) -> None:
    old = _account_with_key(bench, cap_nano_usd=5 * NANO_PER_USD)
    new, info, replaced = bench.ledger.rotate_key(old)
    bench.ledger.revoke_key(str(replaced.id))
    ada = bench.ledger.authenticate(new)
    assert bench.ledger.settle(bench.hold(ada, "r1"), used(2)).user_cost_nano_usd == 855_555
    assert bench.ledger.revoke_key(str(info.id)).revoked_us == START_US
    with pytest.raises(KeyRefusedError):
        bench.hold(ada, "r2")


def test_a_new_key_expires_when_the_old_one_would_have(bench: Bench) -> None:
    expires_us = START_US + 3600 * SECOND_US
    old = _account_with_key(bench, expires_us=expires_us)
    _, info, replaced = bench.ledger.rotate_key(old)
    assert (info.expires_us, replaced.expires_us) == (expires_us, expires_us)


def test_a_legacy_key_is_replaced_by_one_that_does_not_expire(bench: Bench) -> None:
    old = _account_with_key(bench, expires_us=START_US + 30 * 86_400 * SECOND_US)
    _change(bench, "UPDATE api_keys SET is_legacy = 1, key_start = 'legacy-7'")
    new, info, replaced = bench.ledger.rotate_key("legacy-7")
    assert keys.is_well_formed(new)
    assert (info.is_legacy, info.expires_us) == (0, None)
    assert (replaced.is_legacy, replaced.expires_us) == (1, START_US + OVERLAP_US)
    assert bench.ledger.authenticate(old).root_id == bench.ledger.authenticate(new).root_id


def test_a_key_that_is_revoked_expired_or_replaced_cannot_be_rotated(bench: Bench) -> None:
    old = _account_with_key(bench)
    _, info, replaced = bench.ledger.rotate_key(old)
    with pytest.raises(RejectedInputError, match=f"rotate key {info.id}"):
        bench.ledger.rotate_key(old)
    bench.ledger.revoke_key(str(info.id))
    with pytest.raises(RejectedInputError, match="revoked"):
        bench.ledger.rotate_key(str(info.id))
    bench.clock.advance(OVERLAP_US // SECOND_US)
    with pytest.raises(RejectedInputError, match="expired"):
        bench.ledger.rotate_key(str(replaced.id))
    assert len(bench.ledger.list_keys()) == 2


def test_after_the_new_key_was_revoked_the_old_one_is_rotated_again(bench: Bench) -> None:
    old = _account_with_key(bench)
    _, lost, _ = bench.ledger.rotate_key(old)
    bench.ledger.revoke_key(str(lost.id))
    new, info, _ = bench.ledger.rotate_key(old)
    assert info.expires_us is None
    assert bench.ledger.authenticate(new).key_id == info.id


def test_a_test_key_is_rotated_into_a_test_key(bench: Bench) -> None:
    bench.ledger.add_account("ada@example.org")
    old, _ = bench.ledger.add_key("ada@example.org", is_test=True)
    new, info, _ = bench.ledger.rotate_key(old)
    assert new.startswith("bioql_test_")
    assert info.is_test


def test_a_key_that_many_rotate_at_once_gets_one_successor(bench: Bench) -> None:
    old = _account_with_key(bench)

    def rotate(ledger: Ledger) -> bool:
        try:
            ledger.rotate_key(old)
        except RejectedInputError:
            return False
        return True

    with ExitStack() as stack, ThreadPoolExecutor(8) as threads:
        ledgers = [stack.enter_context(Ledger.open(bench.url, bench.clock)) for _ in range(4)] * 2
        done = list(threads.map(rotate, ledgers))
    assert done.count(True) == 1
    assert len(bench.ledger.list_keys()) == 2


def test_a_key_is_kept_nowhere_but_as_its_hash(bench: Bench) -> None:
    ada = bench.customer()
    key, _ = bench.ledger.add_key(ada.email)
    with pytest.raises(RejectedInputError, match="an API key"):
        bench.hold(ada, key)
    with pytest.raises(RejectedInputError, match="an API key"):
        bench.ledger.topup(ada.email, 1, key)
    bench.ledger.adjust(ada.email, 1, "a1", f"they wrote {key} to us")
    rows = bench.ledger._database.read(
        lambda session: session.rows(
            "SELECT description FROM billing_transactions WHERE external_id = 'a1'"
        )
    )
    assert rows == [("they wrote bioql_live_... to us",)]
