"""Threads that use a ledger at random and say what they were told is done."""

from __future__ import annotations

import queue
import random
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias

from billing.ledger import Ledger
from billing.model import EngineUsage, Hold, HoldResolvedError, LedgerUnusableError
from billing.prices import NANO_PER_USD

ENGINE_US_MAX = 5_000_000
LONGER_US_MAX = 8_000_000
THREADS_PER_CUSTOMER = 2


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A method of the ledger has returned: what it did under which id, and the amount it said."""

    verb: str
    id: str
    amount_nano_usd: int

    def line(self) -> str:
        """As text."""
        return f"{self.verb} {self.id} {self.amount_nano_usd}\n"

    @classmethod
    def of_line(cls, line: str) -> Acknowledgement:
        """From text."""
        verb, id_, amount = line.split()
        return cls(verb, id_, int(amount))


Acknowledge: TypeAlias = Callable[[Acknowledgement], None]


@dataclass(frozen=True, slots=True)
class Customer:
    """An account with a key."""

    email: str
    key: str


def add_customers(url: str, clock: Callable[[], int], count: int) -> list[Customer]:
    """Rich accounts without narrow limits."""
    with Ledger.open(url, clock) as ledger:
        return [_add_customer(ledger, f"c{number}@example.org") for number in range(count)]


def _add_customer(ledger: Ledger, email: str) -> Customer:
    ledger.add_account(email, "enterprise")
    ledger.topup(email, 1_000 * NANO_PER_USD, f"first-{email.partition('@')[0]}")
    return Customer(email, ledger.add_key(email)[0])


class Spender:
    """A thread's requests, one after the other, with ids ``NAME-NUMBER``; its name is its seed."""

    def __init__(
        self,
        ledger: Ledger,
        customer: Customer,
        name: str,
        acknowledge: Acknowledge,
    ) -> None:
        self._ledger = ledger
        self._email = customer.email
        self._principal = ledger.authenticate(customer.key)
        self._name = name
        self._dice = random.Random(name)
        self._acknowledge = acknowledge

    def run(self, requests: int) -> None:
        """Use the ledger until it fails or the requests are done."""
        with suppress(LedgerUnusableError):
            for number in range(requests):
                if self._dice.random() < 0.15:
                    self._topup(f"{self._name}-{number}")
                else:
                    self._request(f"{self._name}-{number}")

    def _topup(self, id_: str) -> None:
        amount = self._dice.randrange(1, NANO_PER_USD)
        assert self._ledger.topup(self._email, amount, id_)
        self._acknowledge(Acknowledgement("credited", id_, amount))

    def _request(self, id_: str) -> None:
        hold = self._ledger.hold(self._principal, id_, "f", "onnx", ENGINE_US_MAX)
        assert isinstance(hold, Hold)
        self._acknowledge(Acknowledgement("held", id_, hold.amount_nano_usd))
        if self._dice.random() < 0.2:
            hold = self._ledger.extend(hold, EngineUsage(0, 0, LONGER_US_MAX))
            self._acknowledge(Acknowledgement("held", id_, hold.amount_nano_usd))
        usage = EngineUsage(10, 20, self._dice.randrange(LONGER_US_MAX))
        if self._dice.random() < 0.2:
            charge = self._ledger.release(hold, usage)
            self._acknowledge(Acknowledgement("released", id_, charge.user_cost_nano_usd))
            return
        charge = self._ledger.settle(hold, usage)
        self._acknowledge(Acknowledgement("settled", id_, charge.user_cost_nano_usd))
        if self._dice.random() < 0.1:
            self._settle_again(hold, usage)
        if self._dice.random() < 0.2:
            charge = self._ledger.void(self._principal, id_)
            self._acknowledge(Acknowledgement("voided", id_, charge.user_cost_nano_usd))

    def _settle_again(self, hold: Hold, usage: EngineUsage) -> None:
        """Be refused after a write, so that what shares the transaction is written once more."""
        try:
            self._ledger.settle(hold, usage)
        except HoldResolvedError:
            return
        raise AssertionError(f"{hold.request_id} was settled twice")


def spend(
    ledger: Ledger,
    customers: Sequence[Customer],
    name: str,
    requests: int,
    acknowledge: Acknowledge,
) -> None:
    """Let several threads per customer use the ledger, until it fails or they are done."""
    ends: queue.SimpleQueue[BaseException | None] = queue.SimpleQueue()

    def run(spender: Spender) -> None:
        try:
            spender.run(requests)
        except BaseException as error:
            ends.put(error)
        else:
            ends.put(None)

    spenders = [
        Spender(ledger, customer, f"{name}.{number}.{thread}", acknowledge)
        for number, customer in enumerate(customers)
        for thread in range(THREADS_PER_CUSTOMER)
    ]
    for spender in spenders:
        threading.Thread(target=run, args=(spender,), daemon=True).start()
    for _ in spenders:
        error = ends.get()
        if error is not None:
            raise error
