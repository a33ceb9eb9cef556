"""What a worker does for the ledger beside its requests."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import logging

from billing.ledger import Ledger
from billing.model import Hold
from bioql_lsp.worker.engines.base import Task

HOUR_SECONDS = 3600.0

_LOG = logging.getLogger("bioql.worker")


async def do_hourly(ledger: Ledger) -> None:
    """Book the month's credits and delete old texts, at once and every hour, until cancelled.

    Several workers may do so at the same time: each credit is booked once.
    """
    while True:
        for chore in (ledger.grant_plan_credit, ledger.purge_texts):
            try:
                await asyncio.to_thread(chore)
            except Exception as error:  # whatever it was, the next hour has its turn
                _LOG.error("an hourly chore failed", extra={"error": type(error).__name__})
        await asyncio.sleep(HOUR_SECONDS)


def keep_texts(ledger: Ledger, hold: Hold, task: Task, code: str | None) -> None:
    """Store what was asked and answered where the operator wants that; else do nothing.

    Raises LedgerUnusableError.
    """
    if ledger.retention_days() is not None:
        asked = json.dumps(dataclasses.asdict(task), ensure_ascii=False)
        ledger.store_texts(hold, asked, code or "")
