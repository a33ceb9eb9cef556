"""What a ledger should answer to workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from billing.model import (
    Charge,
    EngineUsage,
    HoldResolvedError,
    IdempotencyConflictError,
    InsufficientFundsError,
    KeyRefusedError,
    LimitReachedError,
    NotVoidableError,
    RequestInProgressError,
)
from tests.billing.machine.books import Books
from tests.billing.machine.values import SECOND_US, Promise, Refused, Request

LEASE_US = 60 * SECOND_US
VOID_US = 600 * SECOND_US
KEY_REFUSED = Refused(KeyRefusedError)
RESOLVED = Refused(HoldResolvedError)
NOT_VOIDABLE = Refused(NotVoidableError)
CONFLICT = Refused(IdempotencyConflictError)


class RequestModel(Books):
    """Hold, extend, settle, release, void, heartbeat, sweep: each mutates the books."""

    def hold(
        self, name: str, request_id: str, fingerprint: str, engine: str, usage_max: EngineUsage
    ) -> Refused | Promise | Charge:
        email = self.keys[name].email
        known = self.requests.get((email, request_id))
        if known is not None:
            return self._earlier(email, request_id, known, fingerprint)
        account = self.accounts[email]
        month = self.month_to_be(email)
        discount = self.tiers[account.tier].discount(self.counters(email, month)[1])
        is_free = self.keys[name].is_test and self.kind == "standard"
        request = Request(
            key=name,
            fingerprint=fingerprint,
            price=self.price(engine),
            discount_percent=100 if is_free else discount,
            usage_max=usage_max,
            month=month,
            lease_until_us=self.now_us() + LEASE_US,
        )
        refusal = self._with_dead_ended(email, lambda: self._refusal(name, month, request.held))
        if refusal is not None:
            return refusal
        self.requests[email, request_id] = request
        return Promise(request.held, request.price.version, usage_max.engine_us)

    def extend(self, place: tuple[str, str], usage_max: EngineUsage) -> Refused | Promise:
        request = self.requests[place]
        if request.status != "open":
            return RESOLVED
        before, held_before = request.usage_max, request.held
        request.usage_max = EngineUsage(
            max(before.prompt_tokens, usage_max.prompt_tokens),
            max(before.completion_tokens, usage_max.completion_tokens),
            max(before.engine_us, usage_max.engine_us),
        )
        wanted = request.usage_max
        more = request.held - held_before
        request.usage_max = before
        refusal = self._too_little(request.key, more)
        if refusal is not None:
            return refusal
        request.usage_max = wanted
        return Promise(request.held, request.price.version, wanted.engine_us)

    def resolve(self, place: tuple[str, str], usage: EngineUsage, status: str) -> Refused | Charge:
        request = self.requests[place]
        if request.status != "open":
            return RESOLVED
        request.status, request.usage, request.resolved_us = status, usage, self.now_us()
        self.note_balance(place[0])
        return self.charge(place)

    def void(self, place: tuple[str, str]) -> Refused | Charge:
        request = self.requests.get(place)
        if request is None or request.status != "settled":
            return NOT_VOIDABLE
        if self.now_us() - request.resolved_us > VOID_US:
            return NOT_VOIDABLE
        request.status = "voided"
        self.note_balance(place[0])
        return self.charge(place)

    def heartbeat(self, places: Iterable[tuple[str, str]]) -> int:
        alive = [self.requests[place] for place in places if self.requests[place].status == "open"]
        for request in alive:
            request.lease_until_us = self.now_us() + LEASE_US
        self.sweep()
        return len(alive)

    def sweep(self, email: str | None = None) -> int:
        dead = [
            request
            for (owner, _), request in self.requests.items()
            if request.status == "open"
            and request.lease_until_us < self.now_us()
            and email in (None, owner)
        ]
        for request in dead:
            request.status = "expired"
        return len(dead)

    def charge(self, place: tuple[str, str]) -> Charge:
        request = self.requests[place]
        return Charge(
            request_id=place[1],
            status="released" if request.status == "expired" else request.status,  # type: ignore[arg-type]
            usage=request.usage,
            base_cost_nano_usd=request.base,
            user_cost_nano_usd=request.cost,
            price_version=request.price.version,
            funds=self.funds(place[0]),
        )

    def _earlier(
        self, email: str, request_id: str, known: Request, fingerprint: str
    ) -> Refused | Charge:
        if known.fingerprint != fingerprint:
            return CONFLICT
        if known.status == "open" and known.lease_until_us >= self.now_us():
            return Refused(RequestInProgressError)
        if known.status == "open":
            known.status = "expired"
        return self.charge((email, request_id))

    def _with_dead_ended(self, email: str, refusal: Callable[[], Refused | None]) -> Refused | None:
        """A refusal that stands although the dead holds end first; it undoes that end too."""
        if refusal() is None:
            return None
        statuses = {place: request.status for place, request in self.requests.items()}
        self.sweep(email)
        found = refusal()
        if found is not None:
            for place, status in statuses.items():
                self.requests[place].status = status
        return found

    def _refusal(self, name: str, month: str, amount: int) -> Refused | None:
        email = self.keys[name].email
        tier = self.tiers[self.accounts[email].tier]
        if not self.key_opens(name):
            return KEY_REFUSED
        is_limited = self.kind != "local"
        if is_limited and self.open_count(email) >= tier.concurrent:
            return Refused(LimitReachedError, "concurrency", (tier.concurrent,))
        quota = tier.monthly_requests
        if is_limited and quota is not None and self.counters(email, month)[0] >= quota:
            return Refused(LimitReachedError, "quota", (quota,))
        return self._too_little(name, amount)

    def _too_little(self, name: str, amount: int) -> Refused | None:
        available = self.funds(self.keys[name].email).available_nano_usd
        if available < amount:
            return Refused(InsufficientFundsError, "account", (available, amount))
        cap = self.keys[self.keys[name].root].cap
        rest = None if cap is None else cap - sum(self.rotation(name))
        if rest is not None and rest < amount:
            return Refused(InsufficientFundsError, "key_cap", (rest, amount))
        return None
