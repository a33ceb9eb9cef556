"""The ledger: the only writer of the database. Thread-safe; each method is one transaction."""

from __future__ import annotations

from contextlib import suppress

from billing import founding
from billing.administration import Administration
from billing.database import create_database, open_database
from billing.founding import Kind
from billing.legacy.importing import LegacyImports
from billing.model import LedgerUnusableError
from billing.reports import Reports
from billing.requests import Requests
from billing.store import Clock, wall_clock_us


class Ledger(Requests, Administration, Reports, LegacyImports):
    """Accounts, keys, holds and charges in one database."""

    @classmethod
    def create(cls, url: str, kind: Kind = "standard", clock: Clock = wall_clock_us) -> bool:
        """Make an empty ledger; False where there is one of that kind already.

        Raises LedgerUnusableError, RejectedInputError.
        """
        if create_database(
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
        database = open_database(url)
        try:
            ledger = cls(database, founding.prepare(database, clock()), clock)
            # A hold that cannot be ended must not keep the audit from naming it.
            with suppress(LedgerUnusableError):
                ledger.sweep()
        except BaseException:
            database.close()
            raise
        return ledger

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
