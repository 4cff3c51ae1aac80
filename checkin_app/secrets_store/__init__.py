"""Passwords and tokens of servers: kept by the system's keyring, never in a file of our own."""
