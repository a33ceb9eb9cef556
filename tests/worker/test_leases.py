"""Holds stay alive as long as the worker does, whatever one heartbeat met."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from typing import cast

import pytest

from billing.ledger import Ledger
from billing.model import Hold, LedgerUnusableError
from bioql_lsp.worker.leases import Leases


class _FailsOnce:
    def __init__(self, error: Exception) -> None:
        self._errors = [error]
        self.has_kept = threading.Event()

    def heartbeat(self, _: Sequence[Hold]) -> int:
        if self._errors:
            raise self._errors.pop()
        self.has_kept.set()
        return 0


@pytest.mark.parametrize("error", [LedgerUnusableError("no"), RuntimeError("no")])
def test_a_heartbeat_that_failed_is_followed_by_the_next(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bioql_lsp.worker.leases.HEARTBEAT_SECONDS", 0)
    ledger = _FailsOnce(error)

    async def keep_until_one_passes() -> bool:
        keeping = asyncio.create_task(Leases(cast(Ledger, ledger)).keep())
        has_kept = await asyncio.to_thread(ledger.has_kept.wait, 30)
        keeping.cancel()
        return has_kept and not keeping.done()

    assert asyncio.run(keep_until_one_passes())
