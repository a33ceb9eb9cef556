"""The ledger: the only writer of the database. Thread-safe; each method is one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

from billing import founding, keys
from billing.database import Database, Session
from billing.founding import Kind
from billing.model import (
    AuditFinding,
    Charge,
    EngineUsage,
    Funds,
    Hold,
    KeyInfo,
    KeyRefusedError,
    LedgerUnusableError,
    Principal,
    StatementLine,
)
from billing.operations import accounts, charges, expire, statement
from billing.operations import keys as key_operations
from billing.operations.audit import audit
from billing.operations.authenticate import authenticate
from billing.operations.hold import LEASE_US, HoldRequest, hold
from billing.operations.release import release
from billing.operations.settle import settle
from billing.operations.topup import topup
from billing.operations.void import void

Clock: TypeAlias = Callable[[], int]
_Result = TypeVar("_Result")


def wall_clock_us() -> int:
    """Microseconds since 1970."""
    return time.time_ns() // 1000


class Ledger:
    """Accounts, keys, holds and charges in one database.

    ``kind`` is ``standard``, ``demo`` (with the public demo key) or ``local`` (at price 0); only a
    standard ledger is about real money, and only there keys are live keys.
    """

    def __init__(self, database: Database, kind: Kind, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.kind = kind

    @classmethod
    def create(cls, url: str, kind: Kind = "standard", clock: Clock = wall_clock_us) -> bool:
        """Make an empty ledger; False where there is one of that kind already.

        Raises LedgerUnusableError, RejectedInputError.
        """
        if Database.create(
            url, lambda session, database: founding.build(session, database, kind, clock())
        ):
            return True
        with cls.open(url, clock) as ledger:
            if ledger.kind != kind:
                raise LedgerUnusableError(
                    f"there is a {ledger.kind} ledger at that place already, not a {kind} one:"
                    " choose another path"
                )
        return False

    @classmethod
    def open(cls, url: str, clock: Clock = wall_clock_us) -> Ledger:
        """Open a ledger, bring its schema up to date and end the holds of dead workers.

        Raises LedgerUnusableError, RejectedInputError.
        """
        database = Database(url)
        try:
            ledger = cls(database, founding.prepare(database, clock()), clock)
            ledger.sweep()
        except BaseException:
            database.close()
            raise
        return ledger

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def is_demo(self) -> bool:
        """Whether the public demo key opens an account here."""
        return self.kind == "demo"

    # Requests

    def authenticate(self, api_key: str) -> Principal:
        """Whom a key speaks for. Raises KeyRefusedError, LedgerUnusableError."""
        is_demo_key = self.is_demo and api_key == keys.DEMO_KEY
        if not is_demo_key and not keys.is_well_formed(api_key):
            raise KeyRefusedError("this is not an API key: it starts with bioql_live_, check it")
        key_hash, now_us = keys.hash_of(api_key), self._clock()
        return self._database.read(lambda session: authenticate(session, now_us, key_hash))

    def hold(
        self,
        principal: Principal,
        request_id: str,
        fingerprint: str,
        engine: str,
        engine_us_max: int,
    ) -> Hold | Charge:
        """Set the highest possible price aside; a Charge says how the same request ended before.

        Raises InsufficientFundsError, IdempotencyConflictError, RequestInProgressError,
        KeyRefusedError, RejectedInputError, LedgerUnusableError.
        """
        wanted = HoldRequest(request_id, fingerprint, engine, engine_us_max)
        return self._write(lambda session, now_us: hold(session, now_us, principal, wanted))

    def settle(self, hold: Hold, usage: EngineUsage) -> Charge:
        """Charge what was used, at most what was held; durable when this returns.

        Raises HoldResolvedError, RejectedInputError, LedgerUnusableError.
        """
        return self._write(lambda session, now_us: settle(session, now_us, hold.id, usage))

    def release(self, hold: Hold, usage: EngineUsage) -> Charge:
        """End a request free of charge.

        Raises HoldResolvedError, RejectedInputError, LedgerUnusableError.
        """
        return self._write(lambda session, now_us: release(session, now_us, hold.id, usage))

    def void(self, principal: Principal, request_id: str) -> Charge:
        """Give a charge back, once and within ten minutes.

        Raises NotVoidableError, LedgerUnusableError.
        """
        return self._write(
            lambda session, now_us: void(session, now_us, principal.user_id, request_id)
        )

    def heartbeat(self, holds: Sequence[Hold]) -> int:
        """Keep holds alive for another lease and sweep dead ones; how many are still open.

        Raises LedgerUnusableError.
        """
        hold_ids = [hold.id for hold in holds]
        alive = 0
        if hold_ids:
            alive = self._write(
                lambda session, now_us: expire.heartbeat(session, now_us + LEASE_US, hold_ids)
            )
        self.sweep()
        return alive

    def sweep(self) -> int:
        """End the holds of dead workers; how many there were. Raises LedgerUnusableError."""
        now_us = self._clock()
        if not self._database.read(lambda session: expire.dead_holds(session, now_us)):
            return 0
        return self._write(expire.sweep)

    def funds(self, principal: Principal) -> Funds:
        """The money of the account. Raises LedgerUnusableError."""
        return self._database.read(lambda session: charges.funds_of(session, principal.user_id))

    def month(self, principal: Principal) -> tuple[int, int]:
        """Requests of this month (UTC) and their cost in nano-USD. Raises LedgerUnusableError."""
        now_us = self._clock()
        return self._database.read(
            lambda session: statement.month(session, now_us, principal.user_id)
        )

    # Administration

    def add_account(self, email: str, tier: str = "free") -> None:
        """Add an account without credit. Raises RejectedInputError, LedgerUnusableError."""
        self._write(lambda session, now_us: accounts.add_account(session, now_us, email, tier))

    def add_key(
        self, email: str, cap_nano_usd: int | None = None, expires_us: int | None = None
    ) -> tuple[str, KeyInfo]:
        """A new key, which is never shown again. Raises RejectedInputError, LedgerUnusableError."""
        is_test = self.kind != "standard"
        key = keys.new_key(is_test=is_test)

        def add(session: Session, now_us: int) -> KeyInfo:
            return key_operations.add_key(
                session,
                now_us,
                accounts.user_id_of(session, email),
                key,
                is_test=is_test,
                cap_nano_usd=cap_nano_usd,
                expires_us=expires_us,
            )

        return key, self._write(add)

    def list_keys(self, email: str | None = None) -> list[KeyInfo]:
        """The keys of an account, or all. Raises RejectedInputError, LedgerUnusableError."""

        def found(session: Session) -> list[KeyInfo]:
            user_id = None if email is None else accounts.user_id_of(session, email)
            return key_operations.list_keys(session, user_id)

        return self._database.read(found)

    def revoke_key(self, key: str) -> KeyInfo:
        """Refuse a key (its id, its display start or itself) from now on.

        Raises RejectedInputError, LedgerUnusableError.
        """
        return self._write(
            lambda session, now_us: key_operations.revoke_key(
                session, now_us, key_operations.key_id_of(session, key)
            )
        )

    def topup(self, email: str, amount_nano_usd: int, external_id: str) -> bool:
        """Credit an account; False where this top-up was booked before.

        Raises IdempotencyConflictError, RejectedInputError, LedgerUnusableError.
        """
        return self._write(
            lambda session, now_us: topup(
                session, now_us, accounts.user_id_of(session, email), amount_nano_usd, external_id
            )
        )

    def balance(self, email: str) -> Funds:
        """The money of an account. Raises RejectedInputError, LedgerUnusableError."""
        return self._database.read(
            lambda session: charges.funds_of(session, accounts.user_id_of(session, email))
        )

    def statement(self, email: str) -> list[StatementLine]:
        """The movements of an account. Raises RejectedInputError, LedgerUnusableError."""
        return self._database.read(
            lambda session: statement.statement(session, accounts.user_id_of(session, email))
        )

    def tiers(self) -> list[tuple[str, int]]:
        """Names of the tiers with their requests a minute. Raises LedgerUnusableError."""
        return self._database.read(accounts.tiers)

    def audit(self) -> list[AuditFinding]:
        """Check every invariant on one snapshot; empty is good. Raises LedgerUnusableError."""
        now_us = self._clock()
        return self._database.read(lambda session: audit(session, self._database, now_us))

    def _write(self, operation: Callable[[Session, int], _Result]) -> _Result:
        return self._database.write(lambda session: operation(session, self._clock()))
