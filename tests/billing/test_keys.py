from __future__ import annotations

import re
from pathlib import Path

import pytest

from billing import keys
from billing.model import KeyRefusedError
from tests.billing.support import Bench


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


def test_the_text_of_a_key_is_not_in_the_ledgers_files(bench: Bench, tmp_path: Path) -> None:
    bench.ledger.add_account("ada@example.org")
    key, info = bench.ledger.add_key("ada@example.org")
    assert key.startswith(info.start)
    secret = key[len(info.start) :].encode()
    for path in tmp_path.iterdir():
        assert secret not in path.read_bytes()
