"""The tables, as SQL that every database takes once ``Database.rendered`` has filled the braces.

Money is nano-USD, time microseconds since 1970 (UTC). What happened is append-only (``JOURNAL``);
only balances, keys and the state of holds change, always by a guarded UPDATE. The accounts of the
operator carry no balance: theirs is the sum of their entries, so no request waits for a shared row.
"""

from __future__ import annotations

FUNDING_ACCOUNT = 1
ENGINE_COST_ACCOUNT = 2
MARGIN_ACCOUNT = 3
OPERATOR_LOSS_ACCOUNT = 4
OPERATOR_ACCOUNTS = (
    (FUNDING_ACCOUNT, "funding"),
    (ENGINE_COST_ACCOUNT, "engine_cost"),
    (MARGIN_ACCOUNT, "margin"),
    (OPERATOR_LOSS_ACCOUNT, "operator_loss"),
)

TIERS = (("free", 10), ("light", 60), ("pro", 300), ("enterprise", 1000))

JOURNAL = ("price_versions", "billing_transactions", "entries", "inference_usage")
"""Tables whose rows are never changed nor deleted; triggers refuse it."""

FIRST_TABLES = (
    """CREATE TABLE ledger_facts (
        name TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
    ){table_options}""",
    """CREATE TABLE pricing_tiers (
        id {identity},
        name TEXT NOT NULL UNIQUE,
        requests_per_minute {integer} NOT NULL CHECK (requests_per_minute > 0)
    ){table_options}""",
    """CREATE TABLE users (
        id {identity},
        email TEXT NOT NULL UNIQUE,
        tier_id {integer} NOT NULL REFERENCES pricing_tiers (id),
        created_us {integer} NOT NULL
    ){table_options}""",
    """CREATE TABLE api_keys (
        id {identity},
        user_id {integer} NOT NULL REFERENCES users (id),
        key_hash TEXT NOT NULL UNIQUE,
        key_start TEXT NOT NULL,
        is_test {integer} NOT NULL CHECK (is_test IN (0, 1)),
        cap_nano_usd {integer} CHECK (cap_nano_usd >= 0),
        spent_nano_usd {integer} NOT NULL DEFAULT 0 CHECK (spent_nano_usd >= 0),
        held_nano_usd {integer} NOT NULL DEFAULT 0 CHECK (held_nano_usd >= 0),
        created_us {integer} NOT NULL,
        expires_us {integer},
        revoked_us {integer},
        CHECK (cap_nano_usd IS NULL OR spent_nano_usd + held_nano_usd <= cap_nano_usd)
    ){table_options}""",
    "CREATE INDEX api_keys_by_user ON api_keys (user_id)",
    """CREATE TABLE accounts (
        id {identity},
        name TEXT NOT NULL,
        user_id {integer} UNIQUE REFERENCES users (id),
        posted_nano_usd {integer} NOT NULL DEFAULT 0,
        held_nano_usd {integer} NOT NULL DEFAULT 0,
        CHECK (0 <= held_nano_usd AND held_nano_usd <= posted_nano_usd),
        CHECK (user_id IS NOT NULL OR posted_nano_usd = 0)
    ){table_options}""",
    """CREATE TABLE price_versions (
        version TEXT NOT NULL PRIMARY KEY,
        engine TEXT NOT NULL,
        base_nano_usd_per_hour {integer} NOT NULL CHECK (base_nano_usd_per_hour >= 0),
        markup_percent {integer} NOT NULL CHECK (markup_percent >= 0),
        valid_from_us {integer} NOT NULL
    ){table_options}""",
    """CREATE TABLE holds (
        id {identity},
        user_id {integer} NOT NULL REFERENCES users (id),
        api_key_id {integer} NOT NULL REFERENCES api_keys (id),
        request_id TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        engine TEXT NOT NULL,
        price_version TEXT NOT NULL REFERENCES price_versions (version),
        engine_us_max {integer} NOT NULL CHECK (engine_us_max >= 0),
        amount_nano_usd {integer} NOT NULL CHECK (amount_nano_usd >= 0),
        status TEXT NOT NULL
            CHECK (status IN ('open', 'settled', 'released', 'expired', 'voided')),
        created_us {integer} NOT NULL,
        lease_until_us {integer} NOT NULL,
        resolved_us {integer},
        UNIQUE (user_id, request_id),
        CHECK ((status = 'open') = (resolved_us IS NULL))
    ){table_options}""",
    "CREATE INDEX holds_open ON holds (lease_until_us) WHERE status = 'open'",
    """CREATE TABLE inference_usage (
        hold_id {integer} NOT NULL PRIMARY KEY REFERENCES holds (id),
        user_id {integer} NOT NULL REFERENCES users (id),
        prompt_tokens {integer} NOT NULL CHECK (prompt_tokens >= 0),
        completion_tokens {integer} NOT NULL CHECK (completion_tokens >= 0),
        engine_us {integer} NOT NULL CHECK (engine_us >= 0),
        base_cost_nano_usd {integer} NOT NULL CHECK (base_cost_nano_usd >= 0),
        user_cost_nano_usd {integer} NOT NULL CHECK (user_cost_nano_usd >= 0),
        overrun_nano_usd {integer} NOT NULL CHECK (overrun_nano_usd >= 0),
        created_us {integer} NOT NULL
    ){table_options}""",
    "CREATE INDEX inference_usage_by_user ON inference_usage (user_id, created_us)",
    """CREATE TABLE billing_transactions (
        id {identity},
        user_id {integer} NOT NULL REFERENCES users (id),
        transaction_type TEXT NOT NULL
            CHECK (transaction_type IN ('topup', 'usage', 'free_usage', 'void')),
        amount_nano_usd {integer} NOT NULL,
        external_id TEXT,
        hold_id {integer} REFERENCES holds (id),
        description TEXT NOT NULL,
        created_us {integer} NOT NULL,
        UNIQUE (transaction_type, external_id),
        UNIQUE (hold_id, transaction_type),
        CHECK ((external_id IS NULL) = (hold_id IS NOT NULL))
    ){table_options}""",
    "CREATE INDEX billing_transactions_by_user ON billing_transactions (user_id, id)",
    """CREATE TABLE entries (
        transaction_id {integer} NOT NULL REFERENCES billing_transactions (id),
        account_id {integer} NOT NULL REFERENCES accounts (id),
        amount_nano_usd {integer} NOT NULL CHECK (amount_nano_usd <> 0),
        PRIMARY KEY (transaction_id, account_id)
    ){table_options}""",
)
