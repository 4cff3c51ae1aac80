"""Event files that meet without a hub: on a stick, at the command line."""
