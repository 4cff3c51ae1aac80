"""The ledger shared with other desks: parcels out, entries in, what waits for a person."""
