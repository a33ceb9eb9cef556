"""The rules of the audit that a query can state: whatever row it finds breaks the rule."""

from __future__ import annotations

from typing import NamedTuple

from billing.schema import (
    ADJUSTMENTS_ACCOUNT,
    ENGINE_COST_ACCOUNT,
    FUNDING_ACCOUNT,
    LEGACY_BALANCE_ACCOUNT,
    MARGIN_ACCOUNT,
    OPERATOR_LOSS_ACCOUNT,
    PLAN_CREDIT_ACCOUNT,
)


class Rule(NamedTuple):
    """A rule in words, the rows that break it, and how each of them is named."""

    rule: str
    query: str
    template: str


OPERATOR_ACCOUNTS_BY_TYPE = {
    "topup": (FUNDING_ACCOUNT,),
    "refund": (FUNDING_ACCOUNT,),
    "adjustment": (ADJUSTMENTS_ACCOUNT,),
    "plan_credit": (PLAN_CREDIT_ACCOUNT,),
    # What an account of before owed is written off.
    "legacy": (LEGACY_BALANCE_ACCOUNT, OPERATOR_LOSS_ACCOUNT),
    "usage": (ENGINE_COST_ACCOUNT, MARGIN_ACCOUNT, OPERATOR_LOSS_ACCOUNT),
    "free_usage": (ENGINE_COST_ACCOUNT, OPERATOR_LOSS_ACCOUNT),
    "void": (MARGIN_ACCOUNT, OPERATOR_LOSS_ACCOUNT),
}
"""Which accounts besides the customer's own a transaction may touch."""

REFERENCES = (
    ("users", "id", "tier_id", "pricing_tiers", "id"),
    ("api_keys", "id", "user_id", "users", "id"),
    ("api_keys", "id", "root_id", "api_keys", "id"),
    ("accounts", "id", "user_id", "users", "id"),
    ("holds", "id", "user_id", "users", "id"),
    ("holds", "id", "api_key_id", "api_keys", "id"),
    ("holds", "id", "price_version", "price_versions", "version"),
    ("holds", "id", "tier_id", "pricing_tiers", "id"),
    ("inference_usage", "hold_id", "hold_id", "holds", "id"),
    ("inference_usage", "hold_id", "user_id", "users", "id"),
    ("billing_transactions", "id", "user_id", "users", "id"),
    ("billing_transactions", "id", "hold_id", "holds", "id"),
    ("entries", "transaction_id", "transaction_id", "billing_transactions", "id"),
    ("entries", "transaction_id", "account_id", "accounts", "id"),
    ("volume_discounts", "tier_id", "tier_id", "pricing_tiers", "id"),
    ("account_events", "id", "user_id", "users", "id"),
    ("stored_texts", "hold_id", "hold_id", "holds", "id"),
)
"""Table, what names a row of it, the column that refers, and to what."""

_ALLOWED = ", ".join(
    f"('{kind}', {account})"
    for kind, accounts in OPERATOR_ACCOUNTS_BY_TYPE.items()
    for account in accounts
)

