"""Post a transaction of the double-entry journal."""

from __future__ import annotations

from billing.database import Session

_ENTRIES_SQL = {
    count: "INSERT INTO entries (transaction_id, account_id, amount_nano_usd) VALUES "  # noqa: S608
    + ", ".join(["(?, ?, ?)"] * count)
    for count in range(2, 5)
}
"""One statement for all entries of a transaction, by how many there are."""


def post(
    session: Session,
    now_us: int,
    *,
    user_id: int,
    transaction_type: str,
    amount_nano_usd: int,
    entries: dict[int, int],
    external_id: str | None = None,
    hold_id: int | None = None,
    description: str = "",
) -> None:
    """Write one transaction: ``entries`` maps account ids to amounts and sums to zero.

    ``amount_nano_usd`` is what it does to the customer. Without a non-zero entry nothing happened
    to anybody's money and nothing is written.
    """
    moved = {account: amount for account, amount in entries.items() if amount}
    assert sum(moved.values()) == 0
    if not moved:
        return
    row = session.row(
        "INSERT INTO billing_transactions (user_id, transaction_type, amount_nano_usd,"
        " external_id, hold_id, description, created_us) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
        user_id,
        transaction_type,
        amount_nano_usd,
        external_id,
        hold_id,
        description,
        now_us,
    )
    assert row is not None
    values: list[int] = []
    for account, amount in moved.items():
        values += [row[0], account, amount]
    session.change(_ENTRIES_SQL[len(moved)], *values)
