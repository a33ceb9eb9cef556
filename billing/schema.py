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
FIRST_OPERATOR_ACCOUNTS = ("funding", "engine_cost", "margin", "operator_loss")
"""Of schema 1, in the order of their ids; customers' accounts follow."""
PLAN_CREDIT_ACCOUNT = -1
ADJUSTMENTS_ACCOUNT = -2
LEGACY_BALANCE_ACCOUNT = -3
LATER_OPERATOR_ACCOUNTS = (
    (PLAN_CREDIT_ACCOUNT, "plan_credit"),
    (ADJUSTMENTS_ACCOUNT, "adjustments"),
    (LEGACY_BALANCE_ACCOUNT, "legacy_balance"),
)

FIRST_TIERS = (("free", 10), ("light", 60), ("pro", 300), ("enterprise", 1000))
"""Requests a minute."""
TIER_LIMITS = (
    ("free", 10, 5_000),
    ("light", 20, 50_000),
    ("pro", 50, 500_000),
    ("enterprise", 200, None),
)
"""Requests at once, and requests a month (None: as many as there is money for)."""

FIRST_JOURNAL = ("price_versions", "billing_transactions", "entries", "inference_usage")
JOURNAL = (*FIRST_JOURNAL, "account_events", "journal_closings")
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

LIMIT_COLUMNS = (
    """ALTER TABLE pricing_tiers ADD COLUMN concurrent_requests {integer} NOT NULL DEFAULT 10
        CHECK (concurrent_requests > 0)""",
    """ALTER TABLE pricing_tiers ADD COLUMN monthly_requests {integer}
        CHECK (monthly_requests >= 0)""",
    """ALTER TABLE pricing_tiers ADD COLUMN monthly_credit_nano_usd {integer} NOT NULL DEFAULT 0
        CHECK (monthly_credit_nano_usd >= 0)""",
    "ALTER TABLE users ADD COLUMN disabled_us {integer}",
    "ALTER TABLE api_keys ADD COLUMN root_id {integer} REFERENCES api_keys (id)",
    """ALTER TABLE api_keys ADD COLUMN is_legacy {integer} NOT NULL DEFAULT 0
        CHECK (is_legacy IN (0, 1))""",
    """ALTER TABLE accounts ADD COLUMN low_balance_nano_usd {integer} NOT NULL DEFAULT 0
        CHECK (low_balance_nano_usd >= 0)""",
    "ALTER TABLE accounts ADD COLUMN is_low {integer} NOT NULL DEFAULT 0 CHECK (is_low IN (0, 1))",
    """ALTER TABLE accounts ADD COLUMN open_requests {integer} NOT NULL DEFAULT 0
        CHECK (open_requests >= 0)""",
    "ALTER TABLE accounts ADD COLUMN month_us {integer} NOT NULL DEFAULT 0",
    """ALTER TABLE accounts ADD COLUMN month_requests {integer} NOT NULL DEFAULT 0
        CHECK (month_requests >= 0)""",
    """ALTER TABLE accounts ADD COLUMN month_spent_nano_usd {integer} NOT NULL DEFAULT 0
        CHECK (month_spent_nano_usd >= 0)""",
    """ALTER TABLE price_versions
        ADD COLUMN base_nano_usd_per_million_prompt_tokens {integer} NOT NULL DEFAULT 0
        CHECK (base_nano_usd_per_million_prompt_tokens >= 0)""",
    """ALTER TABLE price_versions
        ADD COLUMN base_nano_usd_per_million_completion_tokens {integer} NOT NULL DEFAULT 0
        CHECK (base_nano_usd_per_million_completion_tokens >= 0)""",
    "ALTER TABLE holds ADD COLUMN tier_id {integer} REFERENCES pricing_tiers (id)",
    "ALTER TABLE holds ADD COLUMN model TEXT NOT NULL DEFAULT ''",
    """ALTER TABLE holds ADD COLUMN prompt_tokens_max {integer} NOT NULL DEFAULT 0
        CHECK (prompt_tokens_max >= 0)""",
    """ALTER TABLE holds ADD COLUMN completion_tokens_max {integer} NOT NULL DEFAULT 0
        CHECK (completion_tokens_max >= 0)""",
    """ALTER TABLE holds ADD COLUMN discount_percent {integer} NOT NULL DEFAULT 0
        CHECK (discount_percent BETWEEN 0 AND 100)""",
    "ALTER TABLE holds ADD COLUMN month_us {integer}",
    "DROP INDEX inference_usage_by_user",
    "CREATE INDEX inference_usage_by_time ON inference_usage (created_us)",
    "CREATE INDEX price_versions_by_engine ON price_versions (engine, valid_from_us, version)",
)
"""Schema 2: what limits, plans, discounts, rotation and reports need."""