_JOURNAL = (
    Rule(
        "a transaction's entries sum to zero",
        "SELECT t.id, t.user_id, SUM(e.amount_nano_usd) FROM billing_transactions t"
        " LEFT JOIN entries e ON e.transaction_id = t.id GROUP BY t.id, t.user_id"
        " HAVING COALESCE(SUM(e.amount_nano_usd), 1) <> 0",
        "billing_transactions {0} of user {1}: the entries sum to {2}",
    ),
    Rule(
        "the entries of all accounts sum to zero",
        "SELECT SUM(amount_nano_usd) FROM entries HAVING SUM(amount_nano_usd) <> 0",
        "entries: {0} nano-USD too much",
    ),
    Rule(
        "a transaction's amount is its entry on the customer's account",
        "SELECT t.id, t.amount_nano_usd, COALESCE(e.amount_nano_usd, 0)"
        " FROM billing_transactions t LEFT JOIN accounts a ON a.user_id = t.user_id"
        " LEFT JOIN entries e ON e.transaction_id = t.id AND e.account_id = a.id"
        " WHERE t.amount_nano_usd <> COALESCE(e.amount_nano_usd, 0)",
        "billing_transactions {0}: amount {1}, entry {2}",
    ),
    Rule(
        "a transaction touches the accounts of its kind alone",
        "SELECT t.id, t.transaction_type, a.id, a.name FROM billing_transactions t"  # noqa: S608
        " JOIN entries e ON e.transaction_id = t.id JOIN accounts a ON a.id = e.account_id"
        " WHERE COALESCE(a.user_id, -1) <> t.user_id"
        f" AND (t.transaction_type, a.id) NOT IN (VALUES {_ALLOWED})",
        "billing_transactions {0}: a {1} on account {2} ({3})",
    ),
    Rule(
        "a transaction goes in the direction of its kind",
        "SELECT id, transaction_type, amount_nano_usd FROM billing_transactions"
        " WHERE (amount_nano_usd <= 0 AND transaction_type IN ('topup', 'plan_credit'))"
        " OR (amount_nano_usd >= 0 AND transaction_type = 'refund')"
        " OR (amount_nano_usd = 0 AND transaction_type IN ('adjustment', 'legacy'))"
        " OR (amount_nano_usd > 0 AND transaction_type = 'usage')"
        " OR (amount_nano_usd < 0 AND transaction_type = 'void')"
        " OR (amount_nano_usd <> 0 AND transaction_type = 'free_usage')",
        "billing_transactions {0}: a {1} of {2} nano-USD",
    ),
    Rule(
        "a transaction belongs to a request, or has an external id",
        "SELECT id, transaction_type FROM billing_transactions"
        " WHERE (hold_id IS NOT NULL) <> (transaction_type IN ('usage', 'free_usage', 'void'))"
        " OR (external_id IS NULL) <> (hold_id IS NOT NULL)",
        "billing_transactions {0}: a {1}",
    ),
    Rule(
        "an external id is booked once",
        "SELECT transaction_type, external_id, COUNT(*), MAX(id) FROM billing_transactions"
        " WHERE external_id IS NOT NULL GROUP BY transaction_type, external_id"
        " HAVING COUNT(*) > 1",
        "billing_transactions {3}: {0} {1} is booked {2} times",
    ),
    Rule(
        "plan credit is booked under its user and month",
        "SELECT id, external_id, user_id FROM billing_transactions"
        " WHERE transaction_type = 'plan_credit'"
        " AND external_id NOT LIKE 'plan:' || CAST(user_id AS TEXT) || ':____-__'",
        "billing_transactions {0}: {1} for user {2}",
    ),
)

_ACCOUNTS = (
    Rule(
        "a user has one account",
        "SELECT u.id, COUNT(a.id) FROM users u LEFT JOIN accounts a ON a.user_id = u.id"
        " GROUP BY u.id HAVING COUNT(a.id) <> 1",
        "users {0}: {1} accounts",
    ),
    Rule(
        "posted is the sum of the entries",
        "SELECT a.id, a.posted_nano_usd, COALESCE(s.total, 0) FROM accounts a LEFT JOIN"
        " (SELECT account_id, SUM(amount_nano_usd) AS total FROM entries GROUP BY account_id) s"
        " ON s.account_id = a.id"
        " WHERE a.user_id IS NOT NULL AND a.posted_nano_usd <> COALESCE(s.total, 0)",
        "accounts {0}: posted {1}, entries {2}",
    ),
    Rule(
        "held is the sum of the open holds",
        # Materialized, or SQLite walks all holds there ever were in the order of their users.
        "WITH running AS MATERIALIZED"
        " (SELECT user_id, amount_nano_usd FROM holds WHERE status = 'open')"
        " SELECT a.id, a.held_nano_usd, COALESCE(s.total, 0) FROM accounts a LEFT JOIN"
        " (SELECT user_id, SUM(amount_nano_usd) AS total FROM running GROUP BY user_id) s"
        " ON s.user_id = a.user_id"
        " WHERE a.held_nano_usd <> COALESCE(s.total, 0)",
        "accounts {0}: held {1}, open holds {2}",
    ),
    Rule(
        "nobody is below zero",
        "SELECT id, posted_nano_usd, held_nano_usd FROM accounts WHERE user_id IS NOT NULL"
        " AND NOT (0 <= held_nano_usd AND held_nano_usd <= posted_nano_usd)",
        "accounts {0}: posted {1}, held {2}",
    ),
    Rule(
        "an account of the operator carries no balance",
        "SELECT id, name, posted_nano_usd, held_nano_usd FROM accounts WHERE user_id IS NULL"
        " AND (posted_nano_usd <> 0 OR held_nano_usd <> 0)",
        "accounts {0} ({1}): posted {2}, held {3}",
    ),
    Rule(
        "an account is low exactly when its balance is below its threshold",
        "SELECT id, is_low, posted_nano_usd, low_balance_nano_usd FROM accounts"
        " WHERE (is_low = 1) <> (posted_nano_usd < low_balance_nano_usd)",
        "accounts {0}: is_low {1}, posted {2}, threshold {3}",
    ),
    Rule(
        "an account that is low has an event that says so",
        "SELECT a.id, a.user_id FROM accounts a WHERE a.is_low = 1 AND NOT EXISTS"
        " (SELECT 1 FROM account_events e WHERE e.user_id = a.user_id AND e.kind = 'low_balance')",
        "accounts {0} of user {1}: low, but without an event",
    ),
    Rule(
        "open requests are the open holds",
        "WITH running AS MATERIALIZED (SELECT user_id FROM holds WHERE status = 'open')"
        " SELECT a.id, a.open_requests, COALESCE(s.total, 0) FROM accounts a LEFT JOIN"
        " (SELECT user_id, COUNT(*) AS total FROM running GROUP BY user_id) s"
        " ON s.user_id = a.user_id"
        " WHERE a.open_requests <> COALESCE(s.total, 0)",
        "accounts {0}: {1} open requests, {2} open holds",
    ),
    Rule(
        "the month's counters are its holds and their charges",
        "SELECT a.id, a.month_requests, a.month_spent_nano_usd, COALESCE(s.requests, 0),"
        " COALESCE(s.spent, 0) FROM accounts a LEFT JOIN (SELECT b.id,"
        " SUM(CASE WHEN h.status IN ('open', 'settled', 'voided') THEN 1 ELSE 0 END) AS requests,"
        " SUM(CASE h.status WHEN 'settled' THEN COALESCE(u.user_cost_nano_usd, 0) ELSE 0 END)"
        " AS spent FROM accounts b"
        " JOIN holds h ON h.user_id = b.user_id AND h.month_us = b.month_us"
        " LEFT JOIN inference_usage u ON u.hold_id = h.id GROUP BY b.id) s ON s.id = a.id"
        " WHERE a.month_requests <> COALESCE(s.requests, 0)"
        " OR a.month_spent_nano_usd <> COALESCE(s.spent, 0)",
        "accounts {0}: month of {1} requests and {2} nano-USD, holds {3} and {4}",
    ),
    Rule(
        "a month is never counted after a later one",
        "SELECT h.id, h.month_us, a.month_us FROM holds h JOIN accounts a ON a.user_id = h.user_id"
        " WHERE h.month_us > a.month_us",
        "holds {0}: of the month {1}, its account is at {2}",
    ),
)

