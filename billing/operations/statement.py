"""What happened on an account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from billing.calendar import END_OF_TIME_US
from billing.database import Session
from billing.model import StatementLine


@dataclass(frozen=True, slots=True)
class Statement:
    """The movements of an account in a time, and its balance before and after them."""

    opening_nano_usd: int
    lines: Sequence[StatementLine]
    closing_nano_usd: int

    def totals(self) -> dict[str, tuple[int, int]]:
        """How many movements of each kind there were, and their sum in nano-USD."""
        found: dict[str, tuple[int, int]] = {}
        for line in self.lines:
            count, amount = found.get(line.kind, (0, 0))
            found[line.kind] = count + 1, amount + line.amount_nano_usd
        return found


def statement(
    session: Session, user_id: int, from_us: int | None = None, to_us: int | None = None
) -> Statement:
    """The movements from ``from_us`` to before ``to_us``, oldest first; without these, all."""
    opening = _posted_before(session, user_id, from_us)
    rows = session.rows(
        "SELECT t.created_us, t.transaction_type, COALESCE(t.external_id, h.request_id),"
        " u.engine_us, t.amount_nano_usd, u.prompt_tokens, u.completion_tokens, h.model,"
        " t.description"
        " FROM billing_transactions t LEFT JOIN holds h ON h.id = t.hold_id"
        " LEFT JOIN inference_usage u ON u.hold_id = t.hold_id"
        " WHERE t.user_id = ? AND t.transaction_type <> 'free_usage'"
        " AND t.created_us >= ? AND t.created_us < ? ORDER BY t.created_us, t.id",
        user_id,
        0 if from_us is None else from_us,
        END_OF_TIME_US if to_us is None else to_us,
    )
    lines: list[StatementLine] = []
    balance = opening
    for at_us, kind, reference, engine_us, amount, prompt, completion, model, note in rows:
        balance += amount
        lines.append(
            StatementLine(
                at_us,
                kind,
                reference,
                engine_us,
                amount,
                balance,
                prompt,
                completion,
                model or None,
                note or None,
            )
        )
    return Statement(opening, lines, balance)


def _posted_before(session: Session, user_id: int, at_us: int | None) -> int:
    if at_us is None:
        return 0
    row = session.row(
        "SELECT COALESCE(SUM(amount_nano_usd), 0) FROM billing_transactions"
        " WHERE user_id = ? AND created_us < ?",
        user_id,
        at_us,
    )
    return 0 if row is None else int(row[0])
