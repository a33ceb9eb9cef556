"""Random histories against a model that is only dicts and fractions: every reply is predicted."""

from __future__ import annotations

import math
import tempfile
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from billing.ledger import Ledger
from billing.model import (
    Charge,
    EngineUsage,
    Funds,
    Hold,
    HoldResolvedError,
    IdempotencyConflictError,
    InsufficientFundsError,
    LedgerError,
    NotVoidableError,
    Principal,
    RequestInProgressError,
)
from tests.billing.support import Clock

USER_RATE = Fraction(77, 180)
SECOND_US = 1_000_000
LEASE_US = 60 * SECOND_US
VOID_US = 600 * SECOND_US

USERS = st.sampled_from(["ada@example.org", "bob@example.org"])
KEYS = st.sampled_from(["ada-free", "ada-capped", "bob-free"])
REQUEST_IDS = st.sampled_from(["r1", "r2", "r3", "r4", "r5", "r6"])
PICKS = st.integers(0, 11)
FIRST_FUNDS = 5_000_000
ENGINE_US = st.sampled_from([179, 1_000_000, 2_000_000, 5_000_000, 7_654_321])
AMOUNTS = st.sampled_from([1, 2_138_889, 3_000_000, 10_000_000])


@dataclass
class Request:
    """What the model knows of one request."""

    hold: Hold
    key: str
    fingerprint: str
    held: int
    lease_until: int
    status: str = "open"
    cost: int = 0
    engine_us: int = 0
    resolved: int = 0


