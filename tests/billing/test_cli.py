"""The command as an operator and a script meet it: real processes, exit status, streams."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from billing import cli
from billing.database import open_database
from billing.ledger import Ledger
from billing.model import Hold
from tests.billing.support import ROOT, Bench, used

Run = subprocess.CompletedProcess[str]


class Command:
    """``bioql-billing`` on one ledger."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __call__(self, *arguments: str, **options: Any) -> Run:
        return subprocess.run(
            [sys.executable, "-m", "billing", "--ledger", self.url, *arguments],
            cwd=ROOT,
            capture_output="stdout" not in options,
            text=True,
            check=False,
            **options,
        )

    def json(self, *arguments: str, status: int = 0) -> Any:
        run = self(*arguments, "--format", "json")
        assert (run.returncode, run.stderr) == (status, "")
        return json.loads(run.stdout)


@pytest.fixture
def command(ledger_url: str) -> Command:
    Ledger.create(ledger_url)
    with Ledger.open(ledger_url) as ledger:
        ledger.add_account("ada@example.org")
    return Command(ledger_url)


def test_an_operator_sets_up_a_customer_and_reads_the_books(ledger_url: str) -> None:
    command = Command(ledger_url)
    assert command.json("init") == {"created": True, "demo": False}
    account = command.json("account", "add", "Ada@example.org", "--tier", "pro")
    assert (account["email"], account["tier"]) == ("ada@example.org", "pro")
    assert account["available_usd"] == "0.000000000"
    key = command.json("key", "add", "ada@example.org", "--cap", "5", "--expires", "2999-12-31")
    assert key["cap_usd"] == "5.000000000"
    assert key["expires"] == "3000-01-01T00:00:00.000000Z"
    topped = command.json("topup", "ada@example.org", "10", "--id", "p1")
    assert (topped["balance_usd"], topped["repeated"]) == ("10.000000000", False)
    with Ledger.open(ledger_url) as ledger:
        ada = ledger.authenticate(key["key"])
        assert ada.requests_per_minute == 300
        first = ledger.hold(ada, "r1", "f", "onnx", 5_000_000)
        assert isinstance(first, Hold)
        ledger.settle(first, used(2))
        ledger.hold(ada, "r2", "f", "onnx", 5_000_000)
    assert command.json("balance", "ada@example.org") == {
        "email": "ada@example.org",
        "balance_usd": "9.999144445",
        "held_usd": "0.002138889",
        "available_usd": "9.997005556",
    }
    lines = command.json("statement", "ada@example.org")["lines"]
    assert [line["amount_usd"] for line in lines] == ["10.000000000", "-0.000855555"]
    assert command.json("audit") == {"ok": True, "findings": []}


def test_a_statement_as_csv_is_the_statement(command: Command) -> None:
    command("topup", "ada@example.org", "0.5", "--id", "p1")
    rows = list(
        csv.DictReader(
            command("statement", "ada@example.org", "--format", "csv").stdout.splitlines()
        )
    )
    assert [(row["kind"], row["id"], row["amount_usd"]) for row in rows] == [
        ("topup", "p1", "0.500000000")
    ]


def test_a_demo_ledger_has_its_public_key_and_ten_dollars(ledger_url: str) -> None:
    command = Command(ledger_url)
    assert command.json("init", "--demo")["key"] == "bioql_test_870ce7ae"
    assert command.json("init", "--demo")["created"] is False
    assert command.json("balance", "demo@bioql.com")["balance_usd"] == "10.000000000"
    refused = command("init")
    assert refused.returncode == 1
    assert "demo ledger" in refused.stderr


def test_repeating_a_top_up_changes_nothing_and_another_amount_is_an_error(
    command: Command,
) -> None:
    command("topup", "ada@example.org", "10", "--id", "p1")
    again = command.json("topup", "ada@example.org", "10.00", "--id", "p1")
    assert (again["repeated"], again["balance_usd"]) == (True, "10.000000000")
    other = command("topup", "ada@example.org", "11", "--id", "p1")
    assert (other.returncode, other.stdout) == (1, "")
    assert "nothing was changed" in other.stderr
    assert command.json("balance", "ada@example.org")["balance_usd"] == "10.000000000"


