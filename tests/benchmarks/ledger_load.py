"""What the ledger's benchmarks book: requests of one size, from many accounts with a key each."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

from billing.ledger import Ledger
from billing.model import Charge, EngineUsage, Hold, Principal
from billing.prices import AMOUNT_NANO_USD_MAX
from billing.store import Clock, wall_clock_us

ACCOUNTS = 1_000
TIER = "enterprise"
ENGINE = "onnx"
ENGINE_US_MAX = 5_000_000
USAGE = EngineUsage(200, 60, 2_345_678)
FINGERPRINT = hashlib.sha256(b"the body of a request").hexdigest()
FOUNDED_US = 1_767_225_600_000_000
"""When the ledgers are made: 2026-01-01, so that what is booked at once lies in another month."""

OURS = "our ledger"
OURS_FROM_TASKS = "our ledger from asyncio tasks"
FOUNDING_THREADS = 32


class Side(Protocol):
    """Something that books requests: ``account`` is a number below ``ACCOUNTS``."""

    name: str

    def hold(self, account: int, request_id: str) -> Any:
        """Begin a request; durable when this returns."""

    def settle(self, account: int, held: Any) -> None:
        """End it with ``USAGE``; durable when this returns."""


class AwaitedSide(Protocol):
    """The same for coroutines."""

    async def hold_awaited(self, account: int, request_id: str) -> Any:
        """Begin a request."""

    async def settle_awaited(self, account: int, held: Any) -> None:
        """End it with ``USAGE``."""


@dataclass(frozen=True)
class Terms:
    """What every request holds and costs, as the ledger itself has computed it."""

    price_version: str
    held_nano_usd: int
    base_cost_nano_usd: int
    user_cost_nano_usd: int


class OurLedger:
    """The ledger, called as a worker calls it."""

    def __init__(
        self, url: str, keys: list[str], name: str = OURS, clock: Clock = wall_clock_us
    ) -> None:
        self.name = name
        self.ledger = Ledger.open(url, clock)
        self._principals = [self.ledger.authenticate(key) for key in keys]

    def hold(self, account: int, request_id: str) -> Hold:
        """Set money aside."""
        return _hold(self.ledger, self._principals[account], request_id)

    def settle(self, account: int, held: Hold) -> None:
        """Charge what was used."""
        self.ledger.settle(held, USAGE)

    async def hold_awaited(self, account: int, request_id: str) -> Hold:
        """Set money aside."""
        most = EngineUsage(0, 0, ENGINE_US_MAX)
        wanted = self.ledger.hold_request(request_id, FINGERPRINT, ENGINE, "", most)
        hold = await self.ledger.awaitable.hold(self._principals[account], wanted)
        assert isinstance(hold, Hold)
        return hold

    async def settle_awaited(self, account: int, held: Hold) -> None:
        """Charge what was used."""
        await self.ledger.awaitable.settle(held, USAGE)

    def close(self) -> None:
        """Close the ledger."""
        self.ledger.close()


def found(url: str, accounts: int = ACCOUNTS) -> tuple[list[str], Terms]:
    """Make a ledger of accounts with credit and one settled request; the keys and the terms."""
    Ledger.create(url, clock=lambda: FOUNDED_US)
    with Ledger.open(url, clock=lambda: FOUNDED_US) as ledger:
        with ThreadPoolExecutor(FOUNDING_THREADS) as threads:
            keys = list(threads.map(lambda number: _add_account(ledger, number), range(accounts)))
        hold = _hold(ledger, ledger.authenticate(keys[0]), "the-first-request")
        charge = ledger.settle(hold, USAGE)
    return keys, _terms(hold, charge)


def _add_account(ledger: Ledger, number: int) -> str:
    email = f"customer-{number}@example.org"
    ledger.add_account(email, TIER)
    ledger.topup(email, AMOUNT_NANO_USD_MAX, f"credit-{number}")
    key, _ = ledger.add_key(email)
    return key


def _hold(ledger: Ledger, principal: Principal, request_id: str) -> Hold:
    hold = ledger.hold(principal, request_id, FINGERPRINT, ENGINE, ENGINE_US_MAX)
    assert isinstance(hold, Hold)
    return hold


def _terms(hold: Hold, charge: Charge) -> Terms:
    return Terms(
        hold.price_version,
        hold.amount_nano_usd,
        charge.base_cost_nano_usd,
        charge.user_cost_nano_usd,
    )
