"""The event file: one SQLite file that holds the ledger of an event and its fold."""
