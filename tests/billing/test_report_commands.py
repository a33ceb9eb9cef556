"""The commands that read the books, as an operator and a script meet them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any

import pytest

from billing import cli
from billing.model import Hold
from billing.prices import NANO_PER_USD
from tests.billing.support import Bench, used

DAY_SECONDS = 86_400


class Reader:
    """``bioql-billing`` in this process, on one ledger."""

    def __init__(self, url: str, capsys: pytest.CaptureFixture[str]) -> None:
        self._url = url
        self._capsys = capsys

    def __call__(self, *arguments: str, status: int = 0) -> str:
        assert cli.run(["--ledger", self._url, *arguments]) == status
        shown = self._capsys.readouterr()
        assert (shown.err == "") == (status < 2)
        return shown.out + shown.err

    def json(self, *arguments: str, status: int = 0) -> Any:
        return json.loads(self(*arguments, "--format", "json", status=status))

    def csv(self, *arguments: str) -> list[dict[str, str]]:
        return list(csv.DictReader(self(*arguments, "--format", "csv").splitlines()))


@pytest.fixture
def read(bench: Bench, capsys: pytest.CaptureFixture[str]) -> Iterator[Reader]:
    ada = bench.customer()
    bench.ledger.set_account(ada.email, low_balance_nano_usd=10 * NANO_PER_USD)
    bench.clock.advance(DAY_SECONDS)
    hold = bench.ledger.hold(ada, "r1", "f", "onnx", 5_000_000, model="small")
    assert isinstance(hold, Hold)
    bench.ledger.settle(hold, used(2))
    bench.ledger.release(bench.hold(ada, "r2"), used(2))
    return Reader(bench.url, capsys)


def test_statement_as_json_has_balances_lines_and_totals(read: Reader) -> None:
    found = read.json("statement", "Ada@example.org", "--from", "2027-01-16", "--to", "2027-01-16")
    assert found["email"] == "ada@example.org"
    assert found["available_usd"] == found["closing_balance_usd"] == "9.999144445"
    assert (found["from"], found["to"]) == ("2027-01-16", "2027-01-16")
    assert found["opening_balance_usd"] == "10.000000000"
    assert found["lines"] == [
        {
            "at": "2027-01-16T08:00:00.000000Z",
            "kind": "usage",
            "id": "r1",
            "engine_seconds": 2.0,
            "amount_usd": "-0.000855555",
            "balance_usd": "9.999144445",
            "model": "small",
            "prompt_tokens": 10,
            "completion_tokens": 20,
            "description": None,
        }
    ]
    assert found["totals"] == {"usage": {"count": 1, "amount_usd": "-0.000855555"}}


def test_statement_as_csv_and_text(read: Reader) -> None:
    assert [(row["id"], row["model"]) for row in read.csv("statement", "ada@example.org")] == [
        ("first-ada", ""),
        ("r1", "small"),
    ]
    text = read("statement", "ada@example.org")
    assert "Opening balance 0.000000000 USD, closing balance 9.999144445 USD." in text
    assert "usage: 1, -0.000855555 USD." in text


def test_usage_as_json_csv_and_text(read: Reader) -> None:
    found = read.json("usage", "--by", "model, day")
    assert found["by"] == ["day", "model"]
    assert found["lines"] == [
        {
            "day": "2027-01-16",
            "model": None,
            "settled_requests": 0,
            "free_requests": 1,
            "voided_requests": 0,
            "engine_seconds": 2.0,
            "prompt_tokens": 10,
            "completion_tokens": 20,
            "cost_usd": "0.000611111",
            "revenue_usd": "0.000000000",
            "operator_loss_usd": "0.000611111",
            "margin_usd": "-0.000611111",
        },
        {
            "day": "2027-01-16",
            "model": "small",
            "settled_requests": 1,
            "free_requests": 0,
            "voided_requests": 0,
            "engine_seconds": 2.0,
            "prompt_tokens": 10,
            "completion_tokens": 20,
            "cost_usd": "0.000611111",
            "revenue_usd": "0.000855555",
            "operator_loss_usd": "0.000000000",
            "margin_usd": "0.000244444",
        },
    ]
    assert found["totals"]["margin_usd"] == "-0.000366667"
    rows = read.csv("usage", "--by", "user")
    assert [(row["user"], row["revenue_usd"]) for row in rows] == [
        ("ada@example.org", "0.000855555")
    ]
    assert "total" in read("usage", "--from", "2027-01-01")
    assert read.json("usage", "--to", "2027-01-15")["lines"] == []


def test_events_as_json_and_text(read: Reader) -> None:
    event = read.json("events")[0]
    assert event == {
        "id": event["id"],
        "at": "2027-01-16T08:00:00.000000Z",
        "email": "ada@example.org",
        "kind": "low_balance",
        "balance_usd": "9.999144445",
    }
    assert read.json("events", "--after", str(event["id"])) == []
    assert "low_balance" in read("events")


def test_close_prints_the_head_that_the_audit_is_given(read: Reader) -> None:
    assert read.json("audit") == {"ok": True, "findings": []}
    closed = read.json("close")
    tables = {item["table"]: item["rows"] for item in closed["closed"]}
    assert tables["billing_transactions"] == 3
    assert read.json("close") == {"closed": [], "head": closed["head"]}
    assert "Nothing has come since the last closing." in read("close")
    assert read.json("audit", "--expect-head", closed["head"]) == {
        "ok": True,
        "findings": [],
        "head": closed["head"],
    }
    other = "0" * 64
    wrong = read.json("audit", "--expect-head", other, status=1)
    assert [finding["row"] for finding in wrong["findings"]] == [
        f"journal_closings: {other} is none of the {len(tables)} heads"
    ]
    assert f"{other} is none of" in read("audit", "--expect-head", other, status=1)


def test_closing_says_what_was_closed(read: Reader) -> None:
    text = read("close")
    assert "Closed billing_transactions 0 to 3: 3 rows." in text
    assert f"Head of the closed journal: {read.json('audit')['head']}" in text


@pytest.mark.parametrize(
    "arguments",
    [
        ["statement", "ada@example.org", "--from", "yesterday"],
        ["statement", "ada@example.org", "--from", "2027-01-02", "--to", "2027-01-01"],
        ["usage", "--by", ""],
        ["usage", "--by", "day,day"],
        ["usage", "--by", "colour"],
        ["usage", "--format", "xml"],
        ["events", "--after", "-1"],
        ["audit", "--expect-head", "abc"],
        ["audit", "--expect-head", "G" * 64],
    ],
)
def test_a_wrong_argument_is_one_line_and_exit_2(read: Reader, arguments: list[str]) -> None:
    shown = read(*arguments, status=2)
    assert shown.startswith("error: ")
    assert shown.count("\n") == 1
