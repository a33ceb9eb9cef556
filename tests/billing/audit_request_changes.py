"""What somebody may do to the requests in the ledger of ``books``, and what the audit says then."""

from __future__ import annotations

REQUEST_CHANGES: list[tuple[str, str, str]] = [
    # Holds and usage
    (
        "UPDATE holds SET price_version = 'gone' WHERE id = 3",
        "a charge has a price version",
        "holds 3: 'gone'",
    ),
    (
        "UPDATE holds SET amount_nano_usd = 1 WHERE id = 3",
        "a hold is what its price says",
        "holds 3: held 1, 2138889 expected",
    ),
    (
        "UPDATE holds SET prompt_tokens_max = 901 WHERE id = 9",
        "a hold is what its price says",
        "holds 9: held 362250, 362565 expected",
    ),
    (
        "UPDATE holds SET discount_percent = 0 WHERE id = 9",
        "a hold is what its price says",
        "holds 9: held 362250, 402500 expected",
    ),
    (
        "UPDATE holds SET api_key_id = 2 WHERE id = 3",
        "a hold is of its key's user",
        "holds 3: user 1, its key's is 2",
    ),
    (
        "UPDATE holds SET discount_percent = 99 WHERE id = 8",
        "a test key never touches real money",
        "holds 8: a discount of 99",
    ),
    (
        "DELETE FROM inference_usage WHERE hold_id = 2",
        "a hold has a usage row exactly when it was settled, released or voided",
        "holds 2: settled, no usage row",
    ),
    (
        "UPDATE holds SET status = 'expired' WHERE id = 2",
        "a hold has a usage row exactly when it was settled, released or voided",
        "holds 2: expired, a usage row",
    ),
    (
        "UPDATE inference_usage SET user_id = 2 WHERE hold_id = 2",
        "a usage row is of its hold's user",
        "inference_usage 2: user 2, its hold's is 1",
    ),
    (
        "UPDATE inference_usage SET user_cost_nano_usd = 9000000 WHERE hold_id = 2",
        "a charge is never more than was held",
        "inference_usage 2: charged 9000000, held 2138889",
    ),
    (
        "UPDATE inference_usage SET engine_us = 1000000 WHERE hold_id = 2",
        "a charge is what its price version says",
        "inference_usage 2: base 611111, user 855555, overrun 0;"
        " by list-1 less 0 % 305555, 427777, 0",
    ),
    (
        "UPDATE inference_usage SET prompt_tokens = 801 WHERE hold_id = 9",
        "a charge is what its price version says",
        "inference_usage 9: base 262500, user 330750, overrun 0;"
        " by tokens-1 less 10 % 262750, 331065, 0",
    ),
    (
        "UPDATE price_versions SET markup_percent = 50 WHERE version = 'tokens-1'",
        "a charge is what its price version says",
        "inference_usage 9: base 262500, user 330750, overrun 0;"
        " by tokens-1 less 10 % 262500, 354375, 0",
    ),
    # Requests in the journal
    (
        "UPDATE billing_transactions SET user_id = 2 WHERE id = 2",
        "a transaction is of its hold's user",
        "billing_transactions 2: user 2, its hold's is 1",
    ),
    (
        "DROP INDEX billing_transactions_by_hold;"
        "INSERT INTO billing_transactions SELECT 99, user_id, transaction_type, amount_nano_usd,"
        " external_id, hold_id, description, created_us FROM billing_transactions WHERE id = 13",
        "a request is booked once",
        "billing_transactions 99: usage of hold 6 again",
    ),
    *(
        (change, "the journal says of a request what its usage row says", f"holds {row}")
        for change, row in (
            (
                "UPDATE entries SET amount_nano_usd = 1"
                " WHERE transaction_id = 2 AND account_id = 2",
                "2: settled, usage on account 2 is 1, 611111 expected",
            ),
            (
                "UPDATE entries SET amount_nano_usd = 1"
                " WHERE transaction_id = 2 AND account_id = 3",
                "2: settled, usage on account 3 is 1, 244444 expected",
            ),
            (
                "DELETE FROM entries WHERE transaction_id = 17 AND account_id = 4",
                "10: settled, usage on account 4 is 0, -770000 expected",
            ),
            (
                "UPDATE entries SET amount_nano_usd = -1"
                " WHERE transaction_id = 3 AND account_id = 4",
                "3: released, free_usage on account 4 is -1, -611111 expected",
            ),
            (
                "DELETE FROM entries WHERE transaction_id = 5 AND account_id = 4",
                "4: voided, void on account 4 is 0, -183334 expected",
            ),
            (
                "UPDATE holds SET status = 'settled' WHERE id = 4",
                "4: settled, void on account 5 is 427778, 0 expected",
            ),
            (
                "UPDATE holds SET status = 'voided' WHERE id = 2",
                "2: voided, void on account 5 is 0, 855555 expected",
            ),
            (
                "DELETE FROM billing_transactions WHERE id = 13",
                "6: settled, usage on account 6 is 0, -855555 expected",
            ),
            (
                "UPDATE billing_transactions SET hold_id = 1 WHERE id = 13",
                "1: expired, usage on account 6 is -855555, 0 expected",
            ),
            (
                "UPDATE entries SET account_id = 4 WHERE transaction_id = 15 AND account_id = 3",
                "8: settled, usage on account 3 is 0, -611111 expected",
            ),
        )
    ),
]