WIDER_JOURNAL = (
    """CREATE TABLE wider_transactions (
        id {identity},
        user_id {integer} NOT NULL REFERENCES users (id),
        transaction_type TEXT NOT NULL CHECK (transaction_type IN ('topup', 'usage', 'free_usage',
            'void', 'refund', 'adjustment', 'plan_credit', 'legacy')),
        amount_nano_usd {integer} NOT NULL,
        external_id TEXT,
        hold_id {integer} REFERENCES holds (id),
        description TEXT NOT NULL,
        created_us {integer} NOT NULL,
        CHECK ((external_id IS NULL) = (hold_id IS NOT NULL))
    ){table_options}""",
    "INSERT INTO wider_transactions SELECT * FROM billing_transactions",
    """CREATE TABLE wider_entries (
        transaction_id {integer} NOT NULL REFERENCES wider_transactions (id),
        account_id {integer} NOT NULL REFERENCES accounts (id),
        amount_nano_usd {integer} NOT NULL CHECK (amount_nano_usd <> 0),
        PRIMARY KEY (transaction_id, account_id)
    ){clustered_options}""",
    "INSERT INTO wider_entries SELECT * FROM entries",
    "DROP TABLE entries",
    "DROP TABLE billing_transactions",
    "ALTER TABLE wider_transactions RENAME TO billing_transactions",
    "ALTER TABLE wider_entries RENAME TO entries",
    "CREATE INDEX billing_transactions_by_user ON billing_transactions (user_id, id)",
    """CREATE UNIQUE INDEX billing_transactions_by_external_id
        ON billing_transactions (transaction_type, external_id) WHERE external_id IS NOT NULL""",
    """CREATE UNIQUE INDEX billing_transactions_by_hold
        ON billing_transactions (hold_id, transaction_type) WHERE hold_id IS NOT NULL""",
)
"""Schema 2: more kinds of transactions; entries are kept in the order of their key."""

LATER_TABLES = (
    """CREATE TABLE volume_discounts (
        tier_id {integer} NOT NULL REFERENCES pricing_tiers (id),
        from_nano_usd {integer} NOT NULL CHECK (from_nano_usd >= 0),
        percent {integer} NOT NULL CHECK (percent BETWEEN 0 AND 100),
        PRIMARY KEY (tier_id, from_nano_usd)
    ){table_options}""",
    """CREATE TABLE account_events (
        id {identity},
        user_id {integer} NOT NULL REFERENCES users (id),
        kind TEXT NOT NULL CHECK (kind IN ('low_balance')),
        balance_nano_usd {integer} NOT NULL,
        created_us {integer} NOT NULL
    ){table_options}""",
    """CREATE TABLE journal_closings (
        id {identity},
        table_name TEXT NOT NULL,
        first_id {integer} NOT NULL,
        last_id {integer} NOT NULL,
        row_count {integer} NOT NULL CHECK (row_count >= 0),
        sha256 TEXT NOT NULL,
        closed_us {integer} NOT NULL,
        UNIQUE (table_name, first_id)
    ){table_options}""",
    """CREATE TABLE stored_texts (
        hold_id {integer} NOT NULL PRIMARY KEY REFERENCES holds (id),
        prompt TEXT NOT NULL,
        code TEXT NOT NULL,
        created_us {integer} NOT NULL
    ){table_options}""",
    "CREATE INDEX stored_texts_by_time ON stored_texts (created_us)",
)
"""Schema 2: discounts, events, digests of the journal, and texts that the operator keeps."""