def test_a_key_is_shown_once_then_listed_by_its_start_and_revoked(command: Command) -> None:
    key = command.json("key", "add", "ada@example.org")["key"]
    listed = command("key", "list")
    assert key[:15] in listed.stdout
    assert key not in listed.stdout
    info = command.json("key", "list", "ada@example.org")[0]
    assert "key" not in info
    assert command.json("key", "revoke", str(info["id"]))["revoked"]


def test_people_get_tables(command: Command) -> None:
    assert "enterprise" in command("tiers").stdout
    assert "0.000000000" in command("balance", "ada@example.org").stdout
    assert command("audit").stdout == "Every rule holds.\n"
    assert "Usage: bioql-billing" in command("--help").stdout


def test_an_audit_that_finds_something_exits_1_and_names_the_row(command: Command) -> None:
    database = open_database(command.url)
    database.write(
        lambda session: session.change("UPDATE accounts SET posted_nano_usd = 5 WHERE user_id = 1")
    )
    database.close()
    found = command.json("audit", status=1)
    expected = {
        "rule": "posted is the sum of the entries",
        "row": "accounts 5: posted 5, entries 0",
    }
    assert found == {"ok": False, "findings": [expected]}
    text = command("audit")
    assert (text.returncode, text.stderr) == (1, "")
    assert "accounts 5: posted 5, entries 0" in text.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["balance", "nobody@example.org"],
        ["balance", "bioql_live_" + "a" * 36],
        ["statement", "nobody@example.org"],
        ["topup", "ada@example.org", "-5", "--id", "p"],
        ["topup", "ada@example.org", "nan", "--id", "p"],
        ["topup", "ada@example.org", "1e9", "--id", "p"],
        ["topup", "ada@example.org", "5", "--id", ""],
        ["topup", "ada@example.org", "5"],
        ["topup", "nobody@example.org", "5", "--id", "p"],
        ["account", "add", "ada@example.org"],
        ["account", "add", "eve@example.org", "--tier", "gold"],
        ["key", "add", "ada@example.org", "--cap", "0"],
        ["key", "add", "ada@example.org", "--expires", "tomorrow"],
        ["key", "add", "ada@example.org", "--expires", "2001-01-01"],
        ["key", "add", "ada@example.org", "--expires", "9999-12-31"],
        ["key", "revoke", "bioql_live_" + "a" * 36],
        ["key", "revoke", "99999999999999999999"],
        ["balance", "ada@example.org", "--format", "xml"],
        ["balance", "ada@example.org", "bioql_live_" + "a" * 36],
        ["nonsense"],
        [],
    ],
)
def test_a_wrong_argument_is_one_line_and_exit_2(
    bench: Bench, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    bench.ledger.add_account("ada@example.org")
    status = cli.run(["--ledger", bench.url, *arguments])
    shown = capsys.readouterr()
    _assert_one_line(subprocess.CompletedProcess([], status, shown.out, shown.err), 2)


def test_a_wrong_argument_ends_the_process_with_one_line_and_2(command: Command) -> None:
    _assert_one_line(command("balance", "nobody@example.org"), 2)


@pytest.mark.parametrize("url", ["", "ledger.db", "postgresql://ada:secret@[host/db"])
def test_a_wrong_url_is_one_line_and_exit_2(url: str) -> None:
    run = Command(url)("tiers")
    _assert_one_line(run, 2)
    assert "secret" not in run.stderr


def test_a_server_that_is_not_there_is_one_line_without_the_password_and_exit_1() -> None:
    run = Command("postgresql://ada:secret@127.0.0.1:1/db")("tiers")
    _assert_one_line(run, 1)
    assert "secret" not in run.stderr


@pytest.mark.parametrize("arguments", [["tiers"], ["audit"], ["init"]])
def test_a_ledger_that_is_not_there_is_one_line_and_exit_1(
    tmp_path: Path, arguments: list[str]
) -> None:
    _assert_one_line(Command(f"sqlite:///{tmp_path}/missing/ledger.db")(*arguments), 1)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")  # noqa: PTH110
def test_output_that_cannot_be_written_is_one_line_and_exit_1(command: Command) -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123
        run = command("tiers", stdout=full, stderr=subprocess.PIPE)
    assert run.returncode == 1
    assert run.stderr == "error: the output cannot be written: No space left on device\n"


def _assert_one_line(run: Run, status: int) -> None:
    assert (run.returncode, run.stdout) == (status, "")
    assert run.stderr.startswith("error: ")
    assert run.stderr.count("\n") == 1
    assert "a" * 36 not in run.stderr
