from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from billing.local import KEY_FILE_NAME, open_local
from billing.model import Hold, LedgerUnusableError
from tests.billing.support import used


def test_the_local_ledger_books_usage_at_price_zero(tmp_path: Path) -> None:
    ledger, key = open_local(tmp_path / "data" / "bioql-lsp")
    principal = ledger.authenticate(key)
    assert principal.is_test
    hold = ledger.hold(principal, "r1", "f", "onnx", 60_000_000)
    assert isinstance(hold, Hold)
    assert hold.amount_nano_usd == 0
    charge = ledger.settle(hold, used(3))
    assert (charge.user_cost_nano_usd, charge.base_cost_nano_usd) == (0, 0)
    assert charge.usage == used(3)
    assert ledger.month(principal) == (1, 0)
    assert ledger.audit() == []
    ledger.close()


def test_the_local_key_is_made_once_for_its_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    first, key = open_local(folder)
    first.close()
    second, again = open_local(folder)
    second.close()
    assert key == again
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("lost", ["key", "ledger"])
def test_a_lost_file_is_replaced(tmp_path: Path, lost: str) -> None:
    ledger, key = open_local(tmp_path)
    ledger.close()
    for path in tmp_path.iterdir():
        if (path.name == KEY_FILE_NAME) == (lost == "key"):
            path.unlink()
    ledger, new = open_local(tmp_path)
    assert new != key
    assert ledger.authenticate(new).email == "you@localhost"
    ledger.close()


def test_a_key_file_with_something_else_in_it_is_replaced(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE_NAME).write_bytes(b"\xff\x00nonsense")
    ledger, key = open_local(tmp_path)
    assert ledger.authenticate(key).email == "you@localhost"
    ledger.close()


def test_workers_that_start_together_all_get_a_key_that_works(tmp_path: Path) -> None:
    with ThreadPoolExecutor(6) as pool:
        opened = list(pool.map(lambda _: open_local(tmp_path / "data"), range(6)))
    for ledger, key in opened:
        assert ledger.authenticate(key).email == "you@localhost"
        ledger.close()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LedgerUnusableError, match="choose a data folder"):
        open_local(tmp_path / "file" / "data")