_KEYS = (
    Rule(
        "a rotation's first key holds what its keys hold",
        "WITH running AS MATERIALIZED"
        " (SELECT api_key_id, amount_nano_usd FROM holds WHERE status = 'open')"
        " SELECT k.id, k.held_nano_usd, COALESCE(s.total, 0) FROM api_keys k LEFT JOIN"
        " (SELECT COALESCE(r.root_id, r.id) AS root, SUM(h.amount_nano_usd) AS total"
        " FROM running h JOIN api_keys r ON r.id = h.api_key_id"
        " GROUP BY COALESCE(r.root_id, r.id)) s ON s.root = k.id"
        " WHERE k.held_nano_usd <> COALESCE(s.total, 0)",
        "api_keys {0}: held {1}, open holds {2}",
    ),
    Rule(
        "a rotation's first key has spent what its keys were charged",
        "SELECT k.id, k.spent_nano_usd, COALESCE(s.total, 0) FROM api_keys k LEFT JOIN"
        " (SELECT COALESCE(r.root_id, r.id) AS root, SUM(u.user_cost_nano_usd) AS total"
        " FROM holds h JOIN api_keys r ON r.id = h.api_key_id"
        " JOIN inference_usage u ON u.hold_id = h.id WHERE h.status = 'settled'"
        " GROUP BY COALESCE(r.root_id, r.id)) s ON s.root = k.id"
        " WHERE k.spent_nano_usd <> COALESCE(s.total, 0)",
        "api_keys {0}: spent {1}, charges {2}",
    ),
    Rule(
        "a rotation never spends above its cap",
        "SELECT id, spent_nano_usd, held_nano_usd, cap_nano_usd FROM api_keys"
        " WHERE spent_nano_usd + held_nano_usd > cap_nano_usd",
        "api_keys {0}: spent {1}, held {2}, cap {3}",
    ),
    Rule(
        "a rotation is of one user and leads to its first key",
        "SELECT k.id, r.id FROM api_keys k JOIN api_keys r ON r.id = k.root_id"
        " WHERE r.root_id IS NOT NULL OR r.user_id <> k.user_id OR r.is_test <> k.is_test",
        "api_keys {0}: rotation of {1}",
    ),
)


def _orphans(table: str, name: str, column: str, parent: str, key: str) -> Rule:
    return Rule(
        "every reference leads to a row",
        f"SELECT c.{name}, c.{column} FROM {table} c LEFT JOIN {parent} p ON p.{key} = c.{column}"  # noqa: S608
        f" WHERE c.{column} IS NOT NULL AND p.{key} IS NULL",
        f"{table} {{0}}: {column} {{1}} is not in {parent}",
    )


RULES = (*_JOURNAL, *_ACCOUNTS, *_KEYS, *(_orphans(*reference) for reference in REFERENCES))
