"""No request waits for a walk through all requests there ever were."""

from __future__ import annotations

import re

import apsw
import pytest

from billing.model import EngineUsage, InsufficientFundsError, NotVoidableError
from tests.billing.support import Bench, used

_WALK = re.compile(
    r"SCAN (?:h|holds|u|inference_usage|t|billing_transactions|e|entries|a|accounts|k|api_keys)\b"
    r"(?! USING (?:COVERING )?INDEX holds_open)"
    r"|holds .*\(user_id=\?\)$"
)


def test_nothing_that_a_worker_asks_walks_through_a_table_that_grows(sqlite_bench: Bench) -> None:
    ledger = sqlite_bench.ledger
    ada, bob = sqlite_bench.customer(), sqlite_bench.customer("bob@example.org", usd=0)
    key, _ = ledger.add_key("ada@example.org")
    statements = _traced(sqlite_bench)
    ledger.authenticate(key)
    hold = ledger.extend(sqlite_bench.hold(ada, "r1"), EngineUsage(1, 1, 6_000_000))
    ledger.heartbeat([hold])
    ledger.settle(hold, used(2))
    ledger.void(ada, "r1")
    with pytest.raises(NotVoidableError):
        ledger.void(ada, "r1")
    ledger.release(sqlite_bench.hold(ada, "r2"), used(2))
    ledger.hold(ada, "r2", "f", "onnx", 1)
    with pytest.raises(InsufficientFundsError):
        ledger.hold(bob, "r1", "f", "onnx", 1_000_000)
    sqlite_bench.hold(ada, "r3")
    sqlite_bench.clock.advance(61)
    assert ledger.sweep() == 1
    ledger.funds(ada)
    ledger.month(ada)
    walks = {sql: steps for sql in statements if (steps := _walks(sqlite_bench, sql))}
    assert walks == {}
    assert any("lease_until_us <" in sql for sql in statements)


def _traced(bench: Bench) -> set[str]:
    statements: set[str] = set()

    def note(_: object, sql: str, __: object) -> bool:
        if sql.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
            statements.add(sql)
        return True

    for connection in (bench.ledger._database._writer, bench.ledger._database._reader):
        connection.connection().exec_trace = note
    return statements


def _walks(bench: Bench, sql: str) -> list[str]:
    connection = apsw.Connection(bench.url.removeprefix("sqlite:///"))
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
    try:
        steps = connection.execute(f"EXPLAIN QUERY PLAN {sql}", (None,) * sql.count("?"))
        return [step[3] for step in steps if _WALK.search(step[3])]
    finally:
        connection.close()
