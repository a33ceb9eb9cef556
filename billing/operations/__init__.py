"""One file per operation of the ledger: functions that run inside one transaction.

Each takes the open session first, refuses before it writes where it can, and is undone as a whole
when it raises. Locks are always taken in one order: account, then key.
"""
