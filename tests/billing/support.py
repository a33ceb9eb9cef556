"""A ledger for tests: a clock that stands still and customers with keys."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from billing.ledger import Ledger
from billing.model import EngineUsage, Hold, Principal
from billing.prices import NANO_PER_USD

ROOT = Path(__file__).resolve().parents[2]
SECOND_US = 1_000_000
START_US = 1_800_000_000 * SECOND_US


class Clock:
    """Time that moves when told."""

    def __init__(self) -> None:
        self.now_us = START_US

    def __call__(self) -> int:
        return self.now_us

    def advance(self, seconds: float) -> None:
        self.now_us += int(seconds * SECOND_US)


@dataclass
class Bench:
    """An open ledger, its URL and its clock."""

    url: str
    ledger: Ledger
    clock: Clock

    def customer(
        self,
        email: str = "ada@example.org",
        usd: int = 10,
        cap_nano_usd: int | None = None,
        tier: str = "free",
    ) -> Principal:
        self.ledger.add_account(email, tier)
        if usd:
            self.ledger.topup(email, usd * NANO_PER_USD, f"first-{email.partition('@')[0]}")
        key, _ = self.ledger.add_key(email, cap_nano_usd)
        return self.ledger.authenticate(key)

    def hold(
        self, principal: Principal, request_id: str, seconds: float = 5, fingerprint: str = "f"
    ) -> Hold:
        hold = self.ledger.hold(
            principal, request_id, fingerprint, "onnx", int(seconds * SECOND_US)
        )
        assert isinstance(hold, Hold)
        return hold

    def reopen(self) -> None:
        self.ledger.close()
        self.ledger = Ledger.open(self.url, self.clock)


def used(seconds: float, prompt: int = 10, completion: int = 20) -> EngineUsage:
    return EngineUsage(prompt, completion, int(seconds * SECOND_US))
