-- A ledger as release 0.1 wrote it (schema 1): settled, released, voided, expired and open holds.
BEGIN TRANSACTION;

-- Table  accounts
CREATE TABLE accounts (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        user_id INTEGER UNIQUE REFERENCES users (id),
        posted_nano_usd INTEGER NOT NULL DEFAULT 0,
        held_nano_usd INTEGER NOT NULL DEFAULT 0,
        CHECK (0 <= held_nano_usd AND held_nano_usd <= posted_nano_usd),
        CHECK (user_id IS NOT NULL OR posted_nano_usd = 0)
    ) STRICT;
INSERT INTO accounts VALUES(1,'funding',NULL,0,0);
INSERT INTO accounts VALUES(2,'engine_cost',NULL,0,0);
INSERT INTO accounts VALUES(3,'margin',NULL,0,0);
INSERT INTO accounts VALUES(4,'operator_loss',NULL,0,0);
INSERT INTO accounts VALUES(5,'customer',1,9999144445,2138889);
INSERT INTO accounts VALUES(6,'customer',2,999572222,855556);

-- Table  api_keys
CREATE TABLE api_keys (
        id INTEGER PRIMARY KEY,
        user_id INTEGER NOT NULL REFERENCES users (id),
        key_hash TEXT NOT NULL UNIQUE,
        key_start TEXT NOT NULL,
        is_test INTEGER NOT NULL CHECK (is_test IN (0, 1)),
        cap_nano_usd INTEGER CHECK (cap_nano_usd >= 0),
        spent_nano_usd INTEGER NOT NULL DEFAULT 0 CHECK (spent_nano_usd >= 0),
        held_nano_usd INTEGER NOT NULL DEFAULT 0 CHECK (held_nano_usd >= 0),
        created_us INTEGER NOT NULL,
        expires_us INTEGER,
        revoked_us INTEGER,
        CHECK (cap_nano_usd IS NULL OR spent_nano_usd + held_nano_usd <= cap_nano_usd)
    ) STRICT;
INSERT INTO api_keys VALUES(1,1,'582eff368317d8416c1947d208a433768da598b4eb83a76f9452df2de071fa4f','bioql_live_D1kO',0,NULL,855555,2138889,1800000000000000,NULL,NULL);
INSERT INTO api_keys VALUES(2,2,'9f3edce342ab0ccea8075e430c53c03adae9d88a746531be201890bac9afbe6e','bioql_live_Zq0p',0,5000000,427778,855556,1800000000000000,NULL,NULL);
-- Triggers and indices on  api_keys
CREATE INDEX api_keys_by_user ON api_keys (user_id);

-- Table  billing_transactions
CREATE TABLE billing_transactions (
        id INTEGER PRIMARY KEY,
        user_id INTEGER NOT NULL REFERENCES users (id),
        transaction_type TEXT NOT NULL
            CHECK (transaction_type IN ('topup', 'usage', 'free_usage', 'void')),
        amount_nano_usd INTEGER NOT NULL,
        external_id TEXT,
        hold_id INTEGER REFERENCES holds (id),
        description TEXT NOT NULL,
        created_us INTEGER NOT NULL,
        UNIQUE (transaction_type, external_id),
        UNIQUE (hold_id, transaction_type),
        CHECK ((external_id IS NULL) = (hold_id IS NOT NULL))
    ) STRICT;
INSERT INTO billing_transactions VALUES(1,1,'topup',10000000000,'first-ada',NULL,'',1800000000000000);
INSERT INTO billing_transactions VALUES(2,2,'topup',1000000000,'first-bob',NULL,'',1800000000000000);
INSERT INTO billing_transactions VALUES(3,1,'usage',-855555,NULL,2,'',1800000061000000);
INSERT INTO billing_transactions VALUES(4,1,'free_usage',0,NULL,3,'',1800000061000000);
INSERT INTO billing_transactions VALUES(5,1,'usage',-427778,NULL,4,'',1800000061000000);
INSERT INTO billing_transactions VALUES(6,1,'void',427778,NULL,4,'',1800000061000000);
INSERT INTO billing_transactions VALUES(7,2,'usage',-427778,NULL,5,'',1800000061000000);
-- Triggers and indices on  billing_transactions
CREATE INDEX billing_transactions_by_user ON billing_transactions (user_id, id);
CREATE TRIGGER billing_transactions_no_delete BEFORE DELETE ON billing_transactions BEGIN SELECT RAISE(ABORT, 'billing_transactions is append-only'); END;
CREATE TRIGGER billing_transactions_no_update BEFORE UPDATE ON billing_transactions BEGIN SELECT RAISE(ABORT, 'billing_transactions is append-only'); END;

