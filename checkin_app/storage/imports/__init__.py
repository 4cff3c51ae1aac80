"""Registration lists written into the ledger, and taken back."""
