"""The shared ledger in PostgreSQL: who may write to it, what it holds, and the way there."""
