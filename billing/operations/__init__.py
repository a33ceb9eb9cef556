"""The ledger's operations, one file each."""
