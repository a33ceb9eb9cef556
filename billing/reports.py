"""What an operator reads: statements, the usage report, events, the audit and the closings."""

from __future__ import annotations

from collections.abc import Sequence

from billing.database import Session
from billing.model import AuditFinding
from billing.operations import closing, events, statement, usage
from billing.operations.accounts import user_id_of
from billing.operations.audit import audit
from billing.operations.closing import Closing
from billing.operations.events import AccountEvent
from billing.operations.statement import Statement
from billing.operations.usage import Grouping, UsageLine
from billing.store import Store


class Reports(Store):
    """Reads of one snapshot each, and the closing of the journal. Times are microseconds."""

    def statement(
        self, email: str, from_us: int | None = None, to_us: int | None = None
    ) -> Statement:
        """The movements of an account from ``from_us`` to before ``to_us``.

        Raises RejectedInputError, LedgerUnusableError.
        """
        return self._read(
            lambda session: statement.statement(session, user_id_of(session, email), from_us, to_us)
        )

    def usage(
        self,
        from_us: int | None = None,
        to_us: int | None = None,
        by: Sequence[Grouping] = ("day", "tier", "model"),
    ) -> list[UsageLine]:
        """What was answered from ``from_us`` to before ``to_us``, what it cost and earned.

        Raises LedgerUnusableError.
        """
        return self._read(lambda session: usage.usage(session, from_us, to_us, by))

    def events(self, after_id: int = 0) -> list[AccountEvent]:
        """What happened to accounts since the event ``after_id``. Raises LedgerUnusableError."""
        return self._read(lambda session: events.events(session, after_id))

    def audit(self, expected_head: str | None = None) -> list[AuditFinding]:
        """Check every invariant on one snapshot; empty is good. Raises LedgerUnusableError.

        ``expected_head`` is a head that ``close_journal`` gave earlier and that was kept elsewhere.
        """
        now_us = self._clock()
        return self._read(
            lambda session: audit(
                session,
                self._database,
                now_us,
                is_standard=self.kind == "standard",
                expected_head=expected_head,
            )
        )

    def close_journal(self) -> list[Closing]:
        """Digest the rows that came since the last closing; none where nothing came.

        Writers wait only while the ends of the ranges are looked up, not for the digests. Raises
        LedgerUnusableError, also where another process closes at the same time.
        """
        limits, now_us = self._write(self._last_ids)
        fresh = self._read(lambda session: closing.digested(session, limits, now_us))
        if fresh:
            self._write(lambda session, _: self._note(session, fresh))
        return fresh

    def closings(self) -> list[Closing]:
        """Every closing, oldest first. Raises LedgerUnusableError."""
        return [found for _, found in self._read(closing.closings)]

    def head(self) -> str | None:
        """One digest over the newest closing of every table; None before the first one.

        Raises LedgerUnusableError.
        """
        heads = closing.heads(self.closings())
        return heads[-1] if heads else None

    def _last_ids(self, session: Session, now_us: int) -> tuple[dict[str, int], int]:
        self._database.lock_journal(session, tuple(closing.CLOSED_TABLES))
        return closing.last_ids(session, now_us), now_us

    def _note(self, session: Session, fresh: Sequence[Closing]) -> None:
        self._database.lock_journal(session, ("journal_closings",))
        closing.write_closings(session, fresh)
