"""The ledger's peer: the same rows by hand with Python's own sqlite3, and no check of its own.

It works on a copy of a ledger's file, so tables, indexes, triggers and foreign keys are the same,
its cache is as large, and it is as durable: WAL, a synced commit, answers after it. One thread
writes for all clients, at most ``BATCH_MAX`` operations in a transaction. A bare lock wakes each
client's thread, one call to the event loop all of its tasks: the least that Python has.
"""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from billing.calendar import month_start_us
from billing.database.sqlite import CACHE_KIB
from billing.operations.hold import LEASE_US
from billing.schema import ENGINE_COST_ACCOUNT, MARGIN_ACCOUNT
from billing.store import Clock, wall_clock_us
from tests.benchmarks.ledger_load import ENGINE, ENGINE_US_MAX, FINGERPRINT, USAGE, Terms

PEER = "sqlite3"
PEER_FROM_TASKS = "sqlite3 from asyncio tasks"
BATCH_MAX = 64

_TAKE_MONEY = """UPDATE accounts SET held_nano_usd = held_nano_usd + ?,
    open_requests = open_requests + 1, month_requests = month_requests + 1 WHERE user_id = ?"""
_TAKE_FROM_KEY = "UPDATE api_keys SET held_nano_usd = held_nano_usd + ? WHERE id = ?"
_OPEN_HOLD = """INSERT INTO holds (user_id, api_key_id, tier_id, request_id, fingerprint, engine,
    model, price_version, discount_percent, engine_us_max, prompt_tokens_max,
    completion_tokens_max, amount_nano_usd, status, month_us, created_us, lease_until_us)
    VALUES (?, ?, ?, ?, ?, ?, '', ?, 0, ?, 0, 0, ?, 'open', ?, ?, ?)"""
_END_HOLD = "UPDATE holds SET status = 'settled', resolved_us = ? WHERE id = ?"
_CHARGE = """UPDATE accounts SET held_nano_usd = held_nano_usd - ?,
    posted_nano_usd = posted_nano_usd - ?, open_requests = open_requests - 1,
    month_spent_nano_usd = month_spent_nano_usd + ? WHERE user_id = ?"""
_CHARGE_KEY = """UPDATE api_keys SET held_nano_usd = held_nano_usd - ?,
    spent_nano_usd = spent_nano_usd + ? WHERE id = ?"""
_NOTE_USAGE = """INSERT INTO inference_usage (hold_id, user_id, prompt_tokens, completion_tokens,
    engine_us, base_cost_nano_usd, user_cost_nano_usd, overrun_nano_usd, created_us)
    VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)"""
_POST = """INSERT INTO billing_transactions (user_id, transaction_type, amount_nano_usd, hold_id,
    description, created_us) VALUES (?, 'usage', ?, ?, '', ?)"""
_ENTRIES = """INSERT INTO entries (transaction_id, account_id, amount_nano_usd)
    VALUES (?, ?, ?), (?, ?, ?), (?, ?, ?)"""
_NEW_MONTH = """UPDATE accounts SET month_us = ?, month_requests = 0, month_spent_nano_usd = 0
    WHERE user_id IS NOT NULL"""


class _Account(NamedTuple):
    user_id: int
    tier_id: int
    key_id: int
    account_id: int


_Write = Callable[[sqlite3.Cursor, int], int]


@dataclass(slots=True)
class _Waiting:
    write: _Write
    future: asyncio.Future[int] | None = None
    is_done: threading.Lock = field(default_factory=threading.Lock)
    result: int = 0
    error: sqlite3.Error | None = None