class LedgerMachine(RuleBasedStateMachine):
    """The ledger under test, and beside it the model."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock()
        self.url = f"sqlite:///{self.folder.name}/ledger.db"
        Ledger.create(self.url, clock=self.clock)
        self.ledger = Ledger.open(self.url, self.clock)
        self.posted = dict.fromkeys(("ada@example.org", "bob@example.org"), 0)
        self.caps = {"ada-free": math.inf, "ada-capped": 4_000_000, "bob-free": math.inf}
        self.requests: dict[tuple[str, str], Request] = {}
        self.topups: dict[str, tuple[str, int]] = {}
        self.principals: dict[str, Principal] = {}
        for email in self.posted:
            self.ledger.add_account(email)
            self.top_up(email, FIRST_FUNDS, f"first-{email[:3]}")
        for name, cap in self.caps.items():
            key, _ = self.ledger.add_key(
                f"{name[:3]}@example.org", None if cap == math.inf else int(cap)
            )
            self.principals[name] = self.ledger.authenticate(key)

    def teardown(self) -> None:
        if hasattr(self, "ledger"):
            self.ledger.sweep()
            assert self.ledger.audit() == []
            self.ledger.close()
            self.folder.cleanup()

    # The model

    def places(self, *statuses: str) -> list[tuple[str, str]]:
        return [place for place, request in self.requests.items() if request.status in statuses]

    def picked(self, pick: int, *statuses: str) -> tuple[str, str]:
        places = self.places(*statuses)
        return places[pick % len(places)]

    def held_of(self, email: str) -> int:
        return sum(
            request.held
            for (owner, _), request in self.requests.items()
            if owner == email and request.status == "open"
        )

    def key_rest(self, key: str) -> float:
        mine = [request for request in self.requests.values() if request.key == key]
        held = sum(request.held for request in mine if request.status == "open")
        return self.caps[key] - held - sum(request.cost for request in mine)

    def expire_dead(self, email: str | None = None) -> int:
        dead = [
            request
            for (owner, _), request in self.requests.items()
            if request.status == "open"
            and request.lease_until < self.clock.now_us
            and email in (None, owner)
        ]
        for request in dead:
            request.status = "released"
        return len(dead)

    def refusal(self, email: str, key: str, amount: int) -> type[LedgerError] | None:
        too_little = min(self.posted[email] - self.held_of(email), self.key_rest(key)) < amount
        return InsufficientFundsError if too_little else None

    def expected_hold(
        self, email: str, request_id: str, key: str, fingerprint: str, amount: int
    ) -> type[Any]:
        known = self.requests.get((email, request_id))
        if known is not None:
            if known.fingerprint != fingerprint:
                return IdempotencyConflictError
            if known.status == "open" and known.lease_until >= self.clock.now_us:
                return RequestInProgressError
            if known.status == "open":
                known.status = "released"
            return Charge
        if self.refusal(email, key, amount):
            # A refusal undoes everything, the sweep of dead holds too.
            dead = {place: request.status for place, request in self.requests.items()}
            self.expire_dead(email)
            if self.refusal(email, key, amount):
                for place, status in dead.items():
                    self.requests[place].status = status
                return InsufficientFundsError
        return Hold

    # What can happen

    @rule(email=USERS, nano=AMOUNTS, external_id=st.sampled_from(["p1", "p2", "p3", "p4"]))
    def top_up(self, email: str, nano: int, external_id: str) -> None:
        known = self.topups.get(external_id)
        if known not in (None, (email, nano)):
            self.expect(IdempotencyConflictError, self.ledger.topup, email, nano, external_id)
            return
        assert self.ledger.topup(email, nano, external_id) == (known is None)
        if known is None:
            self.topups[external_id] = (email, nano)
            self.posted[email] += nano

    @rule(key=KEYS, request_id=REQUEST_IDS, fingerprint=st.sampled_from("aab"), us_max=ENGINE_US)
    def hold(self, key: str, request_id: str, fingerprint: str, us_max: int) -> None:
        principal = self.principals[key]
        email = principal.email
        amount = math.ceil(us_max * USER_RATE)
        expected = self.expected_hold(email, request_id, key, fingerprint, amount)
        arguments = (principal, request_id, fingerprint, "onnx", us_max)
        if issubclass(expected, LedgerError):
            self.expect(expected, self.ledger.hold, *arguments)
            return
        reply = self.ledger.hold(*arguments)
        assert isinstance(reply, expected)
        if isinstance(reply, Hold):
            assert reply.amount_nano_usd == amount
            lease_until = self.clock.now_us + LEASE_US
            self.requests[email, request_id] = Request(reply, key, fingerprint, amount, lease_until)
        else:
            self.check_charge(email, self.requests[email, request_id], reply)

    @precondition(lambda self: self.places("open"))
    @rule(pick=PICKS, engine_us=ENGINE_US, is_free=st.sampled_from([False, False, True]))
    def resolve(self, pick: int, engine_us: int, is_free: bool) -> None:
        email, request_id = self.picked(pick, "open")
        request = self.requests[email, request_id]
        operation = self.ledger.release if is_free else self.ledger.settle
        reply = operation(request.hold, EngineUsage(1, 2, engine_us))
        request.status = "released" if is_free else "settled"
        request.engine_us, request.resolved = engine_us, self.clock.now_us
        request.cost = 0 if is_free else min(math.floor(engine_us * USER_RATE), request.held)
        self.posted[email] -= request.cost
        self.check_charge(email, request, reply)

    @precondition(lambda self: self.places("settled", "released", "voided"))
    @rule(pick=PICKS, is_free=st.booleans())
    def resolve_again(self, pick: int, is_free: bool) -> None:
        request = self.requests[self.picked(pick, "settled", "released", "voided")]
        operation = self.ledger.release if is_free else self.ledger.settle
        self.expect(HoldResolvedError, operation, request.hold, EngineUsage(1, 2, 3))

    @precondition(lambda self: self.requests)
    @rule(pick=PICKS)
    def replay(self, pick: int) -> None:
        email, request_id = self.picked(pick, "open", "settled", "released", "voided")
        request = self.requests[email, request_id]
        self.hold(request.key, request_id, request.fingerprint, 5_000_000)

    @precondition(lambda self: self.places("settled"))
    @rule(pick=PICKS)
    def void(self, pick: int) -> None:
        email, request_id = self.picked(pick, "settled")
        request = self.requests[email, request_id]
        principal = self.principals[f"{email[:3]}-free"]
        if self.clock.now_us - request.resolved > VOID_US:
            self.expect(NotVoidableError, self.ledger.void, principal, request_id)
            return
        reply = self.ledger.void(principal, request_id)
        self.posted[email] += request.cost
        request.status, request.cost = "voided", 0
        self.check_charge(email, request, reply)

    @precondition(lambda self: self.places("open", "released", "voided"))
    @rule(pick=PICKS)
    def void_what_cost_nothing(self, pick: int) -> None:
        email, request_id = self.picked(pick, "open", "released", "voided")
        principal = self.principals[f"{email[:3]}-free"]
        self.expect(NotVoidableError, self.ledger.void, principal, request_id)

    @rule(seconds=st.sampled_from([1, 59, 61, 599, 601]))
    def wait(self, seconds: int) -> None:
        self.clock.advance(seconds)

    @precondition(lambda self: self.requests)
    @rule(pick=PICKS)
    def heartbeat(self, pick: int) -> None:
        request = self.requests[self.picked(pick, "open", "settled", "released", "voided")]
        is_open = request.status == "open"
        if is_open:
            request.lease_until = self.clock.now_us + LEASE_US
        self.expire_dead()
        assert self.ledger.heartbeat([request.hold]) == int(is_open)

    @rule()
    def sweep(self) -> None:
        assert self.ledger.sweep() == self.expire_dead()

    @rule()
    def reopen(self) -> None:
        self.ledger.close()
        self.ledger = Ledger.open(self.url, self.clock)
        self.expire_dead()

    @invariant()
    def funds_are_what_the_model_says(self) -> None:
        if not hasattr(self, "ledger"):
            return
        for email, posted in self.posted.items():
            assert self.ledger.balance(email) == Funds(posted, self.held_of(email))
        for info in self.ledger.list_keys():
            name = next(n for n, p in self.principals.items() if p.key_id == info.id)
            mine = [request for request in self.requests.values() if request.key == name]
            assert info.spent_nano_usd == sum(request.cost for request in mine)

    def check_charge(self, email: str, request: Request, charge: Charge) -> None:
        assert charge.status == request.status
        assert charge.user_cost_nano_usd == request.cost
        assert charge.usage.engine_us == request.engine_us
        assert charge.funds == Funds(self.posted[email], self.held_of(email))

    @staticmethod
    def expect(error: type[LedgerError], operation: Any, *arguments: Any) -> None:
        try:
            reply = operation(*arguments)
        except error:
            return
        raise AssertionError(f"expected {error.__name__}, got {reply}")


TestLedgerMachine = LedgerMachine.TestCase
TestLedgerMachine.settings = settings(max_examples=60, stateful_step_count=50, deadline=None)