-- Table  entries
CREATE TABLE entries (
        transaction_id INTEGER NOT NULL REFERENCES billing_transactions (id),
        account_id INTEGER NOT NULL REFERENCES accounts (id),
        amount_nano_usd INTEGER NOT NULL CHECK (amount_nano_usd <> 0),
        PRIMARY KEY (transaction_id, account_id)
    ) STRICT;
INSERT INTO entries VALUES(1,5,10000000000);
INSERT INTO entries VALUES(1,1,-10000000000);
INSERT INTO entries VALUES(2,6,1000000000);
INSERT INTO entries VALUES(2,1,-1000000000);
INSERT INTO entries VALUES(3,5,-855555);
INSERT INTO entries VALUES(3,2,611111);
INSERT INTO entries VALUES(3,3,244444);
INSERT INTO entries VALUES(4,4,-611111);
INSERT INTO entries VALUES(4,2,611111);
INSERT INTO entries VALUES(5,5,-427778);
INSERT INTO entries VALUES(5,4,-427777);
INSERT INTO entries VALUES(5,2,611111);
INSERT INTO entries VALUES(5,3,244444);
INSERT INTO entries VALUES(6,5,427778);
INSERT INTO entries VALUES(6,4,-183334);
INSERT INTO entries VALUES(6,3,-244444);
INSERT INTO entries VALUES(7,6,-427778);
INSERT INTO entries VALUES(7,4,-1283333);
INSERT INTO entries VALUES(7,2,1222222);
INSERT INTO entries VALUES(7,3,488889);
-- Triggers and indices on  entries
CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries is append-only'); END;
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries is append-only'); END;

-- Table  holds
CREATE TABLE holds (
        id INTEGER PRIMARY KEY,
        user_id INTEGER NOT NULL REFERENCES users (id),
        api_key_id INTEGER NOT NULL REFERENCES api_keys (id),
        request_id TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        engine TEXT NOT NULL,
        price_version TEXT NOT NULL REFERENCES price_versions (version),
        engine_us_max INTEGER NOT NULL CHECK (engine_us_max >= 0),
        amount_nano_usd INTEGER NOT NULL CHECK (amount_nano_usd >= 0),
        status TEXT NOT NULL
            CHECK (status IN ('open', 'settled', 'released', 'expired', 'voided')),
        created_us INTEGER NOT NULL,
        lease_until_us INTEGER NOT NULL,
        resolved_us INTEGER,
        UNIQUE (user_id, request_id),
        CHECK ((status = 'open') = (resolved_us IS NULL))
    ) STRICT;
INSERT INTO holds VALUES(1,1,1,'lost','f','onnx','list-1',5000000,2138889,'expired',1800000000000000,1800000060000000,1800000061000000);
INSERT INTO holds VALUES(2,1,1,'settled','f','onnx','list-1',5000000,2138889,'settled',1800000061000000,1800000121000000,1800000061000000);
INSERT INTO holds VALUES(3,1,1,'released','f','onnx','list-1',5000000,2138889,'released',1800000061000000,1800000121000000,1800000061000000);
INSERT INTO holds VALUES(4,1,1,'voided','f','onnx','list-1',1000000,427778,'voided',1800000061000000,1800000121000000,1800000061000000);
INSERT INTO holds VALUES(5,2,2,'bobs','f','onnx','list-1',1000000,427778,'settled',1800000061000000,1800000121000000,1800000061000000);
INSERT INTO holds VALUES(6,1,1,'open','f','onnx','list-1',5000000,2138889,'open',1800000061000000,1800000121000000,NULL);
INSERT INTO holds VALUES(7,2,2,'bob-open','f','onnx','list-1',2000000,855556,'open',1800000061000000,1800000121000000,NULL);
-- Triggers and indices on  holds
CREATE INDEX holds_open ON holds (lease_until_us) WHERE status = 'open';

