"""Keeps the holds of living requests alive, and sweeps those that a dead worker left."""

from __future__ import annotations

import asyncio
import logging

from billing.ledger import Ledger
from billing.model import Hold

HEARTBEAT_SECONDS = 15.0

_LOG = logging.getLogger("bioql.worker")


class Leases:
    """The open holds of this process."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._holds: dict[int, Hold] = {}

    def add(self, hold: Hold) -> None:
        """Keep a hold alive from now on."""
        self._holds[hold.id] = hold

    def remove(self, hold: Hold) -> None:
        """The hold is resolved, or given up."""
        self._holds.pop(hold.id, None)

    async def keep(self) -> None:
        """Renew the leases again and again, until cancelled."""
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            try:
                await asyncio.to_thread(self._ledger.heartbeat, list(self._holds.values()))
            except Exception as error:  # whatever it was, the holds of all need the next turn
                _LOG.error("holds not renewed", extra={"error": type(error).__name__})
