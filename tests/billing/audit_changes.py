"""What somebody may do to the ledger of ``books`` behind its back, and what the audit says then."""

from __future__ import annotations

from tests.billing.audit_request_changes import REQUEST_CHANGES

_BOOKS: list[tuple[str, str, str]] = [
    # The journal
    (
        "UPDATE entries SET amount_nano_usd = 7 WHERE transaction_id = 1 AND account_id = 1",
        "a transaction's entries sum to zero",
        "billing_transactions 1 of user 1: the entries sum to 10000000007",
    ),
    (
        "DELETE FROM entries WHERE transaction_id = 1",
        "a transaction's entries sum to zero",
        "billing_transactions 1 of user 1: the entries sum to None",
    ),
    (
        "UPDATE entries SET amount_nano_usd = 7 WHERE transaction_id = 1 AND account_id = 1",
        "the entries of all accounts sum to zero",
        "entries: 10000000007 nano-USD too much",
    ),
    (
        "UPDATE billing_transactions SET amount_nano_usd = -1 WHERE id = 2",
        "a transaction's amount is its entry on the customer's account",
        "billing_transactions 2: amount -1, entry -855555",
    ),
    *(
        (
            f"UPDATE entries SET account_id = {wrong}"
            f" WHERE transaction_id = {transaction} AND account_id = {right}",
            "a transaction touches the accounts of its kind alone",
            f"billing_transactions {transaction}: a {kind} on account {wrong} ({name})",
        )
        for transaction, kind, right, wrong, name in (
            (6, "topup", 1, 3, "margin"),
            (6, "topup", 6, 5, "customer"),
            (7, "refund", 1, 4, "operator_loss"),
            (8, "plan_credit", -1, -2, "adjustments"),
            (9, "legacy", -3, 1, "funding"),
            (10, "legacy", 4, 3, "margin"),
            (11, "adjustment", -2, -1, "plan_credit"),
            (13, "usage", 2, 1, "funding"),
            (3, "free_usage", 4, 3, "margin"),
            (5, "void", 3, 2, "engine_cost"),
        )
    ),
    *(
        (
            f"UPDATE billing_transactions SET amount_nano_usd = {amount} WHERE id = {transaction}",
            "a transaction goes in the direction of its kind",
            f"billing_transactions {transaction}: a {kind} of {amount} nano-USD",
        )
        for transaction, kind, amount in (
            (6, "topup", -1),
            (7, "refund", 1),
            (8, "plan_credit", 0),
            (9, "legacy", 0),
            (11, "adjustment", 0),
            (13, "usage", 1),
            (3, "free_usage", 1),
            (5, "void", -1),
        )
    ),
    (
        "UPDATE billing_transactions SET hold_id = 7, external_id = NULL WHERE id = 6",
        "a transaction belongs to a request, or has an external id",
        "billing_transactions 6: a topup",
    ),
    (
        "UPDATE billing_transactions SET external_id = 'mine' WHERE id = 13",
        "a transaction belongs to a request, or has an external id",
        "billing_transactions 13: a usage",
    ),
    (
        "DROP INDEX billing_transactions_by_external_id;"
        "UPDATE billing_transactions SET external_id = 'correction' WHERE id = 12",
        "an external id is booked once",
        "billing_transactions 12: adjustment correction is booked 2 times",
    ),
    (
        "UPDATE billing_transactions SET external_id = 'plan:2:2027-01-again' WHERE id = 8",
        "plan credit is booked under its user and month",
        "billing_transactions 8: plan:2:2027-01-again for user 2",
    ),
    # Accounts
    (
        "DELETE FROM accounts WHERE user_id = 1",
        "a user has one account",
        "users 1: 0 accounts",
    ),
    (
        "UPDATE accounts SET posted_nano_usd = posted_nano_usd + 1 WHERE user_id = 1",
        "posted is the sum of the entries",
        "accounts 5: posted 9999144446, entries 9999144445",
    ),
    (
        "UPDATE accounts SET held_nano_usd = 0 WHERE user_id = 1",
        "held is the sum of the open holds",
        "accounts 5: held 0, open holds 2138889",
    ),
    (
        "UPDATE accounts SET posted_nano_usd = 1 WHERE user_id = 1",
        "nobody is below zero",
        "accounts 5: posted 1, held 2138889",
    ),
    (
        "UPDATE accounts SET posted_nano_usd = 5 WHERE id = 3",
        "an account of the operator carries no balance",
        "accounts 3 (margin): posted 5, held 0",
    ),
    (
        "DELETE FROM accounts WHERE id = -2",
        "the operator has its accounts and no others",
        "accounts -2: None, not adjustments",
    ),
    (
        "UPDATE accounts SET user_id = NULL WHERE id = 6",
        "the operator has its accounts and no others",
        "accounts 6: customer, not None",
    ),
    (
        "UPDATE accounts SET is_low = 0 WHERE id = 6",
        "an account is low exactly when its balance is below its threshold",
        "accounts 6: is_low 0, posted 8998000918, threshold 9500000000",
    ),
    (
        "DELETE FROM account_events WHERE user_id = 2",
        "an account that is low has an event that says so",
        "accounts 6 of user 2: low, but without an event",
    ),
    (
        "UPDATE accounts SET open_requests = 0 WHERE id = 5",
        "open requests are the open holds",
        "accounts 5: 0 open requests, 1 open holds",
    ),
    (
        "UPDATE accounts SET month_requests = 4 WHERE id = 5",
        "the month's counters are its holds and their charges",
        "accounts 5: month of 4 requests and 855555 nano-USD, holds 3 and 855555",
    ),
    (
        "UPDATE accounts SET month_spent_nano_usd = 1 WHERE id = 6",
        "the month's counters are its holds and their charges",
        "accounts 6: month of 5 requests and 1 nano-USD, holds 5 and 1999082",
    ),
    (
        "UPDATE accounts SET month_us = 0 WHERE id = 5",
        "a month is never counted after a later one",
        "holds 1: of the month 1798761600000000, its account is at 0",
    ),
    (
        "UPDATE accounts SET month_us = month_us + 1 WHERE id = 5",
        "a month begins on its first day",
        "accounts 5: month 1798761600000001",
    ),
    # Keys
    (
        "UPDATE api_keys SET held_nano_usd = 1 WHERE id = 1",
        "a rotation's first key holds what its keys hold",
        "api_keys 1: held 1, open holds 2138889",
    ),
    (
        "UPDATE api_keys SET spent_nano_usd = 1 WHERE id = 2",
        "a rotation's first key has spent what its keys were charged",
        "api_keys 2: spent 1, charges 1999082",
    ),
    (
        "UPDATE api_keys SET spent_nano_usd = 5 WHERE id = 3",
        "a rotation's first key has spent what its keys were charged",
        "api_keys 3: spent 5, charges 0",
    ),
    (
        "UPDATE api_keys SET cap_nano_usd = 1 WHERE id = 2",
        "a rotation never spends above its cap",
        "api_keys 2: spent 1999082, held 0, cap 1",
    ),
    (
        "UPDATE api_keys SET root_id = 3 WHERE id = 4",
        "a rotation is of one user and leads to its first key",
        "api_keys 4: rotation of 3",
    ),
    (
        "UPDATE api_keys SET root_id = 1 WHERE id = 3",
        "a rotation is of one user and leads to its first key",
        "api_keys 3: rotation of 1",
    ),
    # Time
    (
        "UPDATE holds SET lease_until_us = 1 WHERE id = 5",
        "an open hold has a living worker",
        "holds 5: its lease is over",
    ),
    (
        "UPDATE stored_texts SET created_us = 1",
        "texts are kept no longer than they may",
        "stored_texts 9: to be kept for 30 days",
    ),
    (
        "DELETE FROM ledger_facts WHERE name = 'text_retention_days'",
        "texts are kept no longer than they may",
        "stored_texts 9: none are to be kept",
    ),
]

CHANGES = [*_BOOKS, *REQUEST_CHANGES]
"""The change, the rule that it breaks, and the row as it is named."""