-- Table  inference_usage
CREATE TABLE inference_usage (
        hold_id INTEGER NOT NULL PRIMARY KEY REFERENCES holds (id),
        user_id INTEGER NOT NULL REFERENCES users (id),
        prompt_tokens INTEGER NOT NULL CHECK (prompt_tokens >= 0),
        completion_tokens INTEGER NOT NULL CHECK (completion_tokens >= 0),
        engine_us INTEGER NOT NULL CHECK (engine_us >= 0),
        base_cost_nano_usd INTEGER NOT NULL CHECK (base_cost_nano_usd >= 0),
        user_cost_nano_usd INTEGER NOT NULL CHECK (user_cost_nano_usd >= 0),
        overrun_nano_usd INTEGER NOT NULL CHECK (overrun_nano_usd >= 0),
        created_us INTEGER NOT NULL
    ) STRICT;
INSERT INTO inference_usage VALUES(2,1,10,20,2000000,611111,855555,0,1800000061000000);
INSERT INTO inference_usage VALUES(3,1,10,20,2000000,611111,0,0,1800000061000000);
INSERT INTO inference_usage VALUES(4,1,10,20,2000000,611111,427778,427777,1800000061000000);
INSERT INTO inference_usage VALUES(5,2,10,20,4000000,1222222,427778,1283333,1800000061000000);
-- Triggers and indices on  inference_usage
CREATE INDEX inference_usage_by_user ON inference_usage (user_id, created_us);
CREATE TRIGGER inference_usage_no_delete BEFORE DELETE ON inference_usage BEGIN SELECT RAISE(ABORT, 'inference_usage is append-only'); END;
CREATE TRIGGER inference_usage_no_update BEFORE UPDATE ON inference_usage BEGIN SELECT RAISE(ABORT, 'inference_usage is append-only'); END;

-- Table  ledger_facts
CREATE TABLE ledger_facts (
        name TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT;
INSERT INTO ledger_facts VALUES('kind','standard');

-- Table  price_versions
CREATE TABLE price_versions (
        version TEXT NOT NULL PRIMARY KEY,
        engine TEXT NOT NULL,
        base_nano_usd_per_hour INTEGER NOT NULL CHECK (base_nano_usd_per_hour >= 0),
        markup_percent INTEGER NOT NULL CHECK (markup_percent >= 0),
        valid_from_us INTEGER NOT NULL
    ) STRICT;
INSERT INTO price_versions VALUES('list-1','*',1100000000,40,1800000000000000);
-- Triggers and indices on  price_versions
CREATE TRIGGER price_versions_no_delete BEFORE DELETE ON price_versions BEGIN SELECT RAISE(ABORT, 'price_versions is append-only'); END;
CREATE TRIGGER price_versions_no_update BEFORE UPDATE ON price_versions BEGIN SELECT RAISE(ABORT, 'price_versions is append-only'); END;

-- Table  pricing_tiers
CREATE TABLE pricing_tiers (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        requests_per_minute INTEGER NOT NULL CHECK (requests_per_minute > 0)
    ) STRICT;
INSERT INTO pricing_tiers VALUES(1,'free',10);
INSERT INTO pricing_tiers VALUES(2,'light',60);
INSERT INTO pricing_tiers VALUES(3,'pro',300);
INSERT INTO pricing_tiers VALUES(4,'enterprise',1000);

-- Table  schema_version
CREATE TABLE schema_version (version INTEGER NOT NULL PRIMARY KEY, applied_us INTEGER NOT NULL) STRICT;
INSERT INTO schema_version VALUES(1,1800000000000000);

-- Table  users
CREATE TABLE users (
        id INTEGER PRIMARY KEY,
        email TEXT NOT NULL UNIQUE,
        tier_id INTEGER NOT NULL REFERENCES pricing_tiers (id),
        created_us INTEGER NOT NULL
    ) STRICT;
INSERT INTO users VALUES(1,'ada@example.org',1,1800000000000000);
INSERT INTO users VALUES(2,'bob@example.org',1,1800000000000000);

COMMIT TRANSACTION;