class RawLedger:
    """One writer thread; close it when no client waits any more."""

    def __init__(self, path: Path, terms: Terms, clock: Clock = wall_clock_us) -> None:
        self.name = PEER
        self._path = path
        self._terms = terms
        self._clock = clock
        self._month_us = month_start_us(clock())
        self._accounts = self._prepare()
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="peer", daemon=True)
        self._thread.start()

    def hold(self, account: int, request_id: str) -> int:
        """Begin a request; the hold's id."""
        owner = self._accounts[account]
        return self._run(lambda cursor, now_us: self._hold(cursor, now_us, owner, request_id))

    def settle(self, account: int, held: int) -> None:
        """End a request."""
        owner = self._accounts[account]
        self._run(lambda cursor, now_us: self._settle(cursor, now_us, owner, held))

    async def hold_awaited(self, account: int, request_id: str) -> int:
        """Begin a request; the hold's id."""
        owner = self._accounts[account]
        return await self._run_awaited(
            lambda cursor, now_us: self._hold(cursor, now_us, owner, request_id)
        )

    async def settle_awaited(self, account: int, held: int) -> None:
        """End a request."""
        owner = self._accounts[account]
        await self._run_awaited(lambda cursor, now_us: self._settle(cursor, now_us, owner, held))

    def close(self) -> None:
        """End the thread."""
        self._queue.put(None)
        self._thread.join()

    def _prepare(self) -> list[_Account]:
        with closing(self._connect()) as connection:
            connection.execute(_NEW_MONTH, (self._month_us,))
            return [
                _Account(*row)
                for row in connection.execute(
                    "SELECT u.id, u.tier_id, k.id, a.id FROM users u"
                    " JOIN api_keys k ON k.user_id = u.id JOIN accounts a ON a.user_id = u.id"
                    " ORDER BY CAST(substr(u.email, 10) AS INTEGER)"
                )
            ]

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        return connection

    def _run(self, write: _Write) -> int:
        waiting = _Waiting(write)
        waiting.is_done.acquire()
        self._queue.put(waiting)
        waiting.is_done.acquire()
        if waiting.error is not None:
            raise waiting.error
        return waiting.result

    async def _run_awaited(self, write: _Write) -> int:
        future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._queue.put(_Waiting(write, future))
        return await future

    def _work(self) -> None:
        with closing(self._connect()) as connection:
            cursor = connection.cursor()
            while (first := self._queue.get()) is not None:
                batch = [first]
                while len(batch) < BATCH_MAX and not self._queue.empty():
                    waiting = self._queue.get()
                    assert waiting is not None
                    batch.append(waiting)
                self._write(cursor, batch)

    def _write(self, cursor: sqlite3.Cursor, batch: list[_Waiting]) -> None:
        try:
            now_us = self._clock()
            cursor.execute("BEGIN IMMEDIATE")
            for waiting in batch:
                waiting.result = waiting.write(cursor, now_us)
            cursor.execute("COMMIT")
        except sqlite3.Error as error:
            for waiting in batch:
                waiting.error = error
        tasks = [waiting for waiting in batch if waiting.future is not None]
        if tasks:
            assert tasks[0].future is not None
            tasks[0].future.get_loop().call_soon_threadsafe(_answer, tasks)
        for waiting in batch:
            if waiting.future is None:
                waiting.is_done.release()

    def _hold(self, cursor: sqlite3.Cursor, now_us: int, owner: _Account, request_id: str) -> int:
        terms = self._terms
        execute = cursor.execute
        execute(_TAKE_MONEY, (terms.held_nano_usd, owner.user_id))
        execute(_TAKE_FROM_KEY, (terms.held_nano_usd, owner.key_id))
        what = (owner.user_id, owner.key_id, owner.tier_id, request_id, FINGERPRINT, ENGINE)
        price = (terms.price_version, ENGINE_US_MAX, terms.held_nano_usd)
        execute(_OPEN_HOLD, (*what, *price, self._month_us, now_us, now_us + LEASE_US))
        hold_id = cursor.lastrowid
        assert hold_id is not None
        return hold_id

    def _settle(self, cursor: sqlite3.Cursor, now_us: int, owner: _Account, hold_id: int) -> int:
        held, base = self._terms.held_nano_usd, self._terms.base_cost_nano_usd
        user = self._terms.user_cost_nano_usd
        execute = cursor.execute
        execute(_END_HOLD, (now_us, hold_id))
        execute(_CHARGE, (held, user, user, owner.user_id))
        execute(_CHARGE_KEY, (held, user, owner.key_id))
        used = (USAGE.prompt_tokens, USAGE.completion_tokens, USAGE.engine_us)
        execute(_NOTE_USAGE, (hold_id, owner.user_id, *used, base, user, now_us))
        execute(_POST, (owner.user_id, -user, hold_id, now_us))
        transaction_id = cursor.lastrowid
        assert transaction_id is not None
        entries = (
            (owner.account_id, -user),
            (ENGINE_COST_ACCOUNT, base),
            (MARGIN_ACCOUNT, user - base),
        )
        execute(_ENTRIES, [part for entry in entries for part in (transaction_id, *entry)])
        return transaction_id


def _answer(tasks: list[_Waiting]) -> None:
    """Wake tasks, in their event loop."""
    for waiting in tasks:
        assert waiting.future is not None
        if waiting.error is None:
            waiting.future.set_result(waiting.result)
        else:
            waiting.future.set_exception(waiting.error)
