"""Close the journal: digests of ranges that never change again, each built on the one before it.

A closing says how many rows of a table stood between two keys and the SHA-256 over them and over
the closing before it. The head is one digest over the newest closing of every table: kept elsewhere
it shows that somebody has rewritten rows and closings alike. Nothing here is on a request's path.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from billing.database import Row, Session
from billing.model import LedgerUnusableError


@dataclass(frozen=True, slots=True)
class Closing:
    """The rows of a table whose key is ``first_id`` to ``last_id``, as they were when closed."""

    table_name: str
    first_id: int
    last_id: int
    row_count: int
    sha256: str
    closed_us: int


@dataclass(frozen=True, slots=True)
class ClosedTable:
    """A table that is closed: its key, what is covered, and a total order of integers.

    Without an order the rows are few and sorted here: databases sort text in different ways.
    """

    key: str
    columns: str
    order: str = ""


CLOSED_TABLES: Mapping[str, ClosedTable] = {
    "price_versions": ClosedTable(
        "valid_from_us",
        "version, engine, base_nano_usd_per_hour, markup_percent,"
        " base_nano_usd_per_million_prompt_tokens, base_nano_usd_per_million_completion_tokens,"
        " valid_from_us",
    ),
    # A void is a transaction of its own, so that the status it sets afterwards is left out.
    "holds": ClosedTable(
        "id",
        "id, user_id, api_key_id, request_id, fingerprint, engine, price_version, engine_us_max,"
        " amount_nano_usd, tier_id, model, prompt_tokens_max, completion_tokens_max,"
        " discount_percent, month_us, created_us, resolved_us,"
        " CASE status WHEN 'voided' THEN 'settled' ELSE status END",
        "id",
    ),
    "inference_usage": ClosedTable(
        "hold_id",
        "hold_id, user_id, prompt_tokens, completion_tokens, engine_us, base_cost_nano_usd,"
        " user_cost_nano_usd, overrun_nano_usd, created_us",
        "hold_id",
    ),
    "billing_transactions": ClosedTable(
        "id",
        "id, user_id, transaction_type, amount_nano_usd, external_id, hold_id, description,"
        " created_us",
        "id",
    ),
    "entries": ClosedTable(
        "transaction_id",
        "transaction_id, account_id, amount_nano_usd",
        "transaction_id, account_id",
    ),
    "account_events": ClosedTable("id", "id, user_id, kind, balance_nano_usd, created_us", "id"),
}

_JSON = json.JSONEncoder(separators=(",", ":"))
_BATCH = 500

FIRST_ID = 0
"""Where the first range of every table begins: no key is below it."""


def closings(session: Session) -> list[tuple[int, Closing]]:
    """Every closing with its id, oldest first."""
    rows = session.rows(
        "SELECT id, table_name, first_id, last_id, row_count, sha256, closed_us"
        " FROM journal_closings ORDER BY id"
    )
    return [(row[0], Closing(*row[1:])) for row in rows]


def last_ids(session: Session, now_us: int) -> dict[str, int]:
    """Up to where each table will not change any more.

    The caller keeps writers out meanwhile, where ids may be committed out of their order. A request
    that still runs keeps everything from its hold on open.
    """
    transaction_id = _highest(session, "billing_transactions")
    open_ids = [row[0] for row in session.rows("SELECT id FROM holds WHERE status = 'open'")]
    hold_id = min(open_ids) - 1 if open_ids else _highest(session, "holds")
    return {
        "price_versions": _newest_price(session, now_us),
        "holds": hold_id,
        "inference_usage": hold_id,
        "billing_transactions": transaction_id,
        "entries": transaction_id,
        "account_events": _highest(session, "account_events"),
    }


def digested(session: Session, limits: Mapping[str, int], now_us: int) -> list[Closing]:
    """The next closing of every table that has new rows up to its limit; nothing is written."""
    newest = newest_by_table(closing for _, closing in closings(session))
    found: list[Closing] = []
    for table, last_id in limits.items():
        before = newest.get(table)
        first_id = FIRST_ID if before is None else before.last_id + 1
        previous = "" if before is None else before.sha256
        closing = digest(session, table, (first_id, last_id), previous, now_us)
        if closing.row_count:
            found.append(closing)
    return found


def write_closings(session: Session, fresh: Iterable[Closing]) -> None:
    """Note closings, unless another process was first. Raises LedgerUnusableError."""
    newest = newest_by_table(closing for _, closing in closings(session))
    for closing in fresh:
        before = newest.get(closing.table_name)
        if closing.first_id != (FIRST_ID if before is None else before.last_id + 1):
            raise LedgerUnusableError(
                "another process has closed the journal meanwhile: nothing was changed, try again"
            )
        session.change(
            "INSERT INTO journal_closings"
            " (table_name, first_id, last_id, row_count, sha256, closed_us)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            closing.table_name,
            closing.first_id,
            closing.last_id,
            closing.row_count,
            closing.sha256,
            closing.closed_us,
        )


def digest(
    session: Session, table: str, ids: tuple[int, int], previous: str, closed_us: int
) -> Closing:
    """Read a range of a table and digest it, after the sha256 of the closing before it."""
    first_id, last_id = ids
    sha256 = hashlib.sha256(_text([(previous, table, first_id, last_id, closed_us)]))
    count = 0
    rows = _rows(session, CLOSED_TABLES[table], table, ids)
    while batch := list(islice(rows, _BATCH)):
        sha256.update(_text(batch))
        count += len(batch)
    return Closing(table, first_id, last_id, count, sha256.hexdigest(), closed_us)


def newest_by_table(found: Iterable[Closing]) -> dict[str, Closing]:
    """The last closing of each table."""
    return {closing.table_name: closing for closing in found}


def heads(found: Iterable[Closing]) -> list[str]:
    """The head after each closing: a digest over the newest closings of all tables."""
    newest: dict[str, str] = {}
    result: list[str] = []
    for closing in found:
        newest[closing.table_name] = closing.sha256
        result.append(hashlib.sha256(_text(sorted(newest.items()))).hexdigest())
    return result


def _rows(session: Session, closed: ClosedTable, table: str, ids: tuple[int, int]) -> Iterator[Row]:
    query = f"SELECT {closed.columns} FROM {table} WHERE {closed.key} BETWEEN ? AND ?"  # noqa: S608
    if closed.order:
        return session.each(f"{query} ORDER BY {closed.order}", *ids)
    return iter(sorted(session.rows(query, *ids), key=lambda row: _text([row])))


def _text(rows: Sequence[Row]) -> bytes:
    """The rows as JSON arrays in ASCII, a comma after each: the same whichever database gave them.

    However rows are divided into batches, the batches' texts together are the same.
    """
    return f"{_JSON.encode(rows)[1:-1]},".encode("ascii")


def _newest_price(session: Session, now_us: int) -> int:
    row = session.row(
        "SELECT MAX(valid_from_us) FROM price_versions WHERE valid_from_us < ?", now_us
    )
    return -1 if row is None or row[0] is None else int(row[0])


def _highest(session: Session, table: str) -> int:
    row = session.row(f"SELECT MAX(id) FROM {table}")  # noqa: S608
    return 0 if row is None or row[0] is None else int(row[0])
