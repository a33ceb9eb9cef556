"""The commands that change accounts, keys, money, tiers, prices and what is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from billing import cli
from billing.ledger import Ledger
from billing.store import wall_clock_us

ADA = "ada@example.org"
US_PER_DAY = 86_400_000_000


class Console:
    """``bioql-billing`` on one ledger, in this process, without a terminal."""

    def __init__(self, url: str, capture: pytest.CaptureFixture[str]) -> None:
        self.url = url
        self._capture = capture

    def run(self, *arguments: str) -> tuple[int, str, str]:
        status = cli.run(["--ledger", self.url, *arguments])
        shown = self._capture.readouterr()
        return status, shown.out, shown.err

    def json(self, *arguments: str) -> Any:
        status, out, err = self.run(*arguments, "--format", "json")
        assert (status, err) == (0, "")
        return json.loads(out)

    def text(self, *arguments: str) -> str:
        status, out, err = self.run(*arguments)
        assert (status, err) == (0, "")
        return out

    def refused(self, *arguments: str) -> str:
        status, out, err = self.run(*arguments)
        assert (status, out) == (2, "")
        assert err.startswith("error: ")
        assert err.count("\n") == 1
        return err


@pytest.fixture
def console(new_ledger_url: str, capsys: pytest.CaptureFixture[str]) -> Iterator[Console]:
    with Ledger.open(new_ledger_url) as ledger:
        ledger.add_account(ADA)
    yield Console(new_ledger_url, capsys)
    with Ledger.open(new_ledger_url) as ledger:
        assert ledger.audit() == []


def test_an_account_is_listed_shown_changed_disabled_and_enabled(console: Console) -> None:
    changed = console.json("account", "set", ADA, "--tier", "pro", "--low-balance", "2.5")
    assert (changed["tier"], changed["low_balance_usd"]) == ("pro", "2.500000000")
    assert changed["is_low"] is True
    assert console.json("account", "show", ADA) == changed
    assert console.json("account", "list") == [changed]
    disabled = console.json("account", "disable", ADA, "--yes")
    assert disabled["disabled"] is not None
    assert "disabled" in console.text("account", "list")
    assert console.json("account", "enable", ADA)["disabled"] is None
    assert "2.500000000" in console.text("account", "show", ADA)
    assert console.json("events")[0]["email"] == ADA


def test_a_key_is_rotated_and_both_are_shown(console: Console) -> None:
    made = console.json("key", "add", ADA, "--cap", "5", "--expires", "30d")
    rotated = console.json("key", "rotate", made["key"], "--overlap", "2h")
    assert rotated["key"] != made["key"]
    assert (rotated["root_id"], rotated["replaces"]["id"]) == (made["id"], made["id"])
    assert (rotated["cap_usd"], rotated["expires"]) == ("5.000000000", made["expires"])
    with Ledger.open(console.url) as ledger:
        assert (
            ledger.authenticate(made["key"]).root_id == ledger.authenticate(rotated["key"]).root_id
        )
    again = console.text("key", "rotate", str(rotated["id"]), "--overlap", "0")
    assert again.splitlines()[0].startswith("bioql_live_")
    assert "expired" in console.text("key", "list", ADA)
    assert made["key"] not in console.text("key", "list")


def test_a_test_key_is_one(console: Console) -> None:
    made = console.json("key", "add", ADA, "--test")
    assert made["is_test"] is True
    assert made["key"].startswith("bioql_test_")


def test_a_refund_and_adjustments_move_the_balance_once(console: Console) -> None:
    console.json("topup", ADA, "10", "--id", "p1")
    for is_repeated in (False, True):
        refunded = console.json("refund", ADA, "4", "--id", "f1", "--yes")
        assert (refunded["balance_usd"], refunded["amount_usd"], refunded["repeated"]) == (
            "6.000000000",
            "-4.000000000",
            is_repeated,
        )
    down = console.json("adjust", ADA, "-2.5", "--id", "a1", "--reason", "counted twice")
    assert (down["balance_usd"], down["reason"]) == ("3.500000000", "counted twice")
    up = console.text("adjust", ADA, "+1", "--id", "a2", "--reason", "goodwill")
    assert up.endswith("Balance 4.500000000 USD.\n")
    kinds = [line["kind"] for line in console.json("statement", ADA)["lines"]]
    assert kinds == ["topup", "refund", "adjustment", "adjustment"]


def test_a_tier_is_changed_and_its_credit_granted(console: Console) -> None:
    limits = ["--requests-per-minute", "7", "--concurrent", "3", "--monthly-requests", "none"]
    changed = console.json("tier", "set", "free", *limits, "--monthly-credit", "2", "--yes")
    assert changed == {
        "name": "free",
        "requests_per_minute": 7,
        "concurrent_requests": 3,
        "monthly_requests": None,
        "monthly_credit_usd": "2.000000000",
    }
    assert changed in console.json("tiers")
    assert console.json("grant") == {"granted": 1}
    assert console.text("grant") == "0 accounts got their monthly credit.\n"
    assert console.json("balance", ADA)["balance_usd"] == "2.000000000"
    added = console.text("account", "add", "bob@example.org")
    assert "2.000000000 USD of monthly credit" in added


def test_discounts_are_set_listed_and_removed(console: Console) -> None:
    wanted = {"tier": "pro", "from_usd": "100.000000000", "percent": 10}
    set_it = ("tier", "discount", "pro", "--from", "100", "--percent", "10")
    assert console.json(*set_it) == [wanted]
    assert console.json("tier", "discount") == [wanted]
    assert console.json("tier", "discount", "free") == []
    assert "100.000000000" in console.text("tier", "discount")
    assert console.json("tier", "discount", "pro", "--from", "100", "--remove") == []


def test_a_price_is_added_and_listed(console: Console) -> None:
    figures = ["--engine", "openai", "--usd-per-hour", "0", "--markup", "25"]
    figures += ["--usd-per-million-prompt-tokens", "0.2", "--from", "2999-01-01"]
    added = console.json("price", "add", "vllm-1", *figures, "--yes")
    assert added == {
        "version": "vllm-1",
        "engine": "openai",
        "usd_per_hour": "0.000000000",
        "markup_percent": 25,
        "usd_per_million_prompt_tokens": "0.200000000",
        "usd_per_million_completion_tokens": "0.000000000",
        "from": "2999-01-01T00:00:00.000000Z",
    }
    assert [row["version"] for row in console.json("price", "list")] == ["list-1", "vllm-1"]
    assert "vllm-1" in console.text("price", "list")


def test_retention_is_shown_turned_on_purged_and_turned_off(console: Console) -> None:
    assert console.json("retention") == {"days": None, "stored": 0, "deleted": 0}
    assert console.json("retention", "--days", "30")["days"] == 30
    assert console.json("retention", "purge", "--yes")["days"] == 30
    assert "30 days" in console.text("retention")
    assert console.json("retention", "off", "--yes")["days"] is None


def test_a_backup_is_restored(sqlite_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    Ledger.create(sqlite_url)
    console, file = Console(sqlite_url, capsys), f"{sqlite_url.removeprefix('sqlite:///')}.copy"
    assert console.json("backup", file) == {"file": file, "ok": True, "findings": []}
    console.json("account", "add", ADA)
    restored = console.json("restore", file, "--yes")
    assert (restored["restored"], restored["findings"]) == (True, [])
    assert Path(restored["before"]).exists()
    assert console.json("account", "list") == []
    assert "is there already" in console.refused("backup", file)


@pytest.mark.parametrize(
    "arguments",
    [
        ["account", "disable", ADA],
        ["refund", ADA, "1", "--id", "f1"],
        ["tier", "set", "free", "--concurrent", "1"],
        ["price", "add", "v2", "--engine", "*", "--usd-per-hour", "1", "--markup", "1"],
        ["retention", "off"],
        ["retention", "purge"],
    ],
)
def test_what_cannot_be_asked_is_not_done_without_yes(
    console: Console, arguments: list[str]
) -> None:
    console.json("topup", ADA, "5", "--id", "p1")
    before = [console.json(*shown) for shown in (["account", "list"], ["tiers"], ["price", "list"])]
    assert "--yes" in console.refused(*arguments)
    after = [console.json(*shown) for shown in (["account", "list"], ["tiers"], ["price", "list"])]
    assert after == before
    console.json(*arguments, "--yes")


def test_a_script_revokes_and_rotates_keys_without_yes(console: Console) -> None:
    made = console.json("key", "add", ADA)
    rotated = console.json("key", "rotate", str(made["id"]))
    assert console.json("key", "revoke", str(rotated["id"]))["revoked"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["account", "set", ADA],
        ["account", "set", ADA, "--tier", "gold"],
        ["account", "set", ADA, "--low-balance", "-1"],
        ["account", "show", "nobody@example.org"],
        ["account", "disable", "nobody@example.org", "--yes"],
        ["key", "rotate", "99"],
        ["key", "rotate", "bioql_live_" + "a" * 36],
        ["key", "rotate", "1", "--overlap", "soon"],
        ["key", "add", ADA, "--expires", "0d"],
        ["key", "add", ADA, "--expires", "2027-1-1"],
        ["key", "add", ADA, "--expires", "30 days"],
        ["refund", ADA, "1", "--id", "f1", "--yes"],
        ["refund", ADA, "-1", "--id", "f1", "--yes"],
        ["adjust", ADA, "0", "--id", "a1", "--reason", "x"],
        ["adjust", ADA, "--5", "--id", "a1", "--reason", "x"],
        ["adjust", ADA, "5", "--id", "a1"],
        ["adjust", ADA, "5", "--id", "a1", "--reason", " "],
        ["tier", "set", "free", "--yes"],
        ["tier", "set", "gold", "--concurrent", "1", "--yes"],
        ["tier", "set", "free", "--concurrent", "0", "--yes"],
        ["tier", "set", "free", "--monthly-requests", "many", "--yes"],
        ["tier", "set", "free", "--monthly-requests", "0", "--yes"],
        ["tier", "discount", "pro", "--percent", "5"],
        ["tier", "discount", "pro", "--from", "5"],
        ["tier", "discount", "--from", "5", "--percent", "5"],
        ["tier", "discount", "pro", "--from", "5", "--percent", "5", "--remove"],
        ["tier", "discount", "pro", "--from", "5", "--remove"],
        ["tier", "discount", "gold"],
        [
            "price",
            "add",
            "list-1",
            "--engine",
            "*",
            "--usd-per-hour",
            "1",
            "--markup",
            "1",
            "--yes",
        ],
        ["price", "add", "v2", "--engine", "*", "--usd-per-hour", "x", "--markup", "1", "--yes"],
        ["retention", "on"],
        ["retention", "off", "--days", "3", "--yes"],
        ["retention", "--days", "3651"],
        ["restore", "/nowhere/copy.db", "--yes"],
    ],
)
def test_a_wrong_argument_is_one_line_and_exit_2(console: Console, arguments: list[str]) -> None:
    assert "a" * 36 not in console.refused(*arguments)


def test_a_hold_that_would_stay_for_long_is_listed_and_released(console: Console) -> None:
    console.text("topup", ADA, "1", "--id", "p1")
    with Ledger.open(console.url, lambda: wall_clock_us() + 400 * US_PER_DAY) as ahead:
        key, _ = ahead.add_key(ADA)
        ahead.hold(ahead.authenticate(key), "lost", "f", "onnx", 5_000_000)
    (hold,) = console.json("hold", "list")
    assert (hold["request"], hold["held_usd"]) == ("lost", "0.002138889")
    assert "0.002138889" in console.text("hold", "list")
    console.refused("hold", "release", str(hold["id"]))
    released = console.json("hold", "release", str(hold["id"]), "--yes")
    assert released == {"id": hold["id"], "released": True}
    assert console.json("balance", ADA)["held_usd"] == "0.000000000"
    assert "hold list" in console.refused("hold", "release", str(hold["id"]), "--yes")


def test_the_reason_of_an_adjustment_is_in_the_statement(console: Console) -> None:
    console.text("adjust", ADA, "2", "--id", "a1", "--reason", "a lost answer")
    (line,) = console.json("statement", ADA)["lines"]
    assert line["description"] == "a lost answer"
