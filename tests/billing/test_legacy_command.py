"""``import-legacy`` as an operator meets it: exit status, streams, and nothing secret."""

from __future__ import annotations

import json
from typing import Any

import pytest

from billing import cli
from billing.keys import hash_of
from tests.billing.old_service import OldService, old
from tests.billing.support import Bench

__all__ = ["old"]

ADA = "ada@example.org"


class Command:
    """``bioql-billing import-legacy`` on one ledger."""

    def __init__(self, url: str, capsys: pytest.CaptureFixture[str]) -> None:
        self._url = url
        self._capsys = capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        status = cli.run(["--ledger", self._url, "import-legacy", *arguments])
        shown = self._capsys.readouterr()
        return status, shown.out, shown.err

    def json(self, *arguments: str, status: int = 0) -> Any:
        ended, out, err = self(*arguments, "--format", "json")
        assert (ended, err) == (status, "")
        return json.loads(out)


@pytest.fixture
def command(bench: Bench, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(bench.url, capsys)


def test_everything_taken_is_exit_0_and_again(command: Command, old: OldService) -> None:
    old.user(1, ADA)
    old.money(1, 1, "-1.5")
    file = str(old.path)
    told = command.json(file, "--dry-run")
    done = command.json(file)
    assert told | {"dry_run": False} == done
    assert done["customers"] == [
        {
            "email": ADA,
            "transactions": 1,
            "amount_usd": "-1.500000000",
            "written_off_usd": "1.500000000",
            "balance_usd": "0.000000000",
        }
    ]
    again = command.json(file)
    assert (again["changed"], again["complete"]) == (False, True)
    assert command(file, "--yes")[1].startswith("There was nothing new to take")
    assert command.json(file, "--source", "other")["changed"]


def test_rows_that_cannot_be_taken_are_exit_1_and_named(command: Command, old: OldService) -> None:
    old.user(1, ADA)
    old.money("b7f9", 1, "nan")
    old.money("c000", 2, 1)
    found = command.json(str(old.path), status=1)
    assert found["refused"] == [
        {
            "table": "billing_transactions",
            "id": "b7f9",
            "reason": "its amount is no number: nan",
        },
        {"table": "billing_transactions", "id": "c000", "reason": "its user 2 is not in the file"},
    ]
    status, out, err = command(str(old.path))
    assert (status, err) == (1, "")
    assert "Refused: billing_transactions b7f9: its amount is no number: nan.\n" in out


def test_people_are_told_what_was_written_off_and_left_out(
    command: Command, old: OldService
) -> None:
    old.user(1, ADA)
    for number, amount in enumerate(["10", "-64", "0", "-0.0", "-0.00000000001"]):
        old.money(number, 1, amount)
    old.add("inference_usage", id=1, prompt="an idea")
    out = command(str(old.path))[1]
    assert "Written off: 54.000000000 USD that ada@example.org had overdrawn.\n" in out
    assert "Left out: 3 of billing_transactions: moves no money.\n" in out
    assert "Not taken: 1 rows of inference_usage: its money is in billing_transactions;" in out
    assert "Warning: billing_transactions 4: -0.00000000001 USD was rounded to 0.000000000" in out
    assert "an idea" not in out


def test_no_key_nor_its_hash_is_printed(command: Command, old: OldService) -> None:
    key = "bioql_live_5up3rs3cr3t"
    old.user(1, ADA)
    old.user(2, key)
    old.key(hash_of(key), 1, key)
    old.key(key, 1, "x", key_hash=key)
    old.key(3, hash_of(key), key)
    old.money(key, key, key)
    old.money(hash_of(key), 1, hash_of(key))
    file = str(old.path)
    printed = json.dumps(command.json(file, status=1)) + "".join(map(str, command(file)))
    assert "5up3rs3cr3t" not in printed
    assert hash_of(key)[:20] not in printed


@pytest.mark.parametrize("arguments", [["missing.db"], [], [".", "--source", "a b"], ["."]])
def test_unusable_arguments_are_one_line_and_exit_2(command: Command, arguments: list[str]) -> None:
    status, out, err = command(*arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("error: ")


def test_a_file_that_is_no_database_is_one_line_and_exit_2(
    command: Command, old: OldService
) -> None:
    old.path.write_bytes(b"not a database, but longer than its header would be" * 30)
    status, out, err = command(str(old.path))
    assert (status, out) == (2, "")
    assert err.endswith("is no database of the old service, or it is damaged\n")
