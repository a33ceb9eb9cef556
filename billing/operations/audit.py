"""Check every invariant of the ledger on one read snapshot. Each finding names its row.

1 transactions sum to zero, the journal is append-only; 2 posted is the sum of the entries;
3 held is the sum of the open holds; 4 nobody is below zero; 5 a hold resolves at most once and
never for more than it held; 8 each charge is what its price version says.
"""

from __future__ import annotations

from collections.abc import Iterator

from billing.database import Database, Session
from billing.model import AuditFinding
from billing.operations.price_list import prices_by_version
from billing.schema import JOURNAL

_DIFFERENCES: tuple[tuple[str, str, str], ...] = (
    (
        "a transaction's entries sum to zero",
        "SELECT t.id, t.user_id, SUM(e.amount_nano_usd) FROM billing_transactions t"
        " LEFT JOIN entries e ON e.transaction_id = t.id GROUP BY t.id, t.user_id"
        " HAVING COALESCE(SUM(e.amount_nano_usd), 1) <> 0",
        "billing_transactions {0} of user {1}: the entries sum to {2}",
    ),
    (
        "an entry belongs to a transaction and an account",
        "SELECT e.transaction_id, e.account_id, e.amount_nano_usd FROM entries e"
        " LEFT JOIN billing_transactions t ON t.id = e.transaction_id"
        " LEFT JOIN accounts a ON a.id = e.account_id WHERE t.id IS NULL OR a.id IS NULL",
        "entries of transaction {0}, account {1}: {2} nano-USD without its other side",
    ),
    (
        "a transaction's amount is its entry on the customer's account",
        "SELECT t.id, t.amount_nano_usd, COALESCE(e.amount_nano_usd, 0)"
        " FROM billing_transactions t LEFT JOIN accounts a ON a.user_id = t.user_id"
        " LEFT JOIN entries e ON e.transaction_id = t.id AND e.account_id = a.id"
        " WHERE t.amount_nano_usd <> COALESCE(e.amount_nano_usd, 0)",
        "billing_transactions {0}: amount {1}, entry {2}",
    ),
    (
        "posted is the sum of the entries",
        "SELECT a.id, a.posted_nano_usd, COALESCE(s.total, 0) FROM accounts a LEFT JOIN"
        " (SELECT account_id, SUM(amount_nano_usd) AS total FROM entries GROUP BY account_id) s"
        " ON s.account_id = a.id"
        " WHERE a.user_id IS NOT NULL AND a.posted_nano_usd <> COALESCE(s.total, 0)",
        "accounts {0}: posted {1}, entries {2}",
    ),
    (
        "held is the sum of the open holds",
        "SELECT a.id, a.held_nano_usd, COALESCE(s.total, 0) FROM accounts a LEFT JOIN"
        " (SELECT user_id, SUM(amount_nano_usd) AS total FROM holds WHERE status = 'open'"
        " GROUP BY user_id) s ON s.user_id = a.user_id"
        " WHERE a.held_nano_usd <> COALESCE(s.total, 0)",
        "accounts {0}: held {1}, open holds {2}",
    ),
    (
        "a key's held is the sum of its open holds",
        "SELECT k.id, k.held_nano_usd, COALESCE(s.total, 0) FROM api_keys k LEFT JOIN"
        " (SELECT api_key_id, SUM(amount_nano_usd) AS total FROM holds WHERE status = 'open'"
        " GROUP BY api_key_id) s ON s.api_key_id = k.id"
        " WHERE k.held_nano_usd <> COALESCE(s.total, 0)",
        "api_keys {0}: held {1}, open holds {2}",
    ),
    (
        "a key's spent is the sum of its charges",
        "SELECT k.id, k.spent_nano_usd, COALESCE(s.total, 0) FROM api_keys k LEFT JOIN"
        " (SELECT h.api_key_id, SUM(u.user_cost_nano_usd) AS total FROM holds h"
        " JOIN inference_usage u ON u.hold_id = h.id WHERE h.status = 'settled'"
        " GROUP BY h.api_key_id) s ON s.api_key_id = k.id"
        " WHERE k.spent_nano_usd <> COALESCE(s.total, 0)",
        "api_keys {0}: spent {1}, charges {2}",
    ),
    (
        "nobody is below zero",
        "SELECT id, posted_nano_usd, held_nano_usd FROM accounts WHERE user_id IS NOT NULL"
        " AND NOT (0 <= held_nano_usd AND held_nano_usd <= posted_nano_usd)",
        "accounts {0}: posted {1}, held {2}",
    ),
    (
        "a user has an account",
        "SELECT u.id FROM users u LEFT JOIN accounts a ON a.user_id = u.id WHERE a.id IS NULL",
        "users {0}: no account",
    ),
    (
        "a hold has a usage row exactly when it was settled, released or voided",
        "SELECT h.id, h.status, CASE WHEN u.hold_id IS NULL THEN 'no' ELSE 'a' END FROM holds h"
        " LEFT JOIN inference_usage u ON u.hold_id = h.id"
        " WHERE (u.hold_id IS NULL) <> (h.status IN ('open', 'expired'))",
        "holds {0}: {1}, {2} usage row",
    ),
    (
        "a usage row belongs to a hold of its user and never charges more than was held",
        "SELECT u.hold_id, u.user_cost_nano_usd, h.amount_nano_usd FROM inference_usage u"
        " LEFT JOIN holds h ON h.id = u.hold_id AND h.user_id = u.user_id"
        " WHERE h.id IS NULL OR u.user_cost_nano_usd > h.amount_nano_usd",
        "inference_usage {0}: charged {1}, held {2}",
    ),
    (
        "a charge is posted once, with its amount",
        "SELECT u.hold_id, u.user_cost_nano_usd, COALESCE(s.total, 0) FROM inference_usage u"
        " LEFT JOIN (SELECT hold_id, SUM(amount_nano_usd) AS total FROM billing_transactions"
        " WHERE transaction_type IN ('usage', 'free_usage') GROUP BY hold_id) s"
        " ON s.hold_id = u.hold_id WHERE u.user_cost_nano_usd <> -COALESCE(s.total, 0)",
        "inference_usage {0}: charged {1}, posted {2}",
    ),
    (
        "the engine's cost is posted once for each usage",
        "SELECT u.hold_id, u.base_cost_nano_usd, COALESCE(s.total, 0) FROM inference_usage u"
        " LEFT JOIN (SELECT t.hold_id, SUM(e.amount_nano_usd) AS total"
        " FROM billing_transactions t JOIN entries e ON e.transaction_id = t.id"
        " JOIN accounts a ON a.id = e.account_id WHERE a.name = 'engine_cost' GROUP BY t.hold_id) s"
        " ON s.hold_id = u.hold_id WHERE u.base_cost_nano_usd <> COALESCE(s.total, 0)",
        "inference_usage {0}: base {1}, posted {2}",
    ),
    (
        "the margin is kept from charges alone, and given back by a void",
        "SELECT h.id, h.status, COALESCE(s.total, 0) FROM holds h"
        " LEFT JOIN inference_usage u ON u.hold_id = h.id"
        " LEFT JOIN (SELECT t.hold_id, SUM(e.amount_nano_usd) AS total"
        " FROM billing_transactions t JOIN entries e ON e.transaction_id = t.id"
        " JOIN accounts a ON a.id = e.account_id WHERE a.name = 'margin' GROUP BY t.hold_id) s"
        " ON s.hold_id = h.id"
        " WHERE COALESCE(s.total, 0) <> CASE h.status WHEN 'settled' THEN"
        " u.user_cost_nano_usd + u.overrun_nano_usd - u.base_cost_nano_usd ELSE 0 END",
        "holds {0}: {1}, {2} nano-USD of margin",
    ),
    (
        "a void gives back its whole charge, and only a voided hold has one",
        "SELECT h.id, h.status, COALESCE(t.amount_nano_usd, 0) FROM holds h"
        " LEFT JOIN inference_usage u ON u.hold_id = h.id"
        " LEFT JOIN billing_transactions t ON t.hold_id = h.id AND t.transaction_type = 'void'"
        " WHERE COALESCE(t.amount_nano_usd, 0)"
        " <> CASE h.status WHEN 'voided' THEN COALESCE(u.user_cost_nano_usd, 0) ELSE 0 END",
        "holds {0}: {1}, {2} nano-USD given back",
    ),
)


