"""Accounts, prices and a double-entry ledger; knows nothing of the language server."""
