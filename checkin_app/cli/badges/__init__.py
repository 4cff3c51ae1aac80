"""Badges, stock and printers at the command line."""