def audit(session: Session, database: Database, now_us: int) -> list[AuditFinding]:
    """Every difference found; none is what a ledger should have."""
    findings = [
        AuditFinding("the database file is sound", line) for line in database.damage(session)
    ]
    findings += [
        AuditFinding("the journal is append-only", f"table {table}: its triggers are gone")
        for table in database.unguarded_tables(session, JOURNAL)
    ]
    for rule, query, template in _DIFFERENCES:
        findings += [AuditFinding(rule, template.format(*row)) for row in session.each(query)]
    findings += _wrong_prices(session)
    findings += [
        AuditFinding("an open hold has a living worker", f"holds {row[0]}: its lease is over")
        for row in session.rows(
            "SELECT id FROM holds WHERE status = 'open' AND lease_until_us < ?", now_us
        )
    ]
    return findings


def _wrong_prices(session: Session) -> Iterator[AuditFinding]:
    prices = prices_by_version(session)
    for hold_id, status, version, held, us_max, engine_us, base, user, overrun in session.each(
        "SELECT h.id, h.status, h.price_version, h.amount_nano_usd, h.engine_us_max, u.engine_us,"
        " u.base_cost_nano_usd, u.user_cost_nano_usd, u.overrun_nano_usd"
        " FROM holds h LEFT JOIN inference_usage u ON u.hold_id = h.id"
    ):
        price = prices.get(version)
        if price is None:
            yield AuditFinding("a charge has a price version", f"holds {hold_id}: {version!r}")
            continue
        if held != price.hold_nano_usd(us_max):
            yield AuditFinding("a hold is what its price says", f"holds {hold_id}: held {held}")
        if engine_us is None:
            continue
        expected_base, full = price.settle(engine_us)
        charged = 0 if status == "released" else min(full, held)
        expected = (expected_base, charged, 0 if status == "released" else full - charged)
        if (base, user, overrun) != expected:
            yield AuditFinding(
                "a charge is what its price version says",
                f"inference_usage {hold_id}: base {base}, user {user}, overrun {overrun};"
                f" {engine_us} us at {version} cost {expected_base} and {full}",
            )
