"""The way in from the service before this one, whose SQLite files came in two shapes.

What becomes of an old row:

- ``users``: the account with that email, made where there is none. The tier is the old one
  (starter is light here; an unknown one is free, and said). An inactive user's account is disabled.
  An account that is there already stays as it is. Two users whose emails differ by capitals alone
  may be two persons: the first is taken, the other refused.
- ``api_keys``: the hash, as a legacy key that expires after 30 days unless it is rotated. Inactive
  keys, keys of inactive users and the public demo key are left out.
- ``billing_transactions``: one transaction of type ``legacy``, with its own time and description,
  from the account ``legacy_balance``. Amounts are exact decimals, rounded once to nano-USD, a half
  to the even neighbour; where that changes the value it is said. Rows of 0 are left out: they were
  failures. A row whose amount or owner has changed since it was taken is refused.
- ``inference_usage``, ``inference_logs``: nothing; their money is in ``billing_transactions``.

The balance of a customer changes by the sum of the new rows. Where less would be left than running
requests hold (0 without any), the operator bears the difference: a transaction of its own from
``operator_loss``, which stands even when later rows of the same customer bring money.
"""
