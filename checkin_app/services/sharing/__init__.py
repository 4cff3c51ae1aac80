"""Many desks, one ledger: what is exchanged with the hub, and what to do when desks disagree."""
