"""Several processes and threads on one ledger, and processes that die."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from billing.ledger import Ledger
from billing.model import Charge, Funds, Hold, InsufficientFundsError, RequestInProgressError
from billing.prices import NANO_PER_USD
from tests.billing.support import ROOT, used

HOLD_NANO_USD = 2_138_889  # 5 s at the list price
SPENDERS = 8
FUNDED = 20


def _customer(url: str, nano: int) -> str:
    Ledger.create(url)
    with Ledger.open(url) as ledger:
        ledger.add_account("ada@example.org", "enterprise")
        ledger.topup("ada@example.org", nano, "p1")
        return ledger.add_key("ada@example.org")[0]


def _spender(url: str, key: str, name: str, count: int, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.billing.spender", url, key, name, str(count), *more],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _start(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def test_processes_are_admitted_exactly_as_often_as_there_is_money(ledger_url: str) -> None:
    key = _customer(ledger_url, FUNDED * HOLD_NANO_USD + HOLD_NANO_USD - 1)
    processes = [_spender(ledger_url, key, f"s{number}", 10) for number in range(SPENDERS)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        _start(process)
    outputs = [process.communicate()[0].splitlines() for process in processes]
    assert all(lines[-1] == "done" for lines in outputs)
    assert sum(line.startswith("held") for lines in outputs for line in lines) == FUNDED
    with Ledger.open(ledger_url) as ledger:
        funds = ledger.balance("ada@example.org")
        assert funds.held_nano_usd == FUNDED * HOLD_NANO_USD
        assert ledger.audit() == []


def test_threads_are_admitted_exactly_as_often_as_there_is_money(ledger_url: str) -> None:
    key = _customer(ledger_url, FUNDED * HOLD_NANO_USD)
    with Ledger.open(ledger_url) as ledger, ThreadPoolExecutor(64) as pool:
        ada = ledger.authenticate(key)
        barrier = threading.Barrier(64)

        def spend(number: int) -> bool:
            barrier.wait()
            try:
                ledger.hold(ada, f"r{number}", "f", "onnx", 5_000_000)
            except InsufficientFundsError:
                return False
            return True

        assert sum(pool.map(spend, range(64))) == FUNDED
        assert ledger.audit() == []


def test_one_request_sent_by_many_threads_is_charged_once(ledger_url: str) -> None:
    key = _customer(ledger_url, NANO_PER_USD)
    with Ledger.open(ledger_url) as ledger, ThreadPoolExecutor(16) as pool:
        ada = ledger.authenticate(key)
        barrier = threading.Barrier(16)

        def send(_: int) -> str:
            barrier.wait()
            try:
                reply = ledger.hold(ada, "r1", "f", "onnx", 5_000_000)
            except RequestInProgressError:
                return "in progress"
            if isinstance(reply, Hold):
                ledger.settle(reply, used(2))
                return "charged"
            return "replayed"

        assert list(pool.map(send, range(16))).count("charged") == 1
        assert ledger.funds(ada) == Funds(NANO_PER_USD - 855_555, 0)


@pytest.mark.parametrize("acknowledged", [1, 7, 24, 61])
def test_what_was_acknowledged_survives_kill_9(ledger_url: str, acknowledged: int) -> None:
    key = _customer(ledger_url, NANO_PER_USD)
    process = _spender(ledger_url, key, "s", 10_000, "settle")
    _start(process)
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(1 + acknowledged)]
    process.kill()
    lines += process.stdout.readlines()
    process.communicate()
    settled = [line.split() for line in lines if line.startswith("settled") and line[-1] == "\n"]
    with Ledger.open(ledger_url) as ledger:
        assert ledger.audit() == []
        ada = ledger.authenticate(key)
        for _, request_id, cost in settled:
            charge = ledger.hold(ada, request_id, "f", "onnx", 5_000_000)
            assert isinstance(charge, Charge)
            assert (charge.status, charge.user_cost_nano_usd) == ("settled", int(cost))
        booked = [
            line for line in ledger.statement("ada@example.org").lines if line.kind == "usage"
        ]
        assert len(settled) <= len(booked) <= len(settled) + 1
